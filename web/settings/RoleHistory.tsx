// Which roles a member had: from when, why, and by whom they were given.
import '../record/record.css'
import { useQuery } from '@tanstack/react-query'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import type { ListJson, RowJson } from '../model.ts'
import { Bone, Trouble } from '../parts/States.tsx'
import { listKey } from '../queries.ts'
import { useCommunity, useResource } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'

const HISTORY = 'core.role_history'

export function RoleHistory({ member }: { member: RowJson }) {
  const say = useSay()
  const { code } = useCommunity()
  const known = useResource(HISTORY)
  const list = useQuery({
    queryKey: [...listKey(code, HISTORY), member.id, member.version],
    queryFn: ({ signal }) =>
      api.get<ListJson>(apiAt.resource(code, HISTORY), { search: { membership_id: member.id, sort: '-created_at', limit: '100' }, signal }),
    enabled: Boolean(known),
  })
  if (!known) return null
  return (
    <section style={{ marginTop: '2.5rem' }} aria-labelledby="role-history">
      <h2 id="role-history" style={{ marginBottom: '1rem' }}>
        {say({ id: 'Riwayat peran', en: 'Role history' })}
      </h2>
      {list.error && !list.data ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Bone height="3rem" />
      ) : (
        <ol className="role-history">
          {list.data.data.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </ol>
      )}
    </section>
  )
}

function Line({ row }: { row: RowJson }) {
  const say = useSay()
  const formats = useFormats()
  const to = row.titles?.['to_role_id'] ?? '—'
  const from = row.titles?.['from_role_id']
  const by = row.titles?.['changed_by_id'] ?? (row['automatic'] ? say({ id: 'sistem', en: 'the system' }) : null)
  return (
    <li>
      <strong>{from ? `${from} → ${to}` : say({ id: 'Mulai sebagai {to}', en: 'Began as {to}' }, { to })}</strong>
      <span className="quiet small">
        <time dateTime={row.created_at}>{formats.moment(row.created_at)}</time>
        {by && say({ id: ', oleh {by}', en: ', by {by}' }, { by })}
      </span>
      {row['reason'] ? <span className="soft">{String(row['reason'])}</span> : null}
    </li>
  )
}
