// The security log: who came in, who was refused, what was taken away; a chart of a month over sentences that can be filtered.
import './security/security.css'
import { Button, Select } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { apiAt, at } from '../addresses.ts'
import { api } from '../api.ts'
import { DayInput } from '../form/inputs/DayInput.tsx'
import { findResource, type ListJson, type Page } from '../model.ts'
import { Icon, type IconName } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Empty, Trouble } from '../parts/States.tsx'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { DayChart, type Days } from './security/DayChart.tsx'
import { Sealed } from './security/Sealed.tsx'
import { TakeLog } from './security/TakeLog.tsx'
import { type Group, groupOf, GROUPS, TOLD, toldOf } from './security/words.ts'

type Entry = {
  readonly id: string
  readonly at: string
  readonly kind: string
  readonly times: number
  readonly actor: { id: string | null; name: string } | null
  readonly ip: string | null
  readonly device: string | null
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
}
const KEYS = ['kind', 'user_id', 'from', 'until'] as const
const ICONS: Readonly<Record<Group, IconName>> = { coming: 'person', failed: 'warn', refused: 'shield', taken: 'eye', changed: 'key' }

export default function Security() {
  const say = useSay()
  const navigate = useNavigate()
  const { code } = useCommunity()
  const raw = useSearch({ strict: false }) as Record<string, string | undefined>
  const asked = Object.fromEntries(
    KEYS.flatMap((key) =>
      raw[key] && (!['from', 'until'].includes(key) || /^\d{4}-\d{2}-\d{2}$/.test(raw[key])) ? [[key, raw[key]]] : [],
    ),
  )
  const set = (key: (typeof KEYS)[number], value: string | null): void =>
    void navigate({ to: '.', search: { ...raw, [key]: value ?? undefined }, replace: true } as never)
  const log = useInfiniteQuery({
    queryKey: ['security', code, asked],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ data: Entry[]; page: Page }>(apiAt.tenant(code, 'core/security_events'), {
        search: { ...asked, after: pageParam || undefined },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
    staleTime: 0,
  })
  const days = useQuery({
    queryKey: ['security-days', code, asked],
    queryFn: ({ signal }) => api.get<Days>(apiAt.tenant(code, 'core/security-days'), { search: asked, signal }),
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
    <div className="page">
      <PageHead
        title={say({ id: 'Keamanan', en: 'Security' })}
        under={say({
          id: 'Siapa yang masuk, siapa yang ditolak, dan apa yang dibuka atau diambil.',
          en: 'Who came in, who was refused, and what was revealed or taken away.',
        })}
      >
        <TakeLog log="security_events" from={asked['from']} until={asked['until']} />
      </PageHead>
      <Sealed log="core.security_events" />
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
        <People value={raw['user_id'] ?? null} change={(next) => set('user_id', next)} />
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
            <Line key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {log.hasNextPage && (
        <Button variant="subtle" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {say({ id: 'Lebih lama lagi', en: 'Older' })}
        </Button>
      )}
    </div>
  )
}

/** The members of the community, for whoever may see them. */
function People({ value, change }: { value: string | null; change: (id: string | null) => void }) {
  const say = useSay()
  const { code, model } = useCommunity()
  const members = findResource(model, 'core.memberships') !== undefined
  const list = useQuery({
    queryKey: ['security-people', code],
    queryFn: ({ signal }) =>
      api.get<ListJson>(apiAt.resource(code, 'core.memberships'), { search: { limit: '200', fields: 'name,user_id' }, signal }),
    enabled: members,
  })
  if (!members) return null
  return (
    <Select
      label={say({ id: 'Orang', en: 'Person' })}
      placeholder={say({ id: 'Semua', en: 'All' })}
      data={(list.data?.data ?? []).map((row) => ({ value: String(row['user_id']), label: String(row['name']) }))}
      value={value}
      onChange={change}
      clearable
      searchable
      clearButtonProps={{ 'aria-label': say({ id: 'Kosongkan', en: 'Clear' }) }}
    />
  )
}

function Line({ entry }: { entry: Entry }) {
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
          <About entry={entry} />
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

/** What it was about: the kind of record and the record itself, as far as the reader may know. */
function About({ entry: { detail } }: { entry: Entry }) {
  const say = useSay()
  const { code, model } = useCommunity()
  const name = typeof detail['resource'] === 'string' ? detail['resource'] : String(detail['permission'] ?? '').split(':')[0]!
  const resource = name ? findResource(model, name) : undefined
  const label = resource ? say(resource.label.many).toLowerCase() : name
  const record = typeof detail['record'] === 'string' ? detail['record'] : null
  const rest = [detail['format'], detail['role'], detail['key'], detail['setting']].filter((one) => typeof one === 'string').join(', ')
  if (!label && !rest) return null
  return (
    <span className="soft">
      {label && ': '}
      {record && resource && !resource.hidden ? <Link to={at.record(code, resource.name, record)}>{label}</Link> : label}
      {rest && ` (${rest})`}
    </span>
  )
}
