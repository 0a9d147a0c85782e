// My notifications: for each kind the ways it reaches me, when I want quiet, whether mails are gathered, and this browser.
import './notifications/notifications.css'
import { useQuery } from '@tanstack/react-query'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Trouble } from '../parts/States.tsx'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { Browser } from './notifications/Browser.tsx'
import { type Choices, choicesKey } from './notifications/choices.ts'
import { Hours } from './notifications/Hours.tsx'
import { Ways } from './notifications/Ways.tsx'

export default function Notifications() {
  const say = useSay()
  const { code, model } = useCommunity()
  const choices = useQuery({
    queryKey: choicesKey(code),
    queryFn: ({ signal }) => api.get<Choices>(apiAt.tenant(code, 'notification-choices'), { signal }),
    staleTime: 0,
  })
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Pemberitahuan saya', en: 'My notifications' })}
        under={say({ id: 'Bagaimana {place} memberi tahu Anda.', en: 'How {place} tells you.' }, { place: model.tenant.name })}
      />
      {choices.error && !choices.data ? (
        <Trouble error={choices.error} retry={() => void choices.refetch()} />
      ) : !choices.data ? (
        <Bone height="12rem" />
      ) : (
        <>
          <Ways choices={choices.data} />
          <Hours key={JSON.stringify(choices.data.hours)} choices={choices.data} />
          {choices.data.reach.push.carried && <Browser />}
        </>
      )}
    </div>
  )
}
