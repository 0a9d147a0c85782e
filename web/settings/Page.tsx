// One page of the settings, by its name in the address.
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { at } from '../addresses.ts'
import { NotFound, PageBones } from '../parts/States.tsx'
import { useCommunity } from '../tenant.tsx'
import { usePages } from './pages.ts'

const PAGES = {
  members: lazy(() => import('./Members.tsx')),
  invitations: lazy(() => import('./Invitations.tsx')),
  roles: lazy(() => import('./Roles.tsx')),
  access: lazy(() => import('./AccessRules.tsx')),
  audit: lazy(() => import('./Audit.tsx')),
  security: lazy(() => import('./Security.tsx')),
  configuration: lazy(() => import('./Configuration.tsx')),
  holidays: lazy(() => import('./Holidays.tsx')),
  'api-keys': lazy(() => import('./ApiKeys.tsx')),
  'notification-words': lazy(() => import('./NotificationWords.tsx')),
  messages: lazy(() => import('./Messages.tsx')),
  notifications: lazy(() => import('./Notifications.tsx')),
  me: lazy(() => import('./Account.tsx')),
} as const

export default function Page() {
  const { page = '', id } = useParams({ strict: false }) as { page?: string; id?: string }
  const { code } = useCommunity()
  const open = usePages().some((one) => one.path === page)
  const Found = open && page in PAGES ? PAGES[page as keyof typeof PAGES] : undefined
  if (!Found) return <NotFound home={at.settings(code)} />
  return (
    <Suspense fallback={<PageBones />}>
      <Found key={id ?? page} />
    </Suspense>
  )
}
