// The age pyramid, with its table.
import { useFormats, useLanguage, useSay } from '#web/words.tsx'
import { useLedger, type Asked } from './asked.ts'
import { Pyramid } from './Charts.tsx'
import { Answered } from './LedgerStates.tsx'
import { NumberLink } from './NumberLink.tsx'
import { Scrolling } from './Table.tsx'

type Row = { from: number; to: number | null; label: string; male: number; female: number; names: Record<string, unknown> }
type Productive = { from: number; to: number; count: number; dependency: string | null; names: Record<string, unknown> }
type Ages = { day: string; rows: Row[]; total: { count: number; male: number; female: number }; productive: Productive }

export function AgePyramid({ filter }: { filter: Asked }) {
  const answer = useLedger<Ages>('age-pyramid', filter)
  return <Answered of={answer}>{(data) => <Shown data={data} />}</Answered>
}

function Shown({ data }: { data: Ages }) {
  const say = useSay()
  const formats = useFormats()
  const { locale } = useLanguage()
  const working = data.productive
  const [male, female] = [say({ id: 'Laki-laki', en: 'Male' }), say({ id: 'Perempuan', en: 'Female' })]
  const caption = say(
    { id: 'Piramida umur: {n} orang, keadaan {day}', en: 'Age pyramid: {n} people as of {day}' },
    { n: formats.number(data.total.count), day: formats.day(data.day) },
  )
  return (
    <>
      <p className="ledger-caption">{caption}</p>
      <Pyramid
        label={caption}
        bars={data.rows.map((row) => ({ ...row, label: row.to === null ? `${row.from}+` : `${row.from}–${row.to}` }))}
      />
      <Scrolling label={caption}>
        <thead>
          <tr>
            <th scope="col">{say({ id: 'Umur', en: 'Age' })}</th>
            <th scope="col">{male}</th>
            <th scope="col">{female}</th>
            <th scope="col">{say({ id: 'Jumlah', en: 'Total' })}</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.from}>
              <th scope="row">{row.label}</th>
              <td>
                <NumberLink of="statistics-names" value={row.male} names={{ ...row.names, sex: 'L' }} what={`${row.label}, ${male}`} />
              </td>
              <td>
                <NumberLink of="statistics-names" value={row.female} names={{ ...row.names, sex: 'P' }} what={`${row.label}, ${female}`} />
              </td>
              <td>
                <NumberLink of="statistics-names" value={row.male + row.female} names={row.names} what={row.label} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            <td>{formats.number(data.total.male)}</td>
            <td>{formats.number(data.total.female)}</td>
            <td>{formats.number(data.total.count)}</td>
          </tr>
        </tfoot>
      </Scrolling>
      <p className="ledger-more">
        {say({ id: 'Usia produktif ({from}–{to} tahun): ', en: 'Of working age ({from}–{to}): ' }, { from: working.from, to: working.to })}
        <NumberLink
          of="statistics-names"
          value={working.count}
          names={working.names}
          what={say({ id: 'Usia produktif', en: 'Of working age' })}
        />
        {working.dependency !== null &&
          say(
            {
              id: '. Angka beban ketergantungan: {n} orang di luar usia produktif untuk setiap 100 orang usia produktif.',
              en: '. Dependency ratio: {n} people of other ages for every 100 of working age.',
            },
            { n: locale === 'id' ? working.dependency.replace('.', ',') : working.dependency },
          )}
      </p>
    </>
  )
}
