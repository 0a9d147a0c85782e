// Sealed logs: nothing that commits late is skipped, and whoever changes, removes or adds a row behind Balai's back is found out.
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type World } from '#test/world.ts'
import { readKept, sealFile } from './kept-apart.ts'
import type { LogName } from './canonical.ts'
import { sealLog } from './sealing.ts'
import { sealEverything, settled } from './test-settled.ts'
import { verifyLog } from './verify.ts'

const LOG: LogName = 'core.audit_logs'

let world: World
let owner: pg.Pool
let sukamaju: string
beforeAll(async () => {
  world = await openWorld()
  owner = world.house.database.owner
  sukamaju = await world.tenantId('sukamaju')
})
afterAll(() => world?.close())

const verify = (tenant: string, kept = readKept(sealFile(world.house.config.dataDir, tenant)), log = LOG) =>
  verifyLog(world.house, tenant, log, kept)

/** Somebody who owns the database and switches off what guards it. */
async function intrude(tenant: string, sql: string, values: unknown[] = [], table = 'core.audit_logs'): Promise<pg.QueryResult> {
  const client = await owner.connect()
  try {
    await client.query('begin')
    await client.query('select core.enter($1::uuid)', [tenant])
    await client.query(`alter table ${table} disable trigger user`)
    const result = await client.query(sql, values)
    await client.query(`alter table ${table} enable trigger user`)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** A community of its own for one case, with so many rows in its change log, written by several transactions. */
let villages = 0
async function village(rows: number): Promise<string> {
  const id = `00000000-0000-4000-8000-${String(++villages).padStart(12, '0')}`
  for (let done = 0; done < rows; done += 4) await write(id, Math.min(4, rows - done))
  return id
}

async function write(tenant: string, rows: number, client: pg.ClientBase | null = null): Promise<void> {
  const own = client ?? (await owner.connect())
  try {
    await own.query(client ? 'select 1' : 'begin')
    await own.query('select core.enter($1::uuid)', [tenant])
    for (let n = 0; n < rows; n++)
      await own.query(
        `insert into core.audit_logs (tenant_id, action, resource, resource_id, version, before, after) values ($1, 'changed', 'registry.citizens', gen_random_uuid(), $2, '{"name": "Siti", "b": 1.50}', $3)`,
        [tenant, n, JSON.stringify({ name: `Siti ${n} — “Ümit” 🌾`, money: '12345678901234567890.10' })],
      )
    if (!client) await own.query('commit')
  } finally {
    if (!client) (own as pg.PoolClient).release()
  }
}

const idsOf = async (tenant: string): Promise<{ id: string; at: Date }[]> =>
  (await intrude(tenant, 'select id, occurred_at as at from core.audit_logs where tenant_id = $1 order by transaction_id, id', [tenant]))
    .rows

describe('a day in Sukamaju', () => {
  test('what Andi did is sealed, and the seals hold', async () => {
    const andi = await world.as('andi')
    for (const name of ['Bendahara', 'Sekretaris']) expect((await andi.post('/core/roles', { name, permissions: [] })).status).toBe(201)
    expect(await sealEverything(world.house)).toBeGreaterThan(2)
    const { finding, checked } = await verify(sukamaju)
    expect(finding).toBeNull()
    expect(checked).toMatchObject({ waiting: 0, backdated: 0 })
    expect(checked.rows).toBe((await idsOf(sukamaju)).length)
    // Nothing new: nothing to seal.
    expect(await sealEverything(world.house)).toBe(0)
  })

  test('what was written after the last seal waits for the next one', async () => {
    await (await world.as('andi')).post('/core/roles', { name: 'Kasir', permissions: [] })
    expect((await verify(sukamaju)).checked.waiting).toBe(1)
    await sealEverything(world.house)
    expect((await verify(sukamaju)).checked.waiting).toBe(0)
  })

  test('the application can neither write nor change a seal', async () => {
    for (const sql of [
      `insert into core.audit_seals select * from core.audit_seals limit 1`,
      `update core.audit_seals set hash = hash where tenant_id = $1`,
      `delete from core.audit_seals where tenant_id = $1`,
    ])
      await expect(world.write('andi', 'sukamaju', (ctx) => ctx.db.query(sql, sql.includes('$1') ? [sukamaju] : []))).rejects.toMatchObject(
        { code: '42501' },
      )
    await expect(owner.query('delete from core.audit_seals')).rejects.toMatchObject({ code: '42501' })
  })

  test('a row is the same row in another time zone and another writing of dates', async () => {
    await owner.query(`set time zone 'Asia/Makassar'`)
    const client = await owner.connect()
    try {
      await client.query(
        `set time zone 'America/Caracas'; set datestyle = 'German'; set intervalstyle = 'sql_standard'; set bytea_output = 'escape'`,
      )
      expect((await verify(sukamaju)).finding).toBeNull()
    } finally {
      await client.query('reset all')
      client.release()
      await owner.query('reset time zone')
    }
  })
})

describe('somebody who owns the database', () => {
  test('changes one letter, removes a row, adds one: each is named', async () => {
    const id = await village(12)
    await sealEverything(world.house, id)
    const rows = await idsOf(id)
    await intrude(id, `update core.audit_logs set after = jsonb_set(after, '{name}', '"Sita"') where tenant_id = $1 and id = $2`, [
      id,
      rows[5]!.id,
    ])
    expect((await verify(id)).finding).toMatchObject({ what: 'changed', id: rows[5]!.id, at: rows[5]!.at.toISOString() })

    const other = await village(12)
    await sealEverything(world.house, other)
    const gone = (await idsOf(other))[7]!
    await intrude(other, 'delete from core.audit_logs where tenant_id = $1 and id = $2', [other, gone.id])
    const missing = (await verify(other)).finding
    expect(missing).toMatchObject({ what: 'missing', id: gone.id, log: LOG, sequence: 1 })
    expect(Math.abs(Date.parse((missing as { at: string }).at) - gone.at.getTime())).toBeLessThan(5_000)

    const third = await village(12)
    await sealEverything(world.house, third)
    const forged = await intrude(
      third,
      `insert into core.audit_logs (tenant_id, action, resource, resource_id, occurred_at, transaction_id)
       select tenant_id, 'created', 'core.roles', gen_random_uuid(), occurred_at, transaction_id from core.audit_logs where tenant_id = $1 order by transaction_id, id limit 1 offset 3 returning id`,
      [third],
    )
    expect((await verify(third)).finding).toMatchObject({ what: 'added', id: forged.rows[0].id })
  })

  test('drops the newest seals and their rows: the file kept apart still has them', async () => {
    const id = await village(4)
    await sealEverything(world.house, id)
    await write(id, 3)
    await sealEverything(world.house, id)
    const last = (await idsOf(id)).slice(4)
    await intrude(id, 'delete from core.audit_logs where tenant_id = $1 and id = any($2::uuid[])', [id, last.map((r) => r.id)])
    await intrude(id, 'delete from core.audit_seals where tenant_id = $1 and sequence = 2', [id], 'core.audit_seals')
    expect((await verify(id, new Map())).finding).toBeNull()
    expect((await verify(id)).finding).toMatchObject({ what: 'seal_missing', sequence: 2 })
  })

  test('rewrites a row and every seal after it, hashes and all: the file kept apart does not agree, and is not added to', async () => {
    const id = await village(4)
    await sealEverything(world.house, id)
    await write(id, 2)
    await sealEverything(world.house, id)
    const file = sealFile(world.house.config.dataDir, id)
    const kept = readFileSync(file, 'utf8')
    expect(kept.trim().split('\n')).toHaveLength(2)
    await intrude(id, `update core.audit_logs set actor_id = gen_random_uuid() where tenant_id = $1 and id = $2`, [
      id,
      (await idsOf(id))[1]!.id,
    ])
    await intrude(id, 'delete from core.audit_seals where tenant_id = $1', [id], 'core.audit_seals')
    await settled(world.house)
    await sealLog(world.house, id, LOG)
    await write(id, 1)
    await sealEverything(world.house, id)
    expect((await verify(id, new Map())).finding).toBeNull()
    expect((await verify(id)).finding).toMatchObject({ what: 'seal_differs', sequence: 1 })
    expect(readFileSync(file, 'utf8')).toBe(kept)
  })

  test('a line that a crash cut in half does not hide the next', async () => {
    const id = await village(2)
    await sealEverything(world.house, id)
    const file = sealFile(world.house.config.dataDir, id)
    appendFileSync(file, '{"log":"core.audit_logs","sequ')
    await write(id, 1)
    await sealEverything(world.house, id)
    expect([...readKept(file).keys()]).toEqual([`${LOG} 1`, `${LOG} 2`])
    expect((await verify(id)).finding).toBeNull()
    rmSync(file)
    // A new machine: the file is written again from the database.
    await sealEverything(world.house, id)
    expect(readKept(file).size).toBe(2)
    writeFileSync(file, '')
  })
})

type Tampering = 'update' | 'delete' | 'insert' | 'swap' | 'shift' | 'drop_seal' | 'edit_seal' | 'edit_entries'
const TAMPERINGS: readonly Tampering[] = ['update', 'delete', 'insert', 'swap', 'shift', 'drop_seal', 'edit_seal', 'edit_entries']

/** Does one thing behind Balai's back; answers what a true verdict says of it. */
async function tamper(tenant: string, how: Tampering, at: number, seals: number): Promise<object> {
  const rows = await idsOf(tenant)
  const one = rows[at % rows.length]!.id
  const next = rows[(at % rows.length) + 1]?.id ?? rows[0]!.id
  const sequence = (at % seals) + 1
  const both = [one, next].toSorted((a, b) => rows.findIndex((r) => r.id === a) - rows.findIndex((r) => r.id === b))
  switch (how) {
    case 'update':
      await intrude(tenant, 'update core.audit_logs set version = version + 1 where tenant_id = $1 and id = $2', [tenant, one])
      return { what: 'changed', id: one }
    case 'delete':
      await intrude(tenant, 'delete from core.audit_logs where tenant_id = $1 and id = $2', [tenant, one])
      return { what: 'missing', id: one }
    case 'insert': {
      const { rows: made } = await intrude(
        tenant,
        `insert into core.audit_logs (tenant_id, id, action, resource, resource_id, occurred_at, transaction_id)
         select tenant_id, gen_random_uuid(), action, resource, resource_id, occurred_at, transaction_id from core.audit_logs where tenant_id = $1 and id = $2 returning id`,
        [tenant, one],
      )
      return { what: 'added', id: made[0].id }
    }
    case 'swap':
      await intrude(
        tenant,
        `update core.audit_logs l set resource_id = o.resource_id from core.audit_logs o where l.tenant_id = $1 and o.tenant_id = $1 and (l.id, o.id) in (($2, $3), ($3, $2))`,
        [tenant, one, next],
      )
      return { what: 'changed', id: both[0] }
    case 'shift':
      await intrude(tenant, `update core.audit_logs set occurred_at = occurred_at - interval '40 days' where tenant_id = $1 and id = $2`, [
        tenant,
        one,
      ])
      return { id: one }
    case 'drop_seal':
      await intrude(tenant, 'delete from core.audit_seals where tenant_id = $1 and sequence = $2', [tenant, sequence], 'core.audit_seals')
      return { what: 'seal_missing', sequence }
    case 'edit_seal':
      await intrude(
        tenant,
        'update core.audit_seals set row_count = row_count + 1 where tenant_id = $1 and sequence = $2',
        [tenant, sequence],
        'core.audit_seals',
      )
      return { what: 'seal_changed', sequence }
    case 'edit_entries':
      await intrude(
        tenant,
        `update core.audit_seals set entries = set_byte(entries, 20, 255 - get_byte(entries, 20)) where tenant_id = $1 and sequence = $2`,
        [tenant, sequence],
        'core.audit_seals',
      )
      return { what: 'seal_changed', sequence }
  }
}

test('however the rows were written and whatever is done to them, the first broken thing is named', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 }),
      fc.constantFrom(...TAMPERINGS),
      fc.nat({ max: 1_000 }),
      async (batches, how, at) => {
        const id = await village(0)
        for (const rows of batches) {
          await write(id, rows)
          await sealEverything(world.house, id)
        }
        expect((await verify(id)).finding).toBeNull()
        const wanted = await tamper(id, how, at, batches.length)
        expect((await verify(id)).finding).toMatchObject(wanted)
      },
    ),
    { numRuns: 30 },
  )
}, 240_000)

test('a transaction that commits after its neighbours were sealed is in a later seal, never in none', async (t) => {
  if (world.kind === 'embedded') return t.skip() // one session: nobody can be late
  const id = await village(2)
  await sealEverything(world.house, id)
  const [late, later] = [await owner.connect(), await owner.connect()]
  try {
    await late.query('begin')
    await write(id, 3, late)
    await write(id, 2)
    // The late one holds everything after it back: sealing it now would leave no place for the other.
    await sealLog(world.house, id, LOG)
    expect((await verify(id)).checked).toMatchObject({ rows: 2, waiting: 2 })
    await later.query('begin')
    await write(id, 1, later)
    await late.query('commit')
    await sealedUpTo(id, 7)
    await later.query('commit')
    await sealedUpTo(id, 8)
    expect(await verify(id)).toMatchObject({ finding: null, checked: { waiting: 0 } })
  } finally {
    await Promise.all([late.query('rollback'), later.query('rollback')])
    late.release()
    later.release()
  }
})

/** Seals until so many rows are: other tests use the same server, and what they hold open holds us back too. */
async function sealedUpTo(id: string, rows: number): Promise<void> {
  await expect
    .poll(
      async () => {
        await sealLog(world.house, id, LOG)
        return (await verify(id)).checked.rows
      },
      { timeout: 30_000 },
    )
    .toBe(rows)
}

test('many write at once, in any order, while it is sealed again and again', async (t) => {
  if (world.kind === 'embedded') return t.skip()
  const id = await village(0)
  let writing = true
  const writers = Array.from({ length: 6 }, async (_, n) => {
    for (let i = 0; i < 12; i++) {
      const client = new pg.Client({ connectionString: world.url! })
      await client.connect()
      await client.query('begin')
      await write(id, 1 + ((n + i) % 4), client)
      await client.query('select pg_sleep(random() / 50)')
      await client.query((n + i) % 5 ? 'commit' : 'rollback')
      await client.end()
    }
  })
  const sealer = (async () => {
    while (writing) await sealLog(world.house, id, LOG)
  })()
  await Promise.all(writers)
  writing = false
  await sealer
  await sealEverything(world.house, id)
  const { finding, checked } = await verify(id)
  expect(finding).toBeNull()
  expect(checked).toMatchObject({ rows: (await idsOf(id)).length, waiting: 0 })
}, 60_000)

test('restored into a younger server, the old chain holds and the new rows begin an era', async () => {
  const id = await village(0)
  const old = (n: number): Promise<unknown> =>
    intrude(
      id,
      `insert into core.audit_logs (tenant_id, action, resource, resource_id, occurred_at, transaction_id)
       values ($1, 'created', 'core.roles', gen_random_uuid(), now() - interval '1 hour' + $2 * interval '1 second', ('9000000000' || $2)::xid8)`,
      [id, n],
    )
  await old(1)
  await old(2)
  await sealLog(world.house, id, LOG, { horizon: 90_000_000_003n, top: 90_000_000_003n })
  // Written on the old server after its last seal; came with the copy.
  await old(3)
  await write(id, 2)
  await sealEverything(world.house, id)
  await write(id, 1)
  await sealEverything(world.house, id)
  expect(await verify(id)).toMatchObject({ finding: null, checked: { rows: 6, waiting: 0 } })
  const [first] = await idsOf(id)
  await intrude(id, 'update core.audit_logs set version = 9 where tenant_id = $1 and id = $2', [id, first!.id])
  expect((await verify(id)).finding).toMatchObject({ what: 'changed', id: first!.id })
})
