// Access rules: when and from where the members of a role may come in. A list of them in words, and the form of one.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { apiAt, at } from '../addresses.ts'
import { api } from '../api.ts'
import type { ListJson, RowJson } from '../model.ts'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Empty, NotFound, PageBones, Trouble } from '../parts/States.tsx'
import { listKey, rowQuery } from '../queries.ts'
import { useCommunity, useResource } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { AccessRuleForm, DAYS } from './AccessRuleForm.tsx'

const RULES = 'core.access_rules'

export default function AccessRules() {
  const { id } = useParams({ strict: false }) as { id?: string }
  const { code } = useCommunity()
  const navigate = useNavigate()
  const resource = useResource(RULES)
  const done = (): void => void navigate({ to: at.settings(code, 'access') })
  if (!resource) return <NotFound home={at.settings(code)} />
  if (!id) return <RuleList />
  return id === 'new' ? <AccessRuleForm resource={resource} row={null} done={done} /> : <OneRule id={id} done={done} />
}

function OneRule({ id, done }: { id: string; done: () => void }) {
  const { code } = useCommunity()
  const resource = useResource(RULES)!
  const row = useQuery({ ...rowQuery(code, RULES, id), staleTime: 0 })
  if (row.error && !row.data) return <Trouble error={row.error} retry={() => void row.refetch()} home={at.settings(code, 'access')} />
  if (!row.data) return <PageBones />
  return <AccessRuleForm key={row.data.version} resource={resource} row={row.data} done={done} />
}

function RuleList() {
  const say = useSay()
  const { code } = useCommunity()
  const list = useQuery({
    queryKey: [...listKey(code, RULES), 'all'],
    queryFn: ({ signal }) => api.get<ListJson>(apiAt.resource(code, RULES), { search: { limit: '200' }, signal }),
  })
  const add = list.data?.may?.includes('create') && (
    <Button component={Link} to={at.settings(code, 'access/new')} leftSection={<Icon name="plus" size={16} />}>
      {say({ id: 'Tambah aturan', en: 'Add a rule' })}
    </Button>
  )
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Aturan akses', en: 'Access rules' })}
        under={say({
          id: 'Kapan dan dari mana anggota sebuah peran dapat masuk. Peran tanpa aturan bebas; bila ada aturan, salah satunya harus cocok.',
          en: 'When and from where the members of a role may come in. A role without rules is free; with rules, one of them must fit.',
        })}
      >
        {list.data?.data.length ? add : null}
      </PageHead>
      {list.error && !list.data ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Bone height="8rem" />
      ) : list.data.data.length === 0 ? (
        <Empty
          icon="clock"
          title={say({ id: 'Semua peran dapat masuk kapan saja, dari mana saja', en: 'Every role may come in at any time, from anywhere' })}
          actions={add || undefined}
        >
          {say({
            id: 'Batasi sebuah peran pada jam kerja atau jaringan kantor.',
            en: 'Keep a role to office hours, or to the network of the office.',
          })}
        </Empty>
      ) : (
        <ul className="roles">
          {list.data.data.map((rule) => (
            <Rule key={rule.id} rule={rule} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Rule({ rule }: { rule: RowJson }) {
  const say = useSay()
  const formats = useFormats()
  const { code } = useCommunity()
  const days = DAYS.filter(({ value }) => (rule['weekdays'] as string[]).includes(value)).map(({ label }) => say(label))
  const [from, until] = [rule['from_time'] as string | null, rule['until_time'] as string | null]
  const networks = rule['networks'] as string[]
  const words = [
    days.length && days.length < 7 ? formats.list(days) : say({ id: 'setiap hari', en: 'every day' }),
    from || until ? `${from ?? '00:00'}–${until ?? '24:00'}` : null,
    networks.length ? say({ id: 'dari {networks}', en: 'from {networks}' }, { networks: formats.list(networks) }) : null,
  ].filter(Boolean)
  return (
    <li>
      <Link to={at.settings(code, `access/${rule.id}`)}>{String(rule['description'])}</Link>
      <span className="soft">
        <strong>{rule.titles?.['role_id'] ?? '—'}</strong>: {words.join(', ')}
      </span>
      <span className="state small" data-tone={rule['is_active'] ? 'good' : 'still'}>
        {rule['is_active'] ? say({ id: 'berlaku', en: 'in force' }) : say({ id: 'dimatikan', en: 'switched off' })}
      </span>
    </li>
  )
}
