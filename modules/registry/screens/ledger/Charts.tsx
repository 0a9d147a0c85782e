// Bars, and two sides of an axis (the age pyramid, comings and goings). One kind is plain, the other hatched, so that nobody needs the colours;
// the same numbers stand in a table beside them.
import { useId } from 'react'
import type { Words } from '#kernel/words.ts'
import { useFormats, useSay } from '#web/words.tsx'

export type Bar = { readonly label: string; readonly male: number; readonly female: number }

function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill="var(--act-tint)" />
        <rect width="2.4" height="6" fill="var(--act)" />
      </pattern>
    </defs>
  )
}

const SEXES = [
  { id: 'Laki-laki', en: 'Male' },
  { id: 'Perempuan', en: 'Female' },
] as const

function Legend({ plain, hatched }: { plain: Words; hatched: Words }) {
  const say = useSay()
  const id = useId()
  return (
    <ul className="ledger-legend" aria-hidden>
      <li>
        <svg width="14" height="14">
          <rect width="14" height="14" fill="var(--act)" />
        </svg>
        {say(plain)}
      </li>
      <li>
        <svg width="14" height="14">
          <Hatch id={id} />
          <rect x=".5" y=".5" width="13" height="13" fill={`url(#${id})`} stroke="var(--act)" />
        </svg>
        {say(hatched)}
      </li>
    </ul>
  )
}

const percent = (part: number, most: number): string => `${((100 * part) / most).toFixed(2)}%`

/** One bar for each row, men and women after each other; rows without anybody are left out, the largest fills the width. */
export function Bars({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const formats = useFormats()
  const id = useId()
  const shown = bars.filter((bar) => bar.male + bar.female > 0)
  const most = Math.max(1, ...shown.map((bar) => bar.male + bar.female))
  if (shown.length === 0) return null
  return (
    <figure className="ledger-chart" role="img" aria-label={label}>
      <Legend plain={SEXES[0]} hatched={SEXES[1]} />
      <div className="ledger-bars" aria-hidden>
        {shown.map((bar) => (
          <div key={bar.label}>
            <span title={bar.label}>{bar.label}</span>
            <svg height="16" width="100%">
              <Hatch id={id} />
              <rect width={percent(bar.male, most)} height="16" fill="var(--act)" />
              <rect x={percent(bar.male, most)} width={percent(bar.female, most)} height="16" fill={`url(#${id})`} stroke="var(--act)" />
            </svg>
            <span>{formats.number(bar.male + bar.female)}</span>
          </div>
        ))}
      </div>
    </figure>
  )
}

type Sided = { readonly label: string; readonly left: number; readonly right: number }

/** The oldest on top, men to the left, women to the right. */
export function Pyramid({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const rows = bars.map((bar) => ({ label: bar.label, left: bar.male, right: bar.female })).toReversed()
  return <Sides label={label} rows={rows} left={SEXES[0]} right={SEXES[1]} />
}

/** Each row has one bar to the left of its name and one to the right; the longest fills its side. */
export function Sides({
  label,
  rows,
  left,
  right,
  wide,
}: {
  label: string
  rows: readonly Sided[]
  left: Words
  right: Words
  wide?: true
}) {
  const formats = useFormats()
  const id = useId()
  const most = Math.max(1, ...rows.flatMap((row) => [row.left, row.right]))
  return (
    <figure className="ledger-chart" role="img" aria-label={label}>
      <Legend plain={left} hatched={right} />
      <div className="ledger-pyramid" data-wide={wide} aria-hidden>
        {rows.map((bar) => (
          <div key={bar.label}>
            <span>{formats.number(bar.left)}</span>
            <svg height="16" width="100%">
              <rect x={percent(most - bar.left, most)} width={percent(bar.left, most)} height="16" fill="var(--act)" />
            </svg>
            <b title={bar.label}>{bar.label}</b>
            <svg height="16" width="100%">
              <Hatch id={id} />
              <rect width={percent(bar.right, most)} height="16" fill={`url(#${id})`} stroke={bar.right ? 'var(--act)' : 'none'} />
            </svg>
            <span>{formats.number(bar.right)}</span>
          </div>
        ))}
      </div>
    </figure>
  )
}
