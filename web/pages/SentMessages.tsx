// What would have been sent: for whoever tries Balai out without a mail server. Closed as soon as messages really leave.
import './sent-messages.css'
import { useQuery } from '@tanstack/react-query'
import { api, isProblem } from '../api.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Empty, Trouble } from '../parts/States.tsx'
import { useFormats, useSay } from '../words.tsx'

type Message = {
  id: string
  channel: 'mail' | 'sms'
  purpose: string
  status: string
  to: string | null
  subject: string | null
  text: string | null
  created_at: string
}

export default function SentMessages() {
  const say = useSay()
  const messages = useQuery({
    queryKey: ['outbox'],
    queryFn: ({ signal }) => api.get<{ data: Message[] }>('/api/outbox', { signal }),
    refetchInterval: 3_000,
    retry: false,
  })
  if (isProblem(messages.error) && messages.error.status === 404 && !messages.data)
    return (
      <Empty page icon="shield" title={say({ id: 'Tidak ada yang diperlihatkan di sini', en: 'Nothing is shown here' })}>
        {say({
          id: 'Halaman ini hanya ada pada Balai percobaan yang belum dapat mengirim surel atau SMS, dan hanya di komputernya sendiri.',
          en: 'This page exists only in a trial Balai that cannot send mail or SMS yet, and only on its own computer.',
        })}
      </Empty>
    )
  return (
    <main className="page outbox">
      <PageHead
        title={say({ id: 'Surat yang akan dikirim', en: 'Messages that would be sent' })}
        under={say({
          id: 'Balai percobaan ini tidak mengirim surel dan SMS; di sinilah isinya. Tautan dan kodenya dapat dipakai siapa pun di sini.',
          en: 'This trial Balai sends no mail and no SMS; here is what it would say. Anybody here can use its links and codes.',
        })}
      />
      {messages.error && !messages.data ? (
        <Trouble error={messages.error} retry={() => void messages.refetch()} />
      ) : !messages.data ? (
        <Bone height="8rem" />
      ) : messages.data.data.length === 0 ? (
        <Empty icon="info" title={say({ id: 'Belum ada surat', en: 'No messages yet' })}>
          {say({
            id: 'Undang seseorang, atau minta kata sandi baru, lalu lihat lagi di sini.',
            en: 'Invite somebody, or ask for a new password, and look here again.',
          })}
        </Empty>
      ) : (
        <ol>
          {messages.data.data.map((message) => (
            <One key={message.id} message={message} />
          ))}
        </ol>
      )}
    </main>
  )
}

function One({ message }: { message: Message }) {
  const say = useSay()
  const formats = useFormats()
  const gone = say({ id: 'Isinya sudah dilupakan.', en: 'What it said is forgotten.' })
  return (
    <li>
      <p className="outbox-head">
        <strong>{message.to ?? '—'}</strong>
        <span className="quiet small">
          {message.channel === 'mail' ? say({ id: 'surel', en: 'e-mail' }) : 'SMS'} ·{' '}
          <time dateTime={message.created_at} title={formats.moment(message.created_at)}>
            {formats.ago(message.created_at)}
          </time>
        </span>
      </p>
      {message.subject && <h2>{message.subject}</h2>}
      <p className="outbox-text">{message.text === null ? gone : <Linked text={message.text} />}</p>
    </li>
  )
}

/** Our own links can be pressed; any other address stays text. */
const Linked = ({ text }: { text: string }) => (
  <>
    {text.split(/(https?:\/\/[^\s]+)/).map((part, index) => {
      const to = index % 2 && URL.canParse(part) ? new URL(part) : null
      return to?.pathname.startsWith('/app/') ? (
        <a key={index} href={to.pathname + to.hash}>
          {part}
        </a>
      ) : (
        part
      )
    })}
  </>
)
