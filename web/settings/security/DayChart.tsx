// How much happened on each day, stacked by group; the same numbers stand in a table behind it.
import type { Locale } from '#kernel/words.ts'
import { useFormats, useLanguage, useSay } from '../../words.tsx'
import { GROUPS, groupOf, type Group } from './words.ts'

export type Days = { readonly from: string; readonly until: string; readonly data: readonly { day: string; kind: string; times: number }[] }
type Bar = { readonly day: string; readonly counts: Readonly<Record<Group, number>>; readonly total: number }

const [WIDTH, HEIGHT, FOOT] = [900, 150, 22]

function barsOf({ from, until, data }: Days): Bar[] {
  const bars: Bar[] = []
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${until}T00:00:00Z`); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10)
    const counts = { coming: 0, failed: 0, refused: 0, taken: 0, changed: 0 }
    for (const one of data) if (one.day === day) counts[groupOf(one.kind)] += one.times
    bars.push({ day, counts, total: Object.values(counts).reduce((a, b) => a + b, 0) })
  }
  return bars
}

const dayAndMonth = (day: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale === 'id' ? 'id-ID' : 'en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )

/** Marks that differ without colour too: hatched, dotted, lined, hollow. */
function Marks() {
  return (
    <defs>
      <pattern id="mark-failed" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="chart-failed" />
        <rect width="2" height="6" className="chart-gap" />
      </pattern>
      <pattern id="mark-refused" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" className="chart-refused" />
        <circle cx="3" cy="3" r="1.3" className="chart-gap" />
      </pattern>
      <pattern id="mark-taken" width="6" height="4" patternUnits="userSpaceOnUse">
        <rect width="6" height="4" className="chart-taken" />
        <rect width="6" height="1.2" className="chart-gap" />
      </pattern>
    </defs>
  )
}

const fillOf = (group: Group): string =>
  group === 'coming' ? 'var(--act)' : group === 'changed' ? 'var(--act-tint)' : `url(#mark-${group})`

function Mark({ group }: { group: Group }) {
  return (
    <svg width="14" height="14" aria-hidden className="chart-mark">
      <rect x=".5" y=".5" width="13" height="13" fill={fillOf(group)} className={group === 'changed' ? 'chart-hollow' : undefined} />
    </svg>
  )
}

export function DayChart({ days }: { days: Days }) {
  const say = useSay()
  const formats = useFormats()
  const { locale } = useLanguage()
  const bars = barsOf(days)
  const most = Math.max(4, ...bars.map((bar) => bar.total))
  const step = WIDTH / bars.length
  const shown = GROUPS.filter((group) => bars.some((bar) => bar.counts[group.name] > 0))
  const total = bars.reduce((sum, bar) => sum + bar.total, 0)
  const label = say(
    { id: '{total} kejadian dari {from} sampai {until}', en: '{total} events from {from} to {until}' },
    { total: formats.number(total), from: formats.day(days.from), until: formats.day(days.until) },
  )
  return (
    <figure className="day-chart">
      <figcaption>{label}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`} role="img" aria-label={label} preserveAspectRatio="none">
        <Marks />
        <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className="chart-line" />
        {bars.map((bar, n) => {
          let y = HEIGHT
          return (
            <g key={bar.day}>
              <title>{`${formats.day(bar.day)}: ${formats.number(bar.total)}`}</title>
              <rect x={n * step} y="0" width={step} height={HEIGHT} fill="transparent" />
              {GROUPS.map(({ name }) => {
                const height = (bar.counts[name] / most) * (HEIGHT - 4)
                y -= height
                return (
                  height > 0 && (
                    <rect
                      key={name}
                      x={n * step + step * 0.15}
                      y={y}
                      width={step * 0.7}
                      height={height}
                      fill={fillOf(name)}
                      className={name === 'changed' ? 'chart-hollow' : undefined}
                    />
                  )
                )
              })}
            </g>
          )
        })}
      </svg>
      <div className="chart-foot" aria-hidden>
        {[bars[0], bars[Math.floor(bars.length / 2)], bars.at(-1)].map(
          (bar, n) => bar && <span key={n}>{dayAndMonth(bar.day, locale)}</span>,
        )}
      </div>
      <ul className="chart-legend">
        {shown.map(({ name, label: words }) => (
          <li key={name}>
            <Mark group={name} /> {say(words)}
          </li>
        ))}
      </ul>
      <details className="chart-table">
        <summary>{say({ id: 'Angkanya dalam tabel', en: 'The numbers as a table' })}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{say({ id: 'Hari', en: 'Day' })}</th>
              {shown.map(({ name, label: words }) => (
                <th key={name} scope="col">
                  {say(words)}
                </th>
              ))}
              <th scope="col">{say({ id: 'Jumlah', en: 'Total' })}</th>
            </tr>
          </thead>
          <tbody>
            {bars
              .filter((bar) => bar.total > 0)
              .toReversed()
              .map((bar) => (
                <tr key={bar.day}>
                  <th scope="row">{formats.day(bar.day)}</th>
                  {shown.map(({ name }) => (
                    <td key={name}>{formats.number(bar.counts[name])}</td>
                  ))}
                  <td>{formats.number(bar.total)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
