// A whole community as one file: every row of every table, seen at one moment, with a manifest that proves it complete.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { mkdir, open as openFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import type { Tenant } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import type { LockedKey } from '#kernel/secrets/keyring.ts'
import type { Words } from '#kernel/words.ts'
import { countRows, KEYS, tenantTables, type TenantTable } from '../catalog.ts'
import { ownerDb } from '../owner-db.ts'
import { type FileLine, fileEntries, WANTED, type Wanted } from './files.ts'
import { FORMAT, FORMAT_VERSION, migrationsApplied, type FileFacts, type Manifest } from './manifest.ts'
import { linesOfTable, readLines, tally } from './rows.ts'
import { tarEnd, tarHeader, tarPadding } from './tar.ts'

export type Tell = (done: number, total: number, doing: Words) => void

/** Keys of the community locked with a passphrase; made before the export, so that the passphrase itself is nowhere kept. */
export type Relocked = {
  readonly salt: string
  readonly keys: readonly { readonly version: number; readonly wrapped: string; readonly master_key_id: string }[]
}

const PEOPLE = `select to_jsonb(x)::text as line from (select u.id, u.name, u.username, u.email, u.phone, u.status, u.locale from core.users u
  where u.id in (select m.user_id from core.memberships m where m.tenant_id = $1) order by u.id) x`
const PLANS = `select to_jsonb(p)::text as line from core.plans p
  where p.id in (select s.plan_id from core.subscriptions s where s.tenant_id = $1) order by p.id`
const COMMUNITY = `select to_jsonb(t)::text as line from core.tenants t where t.id = $1`

/**
 * Writes the archive of a community to `to` (tar.gz); constant memory, beside it for a while as much disk as its rows take.
 * One snapshot: what is written meanwhile is not in it. On the embedded database everybody else waits for the reading part.
 */
export async function exportTenant(house: House, tenant: Tenant, to: string, relocked: Relocked | null, tell: Tell): Promise<Manifest> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const aside = mkdtempSync(`${to}.part-`)
  try {
    const { wanted, ...rest } = await spool(house, tenant, aside, relocked, tell)
    const manifest: Manifest = { ...rest, beside: { ...rest.beside } }
    tell(1, 1, { id: 'Menyusun arsip', en: 'Writing the archive' })
    await pipeline(
      Readable.from(archive(house, aside, manifest, wanted, tell)),
      createGzip({ level: 6 }),
      createWriteStream(join(aside, 'whole'), { mode: 0o600, flush: true }),
    )
    renameSync(join(aside, 'whole'), to)
    return manifest
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

/** Reads everything in one transaction into files of lines. */
async function spool(
  house: House,
  tenant: Tenant,
  folder: string,
  relocked: Relocked | null,
  tell: Tell,
): Promise<Manifest & { readonly wanted: readonly Wanted[] }> {
  const client = await house.database.owner.connect()
  const db = ownerDb(client)
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query('select core.enter($1::uuid)', [tenant.id])
    const tables = await tenantTables(db)
    const counts = await countRows(db, tenant.id, tables)
    const total = [...counts.values()].reduce((sum, n) => sum + n, 0)
    const keys = await keysOf(client, tenant.id)
    const beside: Record<string, FileFacts> = {}
    for (const [name, statement] of [
      ['community', COMMUNITY],
      ['people', PEOPLE],
      ['plans', PLANS],
    ] as const)
      beside[name] = await writeLines(join(folder, name), readLines(client, statement, [tenant.id]))
    const written: Record<string, FileFacts> = {}
    let done = 0
    for (const table of tables) {
      const lines =
        table.name === KEYS && relocked ? keyLines(tenant.id, keys, relocked) : readLines(client, linesOfTable(table), [tenant.id])
      written[table.name] = await writeLines(join(folder, table.name), lines, (n) => tell((done += n), total, said(table)))
    }
    const migrations = await migrationsApplied(db)
    const { rows: wanted } = await db.query<Wanted>(WANTED, [tenant.id])
    await client.query('commit')
    return {
      format: FORMAT,
      version: FORMAT_VERSION,
      made_at: new Date().toISOString(),
      community: { id: tenant.id, code: tenant.code, name: tenant.name },
      migrations,
      keys: {
        locked_with: relocked ? 'passphrase' : 'installation',
        ...(relocked ? { salt: relocked.salt } : {}),
        master_key_ids: [...new Set((relocked?.keys ?? keys).map((k) => k.master_key_id))],
      },
      tables: written,
      beside,
      wanted,
    }
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}

const said = ({ name }: TenantTable): Words => ({ id: `Menyalin ${name}`, en: `Copying ${name}` })

type KeyRow = LockedKey & { readonly line: string }
async function keysOf(client: pg.PoolClient, tenantId: string): Promise<KeyRow[]> {
  const { rows } = await client.query<KeyRow>(
    'select version, wrapped, master_key_id, (to_jsonb(k))::text as line from core.tenant_keys k where tenant_id = $1 order by version',
    [tenantId],
  )
  return rows
}

/** The rows of the keys, locked with the passphrase. A key made since they were locked would be missing: better no archive. */
async function* keyLines(tenantId: string, keys: readonly KeyRow[], relocked: Relocked): AsyncGenerator<string[]> {
  yield keys.map((key) => {
    const other = relocked.keys.find((k) => k.version === key.version)
    if (!other) throw new Error('A key of the community was made while it was being exported: export it again.')
    return JSON.stringify({
      ...(JSON.parse(key.line) as object),
      tenant_id: tenantId,
      wrapped: `\\x${other.wrapped}`,
      master_key_id: other.master_key_id,
    })
  })
}

async function writeLines(file: string, pages: AsyncIterable<string[]>, passed: (n: number) => void = () => {}): Promise<FileFacts> {
  const out = await openFile(file, 'wx', 0o600)
  const seen = tally()
  try {
    for await (const page of pages) {
      const text = page.map((line) => `${line}\n`).join('')
      seen.add(text)
      await out.writeFile(text)
      passed(page.length)
    }
  } finally {
    await out.close()
  }
  return seen.facts()
}

/** Rows as they were spooled, then the files as they lie in the storage, and the manifest last: only then is everything known. */
async function* archive(house: House, folder: string, manifest: Manifest, wanted: readonly Wanted[], tell: Tell): AsyncGenerator<Buffer> {
  const at = new Date(manifest.made_at)
  const written = [...Object.entries(manifest.beside), ...Object.entries(manifest.tables)]
  for (const [name, { bytes }] of written) {
    yield tarHeader(`${name}.ndjson`, bytes, at)
    for await (const part of createReadStream(join(folder, name), { highWaterMark: 1 << 18 })) yield part as Buffer
    yield tarPadding(bytes)
  }
  const lines: FileLine[] = []
  yield* fileEntries(house, manifest.community.id, wanted, at, lines, tell)
  const listed = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  manifest.beside['files'] = { rows: lines.length, bytes: listed.length, sha256: createHash('sha256').update(listed).digest('hex') }
  yield* entry('files.ndjson', listed, at)
  yield* entry('manifest.json', Buffer.from(JSON.stringify(manifest, null, 2)), at)
  yield tarEnd()
}

function* entry(name: string, text: Buffer, at: Date): Generator<Buffer> {
  yield tarHeader(name, text.length, at)
  yield text
  yield tarPadding(text.length)
}

/** SHA-256 of a file, for the page and the log. */
export async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(file)) hash.update(part as Buffer)
  return hash.digest('hex')
}
