// A community back from its archive: checked whole before anything is written, and read again afterwards to prove it is the same.
import type pg from 'pg'
import { keepApart } from '#kernel/audit/seals/kept-apart.ts'
import { beginErasHere } from '#kernel/audit/seals/sealing.ts'
import { objectKey } from '#kernel/documents/files.ts'
import type { House } from '#kernel/house.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { forgetTenantKeys, type LockedKey, relockKey } from '#kernel/secrets/keyring.ts'
import { announceTenant } from '#kernel/tenancy/changes.ts'
import { KEYS, tenantTables, type TenantTable } from '../catalog.ts'
import { ownerDb } from '../owner-db.ts'
import { checkArchive } from './check.ts'
import type { Tell } from './export.ts'
import type { Manifest } from './manifest.ts'
import { fileOfEntry } from './files.ts'
import { passphraseKey } from './passphrase.ts'
import { insertLines, linesOfTable, readLines, tally } from './rows.ts'
import { badArchive, linesOf, openArchive } from './tar.ts'

export type Imported = { readonly code: string; readonly rows: number; readonly tables: number }

/**
 * Makes the community of an archive in this installation, all of it in one transaction or nothing. It keeps its id; `code` gives it another
 * address. Needs a database login that may set `session_replication_role` (a superuser, or granted): triggers must not speak for rows that have
 * spoken already. Throws 422 `bad_archive`, `wrong_passphrase`, `other_schema`, `clock_behind`; 409 `tenant_exists`, `tenant_code_used`.
 */
export async function importTenant(
  house: House,
  file: string,
  options: { passphrase?: string; code?: string },
  tell: Tell,
): Promise<Imported> {
  const manifest = await checkArchive(house, file, options.code, tell)
  const client = await house.database.owner.connect()
  try {
    await client.query('begin')
    await client.query('set local session_replication_role = replica').catch(mayNot)
    await client.query('select core.enter($1::uuid)', [manifest.community.id])
    const tables = await tenantTables(ownerDb(client))
    const { keys: lock } = manifest
    const opener =
      lock.locked_with === 'passphrase'
        ? await passphraseKey(options.passphrase ?? '', Buffer.from(lock.salt ?? '', 'base64'))
        : house.master
    let done = 0
    const total = Object.values(manifest.tables).reduce((sum, t) => sum + t.rows, 0)
    for await (const entry of openArchive(file)) {
      const name = entry.name.replace(/\.(ndjson|json)$/, '')
      const table = tables.find((t) => t.name === name)
      const fileId = fileOfEntry(name)
      if (fileId) await house.storage.put(objectKey(manifest.community.id, fileId), entry.body)
      if (fileId || name === 'manifest' || name === 'files') continue
      for await (const lines of batches(linesOf(entry.body))) {
        if (table?.name === KEYS) await insertLines(client, table, relocked(lines, opener, house, manifest))
        else if (table) await insertLines(client, table, lines)
        else await insertBeside(client, name, lines, options.code)
        if (table) tell((done += lines.length), total, { id: `Memulihkan ${name}`, en: `Restoring ${name}` })
      }
    }
    await prove(client, tables, manifest)
    await sealWhatCame(client, manifest.community.id)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    // Files of a community that came to nothing are swept up within a day: taking them away here might take another import's.
    throw error
  } finally {
    client.release()
  }
  forgetTenantKeys(house.master, manifest.community.id)
  await announceTenant(house, manifest.community.id)
  await keepApart(house, manifest.community.id)
  await house.jobs.resume(manifest.community.id)
  return {
    code: options.code ?? manifest.community.code,
    rows: Object.values(manifest.tables).reduce((sum, t) => sum + t.rows, 0),
    tables: Object.keys(manifest.tables).length,
  }
}

function mayNot(): never {
  throw new Refusal(403, 'login_may_not', {
    id: 'Login basis data ini tidak boleh memulihkan arsip. Beri hak: grant set on parameter session_replication_role to <login>.',
    en: 'This database login may not restore an archive. Grant it: grant set on parameter session_replication_role to <login>.',
  })
}

async function* batches(lines: AsyncIterable<string>): AsyncGenerator<string[]> {
  let held: string[] = []
  let size = 0
  for await (const line of lines) {
    held.push(line)
    size += line.length
    if (held.length < 500 && size < 2_000_000) continue
    yield held
    held = []
    size = 0
  }
  if (held.length) yield held
}

/** Keys as this installation locks them. */
function relocked(lines: readonly string[], opener: House['master'], house: House, manifest: Manifest): string[] {
  return lines.map((line) => {
    const row = JSON.parse(line) as { version: number; wrapped: string; master_key_id: string }
    const key: LockedKey = { ...row, wrapped: Buffer.from(row.wrapped.slice(2), 'hex') }
    if (manifest.keys.locked_with === 'installation' && house.master.known.has(key.master_key_id)) return line
    try {
      const { wrapped, master_key_id } = relockKey(key, opener, house.master, manifest.community.id)
      return JSON.stringify({ ...row, wrapped: `\\x${wrapped.toString('hex')}`, master_key_id })
    } catch {
      throw new Refusal(422, 'wrong_passphrase', {
        id: 'Kunci arsip ini tidak dapat dibuka: frasa sandi salah, atau arsip dibuat di instalasi dengan kunci utama lain tanpa frasa sandi.',
        en: 'The keys of this archive cannot be opened: the passphrase is wrong, or it was made without one where the master key is another.',
      })
    }
  })
}

/** The community itself, and people and plans that are not here yet. Nobody's password comes along: those who are new set one. */
async function insertBeside(client: pg.PoolClient, name: string, lines: readonly string[], code: string | undefined): Promise<void> {
  const json = `[${lines.join(',')}]`
  if (name === 'community')
    await client.query(
      `insert into core.tenants select r.* from jsonb_populate_recordset(null::core.tenants,
         (select jsonb_agg(x || jsonb_build_object('code', coalesce($2, x ->> 'code'))) from jsonb_array_elements($1::jsonb) x)) r`,
      [json, code ?? null],
    )
  else if (name === 'plans')
    await client.query(
      `insert into core.plans select r.* from jsonb_populate_recordset(null::core.plans, (select jsonb_agg(x || jsonb_build_object('offered', false,
         'code', case when exists (select 1 from core.plans p where p.code = x ->> 'code') then left('p-' || (x ->> 'id'), 50) else x ->> 'code' end))
         from jsonb_array_elements($1::jsonb) x)) r where not exists (select 1 from core.plans p where p.id = r.id)`,
      [json],
    )
  else if (name === 'people')
    await client.query(
      `insert into core.users (id, name, username, email, phone, status, locale)
       select r.id, r.name, case when exists (select 1 from core.users u where u.username = r.username) then null else r.username end,
         case when exists (select 1 from core.users u where u.email = r.email) then r.id || '@no-mail.invalid' else r.email end,
         case when exists (select 1 from core.users u where u.phone = r.phone) then null else r.phone end, r.status, r.locale
       from jsonb_populate_recordset(null::core.users, $1::jsonb) r where not exists (select 1 from core.users u where u.id = r.id)`,
      [json],
    )
  else throw badArchive(name)
}

/** The seals of the community hold here as they did there; what is written here from now on is an era of its own (docs/decisions/0013). */
async function sealWhatCame(client: pg.PoolClient, id: string): Promise<void> {
  const until = await beginErasHere(ownerDb(client), id)
  if (until > BigInt(Date.now()) * 1000n)
    throw new Refusal(
      422,
      'clock_behind',
      {
        id: 'Jam server ini tertinggal dari arsip ({until}). Betulkan jamnya, lalu pulihkan lagi.',
        en: 'The clock of this server is behind the archive ({until}). Set it right, then restore again.',
      },
      [],
      { more: { until: new Date(Number(until / 1000n)).toISOString() } },
    )
}

/** Reads back what was written: every table must hash as the archive said, or nothing stays. */
async function prove(client: pg.PoolClient, tables: readonly TenantTable[], manifest: Manifest): Promise<void> {
  for (const table of tables) {
    const said = manifest.tables[table.name]
    const seen = tally()
    for await (const lines of readLines(client, linesOfTable(table), [manifest.community.id]))
      seen.add(lines.map((line) => `${line}\n`).join(''))
    const found = seen.facts()
    const same = table.name === KEYS ? found.rows === said?.rows : found.sha256 === said?.sha256
    if (!same)
      throw new Refusal(
        500,
        'restore_differs',
        { id: 'Hasil pemulihan {table} tidak sama dengan arsip.', en: 'What was restored of {table} is not what the archive holds.' },
        [],
        {
          more: { table: table.name },
        },
      )
  }
}
