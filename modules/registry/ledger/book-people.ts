// Books with a line for every person (Permendagri 47/2016): B.1 residents, B.2 changes, B.4 temporary residents, B.5 cards.
import type { Ctx } from '#kernel/ctx.ts'
import type { Stored } from '#kernel/resource/action.ts'
import { selectList, worded } from '#kernel/resource/columns.ts'
import { query } from '#kernel/resource/query.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { say, type Words } from '#kernel/words.ts'
import { citizens, families, populationEvents } from '../resources/index.ts'
import { spanOf } from './days.ts'
import { askFilter, FILTER, type FilterInput, heldOn, passes } from './filter.ts'
import { changedSpans, monthField } from './movement.ts'
import { PAGE, type PageInput, pageOfNames } from './names.ts'
import { NO_FILTER, sortings } from './report.ts'

/** One line of a page, with the records behind it; secrets are masked where they are worded. */
type Line = { readonly shown: Page['data'][number]; readonly who: Stored; readonly family: Stored | null; readonly event: Stored | null }
type Page = Awaited<ReturnType<typeof pageOfNames>>
type Column = { readonly key: string; readonly label: Words; readonly of: (ctx: Ctx, line: Line) => string }

const col = (key: string, id: string, en: string, of: Column['of']): Column => ({ key, label: { id, en }, of })
const own = (key: keyof typeof citizens.fields, label: Words = citizens.fields[key].label): Column => ({
  key,
  label,
  of: (ctx, line) => worded(ctx.seal, citizens, key, line.who[key], ctx.locale),
})
const ofEvent = (ctx: Ctx, line: Line, field: string, kinds: readonly string[]): string =>
  line.event && kinds.includes(String(line.event['kind'])) ? worded(ctx.seal, populationEvents, field, line.event[field], ctx.locale) : ''
const area = col('address', 'Alamat', 'Address', (_ctx, line) => line.shown.area ?? '')
const familyNumber = col('family_number', 'Nomor KK', 'Family card number', (ctx, line) =>
  line.family ? worded(ctx.seal, families, 'family_number', line.family['family_number'], ctx.locale) : '',
)
const birth = col('birth', 'Tempat dan tanggal lahir', 'Place and date of birth', (ctx, line) =>
  [line.who['birth_place'], worded(ctx.seal, citizens, 'birth_date', line.who['birth_date'], ctx.locale)].filter(Boolean).join(', '),
)
const HERE = ['OPENING', 'BIRTH', 'ARRIVAL', 'RETURN', 'RESTORED']
const GONE = ['DEPARTURE', 'AWAY', 'MISSING', 'REMOVED']

const MAIN: readonly Column[] = [
  own('name'),
  own('gender'),
  own('marital_status'),
  own('birth_place'),
  own('birth_date'),
  own('religion'),
  own('education'),
  own('occupation'),
  own('literacy'),
  own('citizenship'),
  area,
  own('family_relationship'),
  own('nik'),
  familyNumber,
  own('notes'),
]
const CHANGES: readonly Column[] = [
  own('name'),
  own('birth_place'),
  own('birth_date'),
  own('gender'),
  own('citizenship'),
  col('kind', 'Peristiwa', 'Event', (ctx, line) => ofEvent(ctx, line, 'kind', [String(line.event?.['kind'])])),
  col('origin', 'Datang dari', 'Coming from', (ctx, line) => ofEvent(ctx, line, 'origin', HERE)),
  col('arrived_on', 'Tanggal datang', 'Arrived on', (ctx, line) => ofEvent(ctx, line, 'occurred_on', HERE)),
  col('destination', 'Pindah ke', 'Gone to', (ctx, line) => ofEvent(ctx, line, 'destination', GONE)),
  col('left_on', 'Tanggal pindah', 'Left on', (ctx, line) => ofEvent(ctx, line, 'occurred_on', GONE)),
  col('died_in', 'Meninggal di', 'Died in', (ctx, line) => ofEvent(ctx, line, 'place', ['DEATH'])),
  col('died_on', 'Tanggal meninggal', 'Died on', (ctx, line) => ofEvent(ctx, line, 'occurred_on', ['DEATH'])),
  col('notes', 'Keterangan', 'Notes', (ctx, line) => ofEvent(ctx, line, 'notes', [String(line.event?.['kind'])])),
]
const sexed = (sex: string, id: string, en: string): Column =>
  col(sex === 'L' ? 'male' : 'female', id, en, (_ctx, line) => (line.shown.gender === sex ? '1' : ''))
const TEMPORARY: readonly Column[] = [
  own('name'),
  sexed('L', 'L', 'M'),
  sexed('P', 'P', 'F'),
  own('nik', { id: 'Nomor identitas', en: 'Identity number' }),
  birth,
  col('age', 'Umur', 'Age', (_ctx, line) => String(line.shown.age)),
  own('occupation'),
  own('citizenship', { id: 'Kebangsaan', en: 'Nationality' }),
  own('ethnicity', { id: 'Keturunan', en: 'Descent' }),
  own('previous_address', { id: 'Datang dari', en: 'Coming from' }),
  col('purpose', 'Maksud dan tujuan', 'Purpose', (ctx, line) => ofEvent(ctx, line, 'purpose', [...HERE, ...GONE])),
  col('visited', 'Alamat yang didatangi', 'Where they stay', (_ctx, line) => line.shown.area ?? ''),
  col('arrived_on', 'Datang tanggal', 'Arrived on', (ctx, line) => ofEvent(ctx, line, 'occurred_on', HERE)),
  own('notes'),
]
const CARDS: readonly Column[] = [
  familyNumber,
  own('name'),
  own('nik'),
  own('gender'),
  birth,
  own('blood_type'),
  own('religion'),
  own('education'),
  own('occupation'),
  area,
  own('marital_status'),
  own('card_issued_at'),
  own('card_issued_on'),
  own('family_relationship'),
  own('citizenship'),
  own('father_name'),
  own('mother_name'),
  col('since', 'Mulai di desa', 'Here since', (ctx, line) => ofEvent(ctx, line, 'occurred_on', HERE)),
  own('notes'),
]

/** Lays a page of people out in the columns of a book, with the page's events, or else their first ones. */
async function bookOf(ctx: Ctx, page: Page, columns: readonly Column[]) {
  const ids = page.data.map((p) => p.id)
  const eventIds = page.data.flatMap((p) => ('event' in p && p.event ? [p.event.id] : []))
  const people = await ctx.db.query<Stored>(
    `select ${selectList(citizens)} from registry.citizens t where t.tenant_id = $1 and t.id = any($2::uuid[])`,
    [ctx.tenant.id, ids],
  )
  const events = await ctx.db.query<Stored>(
    `select ${selectList(populationEvents)} from registry.population_events t where t.tenant_id = $1 and t.id = any(coalesce($3::uuid[], (
       select array_agg(s.event_id) from registry.citizen_spans s
       where s.tenant_id = $1 and s.citizen_id = any($2::uuid[]) and s.seq = 1)))`,
    [ctx.tenant.id, ids, eventIds.length ? eventIds : null],
  )
  const { rows: cards } = await ctx.db.query<Stored>(
    `select t.id, t.family_number from registry.families t where t.tenant_id = $1 and t.id = any($2::uuid[])`,
    [ctx.tenant.id, people.rows.flatMap((p) => p['family_id'] ?? [])],
  )
  const [byPerson, byFamily] = [new Map(people.rows.map((p) => [p.id, p])), new Map(cards.map((f) => [f.id, f]))]
  const eventOf = new Map(events.rows.map((e) => [eventIds.length ? e.id : String(e['citizen_id']), e]))
  return {
    columns: columns.map((c) => ({ key: c.key, label: say(c.label, ctx.locale) })),
    data: page.data.flatMap((shown) => {
      const who = byPerson.get(shown.id)
      if (!who) return []
      const event = eventOf.get('event' in shown && shown.event ? shown.event.id : shown.id) ?? null
      const line: Line = { shown, who, family: byFamily.get(String(who['family_id'])) ?? null, event }
      return [{ id: shown.id, may_open: shown.may_open, ...Object.fromEntries(columns.map((c) => [c.key, c.of(ctx, line)])) }]
    }),
    page: page.page,
  }
}

type Book = { name: string; label: Words; doc: string; columns: readonly Column[] }

/** A book of everybody the filter counts on a day. */
const bookOfDay = ({ columns, ...facts }: Book) =>
  query<FilterInput & PageInput>({
    ...facts,
    permission: 'registry.citizens:read',
    input: { ...FILTER, ...PAGE },
    async run(ctx, { limit, after, ...input }) {
      const f = await askFilter(ctx, input)
      const p = paramsOf(ctx.tenant.id)
      const at = `${p.param(f.booked)}::date`
      const where = `t.tenant_id = $1 and ${heldOn('t', at)} and ${passes(ctx, f, p.param)('t', at)}`
      return bookOf(ctx, await pageOfNames(ctx, p, { limit, after }, f.day, { tables: 'registry.citizen_spans t', where }), columns)
    },
  })

export const mainBook = bookOfDay({
  name: 'registry.book-main',
  label: { id: 'Buku induk penduduk', en: 'Main book of residents' },
  doc: `B.1 of Permendagri 47/2016: who lives here on a day, by name. Who is listed is as of the day; what is said of them is as it is known
now. Secrets are masked.`,
  columns: MAIN,
})

export const cardBook = bookOfDay({
  name: 'registry.book-cards',
  label: { id: 'Buku KTP dan KK', en: 'Book of identity and family cards' },
  doc: 'B.5 of Permendagri 47/2016: residents with their cards, on a day, by name. Secrets are masked.',
  columns: CARDS,
})

type MonthInput = PageInput & { month: string; area_id: string | null }
const MONTH = { month: monthField, area_id: FILTER.area_id, ...PAGE }

export const changesBook = query<MonthInput>({
  name: 'registry.book-changes',
  label: { id: 'Buku mutasi penduduk', en: 'Book of changes of residents' },
  doc: 'B.2 of Permendagri 47/2016: who was added to the residents in a month and who left them, with the event. Secrets are masked.',
  permission: 'registry.citizens:read',
  input: MONTH,
  async run(ctx, { month, area_id, limit, after }) {
    const p = paramsOf(ctx.tenant.id)
    const { from } = changedSpans(ctx, p, month, sortings(await askFilter(ctx, { ...NO_FILTER, area_id })).people)
    const tables = `(${from}) x
      join registry.citizen_spans t on t.tenant_id = $1 and t.citizen_id = x.citizen_id
        and t.seq = x.seq - case when x.is_now is null then 1 else 0 end
      join registry.population_events e on e.tenant_id = $1 and e.id = x.event_id`
    const where = '(x.was is null) <> (x.is_now is null)'
    return bookOf(ctx, await pageOfNames(ctx, p, { limit, after }, spanOf(month).last, { tables, where, event: true }), CHANGES)
  },
})

export const temporaryBook = query<MonthInput>({
  name: 'registry.book-temporary',
  label: { id: 'Buku penduduk sementara', en: 'Book of temporary residents' },
  doc: 'B.4 of Permendagri 47/2016: temporary residents who were here at any time in a month, by name. Secrets are masked.',
  permission: 'registry.citizens:read',
  input: MONTH,
  async run(ctx, { month, area_id, limit, after }) {
    const f = await askFilter(ctx, { ...NO_FILTER, area_id, residency: 'TIDAK_TETAP' })
    const p = paramsOf(ctx.tenant.id)
    const { first, last } = spanOf(month)
    const [start, end] = [`${p.param(first)}::date`, `${p.param(last)}::date`]
    const tables = `(select distinct on (t.citizen_id) t.* from registry.citizen_spans t
      where t.tenant_id = $1 and t.booked_on <= ${end} and t.until >= ${start} and ${passes(ctx, f, p.param)('t', end)}
      order by t.citizen_id, t.seq desc) t`
    return bookOf(ctx, await pageOfNames(ctx, p, { limit, after }, last, { tables, where: 'true' }), TEMPORARY)
  },
})
