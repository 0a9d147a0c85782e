// Seals what has become final, as the owner of the database: the application may read seals and never write them.
import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import type { Db } from '#kernel/db/db.ts'
import { type Said, transaction } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { PLATFORM } from '#kernel/security-log/kinds.ts'
import { settleSecurity } from '#kernel/security-log/security-log.ts'
import { allTenants } from '#kernel/tenancy/tenants.ts'
import { hashRow, LOG_NAMES, type LogName, monthOf, type RowText, selectText } from './canonical.ts'
import { keepApart } from './kept-apart.ts'
import { before, entryOf, FIRST, GENESIS, hashSeal, insertSeal, type Key, lastSeal, reachOf, type Seal } from './seal.ts'

/** Rows per transaction. On the embedded database everybody else waits so long. */
const ROUND = { server: 2_000, embedded: 250 } as const
/** Rows hashed before whoever else has something to do in this process gets a turn. */
const TURN = 100
export const SAID: Said = { user: null, doing: 'sealed', request: 'seal', ip: null, agent: null }

/**
 * What the database says of its transactions. Below `horizon` every one is over: what is not visible now never will be, so nothing that
 * commits late is skipped. None has reached `top` yet.
 */
export type Clock = { readonly horizon: bigint; readonly top: bigint }

async function clockOf(db: Db): Promise<Clock> {
  const { rows } = await db.query<{ horizon: string; top: string }>(
    'select pg_snapshot_xmin(s)::text as horizon, pg_snapshot_xmax(s)::text as top from pg_current_snapshot() s',
  )
  return { horizon: BigInt(rows[0]!.horizon), top: BigInt(rows[0]!.top) }
}

const nowMicros = (): bigint => BigInt(Date.now()) * 1000n
const keyOf = (row: RowText): Key => ({ transaction: BigInt(row['transaction_id']!), id: row['id']! })

/** Unsealed rows below `horizon` in the order they became final. */
async function rowsAfter(
  db: Db,
  tenantId: string,
  log: LogName,
  from: Key,
  horizon: bigint | null,
  eraFrom: bigint | null,
  limit: number,
): Promise<RowText[]> {
  const { rows } = await db.query<RowText>(
    `select ${selectText(log)} from ${log} t
      where t.tenant_id = $1 and (t.transaction_id, t.id) > ($2::xid8, $3::uuid) and ($4::xid8 is null or t.transaction_id < $4::xid8)
        and ($5::bigint is null or t.occurred_at > timestamptz 'epoch' + $5::bigint * interval '1 microsecond')
      order by t.transaction_id, t.id limit $6`,
    [tenantId, from.transaction.toString(), from.id, horizon?.toString() ?? null, eraFrom?.toString() ?? null, limit],
  )
  return rows
}

type Base = Pick<Seal, 'tenantId' | 'log' | 'era' | 'eraFrom'>

/** Puts seals over rows: one per month they lie in, so that a month can leave; the one that reaches furthest comes last. */
async function sealRows(db: Db, base: Base, rows: readonly RowText[], newest: Seal | null, through: bigint | null): Promise<Seal | null> {
  const months = [...Map.groupBy(rows, (row) => monthOf(row['occurred_at']!))]
  const last = (list: readonly RowText[]): Key => keyOf(list.at(-1)!)
  months.sort(([, a], [, b]) => (before(last(a), last(b)) ? -1 : 1))
  let previous = newest
  for (const [n, [month, mine]] of months.entries()) {
    const hashes: Buffer[] = []
    for (const row of mine) {
      if (hashes.length % TURN === TURN - 1) await turn()
      hashes.push(hashRow(base.log, row))
    }
    const digest = createHash('sha256')
    for (const hash of hashes) digest.update(hash)
    previous = await addSeal(db, previous, {
      ...base,
      act: 'sealed',
      month,
      from: keyOf(mine[0]!),
      to: last(mine),
      through: n === months.length - 1 ? through : null,
      count: mine.length,
      entries: Buffer.concat(mine.map((row, i) => entryOf(row['id']!, hashes[i]!))),
      rowsDigest: digest.digest(),
    })
  }
  return previous
}

/** Appends one seal to the chain. */
export async function addSeal(
  db: Db,
  newest: Seal | null,
  facts: Omit<Seal, 'sequence' | 'previous' | 'hash' | 'sealedAt'>,
): Promise<Seal> {
  const unsigned = { ...facts, sequence: (newest?.sequence ?? 0) + 1, previous: newest?.hash ?? GENESIS, sealedAt: nowMicros() }
  const seal: Seal = { ...unsigned, hash: hashSeal(unsigned) }
  await insertSeal(db, seal)
  return seal
}

/** Two processes must not seal one log at once. */
export async function alone(db: Db, tenantId: string, log: LogName): Promise<boolean> {
  const { rows } = await db.query<{ mine: boolean }>('select pg_try_advisory_xact_lock(7211023, hashtext($1)) as mine', [
    `${tenantId} ${log}`,
  ])
  return rows[0]!.mine
}

/** Where sealing stands: the newest seal, what the next one says of its era, and the last seal over rows of that era. */
async function standing(db: Db, tenantId: string, log: LogName): Promise<{ newest: Seal | null; base: Base; inEra: Seal | null }> {
  const newest = await lastSeal(db, tenantId, log)
  const sealed = await lastSeal(db, tenantId, log, 'sealed')
  const base: Base = { tenantId, log, era: newest?.era ?? 1, eraFrom: newest?.eraFrom ?? null }
  return { newest, base, inEra: sealed && sealed.era === base.era ? sealed : null }
}

/**
 * Begins an era of every log of a community that has just come from another installation, in the transaction that brought it: its numbers of
 * transactions mean nothing here, be they larger or smaller. What came is sealed first. Answers the latest moment that came, in microseconds.
 */
export async function beginErasHere(db: Db, tenantId: string): Promise<bigint> {
  let latest = 0n
  for (const log of LOG_NAMES) {
    const { newest, base, inEra } = await standing(db, tenantId, log)
    const until = await beginEra(db, base, newest, inEra)
    if (until > latest) latest = until
  }
  return latest
}

/** What came with the copy belongs to the old era, what was written since to a new one. Answers when the new one begins; 0 when there was nothing. */
async function beginEra(db: Db, base: Base, newest: Seal | null, inEra: Seal | null): Promise<bigint> {
  let until = inEra?.sealedAt ?? base.eraFrom ?? 0n
  let from = inEra ? reachOf(inEra) : FIRST
  let last = newest
  for (let rows = await rowsAfter(db, base.tenantId, base.log, from, null, base.eraFrom, ROUND.server); rows.length; ) {
    last = await sealRows(db, base, rows, last, null)
    for (const row of rows) if (BigInt(row['occurred_at']!) > until) until = BigInt(row['occurred_at']!)
    from = keyOf(rows.at(-1)!)
    rows = await rowsAfter(db, base.tenantId, base.log, from, null, base.eraFrom, ROUND.server)
  }
  if (!last) return 0n
  const month = monthOf(until.toString())
  const nothing = { from: null, to: null, through: null, count: 0, entries: Buffer.alloc(0), rowsDigest: createHash('sha256').digest() }
  await addSeal(db, last, { ...base, ...nothing, act: 'restored', era: base.era + 1, eraFrom: until, month })
  return until
}

/** One transaction's worth. Null when somebody else is sealing; otherwise how many rows, and whether there may be more. */
async function round(
  db: Db,
  tenantId: string,
  log: LogName,
  limit: number,
  given?: Clock,
): Promise<{ sealed: number; more: boolean } | null> {
  if (!(await alone(db, tenantId, log))) return null
  const { newest, base, inEra } = await standing(db, tenantId, log)
  const clock = given ?? (await clockOf(db))
  if (newest && inEra && clock.top < reachOf(inEra).transaction) {
    await beginEra(db, base, newest, inEra)
    return { sealed: 0, more: true }
  }
  const rows = await rowsAfter(db, tenantId, log, inEra ? reachOf(inEra) : FIRST, clock.horizon, base.eraFrom, limit)
  if (rows.length) await sealRows(db, base, rows, newest, rows.length < limit ? clock.horizon : null)
  return { sealed: rows.length, more: rows.length === limit }
}

/** Seals one log of one tenant up to now. Answers how many rows. `clock` is for tests. */
export async function sealLog(house: Pick<House, 'database'>, tenantId: string, log: LogName, clock?: Clock): Promise<number> {
  const limit = ROUND[house.database.kind]
  for (let count = 0; ; ) {
    const done = await transaction(house.database.owner, tenantId, SAID, (db) => round(db, tenantId, log, limit, clock))
    count += done?.sealed ?? 0
    if (!done?.more) return count
  }
}

/** Seals everything of everybody (of one tenant) up to now, and keeps the seals apart as well. Answers how many rows were sealed. */
export async function sealAll(house: Pick<House, 'database' | 'log' | 'config'>, only?: string): Promise<number> {
  await settleSecurity(house)
  const tenants = only ? [only] : [...(await allTenants(house)).map((t) => t.id), PLATFORM]
  let count = 0
  for (const tenantId of tenants) {
    for (const log of LOG_NAMES) count += await sealLog(house, tenantId, log)
    await keepApart(house, tenantId)
  }
  return count
}

/** How often the house seals, in milliseconds: a row can be changed unnoticed for at most so long. */
const EVERY_MS = 15 * 60_000

/** Seals now and then until the answer is called. */
export function startSealing(house: Pick<House, 'database' | 'log' | 'config'>): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    running = sealAll(house).catch((error: Error & { code?: string }) =>
      house.log.error({ error: error.name, code: error.code }, 'the logs could not be sealed'),
    )
  }, EVERY_MS).unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
