// The way out: messages are queued in the transaction that wants them, sent by whichever process works, tried again when it fails.
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Db } from '#kernel/db/db.ts'
import { globalDb } from '#kernel/db/scoped.ts'
import { ownSeal } from '#kernel/identity/own-seal.ts'
import type { NoticeRef } from '#kernel/notifications/notice.ts'
import { isId, newId } from '#kernel/resource/id.ts'
import type { MasterKey } from '#kernel/secrets/master-key.ts'
import type { OutboxConfig } from './config.ts'
import { type Adapter, CHANNELS, type Channel, checkedMessage, type Outbox, type Parcel, Undelivered } from './message.ts'
import {
  claimMessage,
  insertMessage,
  type MessageRow,
  markAgain,
  markLater,
  markOver,
  markSent,
  messagesOf,
  newestMessages,
  requeue,
  sweepMessages,
  TRIES,
} from './rows.ts'
import { startSender, type Sender } from './sender.ts'
import { smsAdapter } from './sms-gateway.ts'
import { maskedAddress } from './masked.ts'
import { smtpAdapter } from './smtp.ts'

export type { Message, Outbox } from './message.ts'

export type ShownMessage = {
  readonly id: string
  readonly channel: Channel
  readonly purpose: string
  readonly status: MessageRow['status']
  /** Null when what it said is forgotten already. */
  readonly to: string | null
  readonly subject: string | null
  readonly text: string | null
  readonly created_at: Date
  readonly expires_at: Date | null
}

export type OpenOutbox = Outbox & {
  /** Starts sending in this process. Without adapters there is nothing to do. */
  work(): void
  /** Sends what is due now and returns; `early` also what waits for a further attempt. For tests and the command line. */
  drain(early?: boolean): Promise<void>
  /** Who may look at messages that cannot leave. */
  page(): OutboxConfig['page']
  /** Shows them to nobody from now on: this turned out to be no trial. What cannot leave is not kept any more, and promised to nobody. */
  hide(): void
  /** The newest messages with what they say. Only for the page of a demo, which has asked who is looking. */
  newest(limit: number): Promise<ShownMessage[]>
  /** What concerns one community, newest first, without what it says. The caller has checked who asks. */
  linesOf(
    communityId: string,
    asked: { status?: MessageRow['status'] | null; before?: string | null; limit: number },
  ): Promise<MessageLine[]>
  /** Puts a message that was given up back in the queue, in the transaction of `within`. */
  tryAgain(communityId: string, id: string, within: Db): Promise<'queued' | 'not_failed' | 'unknown'>
  /** Forgets what is old; for a daily job. */
  sweep(): Promise<void>
  stop(): Promise<void>
}

type Content = Omit<Parcel, 'id'>
type Kept = Content & { readonly notice?: NoticeRef }

/** A line of a community's own outbox: whether it left, and why not. Never what it says. */
export type MessageLine = {
  readonly id: string
  readonly channel: Channel
  readonly purpose: string
  readonly status: MessageRow['status']
  readonly attempts: number
  readonly last_error: string | null
  /** Masked; null when it is forgotten, or a browser. */
  readonly to: string | null
  readonly created_at: Date
  readonly sent_at: Date | null
  /** When it is tried next; null when it is over. */
  readonly next_at: Date | null
  /** Failed, and still known in full: it can be tried again. */
  readonly again: boolean
}

/** Looks at a notice again before it leaves: as it is to be said now, null when nobody needs it any more, or the moment it is to wait for. */
export type Fresh = (notice: NoticeRef, channel: Channel, said: Content) => Promise<Content | null | Date>

type Options = {
  readonly app: pg.Pool
  readonly kind: 'embedded' | 'server'
  readonly config: OutboxConfig
  /** Where people reach us, for Message-IDs. */
  readonly baseUrl: string
  readonly master: MasterKey
  readonly log: Pick<Logger, 'warn' | 'error'>
  /** The way to browsers; null or absent: there is none. */
  readonly push?: Adapter | null
  readonly fresh?: Fresh
}

export function openOutbox({ app, kind, config, baseUrl, master, log, push = null, fresh }: Options): OpenOutbox {
  const db = globalDb(app)
  // The label keys what is already queued: it stays what it was.
  const seal = ownSeal(master, 'outbox letter')
  const close = (id: string, content: Kept): Buffer => seal.seal(Buffer.from(JSON.stringify(content)), id)
  const open = ({ id, key_id, sealed }: Pick<MessageRow, 'id' | 'key_id' | 'sealed'>): Kept | null => {
    const plain = sealed && seal.open(sealed, key_id, id)
    return plain ? (JSON.parse(plain.toString('utf8')) as Kept) : null
  }
  const mail = config.smtp ? smtpAdapter(config.smtp, config.mailFrom, new URL(baseUrl).hostname) : null
  const adapters: Readonly<Record<Channel, Adapter | null>> = { mail, sms: config.sms ? smsAdapter(config.sms) : null, push }
  let page = config.page
  const shown = (): boolean => page !== 'nobody'
  const senders: Sender[] = []

  /** Sends one message, whatever comes of it; false when none is due. */
  async function sendNext(channel: Channel, early = false): Promise<boolean> {
    const adapter = adapters[channel]
    const message = adapter && (await claimMessage(db, channel, early))
    if (!adapter || !message) return false
    // Claimed once too often: whoever had it last died over it every time.
    if (message.attempts > TRIES) await giveUp(message, message.last_error ?? 'no answer')
    else if (message.expires_at && message.expires_at.getTime() <= Date.now()) await markOver(db, message, 'expired', null)
    else await attempt(adapter, message)
    return true
  }

  async function attempt(adapter: Adapter, message: MessageRow): Promise<void> {
    const content = open(message)
    if (!content) return giveUp(message, 'unreadable')
    try {
      const now = content.notice && fresh ? await fresh(content.notice, message.channel, content) : content
      if (now === null) return await markOver(db, message, 'dropped', null)
      if (now instanceof Date) return await markLater(db, message, now)
      const end = await adapter({ id: message.id, to: now.to, subject: now.subject, text: now.text })
      if (end === 'gone') return await markOver(db, message, 'dropped', null)
    } catch (error) {
      const { code, forGood } = error instanceof Undelivered ? error : new Undelivered('error', false)
      if (forGood || message.attempts >= TRIES) return giveUp(message, code)
      log.warn(
        { message: message.id, purpose: message.purpose, attempt: message.attempts, error: code },
        'a message was not delivered, it will be tried again',
      )
      return markAgain(db, message, code)
    }
    await markSent(db, message)
  }

  async function giveUp(message: MessageRow, code: string): Promise<void> {
    log.error({ message: message.id, purpose: message.purpose, attempt: message.attempts, error: code }, 'a message was given up')
    await markOver(db, message, 'failed', code)
  }

  return {
    async send(asked, within = db) {
      const message = checkedMessage(asked)
      const id = newId()
      const leaves = adapters[message.channel] !== null
      const lost = !leaves && !shown()
      const { to, subject, text, notice } = message
      await insertMessage(within, {
        id,
        tenantId: message.tenantId,
        channel: message.channel,
        purpose: message.purpose,
        key: message.key,
        keyId: seal.keyId,
        sealed: lost ? null : close(id, { to, subject, text, ...(notice ? { notice } : {}) }),
        secret: message.secret ?? false,
        status: leaves ? 'queued' : lost ? 'failed' : 'kept',
        error: lost ? 'no adapter' : null,
        expiresAt: message.expiresAt ?? null,
        notBefore: message.notBefore ?? null,
      })
      if (lost)
        log.warn(
          { message: id, purpose: message.purpose, channel: message.channel },
          'a message cannot leave: no way is set up for it (docs/operations.md)',
        )
      for (const sender of senders) sender.nudge()
    },
    // What a page would show instead is for people's eyes: a browser shows nothing without a way to it.
    carries: (channel) => (channel !== 'push' && shown()) || adapters[channel] !== null,
    work() {
      if (senders.length) return
      for (const channel of CHANNELS)
        if (adapters[channel])
          senders.push(
            startSender(
              () => sendNext(channel),
              kind,
              (code) => log.error({ channel, code }, 'the outbox has trouble'),
            ),
          )
    },
    async drain(early = false) {
      for (const channel of CHANNELS) {
        // `early` tries every waiting message once, not until it is given up.
        let left = early
          ? (await db.query<{ n: number }>(`select count(*) as n from core.outbox where channel = $1 and status = 'queued'`, [channel]))
              .rows[0]!.n
          : Infinity
        while (left-- > 0 && (await sendNext(channel, early)));
      }
    },
    page: () => page,
    hide: () => void (page = 'nobody'),
    async newest(limit) {
      const rows = await newestMessages(db, limit)
      return rows.map((row) => {
        const { id, channel, purpose, status, created_at, expires_at } = row
        const content = open(row)
        return {
          id,
          channel,
          purpose,
          status,
          to: content?.to ?? null,
          subject: content?.subject ?? null,
          text: content?.text ?? null,
          created_at,
          expires_at,
        }
      })
    },
    async linesOf(communityId, asked) {
      const rows = await messagesOf(db, communityId, asked)
      return rows.map((row): MessageLine => {
        const content = open(row)
        const waits = row.status === 'queued' || row.status === 'sending'
        return {
          id: row.id,
          channel: row.channel,
          purpose: row.purpose,
          status: row.status,
          attempts: row.attempts,
          last_error: row.last_error,
          to: content && row.channel !== 'push' ? maskedAddress(content.to) : null,
          created_at: row.created_at,
          sent_at: row.sent_at,
          next_at: waits ? row.next_at : null,
          again: row.status === 'failed' && content !== null && adapters[row.channel] !== null,
        }
      })
    },
    async tryAgain(communityId, id, within) {
      const [line] = isId(id) ? await messagesOf(within, communityId, { id, limit: 1 }) : []
      if (!line) return 'unknown'
      const possible = line.status === 'failed' && open(line) !== null && adapters[line.channel] !== null
      if (!possible || !(await requeue(within, communityId, id))) return 'not_failed'
      for (const sender of senders) sender.nudge()
      return 'queued'
    },
    sweep: () => sweepMessages(db),
    async stop() {
      await Promise.all(senders.splice(0).map((sender) => sender.stop()))
      mail?.close()
    },
  }
}
