// What strangers may read about the population: totals and shares, with every small number hidden so that nobody can be worked out.
import type { Ctx } from '#kernel/ctx.ts'
import { say, type Words } from '#kernel/words.ts'
import { askFilter } from './filter.ts'
import { NO_FILTER } from './report.ts'
import { chosenBreakdown, count, ordered } from './statistics.ts'

/** Fewer people than this are not told. */
export const SMALL = 5
/** A number from 1 to 4; and a larger one (or a zero) that is hidden only to protect a small one. */
export const FEW = `<${SMALL}`
export const HIDDEN = '*'

type Table = readonly (readonly number[])[]
export type Told = number | typeof FEW | typeof HIDDEN

const isSmall = (n: number): boolean => n > 0 && n < SMALL

/**
 * A table as strangers may read it, when its row totals and column totals may be known to everybody.
 * 1. Every number from 1 to 4 is told as `<5`. Zeroes are told: they are about nobody.
 * 2. In every row and column with something hidden, at least two cells are hidden and at least one of them is not small: the smallest
 *    told number is hidden too (`*`), a zero where there is no other. So no subtraction ends in a number from 1 to 4.
 */
export function suppressed(table: Table): Told[][] {
  const told: Told[][] = table.map((row) => row.map((n) => (isSmall(n) ? FEW : n)))
  const rows = table.map((row, r) => row.map((_, c) => [r, c] as const))
  const columns = (table[0] ?? []).map((_, c) => table.map((_row, r) => [r, c] as const))
  const lines = [...rows, ...columns].filter((line) => line.length > 1)
  for (let again = true; again; ) {
    again = false
    for (const line of lines) {
      const covered = line.filter(([r, c]) => typeof told[r]![c] === 'string')
      if (!covered.length || (covered.length > 1 && covered.some(([r, c]) => told[r]![c] === HIDDEN))) continue
      const size = ([r, c]: readonly [number, number]): number => table[r]![c] || Number.MAX_SAFE_INTEGER
      const next = line.filter(([r, c]) => typeof told[r]![c] === 'number').toSorted((a, b) => size(a) - size(b))[0]
      if (!next) continue
      told[next[0]]![next[1]] = HIDDEN
      // From the start: its row first, so that what is hidden stays together.
      again = true
      break
    }
  }
  return told
}

/** Breakdowns that may be public: facts of everyday life, none of health, belief or status. */
const PUBLIC = ['gender', 'age_range', 'education', 'occupation', 'marital_status', 'hamlet']

export type PublicTable = {
  readonly breakdown: string
  readonly label: string
  readonly day: string
  readonly rows: readonly { readonly label: string; readonly male: Told; readonly female: Told }[]
  readonly total: Told
}

/** A breakdown as strangers may read it; null for one that is not public. Only for a context that sees everybody. */
export async function publicStatistics(ctx: Ctx, breakdown: string): Promise<PublicTable | null> {
  if (!PUBLIC.includes(breakdown)) return null
  const b = chosenBreakdown(breakdown)
  const f = await askFilter(ctx, NO_FILTER)
  const counted = await count(ctx, b, f)
  const order = await ordered(ctx, b, counted.keys(), (c) => (counted.get(c)?.male ?? 0) + (counted.get(c)?.female ?? 0))
  const unfilled: Words = { id: 'Belum mengisi', en: 'Not filled in' }
  const all = [...order, ...(counted.has('-') ? [{ category: '-', label: say(unfilled, ctx.locale) }] : [])]
  const table = all.map(({ category }) => [counted.get(category)?.male ?? 0, counted.get(category)?.female ?? 0])
  const told = suppressed(table)
  const total = table.flat().reduce((sum, n) => sum + n, 0)
  return {
    breakdown,
    label: say(b.label, ctx.locale),
    day: f.day,
    rows: all.map(({ label }, r) => ({ label, male: told[r]![0]!, female: told[r]![1]! })),
    total: isSmall(total) ? FEW : total,
  }
}

/** Residents, men, women and families of a village, small numbers hidden; nothing when nobody is registered. */
export async function publicTotals(ctx: Ctx): Promise<readonly { label: Words; value: string }[]> {
  const f = await askFilter(ctx, NO_FILTER)
  const gender = chosenBreakdown('gender')
  const people = await count(ctx, gender, f)
  const heads = await count(ctx, gender, { ...f, input: { ...f.input, heads: true } })
  const of = (counts: typeof people, sex: string): number => (counts.get(sex)?.male ?? 0) + (counts.get(sex)?.female ?? 0)
  const [men, women] = [of(people, 'L'), of(people, 'P')]
  if (men + women === 0) return []
  const families = of(heads, 'L') + of(heads, 'P')
  const [[m, w]] = suppressed([[men, women]]) as [[Told, Told]]
  const alone = (n: number): string => (isSmall(n) ? FEW : String(n))
  return [
    { label: { id: 'Penduduk', en: 'Residents' }, value: alone(men + women) },
    { label: { id: 'Laki-laki', en: 'Men' }, value: String(m) },
    { label: { id: 'Perempuan', en: 'Women' }, value: String(w) },
    { label: { id: 'Keluarga', en: 'Families' }, value: alone(families) },
  ]
}
