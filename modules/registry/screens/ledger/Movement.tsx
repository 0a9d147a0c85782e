// How a month went by a breakdown: who was here, who came and left and why, who is here; every number opens its names.
import { Note } from '#web/parts/States.tsx'
import { useFormats, useSay } from '#web/words.tsx'
import { useLedger, type Asked } from './asked.ts'
import { Sides } from './Charts.tsx'
import { Answered } from './LedgerStates.tsx'
import { NumberLink } from './NumberLink.tsx'
import { Scrolling } from './Table.tsx'

type Line = {
  opening: number
  closing: number
  in: Record<string, number>
  out: Record<string, number>
  names: Record<string, unknown>
}
type Row = Line & { category: string; label: string }
type Column = { key: string; row: string; direction: 'in' | 'out'; label: string }
type Answer = { label: string; month: string; columns: Column[]; rows: Row[]; total: Line }

const sum = (of: Record<string, number>): number => Object.values(of).reduce((a, b) => a + b, 0)

export function Movement({ breakdown, search, name }: { breakdown: string; search: Asked; name: string }) {
  const answer = useLedger<Answer>('movement', { breakdown, ...search })
  return <Answered of={answer}>{(data) => <Shown data={data} name={name} />}</Answered>
}

function Shown({ data, name }: { data: Answer; name: string }) {
  const say = useSay()
  const formats = useFormats()
  const [opening, closing] = [say({ id: 'Awal bulan', en: 'Start' }), say({ id: 'Akhir bulan', en: 'End' })]
  const caption = say({ id: '{label}, perkembangan {name}', en: '{label}, movement of {name}' }, { label: data.label, name })
  const moved = data.rows.filter((row) => sum(row.in) + sum(row.out) > 0)
  const shown = data.rows.filter((row) => row.opening + row.closing + sum(row.in) + sum(row.out) > 0)
  const groups = (['in', 'out'] as const).map((direction) => data.columns.filter((c) => c.direction === direction))
  const came = { id: 'Bertambah', en: 'Came' }
  const left = { id: 'Berkurang', en: 'Left' }
  const cells = (label: string, line: Line) => {
    const number = (value: number, row: string, of: string) => (
      <NumberLink of="movement-names" value={value} names={{ ...line.names, row }} what={`${label}, ${of}`} />
    )
    return (
      <>
        <td>{number(line.opening, 'opening', opening)}</td>
        {data.columns.map((c) => (
          <td key={c.row}>{number(line[c.direction][c.key] ?? 0, c.row, c.label)}</td>
        ))}
        <td>{number(line.closing, 'closing', closing)}</td>
      </>
    )
  }
  return (
    <>
      <p className="ledger-caption">{caption}</p>
      {moved.length > 0 ? (
        <Sides
          label={caption}
          wide
          left={left}
          right={came}
          rows={moved.map((row) => ({ label: row.label, left: sum(row.out), right: sum(row.in) }))}
        />
      ) : (
        <Note>{say({ id: 'Bulan ini tidak ada yang berubah.', en: 'Nothing changed in this month.' })}</Note>
      )}
      <Scrolling label={caption} className="ledger-wide">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {data.label}
            </th>
            <th scope="col" rowSpan={2}>
              {opening}
            </th>
            {groups.map(
              (columns, n) =>
                columns.length > 0 && (
                  <th key={columns[0]?.row} scope="colgroup" colSpan={columns.length}>
                    {say(n === 0 ? came : left)}
                  </th>
                ),
            )}
            <th scope="col" rowSpan={2}>
              {closing}
            </th>
          </tr>
          <tr>
            {data.columns.map((c) => (
              <th key={c.row} scope="col">
                {c.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.category} data-row={row.category}>
              <th scope="row">{row.label}</th>
              {cells(row.label, row)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            {cells('Total', data.total)}
          </tr>
        </tfoot>
      </Scrolling>
      <p className="soft">
        {say(
          {
            id: 'Di setiap baris, awal bulan ditambah yang bertambah, dikurangi yang berkurang, sama dengan akhir bulan: {start} menjadi {end}.',
            en: 'On every line the start, plus who came, minus who left, is the end: {start} became {end}.',
          },
          { start: formats.number(data.total.opening), end: formats.number(data.total.closing) },
        )}
      </p>
    </>
  )
}
