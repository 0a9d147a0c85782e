// The community itself: what it is called, where it is, and the way to what describes it further.
import { Link } from '@tanstack/react-router'
import { at } from '../addresses.ts'
import { KINDS } from '../frame/Side.tsx'
import { isSingle } from '../list/one-only.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { useCommunity } from '../tenant.tsx'
import { useLanguage, useSay } from '../words.tsx'

export default function Overview() {
  const say = useSay()
  const { locale } = useLanguage()
  const { code, model } = useCommunity()
  const { tenant, me } = model
  const currency = new Intl.DisplayNames(locale, { type: 'currency' }).of(tenant.currency) ?? tenant.currency
  const facts = [
    [{ id: 'Nama', en: 'Name' }, tenant.name],
    [{ id: 'Jenis', en: 'Kind' }, say(KINDS[tenant.kind] ?? tenant.kind)],
    [{ id: 'Alamat di Balai', en: 'Address in Balai' }, `/app/${tenant.code}`],
    [{ id: 'Zona waktu', en: 'Time zone' }, tenant.time_zone],
    [{ id: 'Mata uang', en: 'Currency' }, `${currency} (${tenant.currency})`],
    [{ id: 'Peran Anda', en: 'Your role' }, me.role],
  ] as const
  const singles = model.modules.flatMap((module) => module.resources).filter((resource) => resource.module !== 'core' && isSingle(resource))
  return (
    <div className="page">
      <PageHead title={say({ id: 'Komunitas', en: 'Community' })} />
      <dl className="settings-facts">
        {facts.map(([label, value]) => (
          <div key={label.en}>
            <dt>{say(label)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {singles.length > 0 && (
        <p style={{ marginTop: '1.5rem' }}>
          {singles.map((resource) => (
            <Link key={resource.name} to={at.list(code, resource.name)}>
              {say(resource.label.one)}
            </Link>
          ))}
        </p>
      )}
    </div>
  )
}
