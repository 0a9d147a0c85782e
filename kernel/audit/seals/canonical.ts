// The one form in which a row of a log is hashed: the same on every server, in every time zone, through every driver.
import { createHash } from 'node:crypto'

export type LogName = 'core.audit_logs' | 'core.security_events'
export const LOG_NAMES: readonly LogName[] = ['core.audit_logs', 'core.security_events']

/** A row as text, column by column; null where the column is null. */
export type RowText = Readonly<Record<string, string | null>>

/** Microseconds since 1970-01-01T00:00:00Z: a whole number has no zone and no format. */
const micros = (column: string): string => `(extract(epoch from t.${column}) * 1000000)::bigint::text`

/** The columns of each log in the order in which they are hashed. Adding one needs a new form number and a new reader here. */
const COLUMNS: Readonly<Record<LogName, readonly string[]>> = {
  'core.audit_logs': [
    'tenant_id',
    'id',
    'occurred_at',
    'actor_id',
    'action',
    'resource',
    'resource_id',
    'version',
    'before',
    'after',
    'ip_address',
    'user_agent',
    'request_id',
    'transaction_id',
  ],
  'core.security_events': [
    'tenant_id',
    'id',
    'occurred_at',
    'kind',
    'times',
    'user_id',
    'actor_name',
    'ip',
    'user_agent',
    'request_id',
    'detail',
    'transaction_id',
  ],
}

export const columnsOfLog = (log: LogName): readonly string[] => COLUMNS[log]

/**
 * What to select from a log (alias `t`) to get `RowText`. jsonb as text is already canonical: keys by length, then bytes; numbers digit by
 * digit; nothing depends on how it was once written or on a setting of the session.
 */
export const selectText = (log: LogName): string =>
  COLUMNS[log].map((name) => (name === 'occurred_at' ? `${micros(name)} as ${name}` : `t.${name}::text as ${name}`)).join(', ')

/**
 * The canonical form: the log's name and the form's number, then each column as `<bytes in UTF-8>:<text>`, `-` for null, separated by commas.
 * Lengths make it unambiguous: no text can pretend to be two columns.
 */
export const canonical = (log: LogName, row: RowText): string => `${log}/1\n${listing(COLUMNS[log].map((name) => row[name] ?? null))}`

/** Values one after the other, each with its length. */
export const listing = (values: readonly (string | null)[]): string =>
  values.map((value) => (value === null ? '-' : `${Buffer.byteLength(value)}:${value}`)).join(',')

/** SHA-256 of the canonical form, 32 bytes. */
export const hashRow = (log: LogName, row: RowText): Buffer => createHash('sha256').update(canonical(log, row)).digest()

/** The UTC month a moment lies in, as its first day. */
export const monthOf = (occurredAt: string): string => `${new Date(Number(BigInt(occurredAt) / 1000n)).toISOString().slice(0, 7)}-01`

/** The first day of the month after. */
export function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`
}
