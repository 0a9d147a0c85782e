// Whatever happens, in whatever order, undone or not: the books add up for every month and breakdown, and end where the register is.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type World } from '#test/world.ts'
import { ok } from '../test-village.ts'
import { BREAKDOWNS } from './breakdowns.ts'
import { type Books, booksIn } from './test-books.ts'
import { FIRST, happening, live, MONTHS, settle } from './test-random-year.ts'

let world: World
let books: Books
const now = new Date().toISOString().slice(0, 7)
const RUNS = Number(process.env['RECONCILE_RUNS'] ?? (process.env['TEST_DATABASE_URL'] ? 12 : 5))
beforeAll(async () => {
  world = await openWorld()
  books = await booksIn(world)
}, 120_000)
afterAll(() => world?.close())

const sum = (of: Record<string, number>): number => Object.values(of).reduce((a, b) => a + b, 0)

/** What the register itself says about a hamlet today, without any ledger: counted from its own rows. */
async function register(hamlet: string, column: string, where = 'true'): Promise<Record<string, number>> {
  return world.read('siti', 'sukamaju', async (ctx) => {
    const { rows } = await ctx.db.query<{ category: string; n: number }>(
      `select coalesce(t.${column}::text, '-') as category, count(*) as n from registry.citizens t
       where t.tenant_id = $1 and t.hamlet_id = $2 and t.status = 'ALIVE' and t.deleted_at is null and ${where} group by 1`,
      [ctx.tenant.id, hamlet],
    )
    return Object.fromEntries(rows.map((r) => [r.category, r.n]))
  })
}

/** Columns of the register that a breakdown counts as they stand. */
const PLAIN: Record<string, string> = {
  gender: 'gender',
  religion: 'religion',
  education: 'education',
  schooling: 'schooling',
  occupation: 'occupation',
  marital_status: 'marital_status',
  relationship: 'family_relationship',
  citizenship: 'citizenship',
  residency: 'residency',
  disability: 'disability',
  insurance: 'insurance',
  ethnicity: 'ethnicity',
  hamlet: 'hamlet_id',
  area: 'area_id',
}

async function reportsAddUp(hamlet: string): Promise<void> {
  const reports = []
  for (const month of [...MONTHS, now]) reports.push(await books.report(month, hamlet))
  for (const [i, report] of reports.entries()) {
    expect(report.balanced, `LAMPID ${report.month}`).toBe(true)
    const next = reports[i + 1]
    if (next) expect(next.rows[0].cells, `${next.month} opens with what came before`).toEqual(report.rows.at(-1).cells)
  }
  const heads = await register(hamlet, 'gender', 't.is_head_of_family')
  const people = await register(hamlet, 'gender')
  expect(reports.at(-1).rows.at(-1).cells).toMatchObject({
    male: people['L'] ?? 0,
    female: people['P'] ?? 0,
    heads_male: heads['L'] ?? 0,
    heads_female: heads['P'] ?? 0,
  })
}

async function movementAddsUp(breakdown: string, hamlet: string): Promise<void> {
  let before: Record<string, number> | null = null
  for (const month of [...MONTHS, now]) {
    const m = ok(await books.siti.get(`/registry/movement?breakdown=${breakdown}&month=${month}-01&area_id=${hamlet}`))
    const opening = Object.fromEntries(m.rows.filter((r: any) => r.opening).map((r: any) => [r.category, r.opening]))
    if (before && month !== now) expect(opening, `${breakdown} ${month} opens with what came before`).toEqual(before)
    for (const r of [...m.rows, m.total])
      expect(r.opening + sum(r.in) - sum(r.out), `${breakdown} ${month} ${r.category ?? 'total'}`).toBe(r.closing)
    before = Object.fromEntries(m.rows.filter((r: any) => r.closing).map((r: any) => [r.category, r.closing]))
  }
  // The month is not over: what it closes with is today's. Ages would be those of its last day.
  if (PLAIN[breakdown]) expect(before, `${breakdown} today`).toEqual(await register(hamlet, PLAIN[breakdown]))
}

describe('reconciliation', () => {
  test('opening + in − out = closing = next opening, and the last closing is the register', { timeout: 600_000 }, async () => {
    let run = 0
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 14, size: 'max' }), async (happenings) => {
        const life = await settle(books, `Dusun ${++run}`)
        try {
          await live(books, life, FIRST, happenings)
          accepted += life.accepted
          for (const hamlet of life.hamlets) await reportsAddUp(hamlet)
          for (const b of BREAKDOWNS.filter((x) => !x.secret && !x.status)) await movementAddsUp(b.key, life.hamlets[run % 2]!)
        } catch (error) {
          throw new Error(`${life.told.join('\n')}\n${(error as Error).message}`, { cause: error })
        }
      }),
      { numRuns: RUNS, endOnFailure: false },
    )
    // Enough of what was tried must have happened, or nothing was shown.
    expect(accepted).toBeGreaterThan(RUNS)
  })

  test('what is booked later changes no month before it', { timeout: 600_000 }, async () => {
    let run = 0
    const happenings = fc.array(happening, { minLength: 1, maxLength: 10, size: 'max' })
    await fc.assert(
      fc.asyncProperty(happenings, happenings, async (early, later) => {
        const life = await settle(books, `Buku ${++run}`)
        const january = async (): Promise<unknown> => [
          await books.report('2025-01', life.hamlets[0]),
          await books.report('2025-01', life.hamlets[1]),
        ]
        await live(
          books,
          life,
          FIRST,
          early.map((h) => ({ ...h, pass: h.pass % 3 })),
        )
        const printed = await january()
        await live(books, life, '2025-02-01', later)
        expect(await january(), life.told.join('\n')).toEqual(printed)
      }),
      { numRuns: RUNS },
    )
  })
})
