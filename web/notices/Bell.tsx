// The bell: how much is new, the newest of it, and the way to the rest. It counts as things happen.
import { ActionIcon, Button, Popover } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { apiAt, at } from '../addresses.ts'
import { api } from '../api.ts'
import { announce } from '../parts/announce.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Bone, Trouble } from '../parts/States.tsx'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { NoticeLine } from './NoticeLine.tsx'
import { type Notices, noticesKey, useReading, useUnread } from './notices.ts'
import './notices.css'

const SHOWN = 8

export function Bell() {
  const say = useSay()
  const { code } = useCommunity()
  const unread = useUnread(code).data
  const before = useRef<number | undefined>(undefined)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (unread !== undefined && before.current !== undefined && unread > before.current)
      announce(say({ id: 'Ada pemberitahuan baru', en: 'There is a new notification' }))
    before.current = unread
  }, [unread, say])
  const count = unread === undefined || unread === 0 ? '' : unread > 99 ? '99+' : String(unread)
  const label = count
    ? say({ id: 'Pemberitahuan: {count} belum dibaca', en: 'Notifications: {count} unread' }, { count })
    : say({ id: 'Pemberitahuan', en: 'Notifications' })
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={380} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color={count ? 'act' : 'gray'}
          size="lg"
          onClick={() => setOpen((is) => !is)}
          aria-label={label}
          className="tray-button"
        >
          <Icon name="bell" size={20} />
          {count && <span className="tray-count">{count}</span>}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className="tray notices-tray" aria-label={say({ id: 'Pemberitahuan', en: 'Notifications' })}>
        {open && <Newest close={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  )
}

function Newest({ close }: { close: () => void }) {
  const say = useSay()
  const { code } = useCommunity()
  const reading = useReading(code)
  const newest = useQuery({
    queryKey: [...noticesKey(code), 'newest'],
    queryFn: ({ signal }) => api.get<Notices>(apiAt.tenant(code, 'notifications'), { search: { limit: String(SHOWN) }, signal }),
    staleTime: 0,
  })
  const [first] = newest.data?.data ?? []
  return (
    <>
      <div className="row notices-head">
        <h2>{say({ id: 'Pemberitahuan', en: 'Notifications' })}</h2>
        {first && Boolean(newest.data?.unread) && (
          <Button variant="subtle" size="compact-sm" className="push" onClick={() => void reading({ upTo: first.id })}>
            {say({ id: 'Tandai semua dibaca', en: 'Mark all as read' })}
          </Button>
        )}
      </div>
      {newest.error && !newest.data ? (
        <Trouble error={newest.error} retry={() => void newest.refetch()} />
      ) : !newest.data ? (
        <Bone height="4rem" />
      ) : newest.data.data.length === 0 ? (
        <p className="soft">
          {say({ id: 'Belum ada. Kabar untuk Anda muncul di sini.', en: 'None yet. What concerns you appears here.' })}
        </p>
      ) : (
        <ul>
          {newest.data.data.map((notice) => (
            <NoticeLine key={notice.id} notice={notice} onOpen={close} />
          ))}
        </ul>
      )}
      <p className="row notices-foot">
        <Link to={at.notifications(code)} onClick={close}>
          {say({ id: 'Semua pemberitahuan', en: 'All notifications' })}
        </Link>
        <Link to={at.settings(code, 'notifications')} onClick={close} className="push">
          {say({ id: 'Atur', en: 'Choose' })}
        </Link>
      </p>
    </>
  )
}
