// PostGIS for the embedded database, without the parts nobody here uses: rasters, topology, the US geocoder and the
// upgrade scripts are four fifths of the package and half of every start.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Extension } from '@electric-sql/pglite'

const KEEP = /^(lib\/postgresql\/postgis-3\.so|share\/postgresql\/extension\/postgis(\.control|--[\d.]+\.sql)|share\/proj\/proj\.db)$/
const BLOCK = 512

/** The extension object PGlite loads, backed by the slim bundle, which is built on first use into `cacheDirs`' first writable one. */
export function slimPostgis(cacheDirs: readonly string[]): Extension {
  return {
    name: 'postgis',
    setup: async (_pg, options) => {
      options.PGLITE_ENV.PROJ_DATA = '/pglite/share/proj'
      return { emscriptenOpts: options, bundlePath: pathToFileURL(slimBundle(cacheDirs)) }
    },
  }
}

/** Path of the slim bundle for the installed package version; builds it when no cache has it. Safe to run twice at once. */
export function slimBundle(cacheDirs: readonly string[]): string {
  const source = path.join(path.dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite-postgis')), 'postgis.tar.gz')
  const { size, mtimeMs } = fs.statSync(source)
  const mark = createHash('sha256').update(`${source} ${size} ${mtimeMs}`).digest('hex').slice(0, 12)
  const name = `postgis-${mark}.tar.gz`
  for (const dir of cacheDirs) if (fs.existsSync(path.join(dir, name))) return path.join(dir, name)
  // Stored, not compressed: the bundle is unpacked at every start, and disk is cheaper than that time.
  const bundle = gzipSync(
    keepMembers(gunzipSync(fs.readFileSync(source)), (member) => KEEP.test(member)),
    { level: 0 },
  )
  for (const dir of cacheDirs) {
    try {
      fs.mkdirSync(dir, { recursive: true })
      const draft = path.join(dir, `${name}.${process.pid}`)
      fs.writeFileSync(draft, bundle)
      fs.renameSync(draft, path.join(dir, name))
      return path.join(dir, name)
    } catch {
      // Not writable (a read-only installation): try the next place.
    }
  }
  return source
}

/** A tar archive with only the members whose name passes; headers are kept byte for byte (ustar). */
function keepMembers(tar: Buffer, keep: (name: string) => boolean): Buffer {
  const kept: Buffer[] = []
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const text = (from: number, length: number): string => tar.toString('latin1', at + from, at + from + length).replace(/\0.*$/s, '')
    const prefix = text(345, 155)
    const name = prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`
    const end = at + BLOCK + Math.ceil(Number.parseInt(text(124, 12), 8) / BLOCK) * BLOCK
    if (keep(name.replace(/^\.\//, ''))) kept.push(tar.subarray(at, end))
    at = end
  }
  return Buffer.concat([...kept, Buffer.alloc(2 * BLOCK)])
}
