// The recapitulation of residents (B.3 of Permendagri 47/2016): a month of every hamlet on one line.
import { query } from '#kernel/resource/query.ts'
import { say, type Words } from '#kernel/words.ts'
import { areaWords } from './area-words.ts'
import type { OnSpan } from './breakdowns.ts'
import { monthOf } from './days.ts'
import { askFilter, FILTER } from './filter.ts'
import { bothEnds, flowsOf, type FlowRow, IN_ROWS, monthField, type Movement, OUT_ROWS, type Sorting } from './movement.ts'
import { apart, NO_FILTER, sortings } from './report.ts'

const SHOWN: readonly (readonly [string, Words, readonly FlowRow[]])[] = [
  ['birth', { id: 'Lahir', en: 'Born' }, ['birth']],
  ['arrival', { id: 'Datang', en: 'Arrived' }, ['arrival']],
  ['other_in', { id: 'Tambahan lain', en: 'Other additions' }, IN_ROWS.filter((row) => row !== 'birth' && row !== 'arrival')],
  ['death', { id: 'Meninggal', en: 'Died' }, ['death']],
  ['departure', { id: 'Pindah', en: 'Departed' }, ['departure']],
  ['other_out', { id: 'Pengurangan lain', en: 'Other reductions' }, OUT_ROWS.filter((row) => row !== 'death' && row !== 'departure')],
]
const PEOPLE: readonly (readonly [string, string])[] = [
  ['wna_male', 'WNA L'],
  ['wna_female', 'WNA P'],
  ['wni_male', 'WNI L'],
  ['wni_female', 'WNI P'],
]
const [START, END] = [
  { id: 'Awal bulan', en: 'Start' },
  { id: 'Akhir bulan', en: 'End' },
]
const COUNTS: readonly (readonly [string, Words])[] = [
  ['families', { id: 'Jumlah KK', en: 'Families' }],
  ['members', { id: 'Jumlah anggota keluarga', en: 'Other members' }],
  ['people', { id: 'Jumlah jiwa', en: 'People' }],
]

const perHamlet =
  (of: OnSpan): OnSpan =>
  (a, d) =>
    `coalesce(${a}.hamlet_id::text, '-') || '|' || ${of(a, d)}`

export const recapBook = query<{ month: string; area_id: string | null }>({
  name: 'registry.book-recap',
  label: { id: 'Buku rekapitulasi jumlah penduduk', en: 'Recapitulation of residents' },
  doc: `B.3 of Permendagri 47/2016: every hamlet at the start of a month, additions, reductions, at its end.
"Other" additions and reductions (moves between hamlets, first entries, corrected data) are there so that every line adds up.`,
  permission: 'registry.citizens:read',
  input: { month: monthField, area_id: FILTER.area_id },
  async run(ctx, { month, area_id }) {
    const f = await askFilter(ctx, { ...NO_FILTER, area_id })
    const { people, both } = sortings(f)
    const by = (sorting: Sorting): Sorting => ({
      ...sorting,
      category: perHamlet(sorting.category),
      columns: [...(sorting.columns ?? []), 'hamlet_id'],
    })
    const { opening, closing } = await bothEnds(ctx, month, by(both))
    const flows = await flowsOf(ctx, month, by(people))
    const keys = [opening, closing, ...flows.values()].flatMap((counts) => [...counts.keys()])
    const hamlets = [...new Set(keys.map((key) => key.split('|')[0] ?? '-'))]
    const words = await areaWords(
      ctx,
      hamlets.filter((id) => id !== '-'),
    )
    const lines = hamlets
      .map((id) => ({ id: id === '-' ? null : id, name: words.get(id)?.label ?? '-', ...lineOf(id, { opening, closing, flows }) }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    const titled = (when: Words, what: Words): string => `${say(when, ctx.locale)}: ${say(what, ctx.locale)}`
    const around = (prefix: string, when: Words) => [
      ...PEOPLE.map(([key, label]) => ({ key: `${prefix}_${key}`, label: titled(when, { id: label, en: label }) })),
      ...COUNTS.map(([key, label]) => ({ key: `${prefix}_${key}`, label: titled(when, label) })),
    ]
    const reasons = SHOWN.flatMap(([key, label]) =>
      PEOPLE.map(([cell, text]) => ({ key: `${key}_${cell}`, label: titled(label, { id: text, en: text }) })),
    )
    return {
      month: monthOf(month),
      columns: [
        { key: 'name', label: say({ id: 'Dusun', en: 'Hamlet' }, ctx.locale) },
        ...around('opening', START),
        ...reasons,
        ...around('closing', END),
      ],
      data: lines,
      page: { next: null },
    }
  },
})

function lineOf(hamlet: string, m: Movement): Record<string, number> {
  const line: Record<string, number> = {}
  for (const when of ['opening', 'closing'] as const) {
    const here = new Map(
      [...m[when]].flatMap(([key, n]) => (key.startsWith(`${hamlet}|`) ? [[key.slice(hamlet.length + 1), n] as const] : [])),
    )
    const cells = apart(here)
    for (const [cell] of PEOPLE) line[`${when}_${cell}`] = cells.get(cell) ?? 0
    const all = PEOPLE.reduce((sum, [cell]) => sum + (cells.get(cell) ?? 0), 0)
    const families = (cells.get('heads_male') ?? 0) + (cells.get('heads_female') ?? 0)
    Object.assign(line, { [`${when}_families`]: families, [`${when}_members`]: all - families, [`${when}_people`]: all })
  }
  for (const [key, , rows] of SHOWN)
    for (const [cell] of PEOPLE)
      line[`${key}_${cell}`] = rows.reduce((sum, row) => sum + (m.flows.get(row)?.get(`${hamlet}|${cell}`) ?? 0), 0)
  return line
}
