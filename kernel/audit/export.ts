// The logs for an auditor to take away: every row as it was sealed, with its hash and its seal, to be checked without Balai.
import type { Ctx } from '#kernel/ctx.ts'
import type { Model } from '#kernel/resource/model.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import type { CellOut, ColumnOut } from '#kernel/sheet/write-sheet.ts'
import { columnsOfLog, hashRow, type LogName, monthOf, type RowText, selectText } from './seals/canonical.ts'
import { readableResources } from './history.ts'
import { before, type Key, type Seal, sealsAfter } from './seals/seal.ts'

const PAGE = 1_000
const SEALS = 500

/** Days of the community, both included; null = without end. */
export type Period = { readonly from: string | null; readonly until: string | null }

/** One row of an export. `row` has the very texts that are hashed (docs/decisions/0013); `seal` is null for what is not sealed yet. */
export type Exported = {
  readonly time: string
  readonly row: RowText
  readonly row_hash: string
  readonly seal: number | null
  readonly seal_hash: string | null
}

/** Which rows of a log the actor may take away: of the change log what its page would show them. */
function where(ctx: Ctx, model: Model, log: LogName, period: Period, param: (value: unknown) => string): string {
  const zone = (): string => param(ctx.tenant.timeZone)
  return [
    't.tenant_id = $1',
    ...(log === 'core.audit_logs' ? [`t.resource = any(${param(readableResources(ctx, model))}::text[])`] : []),
    ...(period.from ? [`t.occurred_at >= ${param(period.from)}::date::timestamp at time zone ${zone()}`] : []),
    ...(period.until ? [`t.occurred_at < (${param(period.until)}::date + 1)::timestamp at time zone ${zone()}`] : []),
  ].join(' and ')
}

export async function countRows(ctx: Ctx, model: Model, log: LogName, period: Period): Promise<number> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const { rows } = await ctx.db.query<{ n: number }>(
    `select count(*) as n from ${log} t where ${where(ctx, model, log, period, param)}`,
    values,
  )
  return rows[0]!.n
}

/** The rows of a period, oldest first, page by page as the reader reads. */
export async function* exportRows(ctx: Ctx, model: Model, log: LogName, period: Period): AsyncGenerator<Exported> {
  const find = await sealFinder(ctx, log)
  for (let after: readonly [string, string] | null = null; ; ) {
    const { values, param } = paramsOf(ctx.tenant.id)
    let condition = where(ctx, model, log, period, param)
    if (after)
      condition += ` and (t.occurred_at, t.id) > (timestamptz 'epoch' + ${param(after[0])}::bigint * interval '1 microsecond', ${param(after[1])}::uuid)`
    const { rows } = await ctx.db.query<RowText>(
      `select ${selectText(log)} from ${log} t where ${condition} order by t.occurred_at, t.id limit ${PAGE}`,
      values,
    )
    for (const row of rows) {
      const seal = find(row)
      yield {
        time: timeOf(row['occurred_at']!),
        row,
        row_hash: hashRow(log, row).toString('hex'),
        seal: seal?.sequence ?? null,
        seal_hash: seal?.hash.toString('hex') ?? null,
      }
    }
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = [last['occurred_at']!, last['id']!]
  }
}

/** RFC 3339 with all six digits: the moment as it is kept. */
const timeOf = (micros: string): string => {
  const whole = BigInt(micros)
  return `${new Date(Number(whole / 1000n)).toISOString().slice(0, 19)}.${String(whole % 1_000_000n).padStart(6, '0')}Z`
}

type Found = Pick<Seal, 'sequence' | 'hash'>

/** Finds the seal that covers a row: by its month, and its place in the order in which rows became final. */
async function sealFinder(ctx: Ctx, log: LogName): Promise<(row: RowText) => Found | null> {
  const groups = new Map<string, Seal[]>()
  for (let after = 0; ; ) {
    const page = await sealsAfter(ctx.db, ctx.tenant.id, log, after, SEALS, true)
    for (const seal of page)
      if (seal.act === 'sealed') groups.set(`${seal.month} ${seal.era}`, [...(groups.get(`${seal.month} ${seal.era}`) ?? []), seal])
    const last = page.at(-1)
    if (!last) break
    after = last.sequence
  }
  const eras = [...new Set([...groups.values()].flat().map((s) => s.era))]
  return (row) => {
    const key: Key = { transaction: BigInt(row['transaction_id']!), id: row['id']! }
    for (const era of eras) {
      const seals = groups.get(`${monthOf(row['occurred_at']!)} ${era}`) ?? []
      let [low, high] = [0, seals.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (before(seals[middle]!.to!, key)) low = middle + 1
        else high = middle
      }
      const seal = seals[low]
      const inside = seal && !before(key, seal.from!) && (seal.eraFrom === null || BigInt(row['occurred_at']!) > seal.eraFrom)
      if (inside) return seal
    }
    return null
  }
}

/** The columns of a sheet: the names are those of the canonical form, for programs; the texts are the hashed ones. */
export const sheetColumns = (log: LogName): { headings: string[]; columns: ColumnOut[]; cells: (e: Exported) => CellOut[] } => {
  const names = columnsOfLog(log)
  return {
    headings: ['time', ...names, 'row_hash', 'seal', 'seal_hash'],
    columns: [...['time', ...names].map(() => ({})), {}, { kind: 'number' as const }, {}],
    cells: (e) => [e.time, ...names.map((name) => e.row[name] ?? null), e.row_hash, e.seal, e.seal_hash],
  }
}

/** Newline-delimited JSON, the exact form: nothing is cut, guarded or rounded. */
export function writeNdjson(log: LogName, rows: AsyncIterable<Exported>): ReadableStream<Uint8Array> {
  const source = rows[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      let text = ''
      while (text.length < 64 * 1024) {
        const next = await source.next()
        if (next.done) {
          if (text) controller.enqueue(encoder.encode(text))
          controller.close()
          return
        }
        text += `${JSON.stringify({ log, ...next.value })}\n`
      }
      controller.enqueue(encoder.encode(text))
    },
    async cancel() {
      await source.return?.(undefined)
    },
  })
}
