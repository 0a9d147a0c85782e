// The month: the report (LAMPID), or how it went by a breakdown; what it opened with, what happened, what it closed with, names behind it all.
import './ledger.css'
import { Note } from '#web/parts/States.tsx'
import { PageHead } from '#web/parts/PageHead.tsx'
import { useCommunity } from '#web/tenant.tsx'
import { useFormats, useSay } from '#web/words.tsx'
import { useAsked, useLedger } from './asked.ts'
import { BreakdownSelect, type Known } from './BreakdownSelect.tsx'
import { CloseMonth } from './CloseMonth.tsx'
import { AreaFilter } from './Filters.tsx'
import { Answered } from './LedgerStates.tsx'
import { monthAsked, MonthPicker, useMonthName } from './MonthPicker.tsx'
import { Movement } from './Movement.tsx'
import { NumberLink } from './NumberLink.tsx'
import { Scrolling } from './Table.tsx'
import { OnPaper } from './OnPaper.tsx'
import { TakeAway } from './TakeAway.tsx'

const PEOPLE = ['wni_male', 'wni_female', 'wna_male', 'wna_female', 'male', 'female', 'total'] as const
const HEADS = ['heads_male', 'heads_female', 'heads'] as const
const CELLS = [...PEOPLE, ...HEADS]
const LABELS: Record<(typeof CELLS)[number], { id: string; en: string }> = {
  wni_male: { id: 'WNI L', en: 'Citizens M' },
  wni_female: { id: 'WNI P', en: 'Citizens F' },
  wna_male: { id: 'WNA L', en: 'Foreign M' },
  wna_female: { id: 'WNA P', en: 'Foreign F' },
  male: { id: 'L', en: 'M' },
  female: { id: 'P', en: 'F' },
  total: { id: 'L+P', en: 'M+F' },
  heads_male: { id: 'KK L', en: 'Heads M' },
  heads_female: { id: 'KK P', en: 'Heads F' },
  heads: { id: 'KK L+P', en: 'Heads M+F' },
}

type Cells = Record<(typeof CELLS)[number], number>
type Line = { key: string; label: string; cells: Cells; names: Record<string, unknown> }
type Row = Line & { no: number | null; sign: number }
type Report = {
  month: string
  first: string
  last: string
  closed: boolean
  balanced: boolean
  rows: Row[]
  moves: Line[]
  families: { headless: number }
}

/** The report itself, when the address names no breakdown. */
const LAMPID = 'lampid'

export function MonthlyReport() {
  const say = useSay()
  const nameOf = useMonthName()
  const { model } = useCommunity()
  const { asked, set } = useAsked(['month', 'area_id', 'by'])
  const month = monthAsked(asked['month'], model.tenant.today)
  const search = { month, area_id: asked['area_id'] }
  const by = asked['by'] ?? LAMPID
  const known = useLedger<{ data: Known[] }>('breakdowns', {})
  const report = useLedger<Report>('population-report', search, by === LAMPID)
  const name = nameOf(month)
  const last = report.data?.month === month ? report.data.last : undefined
  return (
    <div className="page ledger-page">
      <OnPaper />
      <PageHead
        title={say({ id: 'Laporan bulanan', en: 'Monthly report' })}
        under={
          by === LAMPID
            ? say({ id: 'Lahir, mati, pindah, datang (LAMPID): {name}', en: 'Births, deaths, moves, arrivals (LAMPID): {name}' }, { name })
            : name
        }
      >
        {by === LAMPID ? (
          <TakeAway name="population-report" search={search} />
        ) : (
          <TakeAway name="movement" search={{ breakdown: by, ...search }} />
        )}
        {by === LAMPID && last !== undefined && asked['area_id'] === undefined && (
          <CloseMonth key={month} month={month} last={last} name={name} />
        )}
      </PageHead>
      <BreakdownSelect
        value={by}
        change={(next) => set({ by: next === LAMPID ? undefined : next })}
        reports={{ [LAMPID]: { id: 'Laporan bulanan (LAMPID)', en: 'Monthly report (LAMPID)' } }}
        breakdowns={(known.data?.data ?? []).filter((b) => b.moves)}
      />
      <div className="ledger-month no-print">
        <MonthPicker month={month} change={(next) => set({ month: next })} />
        <AreaFilter value={asked['area_id'] ?? null} change={(area_id) => set({ area_id: area_id ?? undefined })} />
      </div>
      {by === LAMPID ? (
        <Answered of={report}>{(data) => <Shown data={data} name={nameOf(data.month)} />}</Answered>
      ) : (
        <Movement key={by} breakdown={by} search={search} name={name} />
      )}
    </div>
  )
}

function Shown({ data, name }: { data: Report; name: string }) {
  const say = useSay()
  const formats = useFormats()
  const shown = data.rows.filter((row) => row.no !== null || CELLS.some((cell) => row.cells[cell] !== 0))
  const moves = data.moves.filter((move) => move.cells.total > 0 || move.cells.heads > 0)
  const caption = say({ id: 'Laporan {name}', en: 'Report of {name}' }, { name })
  const line = (row: Line, extra: { no?: string; sub?: true } = {}) => (
    <tr key={row.key} data-sub={extra.sub || undefined} data-row={row.key}>
      <th scope="row">
        {extra.no}
        {row.label}
      </th>
      {CELLS.map((cell) => (
        <td key={cell}>
          <NumberLink
            of="population-report-names"
            value={row.cells[cell]}
            names={{ ...row.names, cell }}
            what={`${row.label}, ${say(LABELS[cell])}`}
          />
        </td>
      ))}
    </tr>
  )
  const all = shown.flatMap((row) => [
    line(row, row.no === null ? {} : { no: `${row.no}. ` }),
    ...(row.key === 'departure' ? moves.map((move) => line({ ...move, key: `move-${move.key}` }, { sub: true })) : []),
  ])
  return (
    <>
      <Scrolling label={caption} className="ledger-wide">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {say({ id: 'Perincian', en: 'Item' })}
            </th>
            <th scope="colgroup" colSpan={PEOPLE.length}>
              {say({ id: 'Penduduk', en: 'Residents' })}
            </th>
            <th scope="colgroup" colSpan={HEADS.length}>
              {say({ id: 'Keluarga', en: 'Families' })}
            </th>
          </tr>
          <tr>
            {CELLS.map((cell) => (
              <th key={cell} scope="col">
                {say(LABELS[cell])}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{all.slice(0, -1)}</tbody>
        <tfoot>{all.slice(-1)}</tfoot>
      </Scrolling>
      <div className="ledger-foot">
        {data.balanced ? (
          <Note tone="good">
            {say({
              id: 'Seimbang: awal bulan ditambah yang masuk, dikurangi yang keluar, sama dengan akhir bulan di setiap kolom.',
              en: 'Balanced: the start of the month, plus who came, minus who left, is its end in every column.',
            })}
          </Note>
        ) : (
          <Note tone="harm">
            {say({
              id: 'Tidak seimbang. Jangan dicetak dahulu; laporkan kepada pengelola sistem.',
              en: 'Not balanced. Do not print it yet; tell whoever runs the system.',
            })}
          </Note>
        )}
        {data.closed && (
          <Note>
            {say({
              id: 'Bulan ini sudah ditutup: angkanya tidak berubah lagi.',
              en: 'This month is closed: its figures no longer change.',
            })}
          </Note>
        )}
        {data.families.headless > 0 && (
          <Note tone="wait">
            {say(
              {
                id: 'Keluarga tanpa kepala keluarga, tidak terhitung sampai kepalanya ditetapkan: {n}.',
                en: 'Families without a head, not counted until they have one: {n}.',
              },
              { n: formats.number(data.families.headless) },
            )}
          </Note>
        )}
      </div>
    </>
  )
}
