// The security log of a community: who came in, who was refused, what was taken away.
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { apiAt, at } from '../addresses.ts'
import { api } from '../api.ts'
import { findResource, type ListJson } from '../model.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { Sealed } from './security/Sealed.tsx'
import { type Entry, SecurityLog, useAsked } from './security/SecurityLog.tsx'
import { TakeLog } from './security/TakeLog.tsx'

export default function Security() {
  const say = useSay()
  const { code } = useCommunity()
  const { raw, asked, set } = useAsked()
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
      <SecurityLog
        from={{ entries: apiAt.tenant(code, 'core/security_events'), days: apiAt.tenant(code, 'core/security-days') }}
        people={<People value={raw['user_id'] ?? null} change={(next) => set('user_id', next)} />}
        about={(entry) => <About entry={entry} />}
      />
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
