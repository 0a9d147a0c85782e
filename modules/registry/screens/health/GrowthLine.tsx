// A line over time, drawn to scale, with its numbers beside it as a table; for small children with the lines of the WHO's standard behind it.
import { useTools } from '#web/parts/Value.tsx'

export type Point = { readonly on: string; readonly value: number }
/** What the standard says of a month of life. */
export type StandardAt = { readonly month: number; readonly median: number; readonly minus2: number; readonly minus3: number }

const MONTH_DAYS = 30.4375
const CURVES = ['median', 'minus2', 'minus3'] as const

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [560, 220, 48, 30, 14]
const days = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000

/** Round steps that divide a range into about four. */
function steps(low: number, high: number): number[] {
  const rough = Math.max((high - low) / 4, 0.1)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((n) => n * power >= rough) ?? 10) * power
  const first = Math.floor(low / step) * step
  return Array.from({ length: Math.ceil((high - first) / step + 1e-9) + 1 }, (_, i) => first + i * step)
}

type Props = {
  readonly label: string
  readonly born: string
  readonly points: readonly Point[]
  readonly standard?: readonly StandardAt[] | undefined
}

export function GrowthLine({ label, born, points, standard = [] }: Props) {
  const { say, formats } = useTools()
  const birth = days(born)
  // With a standard the line is shown from birth, and some way on.
  const ahead = standard.length > 0 ? 2 * MONTH_DAYS : 0
  const [from, until] = [standard.length > 0 ? birth : days(points[0]?.on ?? born), days(points.at(-1)?.on ?? born) + ahead]
  const norm = standard.filter(({ month }) => birth + month * MONTH_DAYS <= until)
  const values = [...points.map((p) => p.value), ...norm.flatMap((at) => CURVES.map((curve) => at[curve]))]
  const marks = steps(Math.min(...values), Math.max(...values))
  const [low, high] = [marks[0] ?? 0, marks.at(-1) ?? 1]
  const across = (day: number): number =>
    until === from ? (LEFT + WIDTH) / 2 : LEFT + ((day - from) / (until - from)) * (WIDTH - LEFT - 12)
  const x = (on: string): number => across(days(on))
  const y = (value: number): number => TOP + (1 - (value - low) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM)
  const age = (on: string): string => {
    const months = Math.floor((days(on) - birth) / MONTH_DAYS)
    return months < 60
      ? say({ id: '{n} bulan', en: '{n} months' }, { n: formats.number(months) })
      : say({ id: '{n} tahun', en: '{n} years' }, { n: formats.number(Math.floor(months / 12)) })
  }
  const ends = points.length > 1 ? [points[0], points.at(-1)] : [points[0]]
  return (
    <figure className="growth-line">
      <figcaption>{label}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {marks.map((mark) => (
          <g key={mark}>
            <line x1={LEFT} x2={WIDTH} y1={y(mark)} y2={y(mark)} className="growth-grid" />
            <text x={LEFT - 8} y={y(mark) + 4} textAnchor="end">
              {formats.number(Math.round(mark * 100) / 100)}
            </text>
          </g>
        ))}
        {norm.length > 1 &&
          CURVES.map((curve) => (
            <polyline
              key={curve}
              className={`growth-${curve}`}
              points={norm.map((at) => `${across(birth + at.month * MONTH_DAYS)},${y(at[curve])}`).join(' ')}
            />
          ))}
        <polyline points={points.map((p) => `${x(p.on)},${y(p.value)}`).join(' ')} className="growth-own" />
        {points.map((p) => (
          <circle key={p.on} cx={x(p.on)} cy={y(p.value)} r="3.5" className="growth-dot">
            <title>{`${formats.day(p.on)}: ${formats.number(p.value)}`}</title>
          </circle>
        ))}
        {ends.map(
          (p, i) =>
            p && (
              <text key={p.on} x={x(p.on)} y={HEIGHT - 8} textAnchor={ends.length === 1 ? 'middle' : i === 0 ? 'start' : 'end'}>
                {age(p.on)}
              </text>
            ),
        )}
      </svg>
      <details>
        <summary>{say({ id: 'Angkanya dalam tabel', en: 'The numbers as a table' })}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{say({ id: 'Tanggal', en: 'Date' })}</th>
              <th scope="col">{say({ id: 'Umur', en: 'Age' })}</th>
              <th scope="col">{label}</th>
            </tr>
          </thead>
          <tbody>
            {points.toReversed().map((p) => (
              <tr key={p.on}>
                <th scope="row">{formats.day(p.on)}</th>
                <td>{age(p.on)}</td>
                <td>{formats.number(p.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
