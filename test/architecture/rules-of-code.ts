// What every file keeps to. Each rule takes files and answers what is wrong, in words that say what to do.
import { posix } from 'node:path'
import type { Source } from './sources.ts'

export const isTest = (path: string): boolean => /\.test\.ts$|\/test-[^/]+\.ts$|^test\//.test(path)

/** Paths inside the repository that a file imports; packages are left out. `typeOnly`: nothing of it runs. */
export function importsOf({ path, text }: Source): { to: string; typeOnly: boolean }[] {
  const found = [...text.matchAll(/^\s*(import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm)].map((m) => ({
    to: m[3] ?? '',
    typeOnly: m[2] !== undefined,
  }))
  const lazy = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map((m) => ({ to: m[1] ?? '', typeOnly: false }))
  return [...found, ...lazy].flatMap(({ to, typeOnly }) => {
    if (to.startsWith('#')) return [{ to: to.slice(1), typeOnly }]
    return to.startsWith('.') ? [{ to: posix.normalize(posix.join(posix.dirname(path), to)), typeOnly }] : []
  })
}

/** The modules that each module's index says it uses. */
export const usesOf = (files: readonly Source[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    files.flatMap(({ path, text }) => {
      const module = /^modules\/([^/]+)\/index\.ts$/.exec(path)?.[1]
      const uses = /\buses:\s*\[([^\]]*)\]/.exec(text)?.[1] ?? ''
      return module ? [[module, [...uses.matchAll(/['"]([^'"]+)['"]/g)].map((m) => m[1] ?? '')] as const] : []
    }),
  )

/** Kernel files whose code runs in the browser too; they import nothing that only a server has. */
export const SHARED_WITH_BROWSER = [/^kernel\/resource\//, /^kernel\/words\.ts$/, /^kernel\/secrets\/mask\.ts$/]

/** Imports point one way: app → modules → kernel; a module meets another only in its index, and only one it says it uses. */
export function importsOneWay(files: readonly Source[]): string[] {
  const uses = usesOf(files)
  const wrong: string[] = []
  for (const file of files) {
    if (!/\.(ts|tsx)$/.test(file.path) || isTest(file.path)) continue
    const [top = '', module = '', folder = ''] = file.path.split('/')
    for (const { to, typeOnly } of importsOf(file)) {
      const [layer = '', other = ''] = to.split('/')
      const say = (why: string): void => void wrong.push(`${file.path} imports ${to}: ${why}`)
      if (layer === 'test') say('nothing that ships depends on tests')
      else if (top === 'kernel' && layer !== 'kernel') say('the kernel knows no module and no app')
      else if (top === 'modules' && folder !== 'screens') {
        if (layer === 'app' || layer === 'web') say('a module knows only the kernel and modules it uses')
        else if (layer === 'modules' && other !== module) {
          if (!uses.get(module)?.includes(other)) say(`add '${other}' to uses in modules/${module}/index.ts, or do without`)
          else if (to !== `modules/${other}/index.ts`) say(`only modules/${other}/index.ts is open to others`)
        }
      } else if (top === 'modules' && folder === 'screens') {
        if (layer === 'app') say('screens know no app')
        else if (layer === 'modules' && other !== module) say('screens of a module know only their own module')
        else if (layer === 'kernel' && !typeOnly && !SHARED_WITH_BROWSER.some((s) => s.test(to)))
          say('this kernel file runs on the server only')
      } else if (top === 'web') {
        if (layer === 'app') say('the browser talks to the server by HTTP only')
        else if (layer === 'modules' && !/^modules\/[^/]+\/screens\//.test(to)) say('the shell knows only the screens of modules')
        else if (layer === 'kernel' && !typeOnly && !SHARED_WITH_BROWSER.some((s) => s.test(to)))
          say('this kernel file runs on the server only')
      } else if (top === 'app' && layer === 'web') say('the server serves the built app and imports none of it')
    }
  }
  return wrong
}

/** A file opens with a line that says why it exists. */
export function opensWithComment(files: readonly Source[]): string[] {
  const opening: Record<string, RegExp> = { ts: /^\/\/ \S/, tsx: /^\/\/ \S/, mjs: /^(#!.*\n)?\/\/ \S/, sql: /^-- \S/, css: /^\/\* \S/ }
  return files.flatMap(({ path, text }) => {
    const rule = opening[path.split('.').at(-1) ?? '']
    return rule && !rule.test(text) && path !== 'db/schema.sql' ? [`${path}: open it with a line that says why it exists`] : []
  })
}

const LINES_MAX = 300
const TEST_LINES_MAX = 400

/** A file that outgrows its limit becomes a folder of the same name. Migrations are what they are. */
export const notTooLong = (files: readonly Source[]): string[] =>
  files.flatMap(({ path, text }) => {
    if (!/\.(ts|tsx|mjs|css)$/.test(path)) return []
    const [lines, max] = [text.split('\n').length - 1, isTest(path) ? TEST_LINES_MAX : LINES_MAX]
    return lines > max ? [`${path} has ${lines} lines (at most ${max}): make it a folder`] : []
  })

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length

const found = (files: readonly Source[], where: RegExp, what: RegExp, why: string): string[] =>
  files
    .filter(({ path }) => where.test(path))
    .flatMap(({ path, text }) => [...text.matchAll(what)].map((m) => `${path}:${lineOf(text, m.index)}: ${why}`))

/** Nothing half done is committed. */
export const nothingLeftOpen = (files: readonly Source[]): string[] => [
  ...found(
    files,
    /\.(ts|tsx|mjs|sql|css)$/,
    new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].map((w) => `\\b${w}\\b`).join('|'), 'g'),
    'finish it or open an issue',
  ),
  ...found(files, /\.test\.ts$/, /\b(test|it|describe)\.only\b/g, 'the other tests would not run'),
]

/** What the server says goes through its log, which knows no personal data. */
export const logsOnlyByLog = (files: readonly Source[]): string[] =>
  found(
    files.filter((f) => !isTest(f.path)),
    /^(kernel|modules)\/.*\.ts$/,
    /\bconsole\.\w+/g,
    'use house.log, and log no personal data',
  )

/** No path of somebody's own machine. */
export const noMachinePaths = (files: readonly Source[]): string[] =>
  found(
    files,
    /./,
    new RegExp(`(?<![\\w.:/-])/(${['work', 'tmp', 'root', 'home', 'Users'].join('|')})/[\\w.-]`, 'g'),
    'a path of one machine',
  )

/** Names that say nothing. */
export const plainNames = (files: readonly Source[]): string[] =>
  files.flatMap(({ path }) =>
    /(^|\/)[^/]*(utils?|helpers?|managers?|misc|common)\b[^/]*\.(ts|tsx)$/i.test(path) ? [`${path}: name it after what it does`] : [],
  )

/** String and template literals of a file, `${…}` left in. */
export function literalsOf(text: string): { text: string; line: number }[] {
  const literals: { text: string; line: number }[] = []
  for (const m of text.matchAll(/`((?:\\.|\$\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\}|[^`\\])*)`|'((?:\\.|[^'\\\n])*)'/g))
    literals.push({ text: m[1] ?? m[2] ?? '', line: lineOf(text, m.index) })
  return literals
}

/** Statements that rightly look across tenants or through another condition: file and table. */
const ACROSS = [['kernel/access/members.ts', 'core.memberships']] as const

/** Every statement on a tenant table also says whose: a shard or an index is chosen by it. */
export function statementsSayTenant(files: readonly Source[], tenantTables: readonly string[]): string[] {
  return files
    .filter(({ path }) => /^(kernel|modules)\/.*\.ts$/.test(path) && !isTest(path))
    .flatMap((file) =>
      literalsOf(file.text).flatMap(({ text, line }) => {
        const table = [...text.matchAll(/\b(?:from|join|into|update)\s+([a-z_]+\.[a-z_]+)\b/gi)]
          .map((m) => m[1] ?? '')
          .find((name) => tenantTables.includes(name))
        if (!table || /tenant_id = (\$1|\$\{)/.test(text) || /insert into [a-z_.]+ (as \w+ )?\(tenant_id\b/i.test(text)) return []
        if (ACROSS.some(([path, name]) => path === file.path && name === table)) return []
        return [`${file.path}:${line}: a statement on ${table} without tenant_id = $1`]
      }),
    )
}

/** Every package has a sentence in docs/dependencies.md that says why it is there. */
export function dependenciesExplained(packageJson: string, text: string): string[] {
  const {
    dependencies = {},
    devDependencies = {},
    optionalDependencies = {},
  } = JSON.parse(packageJson) as Record<string, Record<string, string>>
  const named = new Map([...text.matchAll(/^- \*\*(\S+)\*\*: (.+)$/gm)].map((m) => [m[1] ?? '', m[2] ?? '']))
  const used = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
  return [
    ...used.filter((name) => (named.get(name)?.length ?? 0) < 20).map((name) => `docs/dependencies.md does not say why ${name} is there`),
    ...[...named.keys()].filter((name) => !used.includes(name)).map((name) => `docs/dependencies.md explains ${name}, which is gone`),
  ]
}
