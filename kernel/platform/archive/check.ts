// Looks at an archive without changing anything: whole, unaltered, of this schema, and of a community that is not here yet.
import { createHash } from 'node:crypto'
import { globalDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { RESERVED_CODES } from '#kernel/tenancy/tenants.ts'
import { tenantTables } from '../catalog.ts'
import type { Tell } from './export.ts'
import { type FileFacts, type Manifest, manifestSchema, migrationsApplied } from './manifest.ts'
import { type FileLine, fileOfEntry } from './files.ts'
import { tally } from './rows.ts'
import { badArchive, linesOf, openArchive, type TarEntry } from './tar.ts'

const MANIFEST_MAX = 4_000_000

/** The manifest of an archive whose files are what it says. Throws 422 `bad_archive`, `other_schema`; 409 `tenant_exists`, `tenant_code_used`. */
export async function checkArchive(house: House, file: string, code: string | undefined, tell: Tell): Promise<Manifest> {
  const found = new Map<string, FileFacts>()
  const files = new Map<string, FileFacts>()
  let listed: FileLine[] = []
  let manifest: Manifest | null = null
  try {
    for await (const entry of openArchive(file)) {
      tell(found.size, found.size + 1, { id: `Memeriksa ${entry.name}`, en: `Checking ${entry.name}` })
      if (entry.name === 'manifest.json') manifest = await readManifest(entry)
      else if (fileOfEntry(entry.name)) files.set(fileOfEntry(entry.name) ?? '', await facts(entry))
      else if (entry.name === 'files.ndjson') {
        const seen = tally()
        listed = await readLines(entry, seen)
        found.set('files', seen.facts())
      } else found.set(entry.name.replace(/\.ndjson$/, ''), await facts(entry))
    }
  } catch (error) {
    // Unpacking a damaged file fails with the library's own words.
    throw error instanceof Refusal ? error : badArchive((error as { code?: string }).code ?? 'gzip')
  }
  if (!manifest) throw badArchive('manifest')
  const promised = { ...manifest.beside, ...manifest.tables }
  for (const name of new Set([...found.keys(), ...Object.keys(promised)]))
    if (found.get(name)?.sha256 !== promised[name]?.sha256 || found.get(name)?.rows !== promised[name]?.rows) throw badArchive(name)
  for (const { id, sha256 } of listed) if (sha256 !== null && files.get(id)?.sha256 !== sha256) throw badArchive(`file ${id}`)
  if (files.size > listed.length) throw badArchive('files')
  await checkPlace(house, manifest, code)
  return manifest
}

async function readManifest({ size, body }: TarEntry): Promise<Manifest> {
  if (size > MANIFEST_MAX) throw badArchive('manifest')
  const parts: Buffer[] = []
  for await (const part of body) parts.push(part)
  const read = manifestSchema.safeParse(JSON.parse(Buffer.concat(parts).toString('utf8')))
  if (!read.success) throw badArchive('manifest')
  return read.data
}

async function readLines({ body }: TarEntry, seen: ReturnType<typeof tally>): Promise<FileLine[]> {
  const lines: FileLine[] = []
  for await (const line of linesOf(body)) {
    seen.add(`${line}\n`)
    lines.push(JSON.parse(line) as FileLine)
  }
  return lines
}

async function facts({ body }: TarEntry): Promise<FileFacts> {
  const hash = createHash('sha256')
  let rows = 0
  let bytes = 0
  for await (const part of body) {
    hash.update(part)
    bytes += part.length
    for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) rows++
  }
  return { rows, bytes, sha256: hash.digest('hex') }
}

/** Whether this installation can take it: the same schema, and neither the community nor its code here. */
async function checkPlace(house: House, manifest: Manifest, code = manifest.community.code): Promise<void> {
  const db = globalDb(house.database.owner)
  const here = await migrationsApplied(db)
  const tables = (await tenantTables(db)).map((t) => t.name)
  if (here.join() !== manifest.migrations.join() || tables.some((t) => !(t in manifest.tables)))
    throw new Refusal(422, 'other_schema', {
      id: 'Arsip ini dibuat oleh versi Balai yang lain. Pulihkan dengan versi itu, lalu perbarui.',
      en: 'This archive was made by another version of Balai. Restore it with that version, then update.',
    })
  const { rows } = await db.query<{ id: string }>('select id from core.tenants where id = $1 or code = $2', [manifest.community.id, code])
  if (rows.some((r) => r.id === manifest.community.id))
    throw new Refusal(409, 'tenant_exists', {
      id: 'Komunitas dari arsip ini sudah ada di sini.',
      en: 'The community of this archive is here already.',
    })
  if (rows.length || RESERVED_CODES.includes(code) || !/^[a-z][a-z0-9-]{1,49}$/.test(code))
    throw new Refusal(409, 'tenant_code_used', {
      id: 'Kode itu tidak dapat dipakai di sini; beri kode lain.',
      en: 'That code cannot be used here; give another.',
    })
}
