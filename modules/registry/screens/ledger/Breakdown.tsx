// One breakdown of the population: bars, and the table of men, women, total and shares, every number a link to its names.
import { useFormats, useLanguage, useSay } from '#web/words.tsx'
import { useLedger, type Asked } from './asked.ts'
import { Bars } from './Charts.tsx'
import { Answered } from './LedgerStates.tsx'
import { NumberLink } from './NumberLink.tsx'
import { Scrolling } from './Table.tsx'

type Numbers = { count: number; male: number; female: number; percent: string; male_percent: string; female_percent: string }
type Row = Numbers & { category: string; label: string; names: Record<string, unknown> }
type Statistics = {
  label: string
  of: 'people' | 'families'
  day: string
  rows: Row[]
  sum: Numbers
  unfilled: Row
  total: Numbers & { names: Record<string, unknown> }
}

export function Breakdown({ breakdown, filter }: { breakdown: string; filter: Asked }) {
  const answer = useLedger<Statistics>('statistics', { breakdown, ...filter })
  return <Answered of={answer}>{(data) => <Shown data={data} sex={filter['sex']} />}</Answered>
}

function Shown({ data, sex }: { data: Statistics; sex: string | undefined }) {
  const say = useSay()
  const formats = useFormats()
  const { locale } = useLanguage()
  // Two decimals always, as in the reports: they stand under each other.
  const share = (percent: string): string => (locale === 'id' ? percent.replace('.', ',') : percent)
  const [male, female] = [say({ id: 'Laki-laki', en: 'Male' }), say({ id: 'Perempuan', en: 'Female' })]
  const unit = data.of === 'families' ? say({ id: 'keluarga', en: 'families' }) : say({ id: 'orang', en: 'people' })
  const caption = say(
    { id: '{label}: {n} {unit}, keadaan {day}', en: '{label}: {n} {unit} as of {day}' },
    { label: data.label, n: formats.number(data.total.count), unit, day: formats.day(data.day) },
  )
  const cells = (label: string, r: Numbers, names: Record<string, unknown> | null) => {
    const number = (value: number, of: string | null, more: object) =>
      names ? (
        <NumberLink of="statistics-names" value={value} names={{ ...names, ...more }} what={of ? `${label}, ${of}` : label} />
      ) : (
        formats.number(value)
      )
    return (
      <>
        <td>{sex === 'P' ? '–' : number(r.male, male, { sex: 'L' })}</td>
        <td className="soft">{share(r.male_percent)}</td>
        <td>{sex === 'L' ? '–' : number(r.female, female, { sex: 'P' })}</td>
        <td className="soft">{share(r.female_percent)}</td>
        <td>{number(r.count, null, {})}</td>
        <td className="soft">{share(r.percent)}</td>
      </>
    )
  }
  return (
    <>
      <p className="ledger-caption">{caption}</p>
      <Bars label={caption} bars={[...data.rows, data.unfilled]} />
      <Scrolling label={caption}>
        <thead>
          <tr>
            <th scope="col">{data.label}</th>
            <th scope="col">{male}</th>
            <th scope="col">%</th>
            <th scope="col">{female}</th>
            <th scope="col">%</th>
            <th scope="col">{say({ id: 'Jumlah', en: 'Total' })}</th>
            <th scope="col">%</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.category}>
              <th scope="row">{row.label}</th>
              {cells(row.label, row, row.names)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{say({ id: 'Jumlah', en: 'Sum' })}</th>
            {cells('', data.sum, null)}
          </tr>
          <tr>
            <th scope="row">{data.unfilled.label}</th>
            {cells(data.unfilled.label, data.unfilled, data.unfilled.names)}
          </tr>
          <tr>
            <th scope="row">{say({ id: 'Total', en: 'Grand total' })}</th>
            {cells(data.label, data.total, data.total.names)}
          </tr>
        </tfoot>
      </Scrolling>
    </>
  )
}
