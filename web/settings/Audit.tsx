// The change log of the community, in sentences: who did what to which record, when and from where.
import '../record/record.css'
import './security/security.css'
import { Button, Select } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { apiAt, at } from '../addresses.ts'
import { api } from '../api.ts'
import { DayInput } from '../form/inputs/DayInput.tsx'
import { findResource, type HistoryEntry, type Page } from '../model.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Empty, Trouble } from '../parts/States.tsx'
import { Entry } from '../record/History.tsx'
import { happened } from '../record/sentences.ts'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { Sealed } from './security/Sealed.tsx'
import { TakeLog } from './security/TakeLog.tsx'

type LogEntry = HistoryEntry & {
  readonly id?: string
  readonly resource?: string
  readonly resource_id?: string
  readonly title?: string | null
}
const ACTIONS = ['created', 'changed', 'deleted', 'restored', 'revealed']
const KEYS = ['resource', 'action', 'from', 'until'] as const

export default function Audit() {
  const say = useSay()
  const navigate = useNavigate()
  const { code, model } = useCommunity()
  const raw = useSearch({ strict: false }) as Record<string, string | undefined>
  const asked = Object.fromEntries(
    KEYS.flatMap((key) =>
      raw[key] && (!['from', 'until'].includes(key) || /^\d{4}-\d{2}-\d{2}$/.test(raw[key])) ? [[key, raw[key]]] : [],
    ),
  )
  const set = (key: (typeof KEYS)[number], value: string | null): void =>
    void navigate({ to: '.', search: { ...raw, [key]: value ?? undefined }, replace: true } as never)
  const log = useInfiniteQuery({
    queryKey: ['audit', code, asked],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ data: LogEntry[]; page: Page }>(apiAt.tenant(code, 'core/audit_logs'), {
        search: { ...asked, limit: '50', after: pageParam || undefined },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
    staleTime: 0,
  })
  const entries = log.data?.pages.flatMap((page) => page.data) ?? []
  const resources = model.modules.flatMap((module) => module.resources)
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Catatan perubahan', en: 'Change log' })}
        under={say({
          id: 'Setiap perubahan tercatat dan tidak dapat dihapus oleh siapa pun.',
          en: 'Every change is recorded and nobody can remove it.',
        })}
      >
        <TakeLog log="audit_logs" from={asked['from']} until={asked['until']} />
      </PageHead>
      <Sealed log="core.audit_logs" />
      <div className="audit-tools" role="search" aria-label={say({ id: 'Saringan', en: 'Filters' })}>
        <Select
          label={say({ id: 'Data', en: 'Records' })}
          placeholder={say({ id: 'Semua', en: 'All' })}
          data={resources.map((resource) => ({ value: resource.name, label: say(resource.label.many) }))}
          value={raw['resource'] ?? null}
          onChange={(next) => set('resource', next)}
          clearable
          searchable
          clearButtonProps={{ 'aria-label': say({ id: 'Kosongkan', en: 'Clear' }) }}
        />
        <Select
          label={say({ id: 'Tindakan', en: 'Act' })}
          placeholder={say({ id: 'Semua', en: 'All' })}
          data={ACTIONS.map((action) => ({ value: action, label: say(happened(action, undefined)) }))}
          value={raw['action'] ?? null}
          onChange={(next) => set('action', next)}
          clearable
          clearButtonProps={{ 'aria-label': say({ id: 'Kosongkan', en: 'Clear' }) }}
        />
        <DayInput label={say({ id: 'Dari', en: 'From' })} value={raw['from'] ?? null} change={(day) => set('from', day)} />
        <DayInput label={say({ id: 'Sampai', en: 'Until' })} value={raw['until'] ?? null} change={(day) => set('until', day)} />
      </div>
      {log.error && entries.length === 0 ? (
        <Trouble error={log.error} retry={() => void log.refetch()} />
      ) : log.isPending ? (
        <Bone height="12rem" />
      ) : entries.length === 0 ? (
        <Empty icon="clock" title={say({ id: 'Tidak ada catatan untuk saringan ini', en: 'No entries for these filters' })} />
      ) : (
        <ol className="history">
          {entries.map((entry, index) => {
            const resource = entry.resource ? findResource(model, entry.resource) : undefined
            const kind = resource ? say(resource.label.one).toLowerCase() : (entry.resource ?? '')
            const label = entry.title ? `${kind} ${entry.title}` : kind
            return (
              <Entry
                key={entry.id ?? `${entry.at}${index}`}
                entry={entry}
                resource={resource}
                about={
                  resource && entry.resource_id && !resource.hidden ? (
                    <Link to={at.record(code, resource.name, entry.resource_id)}>{label}</Link>
                  ) : (
                    label
                  )
                }
              />
            )
          })}
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
