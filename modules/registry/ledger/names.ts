// Who is behind a number: the people that a statistic counted, by name, a page at a time.
import type { Ctx } from '#kernel/ctx.ts'
import { choice, integer, optional, text } from '#kernel/resource/field.ts'
import { decodeCursor, encodeCursor } from '#kernel/resource/list-query.ts'
import { query } from '#kernel/resource/query.ts'
import { type Params, paramsOf } from '#kernel/resource/store.ts'
import type { Words } from '#kernel/words.ts'
import { type Breakdown, BREAKDOWNS } from './breakdowns.ts'
import { ageOn } from './days.ts'
import { askFilter, categoryOf, daysAsked, type Filter, FILTER, type FilterInput, heldOn, passes } from './filter.ts'
import { inGroup, noteOpened, opened } from './sealed.ts'
import { chosenBreakdown } from './statistics.ts'

/** Inputs of every paged list of people. */
export const PAGE = {
  limit: integer({ id: 'Banyaknya', en: 'How many' }, { min: 1, max: 500, initial: 50 }),
  after: optional(text({ id: 'Sesudah', en: 'After' }, { max: 600 })),
}
export type PageInput = { limit: number; after: string | null }

const ORDER = 'name_of_counted'

type Found = {
  id: string
  name: string
  name_sort: string
  gender: 'L' | 'P'
  birth_date: string
  area: string | null
  status: string
  may_open: boolean
  event_id: string | null
  event_kind: string | null
  occurred_on: string | null
  reported_on: string | null
}

/**
 * A page of people, by name. `from`: the FROM and WHERE of a statement that has a span under `t` (its tenant is `$1`) and, with
 * `event`, the event under `e`. Ages are those of `day`.
 */
export async function pageOfNames(
  ctx: Ctx,
  p: Params,
  page: PageInput,
  day: string,
  from: { tables: string; where: string; event?: true },
) {
  const { param, values } = p
  const after = page.after === null ? null : decodeCursor(page.after, ORDER, ['text'])
  const visible = ctx.sees('registry.citizens', param).replaceAll(/\bt\./g, 'c.')
  const event = from.event
    ? 'e.id as event_id, e.kind as event_kind, e.occurred_on, e.reported_on'
    : 'null as event_id, null as event_kind, null as occurred_on, null as reported_on'
  const { rows } = await ctx.db.query<Found>(
    `select c.id, c.name, c.name_sort, t.gender, t.birth_date, area.name as area, t.status,
       c.deleted_at is null and (${visible}) as may_open, ${event}
     from ${from.tables}
     join registry.citizens c on c.tenant_id = $1 and c.id = t.citizen_id
     left join registry.areas area on area.tenant_id = $1 and area.id = t.area_id
     where ${from.where}${after ? ` and (c.name_sort, c.id) > (${param(after.keys[0])}, ${param(after.id)})` : ''}
     order by c.name_sort, c.id limit ${page.limit + 1}`,
    values,
  )
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return {
    data: shown.map(({ name_sort: _, event_id, event_kind, occurred_on, reported_on, ...row }) => ({
      ...row,
      age: ageOn(row.birth_date, day),
      ...(from.event ? { event: event_id && { id: event_id, kind: event_kind, occurred_on, reported_on } } : {}),
    })),
    page: { next: rows.length > shown.length && last ? encodeCursor({ order: ORDER, id: last.id, keys: [last.name_sort] }) : null },
  }
}

/** Everybody a filter counts, or those of one category. */
async function whoIsCounted(ctx: Ctx, f: Filter, b: Breakdown | null, category: string | null, page: PageInput) {
  const only = await sealedOnes(ctx, f, b, category)
  const p = paramsOf(ctx.tenant.id)
  const { booked, day } = daysAsked(f, p.param)
  const where = [
    't.tenant_id = $1',
    heldOn('t', booked),
    passes(ctx, f, p.param, undefined, b)('t', day),
    ...(b && !b.secret && category !== null ? [`${categoryOf(b)('t', day)} = ${p.param(category)}`] : []),
    ...(only ? [`t.citizen_id = any(${p.param(only)}::uuid[])`] : []),
  ].join(' and ')
  const found = await pageOfNames(ctx, p, page, f.day, { tables: 'registry.citizen_spans t', where })
  const field = b?.secret ?? f.group?.secret?.field
  const ids = found.data.map((row) => row.id)
  if (only && field && ids.length) await noteOpened(ctx, ids, field)
  return found
}

/** Ids of those whom an encrypted value puts there; null when nothing encrypted is asked for. */
async function sealedOnes(ctx: Ctx, f: Filter, b: Breakdown | null, category: string | null): Promise<string[] | null> {
  const group = f.group?.secret ? f.group : null
  if (b?.secret && category !== null)
    return (await opened(ctx, f, b.secret, b)).filter((o) => (o.value ?? '-') === category).map((o) => o.id)
  return group?.secret ? (await opened(ctx, f, group.secret.field)).filter((o) => inGroup(group, o)).map((o) => o.id) : null
}

export const statisticsNames = query<FilterInput & PageInput & { breakdown: string | null; category: string | null }>({
  name: 'registry.statistics-names',
  label: { id: 'Nama di balik angka', en: 'Names behind a number' },
  doc: `The people that registry.statistics counts under the same filter, by name. "category": one category of the breakdown,
"-" for not filled in.`,
  permission: 'registry.citizens:read',
  input: {
    breakdown: optional(
      choice(
        { id: 'Rincian', en: 'Breakdown' },
        Object.fromEntries(BREAKDOWNS.map((b) => [b.key, b.label])) as Readonly<Record<string, Words>>,
      ),
    ),
    category: optional(text({ id: 'Kategori', en: 'Category' }, { max: 150 })),
    ...FILTER,
    ...PAGE,
  },
  async run(ctx, { breakdown, category, limit, after, ...input }) {
    return whoIsCounted(ctx, await askFilter(ctx, input), breakdown === null ? null : chosenBreakdown(breakdown), category, {
      limit,
      after,
    })
  },
})
