// Reports with a line for every RT: vulnerable groups, and voters on a day.
import { Empty } from '#web/parts/States.tsx'
import { useFormats, useSay } from '#web/words.tsx'
import { useLedger, type Asked } from './asked.ts'
import { Answered } from './LedgerStates.tsx'
import { NumberLink } from './NumberLink.tsx'
import { Scrolling } from './Table.tsx'

type Row = { area_id: string; hamlet: string | null; rw: string | null; rt: string | null; names: Record<string, unknown> } & Readonly<
  Record<string, unknown>
>
type Report = {
  day: string
  columns?: { key: string; label: string }[]
  rows: Row[]
  total: Record<string, number>
  nowhere: Record<string, number> | null
}
type Column = { key: string; label: string; more: Record<string, string> }

export function ByArea({ report, filter }: { report: 'vulnerable-groups' | 'voters'; filter: Asked }) {
  const answer = useLedger<Report>(report, filter)
  return <Answered of={answer}>{(data) => <Shown report={report} data={data} />}</Answered>
}

function Shown({ report, data }: { report: 'vulnerable-groups' | 'voters'; data: Report }) {
  const say = useSay()
  const formats = useFormats()
  const title = report === 'voters' ? say({ id: 'Pemilih', en: 'Voters' }) : say({ id: 'Kelompok rentan', en: 'Vulnerable groups' })
  const caption = say({ id: '{title} per RT, keadaan {day}', en: '{title} by RT as of {day}' }, { title, day: formats.day(data.day) })
  const sexes: Column[] = [
    { key: 'male', label: say({ id: 'L', en: 'M' }), more: { sex: 'L' } },
    { key: 'female', label: say({ id: 'P', en: 'F' }), more: { sex: 'P' } },
  ]
  const columns: Column[] =
    report === 'voters'
      ? [...sexes, { key: 'count', label: say({ id: 'Jumlah', en: 'Total' }), more: {} }]
      : [
          { key: 'families', label: 'KK', more: { heads: 'true' } },
          ...sexes,
          ...(data.columns ?? []).map(({ key, label }) => ({ key, label, more: { group: key } })),
        ]
  const nameOf = (row: Row): string => [row.hamlet, row.rw && `RW ${row.rw}`, row.rt && `RT ${row.rt}`].filter(Boolean).join(' ')
  if (data.rows.length === 0 && !data.nowhere)
    return <Empty icon="people" title={say({ id: 'Belum ada yang terhitung', en: 'Nobody to count yet' })} />
  return (
    <>
      <p className="ledger-caption">{caption}</p>
      <Scrolling label={caption} className="ledger-wide">
        <thead>
          <tr>
            <th scope="col">{say({ id: 'Wilayah', en: 'Area' })}</th>
            {columns.map((column) => (
              <th key={column.key} scope="col">
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.area_id}>
              <th scope="row">{nameOf(row)}</th>
              {columns.map(({ key, label, more }) => (
                <td key={key}>
                  <NumberLink
                    of="statistics-names"
                    value={Number(row[key] ?? 0)}
                    names={{ ...row.names, ...more }}
                    what={`${nameOf(row)}, ${label}`}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          {data.nowhere && (
            <tr>
              <th scope="row">{say({ id: 'Tanpa wilayah', en: 'Without an area' })}</th>
              {columns.map(({ key }) => (
                <td key={key}>{formats.number(data.nowhere?.[key] ?? 0)}</td>
              ))}
            </tr>
          )}
          <tr>
            <th scope="row">Total</th>
            {columns.map(({ key }) => (
              <td key={key}>{formats.number(data.total[key] ?? 0)}</td>
            ))}
          </tr>
        </tfoot>
      </Scrolling>
    </>
  )
}
