// A security log to read: a chart of a month over sentences that can be filtered. A community's and the platform's look alike.
import './security.css'
import { Button, Select } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { api } from '../../api.ts'
import { DayInput } from '../../form/inputs/DayInput.tsx'
import type { Page } from '../../model.ts'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import { Bone, Empty, Trouble } from '../../parts/States.tsx'
import { useFormats, useSay } from '../../words.tsx'
import { DayChart, type Days } from './DayChart.tsx'
import { type Group, groupOf, GROUPS, TOLD, toldOf } from './words.ts'

export type Entry = {
  readonly id: string
  readonly at: string
  readonly kind: string
  readonly times: number
  readonly actor: { id: string | null; name: string } | null
  readonly ip: string | null
  readonly device: string | null
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
  /** In the platform's log: what it was about, while it is there. */
  readonly community?: { readonly code: string; readonly name: string }
}
const KEYS = ['kind', 'user_id', 'from', 'until'] as const
type Key = (typeof KEYS)[number]
const ICONS: Readonly<Record<Group, IconName>> = { coming: 'person', failed: 'warn', refused: 'shield', taken: 'eye', changed: 'key' }

/** What is asked for stands in the address. */
export function useAsked(): {
  raw: Record<string, string | undefined>
  asked: Record<string, string>
  set: (key: Key, value: string | null) => void
} {
  const navigate = useNavigate()
  const raw = useSearch({ strict: false }) as Record<string, string | undefined>
  const asked = Object.fromEntries(
    KEYS.flatMap((key) =>
      raw[key] && (!['from', 'until'].includes(key) || /^\d{4}-\d{2}-\d{2}$/.test(raw[key])) ? [[key, raw[key]]] : [],
    ),
  )
  const set = (key: Key, value: string | null): void =>
    void navigate({ to: '.', search: { ...raw, [key]: value ?? undefined }, replace: true } as never)
  return { raw, asked, set }
}

type Props = {
  /** Where entries and numbers per day are asked for. */
  readonly from: { readonly entries: string; readonly days: string; readonly search?: Readonly<Record<string, string>> }
  /** One more filter beside kind and period. */
  readonly people?: ReactNode
  /** What an entry was about. */
  readonly about: (entry: Entry) => ReactNode
}

export function SecurityLog({ from, people, about }: Props) {
  const say = useSay()
  const { raw, asked, set } = useAsked()
  const search = { ...asked, ...from.search }
  const log = useInfiniteQuery({
    queryKey: ['security', from.entries, search],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ data: Entry[]; page: Page }>(from.entries, { search: { ...search, after: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
    staleTime: 0,
  })
  const days = useQuery({
    queryKey: ['security-days', from.days, search],
    queryFn: ({ signal }) => api.get<Days>(from.days, { search, signal }),
    staleTime: 0,
  })
  const entries = log.data?.pages.flatMap((page) => page.data) ?? []
  const kinds = GROUPS.map((group) => ({
    group: say(group.label),
    items: [
      { value: group.kinds.join(','), label: say({ id: 'Semua: {group}', en: 'All: {group}' }, { group: say(group.label) }) },
      ...group.kinds.map((kind) => ({ value: kind, label: say(TOLD[kind].label) })),
    ],
  }))
  return (
    <>
      <div className="audit-tools" role="search" aria-label={say({ id: 'Saringan', en: 'Filters' })}>
        <Select
          label={say({ id: 'Kejadian', en: 'Event' })}
          placeholder={say({ id: 'Semua', en: 'All' })}
          data={kinds}
          value={raw['kind'] ?? null}
          onChange={(next) => set('kind', next)}
          clearable
          searchable
          clearButtonProps={{ 'aria-label': say({ id: 'Kosongkan', en: 'Clear' }) }}
        />
        {people}
        <DayInput label={say({ id: 'Dari', en: 'From' })} value={raw['from'] ?? null} change={(day) => set('from', day)} />
        <DayInput label={say({ id: 'Sampai', en: 'Until' })} value={raw['until'] ?? null} change={(day) => set('until', day)} />
      </div>
      {days.data ? days.data.data.length > 0 && <DayChart days={days.data} /> : !days.error && <Bone height="11rem" />}
      {log.error && entries.length === 0 ? (
        <Trouble error={log.error} retry={() => void log.refetch()} />
      ) : log.isPending ? (
        <Bone height="12rem" />
      ) : entries.length === 0 ? (
        <Empty icon="shield" title={say({ id: 'Tidak ada kejadian untuk saringan ini', en: 'No events for these filters' })} />
      ) : (
        <ol className="security-log">
          {entries.map((entry) => (
            <Line key={entry.id} entry={entry} about={about(entry)} />
          ))}
        </ol>
      )}
      {log.hasNextPage && (
        <Button variant="subtle" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {say({ id: 'Lebih lama lagi', en: 'Older' })}
        </Button>
      )}
    </>
  )
}

function Line({ entry, about }: { entry: Entry; about: ReactNode }) {
  const say = useSay()
  const formats = useFormats()
  const who = entry.actor?.name ?? say({ id: 'Seseorang', en: 'Somebody' })
  const group = groupOf(entry.kind)
  return (
    <li data-group={group}>
      <Icon name={ICONS[group]} size={17} />
      <div>
        <p>
          {say(toldOf(entry.kind).said, { who })}
          {about}
          {entry.times > 1 && (
            <span className="times"> {say({ id: '· {n} kali', en: '· {n} times' }, { n: formats.number(entry.times) })}</span>
          )}
        </p>
        {(entry.ip || entry.device) && <p className="quiet small">{[entry.device, entry.ip].filter(Boolean).join(' · ')}</p>}
      </div>
      <time className="quiet small" dateTime={entry.at} title={formats.moment(entry.at)}>
        {formats.ago(entry.at)}
      </time>
    </li>
  )
}
