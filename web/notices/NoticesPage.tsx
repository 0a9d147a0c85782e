// All my notifications in this community, newest first; those not read yet on their own if one likes.
import './notices.css'
import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { apiAt, at } from '../addresses.ts'
import { api } from '../api.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Empty, Trouble } from '../parts/States.tsx'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { NoticeLine } from './NoticeLine.tsx'
import { type Notices, noticesKey, useReading } from './notices.ts'

export default function NoticesPage() {
  const say = useSay()
  const navigate = useNavigate()
  const { code } = useCommunity()
  const reading = useReading(code)
  const unread = (useSearch({ strict: false }) as { unread?: string }).unread === 'true'
  const list = useInfiniteQuery({
    queryKey: [...noticesKey(code), 'all', unread],
    queryFn: ({ pageParam, signal }) =>
      api.get<Notices>(apiAt.tenant(code, 'notifications'), {
        search: { unread: unread ? 'true' : undefined, after: pageParam || undefined },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
    staleTime: 0,
  })
  const all = list.data?.pages.flatMap((page) => page.data) ?? []
  const [first] = all
  return (
    <div className="page notices-page">
      <PageHead title={say({ id: 'Pemberitahuan', en: 'Notifications' })}>
        <Button component={Link} to={at.settings(code, 'notifications')} variant="default">
          {say({ id: 'Atur pemberitahuan', en: 'Choose what you are told' })}
        </Button>
      </PageHead>
      <div className="row notices-head">
        <SegmentedControl
          aria-label={say({ id: 'Tampilkan', en: 'Show' })}
          value={unread ? 'unread' : 'all'}
          onChange={(value) => void navigate({ to: '.', search: value === 'unread' ? { unread: 'true' } : {}, replace: true } as never)}
          data={[
            { value: 'all', label: say({ id: 'Semua', en: 'All' }) },
            { value: 'unread', label: say({ id: 'Belum dibaca', en: 'Unread' }) },
          ]}
        />
        {first && Boolean(list.data?.pages[0]?.unread) && (
          <Button variant="subtle" className="push" onClick={() => void reading({ upTo: first.id })}>
            {say({ id: 'Tandai semua dibaca', en: 'Mark all as read' })}
          </Button>
        )}
      </div>
      {list.error && !list.data ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Bone height="8rem" />
      ) : all.length === 0 ? (
        <Empty
          icon="bell"
          title={
            unread
              ? say({ id: 'Semua sudah dibaca', en: 'Everything is read' })
              : say({ id: 'Belum ada pemberitahuan', en: 'No notifications yet' })
          }
        >
          {say({
            id: 'Kami memberi tahu Anda bila ada yang selesai, gagal, atau menunggu Anda.',
            en: 'We tell you when something is done, has failed, or waits for you.',
          })}
        </Empty>
      ) : (
        <ul>
          {all.map((notice) => (
            <NoticeLine key={notice.id} notice={notice} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {say({ id: 'Lebih lama lagi', en: 'Older' })}
        </Button>
      )}
    </div>
  )
}
