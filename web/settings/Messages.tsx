// The community's outgoing messages: what left, what waits, what was given up and why, and trying it again. Never what they say.
import './notifications/notifications.css'
import { Button, Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Words } from '#kernel/words.ts'
import { apiAt } from '../addresses.ts'
import { api, newIntent } from '../api.ts'
import type { Page } from '../model.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Empty, Note, Trouble, useSentence } from '../parts/States.tsx'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'

type Status = 'queued' | 'sending' | 'sent' | 'failed' | 'expired' | 'dropped' | 'kept'
type Line = {
  id: string
  channel: 'mail' | 'sms' | 'push'
  purpose: string
  status: Status
  attempts: number
  last_error: string | null
  to: string | null
  created_at: string
  sent_at: string | null
  next_at: string | null
  may: string[]
}
type Answer = { data: Line[]; page: Page; ways: Record<Line['channel'], boolean> }

const STATUS: Readonly<Record<Status, { tone: string; word: Words }>> = {
  queued: { tone: 'wait', word: { id: 'menunggu', en: 'waiting' } },
  sending: { tone: 'wait', word: { id: 'sedang dikirim', en: 'being sent' } },
  sent: { tone: 'good', word: { id: 'terkirim', en: 'sent' } },
  failed: { tone: 'harm', word: { id: 'gagal', en: 'failed' } },
  expired: { tone: 'still', word: { id: 'terlambat', en: 'too late' } },
  dropped: { tone: 'still', word: { id: 'tidak perlu lagi', en: 'no longer needed' } },
  kept: { tone: 'still', word: { id: 'hanya diperlihatkan', en: 'only shown' } },
}
const CHANNEL: Readonly<Record<Line['channel'], Words>> = {
  mail: { id: 'surel', en: 'e-mail' },
  sms: { id: 'SMS', en: 'SMS' },
  push: { id: 'peramban', en: 'browser' },
}

export default function Messages() {
  const say = useSay()
  const navigate = useNavigate()
  const { code } = useCommunity()
  const asked = (useSearch({ strict: false }) as { status?: string }).status
  const status = asked && asked in STATUS ? asked : undefined
  const list = useInfiniteQuery({
    queryKey: ['messages', code, status],
    queryFn: ({ pageParam, signal }) =>
      api.get<Answer>(apiAt.tenant(code, 'core/messages'), { search: { status, after: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
    staleTime: 0,
  })
  const lines = list.data?.pages.flatMap((page) => page.data) ?? []
  const ways = list.data?.pages[0]?.ways
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Pesan keluar', en: 'Outgoing messages' })}
        under={say({
          id: 'Surel, SMS, dan pemberitahuan peramban atas nama komunitas ini selama 90 hari. Isinya tidak diperlihatkan.',
          en: 'Mail, SMS and browser notifications in this community’s name over 90 days. What they say is not shown.',
        })}
      />
      {ways && !ways.mail && (
        <Note tone="wait">
          {say({
            id: 'Surel belum dapat dikirim dari sini. Mintalah pengelola Balai menyiapkan server surel (BALAI_SMTP_URL).',
            en: 'No mail can leave from here yet. Ask the operator of Balai to set up a mail server (BALAI_SMTP_URL).',
          })}
        </Note>
      )}
      <Select
        className="messages-tools"
        label={say({ id: 'Keadaan', en: 'State' })}
        value={status ?? ''}
        onChange={(value) => void navigate({ to: '.', search: value ? { status: value } : {}, replace: true } as never)}
        data={[
          { value: '', label: say({ id: 'Semua', en: 'All' }) },
          ...Object.entries(STATUS).map(([value, { word }]) => ({ value, label: say(word) })),
        ]}
        allowDeselect={false}
      />
      {list.error && !list.data ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Bone height="10rem" />
      ) : lines.length === 0 ? (
        <Empty icon="work" title={say({ id: 'Tidak ada pesan', en: 'No messages' })} />
      ) : (
        <table className="messages-table">
          <thead>
            <tr>
              <th scope="col">{say({ id: 'Kepada', en: 'To' })}</th>
              <th scope="col">{say({ id: 'Lewat', en: 'By' })}</th>
              <th scope="col">{say({ id: 'Keadaan', en: 'State' })}</th>
              <th scope="col">{say({ id: 'Dibuat', en: 'Made' })}</th>
              <th scope="col">
                <span className="unseen">{say({ id: 'Tindakan', en: 'Actions' })}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <One key={line.id} line={line} again={() => void list.refetch()} />
            ))}
          </tbody>
        </table>
      )}
      {list.hasNextPage && (
        <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {say({ id: 'Lebih lama lagi', en: 'Older' })}
        </Button>
      )}
    </div>
  )
}

function One({ line, again }: { line: Line; again: () => void }) {
  const say = useSay()
  const formats = useFormats()
  const sentence = useSentence()
  const { code } = useCommunity()
  const { tone, word } = STATUS[line.status]
  const retry = async (): Promise<void> => {
    try {
      await api.post(apiAt.tenant(code, `core/messages/${line.id}/retry`), { intent: newIntent() })
    } catch (error) {
      notifications.show({ color: 'harm', message: sentence(error) })
    }
    again()
  }
  const waits = line.next_at !== null && Date.parse(line.next_at) > Date.now()
  return (
    <tr>
      <td>{line.to ?? '—'}</td>
      <td>{say(CHANNEL[line.channel])}</td>
      <td>
        <span className="state" data-tone={tone}>
          {say(word)}
        </span>
        {waits && line.next_at && (
          <p className="small soft">{say({ id: 'sampai {when}', en: 'until {when}' }, { when: formats.moment(line.next_at) })}</p>
        )}
        {line.last_error && (
          <p className="small soft">
            {say({ id: '{n} kali dicoba:', en: 'Tried {n} times:' }, { n: line.attempts })} <code>{line.last_error}</code>
          </p>
        )}
      </td>
      <td>
        <time dateTime={line.created_at} title={formats.moment(line.created_at)}>
          {formats.ago(line.created_at)}
        </time>
      </td>
      <td>
        {line.may.includes('retry') && (
          <Button variant="default" size="compact-sm" onClick={() => void retry()}>
            {say({ id: 'Coba lagi', en: 'Try again' })}
          </Button>
        )}
      </td>
    </tr>
  )
}
