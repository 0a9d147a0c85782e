// One notification: what happened, when, and the way to it. Opening it is reading it.
import { Link } from '@tanstack/react-router'
import { inTenant } from '../addresses.ts'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { type Notice, type NoticeType, useReading } from './notices.ts'

const TONES: Readonly<Record<NoticeType, { tone: string; word: { id: string; en: string } }>> = {
  info: { tone: 'still', word: { id: 'Kabar', en: 'News' } },
  success: { tone: 'good', word: { id: 'Berhasil', en: 'Done' } },
  warning: { tone: 'wait', word: { id: 'Perhatian', en: 'Attention' } },
  error: { tone: 'harm', word: { id: 'Gagal', en: 'Failed' } },
}

export function NoticeLine({ notice, onOpen }: { notice: Notice; onOpen?: () => void }) {
  const say = useSay()
  const formats = useFormats()
  const { code } = useCommunity()
  const reading = useReading(code)
  const { tone, word } = TONES[notice.type]
  return (
    <li className="notice" data-unread={!notice.is_read || undefined}>
      <p className="row small">
        <span className="state" data-tone={tone}>
          {say(word)}
        </span>
        {!notice.is_read && <span className="notice-new">{say({ id: 'baru', en: 'new' })}</span>}
        <time className="quiet push" dateTime={notice.created_at} title={formats.moment(notice.created_at)}>
          {formats.ago(notice.created_at)}
        </time>
      </p>
      <Link
        to={inTenant(code, notice.to)}
        onClick={() => {
          if (!notice.is_read) void reading({ id: notice.id })
          onOpen?.()
        }}
      >
        {notice.title}
      </Link>
      <p className="soft small">{notice.message}</p>
    </li>
  )
}
