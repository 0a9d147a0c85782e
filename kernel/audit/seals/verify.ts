// `balai audit verify`: computes every hash again, row by row, and names the first thing that is not what was sealed.
import { createHash } from 'node:crypto'
import type { Db } from '#kernel/db/db.ts'
import { scopedDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { hashRow, type LogName, monthAfter, type RowText, selectText } from './canonical.ts'
import { type Chain, checkChain, type Light } from './chain.ts'
import { type Checked, type Finding, nothingChecked } from './findings.ts'
import type { Kept } from './kept-apart.ts'
import { before, entryAt, FIRST, type Key, sealsAfter } from './seal.ts'

const PAGE = 2_000
/** In microseconds: the longest that a transaction can have lasted. */
const DAY = 86_400_000_000n

export type Verdict = { readonly finding: Finding | null; readonly checked: Checked }
type Tell = (checked: Checked) => void

type Log = { readonly db: Db; readonly tenantId: string; readonly log: LogName; readonly checked: Checked; readonly tell: Tell }
/** The rows of one month that belong to one era, and the seals over them. */
type Group = {
  readonly month: string
  readonly era: number
  readonly after: bigint | null
  readonly until: bigint | null
  readonly seals: readonly Light[]
  readonly reached: Key
}

/** Checks one log of one tenant. `kept`: the seals kept apart (`readKept`), empty when there are none to compare with. */
export async function verifyLog(
  house: Pick<House, 'database'>,
  tenantId: string,
  log: LogName,
  kept: ReadonlyMap<string, Kept> = new Map(),
  tell: Tell = () => {},
): Promise<Verdict> {
  const checked = nothingChecked()
  const db = scopedDb(house.database.owner, tenantId)
  const it: Log = { db, tenantId, log, checked, tell }
  const chain = await checkChain(db, tenantId, log, kept, checked)
  if (chain.finding) return { finding: chain.finding, checked }
  const months = new Set([...chain.months.keys(), ...(await monthsWithRows(it))])
  for (const month of [...months].toSorted()) {
    const finding = await checkMonth(it, chain, month)
    if (finding) return { finding, checked }
  }
  return { finding: null, checked }
}

/** Months that have any row: one look into the index per month. */
async function monthsWithRows({ db, tenantId, log }: Log): Promise<string[]> {
  const months: string[] = []
  for (let from = '-infinity'; ; ) {
    const { rows } = await db.query<{ month: string | null }>(
      `select to_char(date_trunc('month', min(t.occurred_at) at time zone 'UTC'), 'YYYY-MM-DD') as month from ${log} t where t.tenant_id = $1 and t.occurred_at >= $2`,
      [tenantId, from],
    )
    const month = rows[0]?.month
    if (!month) return months
    months.push(month)
    from = `${monthAfter(month)}T00:00:00Z`
  }
}

async function checkMonth(it: Log, chain: Chain, month: string): Promise<Finding | null> {
  const all = chain.months.get(month) ?? []
  const dropped = chain.droppedMonths.get(month) ?? 0
  const seals = all.filter((s) => s.sequence > dropped)
  const eras = [...chain.eras.keys()].toSorted((a, b) => a - b)
  if (dropped) {
    it.checked.droppedMonths.push(month)
    it.checked.dropped += all.reduce((sum, s) => sum + (s.sequence < dropped ? s.count : 0), 0)
  }
  for (const era of eras) {
    const group: Group = {
      month,
      era,
      after: chain.eras.get(era) ?? null,
      until: chain.eras.get(era + 1) ?? null,
      seals: seals.filter((s) => s.era === era),
      reached: chain.reached.get(era) ?? FIRST,
    }
    const finding = await checkGroup(it, group)
    if (finding) return finding
  }
  return null
}

/** The rows of a group in the order they were sealed in. */
async function* rowsOf({ db, tenantId, log }: Log, g: Group): AsyncGenerator<RowText> {
  const micros = (n: bigint | null): string | null => n?.toString() ?? null
  for (let from: Key = FIRST; ; ) {
    const { rows } = await db.query<RowText>(
      `select ${selectText(log)} from ${log} t
        where t.tenant_id = $1 and t.occurred_at >= $2 and t.occurred_at < $3 and (t.transaction_id, t.id) > ($4::xid8, $5::uuid)
          and ($6::bigint is null or t.occurred_at > timestamptz 'epoch' + $6::bigint * interval '1 microsecond')
          and ($7::bigint is null or t.occurred_at <= timestamptz 'epoch' + $7::bigint * interval '1 microsecond')
        order by t.transaction_id, t.id limit ${PAGE}`,
      [
        tenantId,
        `${g.month}T00:00:00Z`,
        `${monthAfter(g.month)}T00:00:00Z`,
        from.transaction.toString(),
        from.id,
        micros(g.after),
        micros(g.until),
      ],
    )
    yield* rows
    if (rows.length < PAGE) return
    from = keyOf(rows.at(-1)!)
  }
}

const keyOf = (row: RowText): Key => ({ transaction: BigInt(row['transaction_id']!), id: row['id']! })
const momentOf = (micros: string | bigint): string => new Date(Number(BigInt(micros) / 1000n)).toISOString()
/** When a row was made that is no longer there: its id says so (RFC 9562, version 7). */
const momentIn = (id: string): string =>
  id[14] === '7' ? new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toISOString() : '?'

async function checkGroup(it: Log, group: Group): Promise<Finding | null> {
  const { checked, log, db, tenantId } = it
  const rows = rowsOf(it, group)
  const pull = async (): Promise<RowText | null> => {
    const next = await rows.next()
    return next.done ? null : next.value
  }
  let newest = 0n
  const noteAge = (at: bigint): void => {
    if (at > newest) newest = at
    else if (at < newest - DAY && ++checked.backdated === 1) checked.firstBackdated = row!['id']!
  }
  let row = await pull()
  for (const light of group.seals) {
    const [seal] = await sealsAfter(db, tenantId, log, light.sequence - 1, 1)
    if (!seal) return { what: 'seal_missing', log, sequence: light.sequence, month: light.month }
    const digest = createHash('sha256')
    for (let n = 0; n < seal.count; n++) {
      const wanted = entryAt(seal, n)
      const hash = row && hashRow(log, row)
      if (!row || !hash || row['id'] !== wanted.id) return whatIsWrong(it, seal.sequence, wanted, row)
      if (!hash.subarray(0, 16).equals(wanted.hash))
        return { what: 'changed', log, id: wanted.id, at: momentOf(row['occurred_at']!), sequence: seal.sequence }
      digest.update(hash)
      noteAge(BigInt(row['occurred_at']!))
      if (++checked.rows % 5_000 === 0) it.tell(checked)
      row = await pull()
    }
    if (!digest.digest().equals(seal.rowsDigest)) return { what: 'seal_digest', log, sequence: seal.sequence, month: seal.month }
  }
  for (; row; row = await pull()) {
    if (!before(group.reached, keyOf(row))) return { what: 'added', log, id: row['id']!, at: momentOf(row['occurred_at']!), sequence: null }
    checked.waiting++
  }
  return null
}

/** At the first place where rows and seals part: a row was removed, put in, or changed so that it moved. */
async function whatIsWrong(it: Log, sequence: number, wanted: { id: string; hash: Buffer }, row: RowText | null): Promise<Finding> {
  const { db, tenantId, log } = it
  const found = await db.query<RowText>(`select ${selectText(log)} from ${log} t where t.tenant_id = $1 and t.id = $2`, [
    tenantId,
    wanted.id,
  ])
  const moved = found.rows[0]
  if (!moved) return { what: 'missing', log, id: wanted.id, at: momentIn(wanted.id), sequence }
  if (!hashRow(log, moved).subarray(0, 16).equals(wanted.hash))
    return { what: 'changed', log, id: wanted.id, at: momentOf(moved['occurred_at']!), sequence }
  if (!row) return { what: 'missing', log, id: wanted.id, at: momentIn(wanted.id), sequence }
  // The wanted row is as it was: the one in front of it does not belong here.
  const sealed = await sealOf(it, row['id']!)
  return { what: sealed === null ? 'added' : 'changed', log, id: row['id']!, at: momentOf(row['occurred_at']!), sequence: sealed }
}

/** The seal of the log that speaks of a row, wherever it lies now. */
async function sealOf({ db, tenantId, log }: Log, id: string): Promise<number | null> {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  for (let after = 0; ; ) {
    const page = await sealsAfter(db, tenantId, log, after, 20)
    for (const seal of page)
      for (let n = 0; n < seal.count; n++) if (seal.entries.subarray(n * 32, n * 32 + 16).equals(bytes)) return seal.sequence
    const last = page.at(-1)
    if (!last) return null
    after = last.sequence
  }
}
