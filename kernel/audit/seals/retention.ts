// Old months of the logs leave as a whole, by rule, and only when every row of them is sealed. Their seals stay.
import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Db } from '#kernel/db/db.ts'
import { transaction } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { PLATFORM } from '#kernel/security-log/kinds.ts'
import { LOG_NAMES, type LogName, monthAfter } from './canonical.ts'
import { YEARS_MIN } from './chain.ts'
import { keepApart } from './kept-apart.ts'
import { addSeal, alone, SAID } from './sealing.ts'
import { lastSeal } from './seal.ts'

/** What a tenant keeps its logs for: whole years, and whether nothing may leave at all (a legal hold). */
export type Keeping = { readonly years: number; readonly hold: boolean }
export const YEARS_DEFAULT = 7

export type Dropped = { readonly log: LogName; readonly month: string; readonly rows: number }

/** Partitions of a log whose month is over for at least `years`. */
async function oldMonths(owner: pg.Pool, log: LogName, years: number, now: Date): Promise<{ table: string; month: string }[]> {
  const { rows } = await owner.query<{ table: string }>(
    `select c.relname as table from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = to_regclass($1) order by 1`,
    [log],
  )
  const limit = new Date(Date.UTC(now.getUTCFullYear() - years, now.getUTCMonth(), now.getUTCDate())).toISOString().slice(0, 10)
  return rows.flatMap(({ table }) => {
    const [, year, number] = /_(\d{4})(\d{2})$/.exec(table) ?? []
    const month = `${year}-${number}-01`
    return year && monthAfter(month) <= limit ? [{ table, month }] : []
  })
}

/**
 * Drops the months that no tenant keeps any longer. A month is shared: the longest rule and any legal hold decide for all.
 * `keepingOf` says what a tenant keeps; a tenant that no longer exists keeps what the others do.
 */
export async function dropOldMonths(
  house: Pick<House, 'database' | 'log' | 'config'>,
  tenants: readonly string[],
  keepingOf: (tenantId: string) => Promise<Keeping>,
  now: Date = new Date(),
): Promise<Dropped[]> {
  const keeping = await Promise.all(tenants.map(keepingOf))
  if (keeping.some((k) => k.hold)) return []
  const years = Math.max(YEARS_MIN, ...keeping.map((k) => k.years))
  const dropped: Dropped[] = []
  for (const log of LOG_NAMES)
    for (const { table, month } of await oldMonths(house.database.owner, log, years, now)) {
      const rows = await dropMonth(house, log, table, month)
      if (rows === null) house.log.warn({ log, month }, 'an old month stays: not all of it is sealed')
      else dropped.push({ log, month, rows })
    }
  return dropped
}

/** Drops one month, in one transaction with the seals that say so. Null, and nothing done, when a row of it is not sealed. */
async function dropMonth(
  house: Pick<House, 'database' | 'log' | 'config'>,
  log: LogName,
  table: string,
  month: string,
): Promise<number | null> {
  const concerned: { id: string; rows: number }[] = []
  try {
    await transaction(house.database.owner, PLATFORM, SAID, async (db) => {
      concerned.length = 0
      await db.query(`set local lock_timeout = '5s'`)
      // The owner stands behind the wall as well; to see that nothing is left unsealed, this one partition is opened until the commit.
      await db.query(`alter table core."${table}" no force row level security`)
      const { rows } = await db.query<{ id: string; rows: number }>(
        `select tenant_id as id, count(*) as rows from core."${table}" group by 1 order by 1`,
      )
      for (const tenant of rows) {
        await db.query('select core.enter($1::uuid)', [tenant.id])
        await noteDrop(db, tenant, log, month)
        concerned.push(tenant)
      }
      await db.query(`drop table core."${table}"`)
    })
  } catch (error) {
    if (error instanceof NotSealed) return null
    throw error
  }
  for (const { id } of concerned) await keepApart(house, id)
  return concerned.reduce((sum, t) => sum + t.rows, 0)
}

/** Undoes the transaction that was about to drop a month. */
class NotSealed extends Error {
  override name = 'NotSealed'
}

/** A link of the chain that says: these rows left by rule, and how many they were. Runs inside the tenant. */
async function noteDrop(db: Db, tenant: { id: string; rows: number }, log: LogName, month: string): Promise<void> {
  if (!(await alone(db, tenant.id, log))) throw new NotSealed()
  const { rows } = await db.query<{ n: number }>(
    `select coalesce(sum(row_count), 0)::int as n from core.audit_seals where tenant_id = $1 and log = $2 and month = $3 and act = 'sealed'`,
    [tenant.id, log, month],
  )
  if (rows[0]!.n !== tenant.rows) throw new NotSealed()
  const newest = await lastSeal(db, tenant.id, log)
  await addSeal(db, newest, {
    tenantId: tenant.id,
    log,
    act: 'dropped',
    era: newest?.era ?? 1,
    eraFrom: newest?.eraFrom ?? null,
    month,
    from: null,
    to: null,
    through: null,
    count: tenant.rows,
    entries: Buffer.alloc(0),
    rowsDigest: createHash('sha256').digest(),
  })
}
