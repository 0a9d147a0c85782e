// A seal: what every row of a batch was, and the seal before. Chained by hash, so that none can be changed, left out or put between.
import { createHash } from 'node:crypto'
import type { Db } from '#kernel/db/db.ts'
import { listing, type LogName } from './canonical.ts'

/** A row's place in the order in which transactions became final. */
export type Key = { readonly transaction: bigint; readonly id: string }

export type Act =
  /** Seals rows. */
  | 'sealed'
  /** Rows of a month were dropped by the rule of retention; their seals stay. */
  | 'dropped'
  /** The database was found restored into a server whose transaction numbers began anew: a new era. */
  | 'restored'

export type Seal = {
  readonly tenantId: string
  readonly log: LogName
  /** From 1, without gaps, per tenant and log. */
  readonly sequence: number
  readonly act: Act
  readonly era: number
  /** In eras after the first: its rows occurred after this moment, in microseconds since 1970. */
  readonly eraFrom: bigint | null
  /** First day of the UTC month of the rows. */
  readonly month: string
  readonly from: Key | null
  readonly to: Key | null
  /** Every transaction before this one was over and has its rows in this seal or an earlier one; null when more rows were waiting. */
  readonly through: bigint | null
  readonly count: number
  /** Per row, in order: its id (16 bytes), then the first 16 bytes of its hash. */
  readonly entries: Buffer
  /** SHA-256 over the whole hashes of the rows: the 16 bytes find a changed row, this proves that none was forged to fit them. */
  readonly rowsDigest: Buffer
  readonly previous: Buffer
  readonly hash: Buffer
  /** Microseconds since 1970. */
  readonly sealedAt: bigint
}

export const ENTRY_BYTES = 32
export const GENESIS = Buffer.alloc(32)
export const FIRST: Key = { transaction: 0n, id: '00000000-0000-0000-0000-000000000000' }

/** How far a log is sealed with a seal: what is not sealed yet comes after. */
export const reachOf = (seal: Pick<Seal, 'to' | 'through'>): Key =>
  seal.through === null ? (seal.to ?? FIRST) : { transaction: seal.through, id: FIRST.id }

export const before = (a: Key, b: Key): boolean => a.transaction < b.transaction || (a.transaction === b.transaction && a.id < b.id)

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')
export const entryOf = (id: string, hash: Buffer): Buffer => Buffer.concat([bytesOf(id), hash.subarray(0, 16)])

/** The nth row that a seal speaks of. */
export function entryAt(seal: Pick<Seal, 'entries'>, n: number): { id: string; hash: Buffer } {
  const bytes = seal.entries.subarray(n * ENTRY_BYTES, (n + 1) * ENTRY_BYTES)
  const hex = bytes.toString('hex', 0, 16)
  return {
    id: [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'),
    hash: bytes.subarray(16),
  }
}

/** SHA-256 over everything a seal says, its predecessor's hash included. */
export function hashSeal(s: Omit<Seal, 'hash'>): Buffer {
  const said = [
    s.tenantId,
    s.log,
    String(s.sequence),
    s.act,
    String(s.era),
    s.eraFrom?.toString() ?? null,
    s.month,
    s.from?.transaction.toString() ?? null,
    s.from?.id ?? null,
    s.to?.transaction.toString() ?? null,
    s.to?.id ?? null,
    s.through?.toString() ?? null,
    String(s.count),
    createHash('sha256').update(s.entries).digest('hex'),
    s.rowsDigest.toString('hex'),
    s.previous.toString('hex'),
    s.sealedAt.toString(),
  ]
  return createHash('sha256')
    .update(`balai-seal/1\n${listing(said)}`)
    .digest()
}

type Row = {
  sequence: number
  act: Act
  era: number
  era_from: number | null
  month: string
  from_transaction: string | null
  from_id: string | null
  to_transaction: string | null
  to_id: string | null
  through: string | null
  row_count: number
  entries: Buffer
  rows_digest: Buffer
  previous_hash: Buffer
  hash: Buffer
  sealed_at: number
}

const micros = (column: string): string => `(extract(epoch from ${column}) * 1000000)::bigint::text as ${column}`
const COLUMNS = `sequence, act, era, ${micros('era_from')}, month, from_transaction::text, from_id, to_transaction::text, to_id, through::text, row_count,
  rows_digest, previous_hash, hash, ${micros('sealed_at')}`

const keyOf = (transaction: string | null, id: string | null): Key | null =>
  transaction === null || id === null ? null : { transaction: BigInt(transaction), id }

const sealOf = (tenantId: string, log: LogName, row: Row): Seal => ({
  tenantId,
  log,
  sequence: row.sequence,
  act: row.act,
  era: row.era,
  eraFrom: row.era_from === null ? null : BigInt(row.era_from),
  month: row.month,
  from: keyOf(row.from_transaction, row.from_id),
  to: keyOf(row.to_transaction, row.to_id),
  through: row.through === null ? null : BigInt(row.through),
  count: row.row_count,
  entries: row.entries,
  rowsDigest: row.rows_digest,
  previous: row.previous_hash,
  hash: row.hash,
  sealedAt: BigInt(row.sealed_at),
})

/** Seals after a sequence number, in order; `light` leaves the entries empty. */
export async function sealsAfter(db: Db, tenantId: string, log: LogName, after: number, limit: number, light = false): Promise<Seal[]> {
  const entries = light ? `''::bytea as entries` : 'entries'
  const { rows } = await db.query<Row>(
    `select ${COLUMNS}, ${entries} from core.audit_seals where tenant_id = $1 and log = $2 and sequence > $3 order by sequence limit $4`,
    [tenantId, log, after, limit],
  )
  return rows.map((row) => sealOf(tenantId, log, row))
}

/** The newest seal of a log (with `act`: of that act), without its entries. */
export async function lastSeal(db: Db, tenantId: string, log: LogName, act?: Act): Promise<Seal | null> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS}, ''::bytea as entries from core.audit_seals
     where tenant_id = $1 and log = $2 and ($3::text is null or act = $3) order by sequence desc limit 1`,
    [tenantId, log, act ?? null],
  )
  return rows[0] ? sealOf(tenantId, log, rows[0]) : null
}

export async function insertSeal(db: Db, s: Seal): Promise<void> {
  await db.query(
    `insert into core.audit_seals (tenant_id, log, sequence, act, era, era_from, month, from_transaction, from_id, to_transaction, to_id, through, row_count,
       entries, rows_digest, previous_hash, hash, sealed_at)
     values ($1, $2, $3, $4, $5, timestamptz 'epoch' + $6::bigint * interval '1 microsecond', $7, $8::xid8, $9, $10::xid8, $11, $12::xid8, $13, $14, $15, $16, $17,
       timestamptz 'epoch' + $18::bigint * interval '1 microsecond')`,
    [
      s.tenantId,
      s.log,
      s.sequence,
      s.act,
      s.era,
      s.eraFrom?.toString() ?? null,
      s.month,
      s.from?.transaction.toString() ?? null,
      s.from?.id ?? null,
      s.to?.transaction.toString() ?? null,
      s.to?.id ?? null,
      s.through?.toString() ?? null,
      s.count,
      s.entries,
      s.rowsDigest,
      s.previous,
      s.hash,
      s.sealedAt.toString(),
    ],
  )
}
