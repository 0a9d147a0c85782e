// The files of the repository, as the rules of architecture read them.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Source = { readonly path: string; readonly text: string }

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const FOLDERS = ['kernel', 'modules', 'app', 'web', 'test', 'bench', 'bin', 'db', 'docs']
const SKIPPED = /^(web\/dist|test\/fixtures|bench\/(results|peers)|docs\/openapi\.json)|(^|\/)node_modules(\/|$)/
const KINDS = /\.(ts|tsx|mjs|css|sql|md|json|html)$/

function* filesIn(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (SKIPPED.test(relative(ROOT, path).split(sep).join('/'))) continue
    if (entry.isDirectory()) yield* filesIn(path)
    else if (KINDS.test(entry.name)) yield path
  }
}

/** Every file that people write, by its path in the repository. */
export const sources = (): Source[] =>
  FOLDERS.flatMap((folder) => [...filesIn(join(ROOT, folder))]).map((path) => ({
    path: relative(ROOT, path).split(sep).join('/'),
    text: readFileSync(path, 'utf8'),
  }))

export const readRoot = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
