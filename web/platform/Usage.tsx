// What a community uses, day by day, beside what its plan allows; the numbers behind the pictures are one click away.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Words } from '#kernel/words.ts'
import { api } from '../api.ts'
import { Bone, Note, Trouble } from '../parts/States.tsx'
import { useFormats, useSay } from '../words.tsx'
import { useAct } from './act.ts'
import { type CommunityFacts, communityApi, type UsageDay, usePlans } from './model.ts'

const MEGABYTE = 1_000_000

type Line = {
  readonly key: string
  readonly label: Words
  readonly of: (day: UsageDay) => number
  readonly counted: boolean
  readonly most: number | undefined
}

export function Usage({ c }: { c: CommunityFacts }) {
  const say = useSay()
  const formats = useFormats()
  const plans = usePlans()
  const { act, busy, failure } = useAct()
  const usage = useQuery({
    queryKey: ['platform', 'usage', c.code],
    queryFn: ({ signal }) => api.get<{ data: UsageDay[] }>(communityApi(c.code, '/usage'), { search: { days: '30' }, signal }),
  })
  const days = usage.data?.data ?? []
  const limits = plans.data?.data.find((p) => p.id === c.plan_id)?.limits ?? {}
  const lines: Line[] = [
    { key: 'users', label: { id: 'Anggota', en: 'Members' }, of: (d) => d.users, counted: true, most: limits.users },
    { key: 'rows', label: { id: 'Data', en: 'Records' }, of: (d) => d.row_total, counted: true, most: limits.rows },
    {
      key: 'storage',
      label: { id: 'Ruang (MB)', en: 'Storage (MB)' },
      of: (d) => Math.round(d.storage_bytes / 100_000) / 10,
      counted: true,
      most: limits.storage_mb,
    },
    { key: 'calls', label: { id: 'Permintaan', en: 'Requests' }, of: (d) => d.api_calls, counted: false, most: limits.api_calls_per_day },
  ]
  return (
    <section className="platform-part">
      <h2>{say({ id: 'Pemakaian', en: 'Usage' })}</h2>
      {usage.error && !usage.data ? (
        <Trouble error={usage.error} retry={() => void usage.refetch()} />
      ) : !usage.data ? (
        <Bone height="6rem" />
      ) : (
        <>
          <div className="charts">
            {lines.map((line) => (
              <Chart key={line.key} line={line} days={days} />
            ))}
          </div>
          <details className="small" style={{ marginTop: '1rem' }}>
            <summary>{say({ id: 'Angkanya', en: 'The numbers' })}</summary>
            <table className="platform-table">
              <thead>
                <tr>
                  <th>{say({ id: 'Hari', en: 'Day' })}</th>
                  {lines.map((line) => (
                    <th key={line.key} className="n">
                      {say(line.label)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {days.toReversed().map((day) => (
                  <tr key={day.day}>
                    <td>{formats.day(day.day)}</td>
                    {lines.map((line) => (
                      <td key={line.key} className="n" data-label={say(line.label)}>
                        {line.counted && !day.counted_at ? '–' : formats.number(line.of(day))}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
      <div className="row" style={{ marginTop: '.75rem' }}>
        <Button variant="default" size="compact-sm" loading={busy} onClick={() => void act(() => api.post(communityApi(c.code, '/usage')))}>
          {say({ id: 'Hitung sekarang', en: 'Count now' })}
        </Button>
        <span className="quiet small">
          {c.usage?.counted_at
            ? say(
                { id: 'Dihitung {ago}; setiap hari dihitung sendiri.', en: 'Counted {ago}; counted by itself every day.' },
                { ago: formats.ago(c.usage.counted_at) },
              )
            : say({ id: 'Belum pernah dihitung.', en: 'Never counted so far.' })}
        </span>
      </div>
      <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
    </section>
  )
}

/** Thirty bars and, where the plan has one, the limit as a dashed line. */
function Chart({ line, days }: { line: Line; days: readonly UsageDay[] }) {
  const say = useSay()
  const formats = useFormats()
  const seen = line.counted ? days.filter((d) => d.counted_at) : days
  const values = seen.map(line.of)
  const now = values.at(-1) ?? 0
  const { most } = line
  const top = Math.max(1, ...values, most !== undefined && most <= Math.max(1, ...values) * 3 ? most : 0)
  const tone = most === undefined ? 'good' : now >= most ? 'harm' : now >= most * 0.8 ? 'wait' : 'good'
  const height = (value: number): number => (36 * value) / top
  return (
    <figure className="chart" data-tone={tone}>
      <figcaption>
        <span>{say(line.label)}</span>
        <span>
          <strong>{formats.number(now)}</strong>
          {most !== undefined && <span className="limit small"> / {formats.number(most)}</span>}
        </span>
      </figcaption>
      <svg viewBox="0 0 120 40" preserveAspectRatio="none" aria-hidden>
        {seen.slice(-30).map((day, i, all) => (
          <rect
            key={day.day}
            x={120 - (all.length - i) * 4}
            y={39 - Math.max(0.5, height(line.of(day)))}
            width={3}
            height={Math.max(0.5, height(line.of(day)))}
            fill="currentColor"
            opacity={i === all.length - 1 ? 1 : 0.55}
          />
        ))}
        <line x1="0" x2="120" y1="39.5" y2="39.5" stroke="var(--line-strong)" vectorEffect="non-scaling-stroke" />
        {most !== undefined && most <= top && (
          <line
            x1="0"
            x2="120"
            y1={39 - height(most)}
            y2={39 - height(most)}
            stroke="var(--ink-3)"
            strokeDasharray="4 3"
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
    </figure>
  )
}

export const asMegabytes = (bytes: number): number => Math.round(bytes / (MEGABYTE / 10)) / 10
