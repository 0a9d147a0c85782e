// Statements inside the wall. One statement = one round trip: the tenant is set and the statement run before a single Sync.
import { createHash } from 'node:crypto'
import pg from 'pg'
import { isId } from '#kernel/resource/id.ts'
import type { Answer, Db } from './db.ts'

/** What the change log remembers about a write. */
export type Said = {
  readonly user: string | null
  readonly doing: string
  readonly request: string
  readonly ip: string | null
  readonly agent: string | null
}

const ENTER = 'select core.enter($1::uuid, $2)'
const ENTER_AS_USER = 'select core.enter_as_user($1::uuid)'

/** Days stay `YYYY-MM-DD` text, counters become numbers (all of ours are far below 2^53), the rest is the driver's default. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
    if (oid === 1082) return (value) => value
    if (oid === 20) return Number
    return pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown
  },
} as pg.CustomTypesConfig

const names = new Map<string, string>()
/** The name under which a connection keeps the plan of a statement: the same text, the same name. */
function planName(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    if (names.size < 2_000) names.set(text, name)
  }
  return name
}

const config = (text: string, params: readonly unknown[], prepared: boolean): pg.QueryConfig => ({
  text,
  values: [...params],
  types,
  ...(prepared ? { name: planName(text) } : {}),
})

/** The parts of pg's protocol connection that a scoped query speaks to. */
type Wire = {
  parse(q: { text: string; name: string; types: number[] }): void
  bind(q: { statement: string; values: unknown[]; valueMapper: (v: unknown) => unknown }): void
  execute(q: object): void
  entered?: Set<string>
}

const QueryBase = pg.Query as unknown as new (config: pg.QueryConfig) => {
  callback: (error: Error | null, result: pg.QueryResult) => void
  prepare(wire: Wire): void
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, wire: Wire): void
  handleError(error: Error, wire: Wire): void
}

/**
 * Sends `select core.enter(…)` and the real statement before one Sync: both are one implicit transaction.
 * If entering fails the statement is skipped; afterwards nothing of the tenant is left on the connection.
 */
class ScopedQuery extends QueryBase {
  private readonly entry: { readonly text: string; readonly values: unknown[] }
  private entered = false
  queryMode = 'extended'

  constructor(entry: { text: string; values: unknown[] }, statement: pg.QueryConfig) {
    super(statement)
    this.entry = entry
  }

  override prepare(wire: Wire): void {
    const name = planName(this.entry.text)
    const known = (wire.entered ??= new Set())
    if (!known.has(name)) wire.parse({ text: this.entry.text, name, types: [] })
    known.add(name)
    wire.bind({ statement: name, values: this.entry.values, valueMapper: (v) => v })
    wire.execute({})
    super.prepare(wire)
  }

  override handleDataRow(message: unknown): void {
    if (this.entered) super.handleDataRow(message)
  }

  override handleCommandComplete(message: unknown, wire: Wire): void {
    if (this.entered) super.handleCommandComplete(message, wire)
    else this.entered = true
  }

  override handleError(error: Error, wire: Wire): void {
    // A Parse that failed leaves no statement behind: the next query must send it again.
    if (!this.entered) wire.entered?.delete(planName(this.entry.text))
    super.handleError(error, wire)
  }
}

async function runScoped<R>(pool: pg.Pool, entry: { text: string; values: unknown[] }, statement: pg.QueryConfig): Promise<Answer<R>> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    const result = await new Promise<pg.QueryResult>((resolve, reject) => {
      const q = new ScopedQuery(entry, statement)
      q.callback = (error, answer) => (error ? reject(error) : resolve(answer))
      client.query(q as unknown as pg.Submittable)
    })
    return { rows: result.rows as R[], rowCount: result.rowCount ?? 0 }
  } catch (error) {
    failure = error as Error
    throw error
  } finally {
    // A statement that failed leaves a healthy connection; only a broken connection is thrown away.
    client.release(failure && !('code' in failure && /^[0-9A-Z]{5}$/.test(String(failure.code))))
  }
}

/** Reads (or single-statement writes) of one tenant. `said` is needed when a statement writes. */
export function scopedDb(pool: pg.Pool, tenantId: string, said?: Said): Db {
  const values = [tenantId, said ? JSON.stringify(said) : '']
  return {
    query: <R>(text: string, params: readonly unknown[] = [], prepared = false) =>
      runScoped<R>(pool, { text: ENTER, values }, config(text, params, prepared)),
  }
}

/** Statements about one person across tenants: sees only their own memberships. */
export function personDb(pool: pg.Pool, userId: string): Db {
  return {
    query: <R>(text: string, params: readonly unknown[] = [], prepared = false) =>
      runScoped<R>(pool, { text: ENTER_AS_USER, values: [userId] }, config(text, params, prepared)),
  }
}

/** Statements on global tables, outside every wall: no tenant row is visible. */
export function globalDb(pool: pg.Pool): Db {
  return {
    async query<R>(text: string, params: readonly unknown[] = [], prepared = false) {
      const result = await pool.query(config(text, params, prepared))
      return { rows: result.rows as R[], rowCount: result.rowCount ?? 0 }
    },
  }
}

/** Serialization failure and deadlock: the database asks to run the transaction again. */
const again = (error: unknown): boolean => ['40001', '40P01'].includes((error as { code?: string }).code ?? '')

/**
 * Runs `work` in one transaction inside a tenant; commits when it resolves, rolls back when it throws.
 * Runs it again, at most twice, when the database reports a deadlock or a serialization failure.
 */
export async function transaction<T>(pool: pg.Pool, tenantId: string, said: Said, work: (db: Db) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, tenantId, said, work)
    } catch (error) {
      if (attempt === 3 || !again(error)) throw error
    }
  }
}

async function once<T>(pool: pg.Pool, tenantId: string, said: Said, work: (db: Db) => Promise<T>): Promise<T> {
  if (!isId(tenantId)) throw new Error('A tenant is a uuid.')
  const client = await pool.connect()
  let broken = false
  try {
    await client.query(`begin; select core.enter('${tenantId}', ${client.escapeLiteral(JSON.stringify(said))})`)
    const result = await work({
      async query<R>(text: string, params: readonly unknown[] = [], prepared = false) {
        const answer = await client.query(config(text, params, prepared))
        return { rows: answer.rows as R[], rowCount: answer.rowCount ?? 0 }
      },
    })
    const end = await client.query('commit')
    if (end.command !== 'COMMIT') throw new Error('The transaction was rolled back because a statement in it had failed.')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => (broken = true))
    throw error
  } finally {
    client.release(broken)
  }
}
