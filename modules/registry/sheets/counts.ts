// Reports of numbers as sheets: a breakdown, the age pyramid, vulnerable groups, voters.
import type { Ctx } from '#kernel/ctx.ts'
import type { Sheet, SheetColumn } from '#kernel/sheet/sheet.ts'
import { say, type Words } from '#kernel/words.ts'
import { voters, vulnerableGroups } from '../ledger/by-area.ts'
import { askFilter, type FilterInput } from '../ledger/filter.ts'
import { agePyramid } from '../ledger/pyramid.ts'
import { chosenBreakdown, tableOf } from '../ledger/statistics.ts'
import { filterLines, villagePaper } from './letterhead.ts'

const number = (label: string, more: Partial<SheetColumn> = {}): SheetColumn => ({ label, kind: 'number', ...more })
const wordsOf = (ctx: Ctx) => ({
  no: say({ id: 'No.', en: 'No.' }, ctx.locale),
  male: say({ id: 'Laki-laki', en: 'Male' }, ctx.locale),
  female: say({ id: 'Perempuan', en: 'Female' }, ctx.locale),
  total: say({ id: 'Jumlah', en: 'Total' }, ctx.locale),
})
const TOTAL: Words = { id: 'TOTAL', en: 'TOTAL' }

export async function statisticsSheet(ctx: Ctx, { breakdown, ...input }: FilterInput & { breakdown: string }): Promise<Sheet> {
  const f = await askFilter(ctx, input)
  const table = await tableOf(ctx, chosenBreakdown(breakdown), f)
  const w = wordsOf(ctx)
  const share = { label: '%', kind: 'number', weight: 1.1 } as const
  type Row = (typeof table)['sum']
  const cells = (no: number | null, label: string, r: Row) => [
    no,
    label,
    r.male,
    r.male_percent,
    r.female,
    r.female_percent,
    r.count,
    r.percent,
  ]
  return {
    file: `statistik-${breakdown}`,
    title: say({ id: 'Statistik penduduk menurut {breakdown}', en: 'Population by {breakdown}' }, ctx.locale, { breakdown: table.label }),
    under: await filterLines(ctx, f),
    asOf: f.booked,
    columns: [
      number(w.no, { weight: 0.6 }),
      { label: table.label, weight: 5 },
      ...[w.male, w.female, w.total].flatMap((group) => [number(say({ id: 'n', en: 'n' }, ctx.locale), { group }), { ...share, group }]),
    ],
    rows: table.rows.map((row, n) => cells(n + 1, row.label, row)),
    sums: [
      cells(null, say({ id: 'JUMLAH', en: 'SUM' }, ctx.locale), table.sum),
      cells(null, table.unfilled.label.toUpperCase(), table.unfilled),
      cells(null, say(TOTAL, ctx.locale), table.total),
    ],
    ...(await villagePaper(ctx)),
  }
}

export async function pyramidSheet(ctx: Ctx, input: FilterInput): Promise<Sheet> {
  const f = await askFilter(ctx, input)
  const { rows, total, productive } = (await agePyramid.run(ctx, input)) as {
    rows: { label: string; male: number; female: number }[]
    total: { count: number; male: number; female: number }
    productive: { from: number; to: number; count: number; dependency: string | null }
  }
  const w = wordsOf(ctx)
  return {
    file: 'piramida-umur',
    title: say({ id: 'Penduduk menurut kelompok umur dan jenis kelamin', en: 'Population by age group and sex' }, ctx.locale),
    under: await filterLines(ctx, f),
    asOf: f.booked,
    columns: [{ label: say({ id: 'Umur', en: 'Age' }, ctx.locale), weight: 2 }, number(w.male), number(w.female), number(w.total)],
    rows: rows.map((row) => [row.label, row.male, row.female, row.male + row.female]),
    sums: [[say(TOTAL, ctx.locale), total.male, total.female, total.count]],
    notes: [
      say({ id: 'Usia produktif ({from}–{to} tahun): {count}.', en: 'Of working age ({from}–{to}): {count}.' }, ctx.locale, productive),
      ...(productive.dependency === null
        ? []
        : [say({ id: 'Angka beban ketergantungan: {dependency}.', en: 'Dependency ratio: {dependency}.' }, ctx.locale, productive)]),
    ],
    ...(await villagePaper(ctx)),
  }
}

type Placed = { hamlet: string | null; rw: string | null; rt: string | null } & Record<string, unknown>
type ByArea = {
  day: string
  rows: Placed[]
  total: Record<string, number>
  nowhere: Record<string, number> | null
  columns?: { key: string; label: string }[]
}

/** A line for every RT, then those who live nowhere in particular, then the total. */
async function byArea(
  ctx: Ctx,
  input: FilterInput,
  answer: ByArea,
  of: { file: string; title: Words; numbers: readonly { key: string; label: string }[]; f: Sheet['under'] },
): Promise<Sheet> {
  const { numbers } = of
  const nowhere = answer.nowhere
  return {
    file: of.file,
    title: say(of.title, ctx.locale),
    under: of.f,
    asOf: input.day !== null && input.day < ctx.today ? input.day : ctx.today,
    columns: [
      { label: say({ id: 'Dusun', en: 'Hamlet' }, ctx.locale), weight: 2.4 },
      { label: 'RW', weight: 0.9 },
      { label: 'RT', weight: 0.9 },
      ...numbers.map(({ label }) => number(label, { weight: 1.15 })),
    ],
    rows: answer.rows.map((row) => [row.hamlet, row.rw, row.rt, ...numbers.map(({ key }) => Number(row[key] ?? 0))]),
    sums: [
      ...(nowhere
        ? [[say({ id: 'Tanpa wilayah', en: 'Without an area' }, ctx.locale), null, null, ...numbers.map(({ key }) => nowhere[key] ?? 0)]]
        : []),
      [say(TOTAL, ctx.locale), null, null, ...numbers.map(({ key }) => answer.total[key] ?? 0)],
    ],
    ...(await villagePaper(ctx)),
  }
}

export async function vulnerableSheet(ctx: Ctx, input: FilterInput): Promise<Sheet> {
  const answer = (await vulnerableGroups.run(ctx, input)) as ByArea
  const w = wordsOf(ctx)
  const families = { key: 'families', label: say({ id: 'KK', en: 'Families' }, ctx.locale) }
  const numbers = [families, { key: 'male', label: w.male }, { key: 'female', label: w.female }, ...(answer.columns ?? [])]
  return byArea(ctx, input, answer, {
    file: 'kelompok-rentan',
    title: vulnerableGroups.label,
    numbers,
    f: await filterLines(ctx, await askFilter(ctx, { ...input, group: null })),
  })
}

export async function votersSheet(ctx: Ctx, input: FilterInput): Promise<Sheet> {
  const answer = (await voters.run(ctx, input)) as ByArea
  const w = wordsOf(ctx)
  const numbers = [
    { key: 'male', label: w.male },
    { key: 'female', label: w.female },
    { key: 'count', label: w.total },
  ]
  return byArea(ctx, input, answer, {
    file: 'pemilih',
    title: voters.label,
    numbers,
    f: await filterLines(ctx, await askFilter(ctx, { ...input, group: 'voters' })),
  })
}
