// How far a log is sealed, with the newest seal: the number somebody can note down outside the database.
import { useQuery } from '@tanstack/react-query'
import { apiAt } from '../../addresses.ts'
import { api } from '../../api.ts'
import { Icon } from '../../parts/Icon.tsx'
import { holds, useCommunity } from '../../tenant.tsx'
import { useFormats, useSay } from '../../words.tsx'

type Seal = { readonly log: string; readonly sequence: number; readonly hash: string; readonly sealed_at: string }

type Log = 'core.audit_logs' | 'core.security_events'

export function Sealed({ log }: { log: Log }) {
  const { code, model } = useCommunity()
  return holds(model.me.permissions, 'core.audit_logs:read') ? <SealedAt from={apiAt.tenant(code, 'core/audit-seals')} log={log} /> : null
}

/** `from`: where the newest seals are asked for. */
export function SealedAt({ from, log }: { from: string; log: Log }) {
  const say = useSay()
  const formats = useFormats()
  const seals = useQuery({
    queryKey: ['audit-seals', from],
    queryFn: ({ signal }) => api.get<{ data: Seal[] }>(from, { signal }),
  })
  const seal = seals.data?.data.find((one) => one.log === log)
  if (!seal) return null
  return (
    <p className="sealed quiet small">
      <Icon name="shield" size={15} />
      {say(
        { id: 'Disegel sampai {moment}, segel {n}:', en: 'Sealed up to {moment}, seal {n}:' },
        { moment: formats.moment(seal.sealed_at), n: seal.sequence },
      )}{' '}
      <code title={seal.hash}>{seal.hash.slice(0, 16)}…</code>
    </p>
  )
}
