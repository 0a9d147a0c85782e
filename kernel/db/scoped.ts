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

const BEGIN = 'begin'
const ENTER = 'select core.enter($1::uuid, $2)'
const ENTER_AS_USER = 'select core.enter_as_user($1::uuid)'

/** Days stay `YYYY-MM-DD` text, counters become numbers (all of ours are far below 2^53), the rest is the driver's default. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
    if (oid === 1082) return (value) => value
    if (oid === 20) return Number
    if (oid === 1184 && format !== 'binary') return instant
    return pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown
  },
} as pg.CustomTypesConfig

// Every connection speaks UTC, so almost every instant looks like `2026-11-21 12:28:10.123456+00`; the driver's own parser is for the rest.
const slowInstant = pg.types.getTypeParser(1184) as (value: string) => unknown
function instant(value: string): unknown {
  if (value.length < 22 || value.length > 29 || value[10] !== ' ' || !value.endsWith('+00')) return slowInstant(value)
  return new Instant(`${value.slice(0, 10)}T${value.slice(11, 19)}.${value.slice(20, -3).slice(0, 3).padEnd(3, '0')}Z`)
}

/** A moment that remembers how it is written (RFC 3339): writing it anew is what costs most of answering a list. */
class Instant extends Date {
  private readonly written: string
  constructor(written: string) {
    super(written)
    this.written = written
  }
  override toJSON(): string {
    return this.written
  }
}

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

/** A statement that goes before another, in the same round trip; its answer is not looked at. */
type Entry = { readonly text: string; readonly values: readonly unknown[] }

/** What the server said the columns of a prepared statement are, in the driver's own form. */
type Columns = { fields: unknown[]; _parsers: unknown[]; _prebuiltEmptyResultObject: unknown }

/** The parts of pg's protocol connection that a scoped query speaks to. */
type Wire = {
  parse(q: { text: string; name: string; types: number[] }): void
  bind(q: { statement: string; values: readonly unknown[]; valueMapper: (v: unknown) => unknown }): void
  execute(q: object): void
  describe(q: object): void
  entered?: Set<string>
  columns?: Map<string, Columns>
  /** The same connection, asking nothing about columns. */
  knowing?: Wire
}

const QueryBase = pg.Query as unknown as new (
  config: pg.QueryConfig,
) => {
  name?: string
  callback: (error: Error | null, result: pg.QueryResult) => void
  _result: Columns
  _accumulateRows: boolean
  prepare(wire: Wire): void
  handleRowDescription(message: unknown): void
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, wire: Wire): void
  handleError(error: Error, wire: Wire): void
}

/**
 * Sends entries (`select core.enter(…)`) and the real statement before one Sync: all are one implicit transaction.
 * If an entry fails the statement is skipped; afterwards nothing of the tenant is left on the connection.
 * The columns of a prepared statement are asked for once per connection: describing a wide row costs both sides as much as reading it.
 */
class ScopedQuery extends QueryBase {
  private readonly entries: readonly Entry[]
  private ahead: number
  private wire: Wire | null = null
  queryMode = 'extended'

  constructor(entries: readonly Entry[], statement: pg.QueryConfig) {
    super(statement)
    this.entries = entries
    this.ahead = entries.length
  }

  override prepare(wire: Wire): void {
    this.wire = wire
    const entered = (wire.entered ??= new Set())
    for (const { text, values } of this.entries) {
      const name = planName(text)
      if (!entered.has(name)) wire.parse({ text, name, types: [] })
      entered.add(name)
      wire.bind({ statement: name, values, valueMapper: (v) => v })
      wire.execute({})
    }
    const columns = this.name ? wire.columns?.get(this.name) : undefined
    if (!columns) return super.prepare(wire)
    this._result.fields = columns.fields
    this._result._parsers = columns._parsers
    this._result._prebuiltEmptyResultObject = columns._prebuiltEmptyResultObject
    this._accumulateRows = true
    super.prepare((wire.knowing ??= Object.create(wire, { describe: { value: () => {} } }) as Wire))
  }

  override handleRowDescription(message: unknown): void {
    super.handleRowDescription(message)
    if (!this.name || !this.wire) return
    const { fields, _parsers, _prebuiltEmptyResultObject } = this._result
    ;(this.wire.columns ??= new Map()).set(this.name, { fields, _parsers, _prebuiltEmptyResultObject })
  }

  override handleDataRow(message: unknown): void {
    if (this.ahead === 0) super.handleDataRow(message)
  }

  override handleCommandComplete(message: unknown, wire: Wire): void {
    if (this.ahead === 0) super.handleCommandComplete(message, wire)
    else this.ahead--
  }

  override handleError(error: Error, wire: Wire): void {
    // A Parse that failed leaves no statement behind: the next query must send it again.
    if (this.ahead > 0) for (const { text } of this.entries) wire.entered?.delete(planName(text))
    if (this.name) wire.columns?.delete(this.name)
    super.handleError(error, wire)
  }
}

/** Sends a statement, after its entries, on a connection. */
function send<R>(client: pg.PoolClient, entries: readonly Entry[], statement: pg.QueryConfig): Promise<Answer<R>> {
  return new Promise((resolve, reject) => {
    const q = new ScopedQuery(entries, statement)
    q.callback = (error, result) => (error ? reject(error) : resolve({ rows: result.rows as R[], rowCount: result.rowCount ?? 0 }))
    client.query(q as unknown as pg.Submittable)
  })
}

async function runScoped<R>(pool: pg.Pool, entries: readonly Entry[], statement: pg.QueryConfig): Promise<Answer<R>> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    return await send<R>(client, entries, statement)
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
  const entries = [{ text: ENTER, values: [tenantId, said ? JSON.stringify(said) : ''] }]
  return {
    query: <R>(text: string, params: readonly unknown[] = [], prepared = false) =>
      runScoped<R>(pool, entries, config(text, params, prepared)),
  }
}

/** Statements about one person across tenants: sees only their own memberships. */
export function personDb(pool: pg.Pool, userId: string): Db {
  const entries = [{ text: ENTER_AS_USER, values: [userId] }]
  return {
    query: <R>(text: string, params: readonly unknown[] = [], prepared = false) =>
      runScoped<R>(pool, entries, config(text, params, prepared)),
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
  let begun = false
  let broken = false
  try {
    const result = await work({
      query<R>(text: string, params: readonly unknown[] = [], prepared = false) {
        // The transaction begins with its first statement, in the same round trip.
        const entries = begun
          ? []
          : [
              { text: BEGIN, values: [] },
              { text: ENTER, values: [tenantId, JSON.stringify(said)] },
            ]
        begun = true
        return send<R>(client, entries, config(text, params, prepared))
      },
    })
    if (!begun) return result
    const end = await client.query('commit')
    if (end.command !== 'COMMIT') throw new Error('The transaction was rolled back because a statement in it had failed.')
    return result
  } catch (error) {
    if (begun) await client.query('rollback').catch(() => (broken = true))
    throw error
  } finally {
    client.release(broken)
  }
}
