// Lists of people as sheets: the five books of Permendagri 47/2016, and the names behind a number; read a page at a time.
import type { Ctx } from '#kernel/ctx.ts'
import type { Query } from '#kernel/resource/query.ts'
import type { Sheet, SheetColumn } from '#kernel/sheet/sheet.ts'
import type { CellOut } from '#kernel/sheet/write-sheet.ts'
import { say } from '#kernel/words.ts'
import { GENDER, STATUS } from '../codes.ts'
import { monthOf, spanOf } from '../ledger/days.ts'
import { askFilter, type FilterInput } from '../ledger/filter.ts'
import { areaLine, filterLines, monthWords, villagePaper } from './letterhead.ts'

type Asked = Partial<FilterInput> & { month?: string; limit?: number; after?: string | null }
type Page = { columns?: { key: string; label: string }[]; data: Record<string, unknown>[]; page: { next: string | null } }

const AT_ONCE = 500

async function* pages<Input extends Asked>(ctx: Ctx, q: Query<Input>, input: Input, first: Page): AsyncGenerator<Record<string, unknown>> {
  for (let page = first; ; ) {
    yield* page.data
    if (page.page.next === null) return
    page = (await q.run(ctx, { ...input, limit: AT_ONCE, after: page.page.next })) as Page
  }
}

const linesOf = async (ctx: Ctx, input: Asked): Promise<string[]> =>
  input.month === undefined
    ? filterLines(ctx, await askFilter(ctx, input as FilterInput))
    : [
        say({ id: 'Bulan {month}', en: 'Month of {month}' }, ctx.locale, { month: monthWords(ctx, input.month) }),
        ...(await areaLine(ctx, input.area_id ?? null)),
      ]

const asOf = (ctx: Ctx, { month, day }: Asked): string => {
  const said = month === undefined ? (day ?? ctx.today) : spanOf(monthOf(month)).last
  return said < ctx.today ? said : ctx.today
}

/** Widths of columns that hold more, or less, than most. */
const WEIGHTS: Readonly<Record<string, number>> = {
  name: 2,
  nik: 1.9,
  family_number: 1.9,
  birth: 1.7,
  address: 1.6,
  visited: 1.6,
  occupation: 1.5,
  notes: 1.3,
  education: 1.3,
  citizenship: 1.9,
  gender: 0.9,
  male: 0.4,
  female: 0.4,
  age: 0.6,
}

/** A book in its printing order, with running numbers. `code`: its number in the regulation. */
export const bookSheet =
  <Input extends Asked>(q: Query<Input>, code: string, file: string) =>
  async (ctx: Ctx, input: Input): Promise<Sheet> => {
    const first = (await q.run(ctx, { ...input, limit: AT_ONCE, after: null })) as Page
    const shown = first.columns ?? []
    const recap = code === 'B.3'
    const columns = shown.map(({ key, label }): SheetColumn => {
      // The recapitulation says "Start: Families": a group, and a number in it.
      const [group, ...rest] = recap ? label.split(': ') : []
      if (recap && rest.length) return { label: rest.join(': '), group: group!, kind: 'number' }
      return { label, weight: recap ? 3 : (WEIGHTS[key] ?? 1) }
    })
    async function* rows(): AsyncGenerator<CellOut[]> {
      let no = 0
      for await (const line of pages(ctx, q, input, first)) yield [++no, ...shown.map(({ key }) => (line[key] ?? null) as CellOut)]
    }
    return {
      file,
      title: `${say(q.label, ctx.locale)} (${code})`,
      under: await linesOf(ctx, input),
      asOf: asOf(ctx, input),
      columns: [{ label: say({ id: 'No.', en: 'No.' }, ctx.locale), kind: 'number', weight: recap ? 0.8 : 0.45 }, ...columns],
      rows: rows(),
      ...(await villagePaper(ctx)),
    }
  }

/** The people behind a number. */
export const namesSheet =
  <Input extends Asked>(q: Query<Input>) =>
  async (ctx: Ctx, input: Input): Promise<Sheet> => {
    const first = (await q.run(ctx, { ...input, limit: AT_ONCE, after: null })) as Page
    const t = (id: string, en: string): string => say({ id, en }, ctx.locale)
    async function* rows(): AsyncGenerator<CellOut[]> {
      let no = 0
      for await (const one of pages(ctx, q, input, first))
        yield [
          ++no,
          String(one['name']),
          say(GENDER[one['gender'] as keyof typeof GENDER], ctx.locale),
          String(one['birth_date']),
          Number(one['age']),
          one['area'] as string | null,
          say(STATUS[one['status'] as keyof typeof STATUS], ctx.locale),
        ]
    }
    return {
      file: 'nama',
      title: t('Daftar nama', 'List of names'),
      under: await linesOf(ctx, input),
      asOf: asOf(ctx, input),
      columns: [
        { label: t('No.', 'No.'), kind: 'number', weight: 0.5 },
        { label: t('Nama', 'Name'), weight: 3 },
        { label: t('Jenis kelamin', 'Sex') },
        { label: t('Tanggal lahir', 'Date of birth'), kind: 'day' },
        { label: t('Umur', 'Age'), kind: 'number', weight: 0.6 },
        { label: t('Wilayah', 'Area'), weight: 2 },
        { label: 'Status' },
      ],
      rows: rows(),
      ...(await villagePaper(ctx)),
    }
  }
