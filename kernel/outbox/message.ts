// What leaves the house: a message by mail, by SMS or to a browser, and what its address and subject must be so that no header can be smuggled in.
import type { Db } from '#kernel/db/db.ts'
import type { NoticeRef } from '#kernel/notifications/notice.ts'
import { isId } from '#kernel/resource/id.ts'

export const CHANNELS = ['mail', 'sms', 'push'] as const
export type Channel = (typeof CHANNELS)[number]

export type Message = {
  readonly channel: Channel
  /** One e-mail address, one phone number as E.164 (`+628123456789`), or the id of a browser's subscription (kernel/notifications/push). */
  readonly to: string
  /** One line; '' but for mail. */
  readonly subject: string
  /** Plain text; for a browser what its service worker is given. */
  readonly text: string
  /** What it is for, `password_reset`, `otp` …: for counting and finding, never personal. */
  readonly purpose: string
  /** The same key is sent once, whatever comes with it the second time. Never personal data: it is kept in clear. */
  readonly key: string
  /** The community it is about; null when it is about a person's account. */
  readonly tenantId: string | null
  /** Its content opens something (a code, a link): forgotten as soon as it was sent. */
  readonly secret?: boolean
  /** It waits until this moment: quiet hours, a digest. */
  readonly notBefore?: Date
  /** What it tells of: it is looked at again before it leaves, and written anew or dropped. */
  readonly notice?: NoticeRef
  /** After this moment it is worth nothing and is not sent any more. */
  readonly expiresAt?: Date
}

/** What an adapter is given. `id` is the message's own, the same at every attempt. */
export type Parcel = { readonly id: string; readonly to: string; readonly subject: string; readonly text: string }

/** Hands a message over; `gone`: whoever it was for is not there any more, which is no failure. Throws `Undelivered`; any other error counts as one that may pass. */
export type Adapter = (parcel: Parcel) => Promise<void | 'gone'>

/** Not delivered. `code` is kept and shown, so it never quotes an address or an answer; `forGood`: trying again is no use. */
export class Undelivered extends Error {
  override name = 'Undelivered'
  readonly code: string
  readonly forGood: boolean
  constructor(code: string, forGood: boolean) {
    super(code)
    this.code = code
    this.forGood = forGood
  }
}

/** Puts messages on their way. */
export type Outbox = {
  /** Queues a message: inside the caller's transaction when `db` is given. Throws when it is no message (an address with a line break). */
  send(message: Message, db?: Db): Promise<void>
  /** Whether messages of this channel go anywhere (an adapter, or the page of a demo). Ask before promising somebody a message. */
  carries(channel: Channel): boolean
}

const MAIL_MAX = 254
// Narrower than RFC 5322 on purpose: no quotes, no lists, no comments, nothing that a header could be made of.
const MAIL = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,5}$/iu
/** E.164: a plus sign, the country, at most 15 digits. */
const PHONE = /^\+[1-9][0-9]{7,14}$/
const SUBJECT_MAX = 200
const TEXT_MAX = 20_000
const KEY = /^[\x21-\x7e]{1,200}$/
const PURPOSE = /^[a-z][a-z0-9_]{0,49}$/

/** Whether a channel can reach this address at all. */
export const isAddress = (channel: Channel, to: string): boolean => {
  if (channel === 'push') return isId(to)
  return channel === 'mail' ? to.length <= MAIL_MAX && MAIL.test(to) : PHONE.test(to)
}

/**
 * The message as it may leave: its subject on one line (names of people and places come from outside).
 * Throws, as our own mistake, when address, key or purpose are not what they must be: callers have checked what people typed.
 */
export function checkedMessage(message: Message): Message {
  if (!isAddress(message.channel, message.to)) throw new Error(`A message has an address that ${message.channel} cannot reach.`)
  if (!KEY.test(message.key)) throw new Error('A message has a key of 1 to 200 printable characters.')
  if (!PURPOSE.test(message.purpose)) throw new Error('A message says what it is for: lower-case letters, digits and underscores.')
  const subject = message.channel !== 'mail' ? '' : oneLine(message.subject).slice(0, SUBJECT_MAX)
  return { ...message, subject, text: message.text.slice(0, TEXT_MAX) }
}

/** Without line breaks and other control characters, which end a header. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
