// The platform's own security log: operators, people nobody knows, accounts without a community.
import { Link } from '@tanstack/react-router'
import { PageHead } from '../parts/PageHead.tsx'
import { SealedAt } from '../settings/security/Sealed.tsx'
import { type Entry, SecurityLog } from '../settings/security/SecurityLog.tsx'
import { useSay } from '../words.tsx'
import { places, platformApi } from './model.ts'

export default function Security() {
  const say = useSay()
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Keamanan', en: 'Security' })}
        under={say({
          id: 'Apa yang dilakukan pengelola, dan percobaan masuk yang bukan milik komunitas mana pun.',
          en: 'What operators did, and attempts to come in that belong to no community.',
        })}
      />
      <SealedAt from={platformApi('/audit-seals')} log="core.security_events" />
      <SecurityLog
        from={{
          entries: platformApi('/security-events'),
          days: platformApi('/security-days'),
          search: { time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
        }}
        about={(entry) => <About entry={entry} />}
      />
    </div>
  )
}

/** Which community, plan or module it was about, as far as it still is there. */
function About({ entry: { community, detail } }: { entry: Entry }) {
  const rest = [detail['plan'], detail['module'], detail['code']].filter((one) => typeof one === 'string').join(', ')
  if (!community && !rest) return null
  return (
    <span className="soft">
      {community && ': '}
      {community && <Link to={places.community(community.code)}>{community.name}</Link>}
      {rest && ` (${rest})`}
    </span>
  )
}
