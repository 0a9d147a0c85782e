// Sukamaju leaves this installation as one file and comes to life in another, the same to the last row; a damaged file changes nothing.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bring, gathered, pdf } from '#kernel/documents/test-files.ts'
import { openBytes } from '#kernel/documents/files.ts'
import { addMember } from '#kernel/access/add-member.ts'
import { globalDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { tenantSeal } from '#kernel/secrets/keyring.ts'
import { masterKey } from '#kernel/secrets/master-key.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import { makerOf } from '#test/matrix/maker.ts'
import { openWorld, type Client, type World } from '#test/world.ts'
import { exportTenant } from './archive/export.ts'
import { importTenant } from './archive/import.ts'
import { lockedKeysOf } from './archive/lock.ts'
import { tenantTables } from './catalog.ts'
import { eraseTenant } from './erase.ts'
import { insideAsOwner } from './owner-db.ts'

const PASSPHRASE = 'sawah yang luas sekali'
const quiet = (): void => {}
let here: World
let there: World
let elsewhere: House
let folder: string
let id: string
let citizen: string
let scan: string

/** Every row of a community, by table, as the database writes rows. */
async function contentsOf(house: House, tenantId: string): Promise<Map<string, string[]>> {
  const db = insideAsOwner(house, tenantId)
  const found = new Map<string, string[]>()
  for (const { name } of await tenantTables(globalDb(house.database.owner))) {
    const { rows } = await db.query<{ line: string }>(`select t::text as line from ${name} t where tenant_id = $1`, [tenantId])
    found.set(name, rows.map((r) => r.line).toSorted())
  }
  return found
}

beforeAll(async () => {
  here = await openWorld()
  there = await openWorld()
  folder = mkdtempSync(join(tmpdir(), 'balai-archive-'))
  id = await here.tenantId('sukamaju')
  const andi = await here.as('andi')
  const maker = makerOf(here, andi, 'Sukamaju')
  for (const r of here.house.model.resources.values()) if (r.verbs.includes('create') && r.module !== 'core') await maker.make(r.name)
  citizen = (await maker.make('registry.citizens', { nik: '3201011708450009', name: 'Haji Somad' })).id
  scan = (await bring(andi, { resource: 'registry.citizens', id: citizen }, 'ktp.pdf', pdf('', '% Haji Somad'))).body.version_id
  const { version } = (await andi.get(`/registry/citizens/${citizen}`)).body
  await andi.patch(
    `/registry/citizens/${citizen}`,
    { notes: 'pindah "kamar"\nbaris dua 😀' },
    { 'if-match': `"${version}"`, 'idempotency-key': 'catatan' },
  )
  const wati = await here.house.identity.createUser({
    name: 'Wati Baru',
    username: 'wati',
    email: 'wati@desa.example',
    password: 'Padi-Menguning-77',
    locale: 'id',
  })
  await addMember(here.house, 'sukamaju', wati, 'Kepala Desa')
  // The other installation was cloned from the same template: its Sukamaju makes room, as after a deletion. Its master key is another one.
  await there.house.database.owner.query(
    `update core.tenants set status = 'deleting', status_before = 'active', deletion_asked_at = now(), delete_after = now() where id = $1`,
    [id],
  )
  await eraseTenant(there.house, id, quiet)
  elsewhere = { ...there.house, master: masterKey([randomBytes(32)]) }
})
afterAll(async () => {
  await here?.close()
  await there?.close()
  rmSync(folder, { recursive: true, force: true })
})

const archive = async (name: string, passphrase?: string): Promise<string> => {
  const tenant = await tenantByCode(here.house, 'sukamaju')
  const file = join(folder, name)
  await exportTenant(here.house, tenant!, file, passphrase ? await lockedKeysOf(here.house, id, passphrase) : null, quiet)
  return file
}

const filesIn = (file: string): string[] =>
  [
    ...gunzipSync(readFileSync(file))
      .toString('latin1')
      .matchAll(/([a-z0-9_.]+\.(?:ndjson|json))\0{20,}/g),
  ].map((m) => m[1] ?? '')

describe('what leaves', () => {
  test('is a file for every table that has rows of communities, read from the database itself, and a manifest', async () => {
    const file = await archive('whole.tar.gz')
    const { rows } = await here.house.database.owner.query<{ name: string }>(
      `select table_schema || '.' || table_name as name from information_schema.columns
        join pg_class c on c.oid = format('%I.%I', table_schema, table_name)::regclass and not c.relispartition
       where column_name = 'tenant_id' and table_schema not in ('jobs')`,
    )
    const names = filesIn(file)
    for (const { name } of rows) expect(names).toContain(`${name}.ndjson`)
    expect(names.at(-1)).toBe('manifest.json')
    expect(names).toEqual(
      expect.arrayContaining([
        'core.audit_logs.ndjson',
        'core.security_events.ndjson',
        'core.audit_seals.ndjson',
        'core.tenant_keys.ndjson',
        'people.ndjson',
      ]),
    )
  })

  test('has no secret and no password in clear, with a passphrase or without', async () => {
    for (const file of [await archive('sealed.tar.gz'), await archive('locked.tar.gz', PASSPHRASE)]) {
      const bytes = gunzipSync(readFileSync(file))
      expect(bytes.includes('Haji Somad')).toBe(true)
      for (const secret of ['3201011708450009', 'argon2', PASSPHRASE]) expect(bytes.includes(secret), secret).toBe(false)
    }
  })

  test('is of one moment: what is written meanwhile is in it whole or not at all', async () => {
    if (here.kind === 'embedded') return
    const andi = await here.as('andi')
    let going = true
    const writing = (async () => {
      for (let n = 0; going; n++) await andi.post('/library/shelves', { code: `ARUS-${n}` })
    })()
    const file = await archive('busy.tar.gz')
    going = false
    await writing
    const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n')
    const shelves = new Set(lines.filter((l) => l.includes('"code": "ARUS-')).flatMap((l) => /"id": "([^"]+)"/.exec(l)?.[1] ?? []))
    const logged = new Set(
      lines
        .filter((l) => l.includes('"resource": "library.shelves"') && l.includes('ARUS-'))
        .flatMap((l) => /"resource_id": "([^"]+)"/.exec(l)?.[1] ?? []),
    )
    expect([...shelves].toSorted()).toEqual([...logged].toSorted())
  })
})

describe('what is refused before anything is written', () => {
  const nothingThere = async (): Promise<void> => expect(await tenantByCode(there.house, 'sukamaju')).toBeNull()
  const refused = (file: string, options: object = {}): Promise<unknown> =>
    importTenant(elsewhere, file, { passphrase: PASSPHRASE, ...options }, quiet).then(
      () => 'restored',
      (error: { code: string }) => error.code,
    )

  test('a file that is cut off, damaged, edited or no archive at all', async () => {
    const bytes = readFileSync(await archive('good.tar.gz', PASSPHRASE))
    const broken = join(folder, 'broken.tar.gz')
    const flipped = Buffer.from(bytes)
    flipped[Math.floor(flipped.length / 2)]! ^= 0xff
    const edited = gzipSync(Buffer.from(gunzipSync(bytes).toString('latin1').replace('Haji Somad', 'Haji Samid'), 'latin1'))
    const scanned = gzipSync(Buffer.from(gunzipSync(bytes).toString('latin1').replace('BALAIF', 'BALAIG'), 'latin1'))
    for (const bad of [
      scanned,
      bytes.subarray(0, bytes.length - 100),
      flipped,
      edited,
      Buffer.from('bukan arsip'),
      gzipSync(Buffer.alloc(1024)),
      Buffer.alloc(0),
    ]) {
      writeFileSync(broken, bad)
      expect(await refused(broken)).toBe('bad_archive')
      await nothingThere()
    }
  })

  test('a wrong passphrase, none, or keys that only another installation can open', async () => {
    const locked = await archive('locked.tar.gz', PASSPHRASE)
    expect(await refused(locked, { passphrase: 'ladang yang luas sekali' })).toBe('wrong_passphrase')
    expect(await refused(locked, { passphrase: 'pendek' })).toBe('invalid_input')
    expect(await refused(await archive('sealed.tar.gz'))).toBe('wrong_passphrase')
    await nothingThere()
  })

  test('a community that is here already, a code that is taken, a schema that is another', async () => {
    const locked = await archive('locked.tar.gz', PASSPHRASE)
    const again = await importTenant(here.house, locked, { passphrase: PASSPHRASE, code: 'lain' }, quiet).catch(
      (error: { code: string }) => error.code,
    )
    expect(again).toBe('tenant_exists')
    expect(await refused(locked, { code: 'merantian' })).toBe('tenant_code_used')
    expect(await refused(locked, { code: 'api' })).toBe('tenant_code_used')
    await there.house.database.owner.query(`insert into public.schema_migrations (name, sha256) values ('9999_newer.sql', 'x')`)
    expect(await refused(locked)).toBe('other_schema')
    await there.house.database.owner.query(`delete from public.schema_migrations where name = '9999_newer.sql'`)
    await nothingThere()
  })
})

test('Sukamaju lives on elsewhere under another master key: every row the same, secrets readable, work goes on', async () => {
  const file = await archive('journey.tar.gz', PASSPHRASE)
  const before = await contentsOf(here.house, id)
  const done = await importTenant(elsewhere, file, { passphrase: PASSPHRASE }, quiet)
  expect(done.code).toBe('sukamaju')
  const after = await contentsOf(elsewhere, id)
  expect([...after.keys()]).toEqual([...before.keys()])
  // Keys are locked anew, and seals over what was not sealed yet are added to those that came (archive-seals.test.ts).
  const grown = ['core.tenant_keys', 'core.audit_seals']
  for (const [table, rows] of before) if (!grown.includes(table)) expect(after.get(table), table).toEqual(rows)
  expect(after.get('core.audit_seals')).toEqual(expect.arrayContaining(before.get('core.audit_seals')!))
  expect(done.rows).toBe([...before.values()].reduce((sum, rows) => sum + rows.length, 0))
  expect(before.get('core.audit_logs')!.length).toBeGreaterThan(10)

  // Sealed values open with keys that this installation's master key locks now, and are found by their old index.
  const { rows } = await insideAsOwner(elsewhere, id).query<{ nik: Buffer; nik_bidx: Buffer }>(
    'select nik, nik_bidx from registry.citizens where tenant_id = $1 and id = $2',
    [id, citizen],
  )
  const seal = await tenantSeal(elsewhere, id)
  expect(seal.open(rows[0]!.nik, 'registry.citizens.nik')).toBe('3201011708450009')
  expect(seal.blind('3201011708450009', 'registry.citizens.nik').equals(rows[0]!.nik_bidx)).toBe(true)
  const keys = await globalDb(there.house.database.owner).query<{ master_key_id: string }>(
    'select distinct master_key_id from core.tenant_keys where tenant_id = $1',
    [id],
  )
  expect(keys.rows).toEqual([{ master_key_id: elsewhere.master.id }])

  // Files came along, and open with keys that came along.
  const { rows: files } = await insideAsOwner(elsewhere, id).query<{ id: string; size: number; wrapped_key: Buffer }>(
    `select f.id, f.size, f.wrapped_key from core.files f join core.document_versions v on v.tenant_id = $1 and v.file_id = f.id
      where f.tenant_id = $1 and v.id = $2`,
    [id, scan],
  )
  const opened = await openBytes(elsewhere.storage, { tenant: { id }, seal }, files[0]!)
  expect(Buffer.concat(await gathered(opened)).equals(pdf('', '% Haji Somad'))).toBe(true)

  // Wati came along without a password; whoever was here already kept theirs.
  const wati = await elsewhere.identity.userByLogin('wati')
  expect(wati).toMatchObject({ name: 'Wati Baru', email: 'wati@desa.example' })
  const { rows: accounts } = await elsewhere.database.owner.query('select 1 from core.accounts where user_id = $1', [wati!.id])
  expect(accounts).toEqual([])
  await elsewhere.identity.setPassword(wati!.id, 'Padi-Menguning-78')

  // Triggers are awake again, and history is where it was. (`there` holds another master key: nothing sealed is asked of it.)
  const andi: Client = await there.as('andi')
  const shelf = await andi.post('/library/shelves', { code: 'SESUDAH' })
  expect(shelf.status, JSON.stringify(shelf.body)).not.toBe(404)
})
