// Telling people, in the transaction of what happened: a line for each, and what leaves by mail, SMS or to their browsers, once per key.
import type { Ctx } from '#kernel/ctx.ts'
import type { Db } from '#kernel/db/db.ts'
import type { House } from '#kernel/house.ts'
import type { Message } from '#kernel/outbox/message.ts'
import { isId, newId } from '#kernel/resource/id.ts'
import type { Seal } from '#kernel/secrets/seal.ts'
import type { Who } from '#kernel/tenancy/as-tenant.ts'
import { moduleIsOpen } from '#kernel/tenancy/open-modules.ts'
import { say } from '#kernel/words.ts'
import type { NotificationChannel, NotificationKind, Way } from './kind.ts'
import { type Content, type Notice, type NoticeRef, SEALED_AS } from './notice.ts'
import { addressOf, choicesPage } from './places.ts'
import { membersMeant, type Recipient, seeing } from './recipients.ts'
import { contentOf, digestOf, mailOf, pushOf, smsOf, type Told } from './say-notice.ts'
import { nextDigest, quietUntil } from './wall-clock.ts'
import { wordsOf } from './words.ts'

const KEY = /^[\x21-\x7e]{1,200}$/
const LINK = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/
/** A browser that was off for longer need not ring: the line is there anyway. */
const PUSH_LIVES_MS = 86_400_000

type Teller = {
  readonly house: Pick<House, 'model' | 'outbox' | 'config'>
  readonly who: Who
  readonly db: Db
  readonly seal: Seal
  readonly now: Date
}

/** The ways a person is told of a kind: what they chose, or what the kind proposes. */
export const channelsFor = (kind: NotificationKind, chosen: readonly NotificationChannel[] | null): readonly NotificationChannel[] =>
  chosen ?? ['app', ...kind.ways]

/** Tells. Answers the accounts whose bell rings. Throws, as our own mistake, when the notice is none. */
export async function notify(teller: Teller, notice: Notice): Promise<string[]> {
  const { house, who, db, seal, now } = teller
  const { tenant } = who
  const kind = house.model.notifications.get(notice.kind)
  if (!kind) throw new Error(`Nobody declares the notification ${notice.kind}.`)
  if (!KEY.test(notice.key)) throw new Error(`${notice.kind} needs a key of 1 to 200 printable characters.`)
  if (notice.link !== undefined && !LINK.test(notice.link))
    throw new Error(`${notice.kind} has a link that is no place inside a community.`)
  if (notice.about && !isId(notice.about.id)) throw new Error(`${notice.kind} is about a row, not "${notice.about.id}".`)
  if (!moduleIsOpen(tenant, kind.name)) return []
  const home = { db, model: house.model, tenant }
  const meant = await membersMeant(home, kind.name, notice.to, now)
  const others = 'users' in notice.to ? meant : meant.filter(({ actor }) => actor.userId !== who.actor.userId)
  const people = await seeing(home, others, notice.about)
  if (!people.length) return []
  const content = contentOf(kind, await wordsOf(db, tenant.id, kind), notice.data ?? {}, tenant)
  const lines = people.map((person) => lineFor(person, kind, now))
  const fresh = await insertLines(teller, kind, notice, seal.seal(JSON.stringify(content), SEALED_AS), lines)
  const told = lines.filter((line) => fresh.has(line.id))
  const browsers = await browsersOf(db, told)
  for (const line of told) {
    const said = toldIn(house, teller, notice, content, line)
    for (const message of messagesFor(teller, kind, line, said, browsers.get(line.person.actor.userId) ?? []))
      await house.outbox.send({ ...message, tenantId: tenant.id }, db)
  }
  return told.filter((line) => !line.silent).map((line) => line.person.actor.userId)
}

type Line = {
  readonly id: string
  readonly person: Recipient
  readonly channels: readonly NotificationChannel[]
  readonly silent: boolean
  /** When quiet ends for them; null: now is fine. */
  readonly quiet: Date | null
  /** The digest that tells it by mail; null: a mail of its own. */
  readonly digest: Date | null
}

function lineFor(person: Recipient, kind: NotificationKind, now: Date): Line {
  const channels = channelsFor(kind, person.channels)
  const waits = !kind.urgent
  return {
    id: newId(),
    person,
    channels,
    silent: !channels.includes('app'),
    quiet: waits ? quietUntil(person.hours, person.zone, now) : null,
    digest: waits && channels.includes('mail') && person.email ? nextDigest(person.hours, person.zone, now) : null,
  }
}

/** Writes the lines, in the order of accounts so that two tellers never wait for each other. Answers the ids that are new. */
async function insertLines(
  { who, db }: Teller,
  kind: NotificationKind,
  notice: Notice,
  content: Buffer,
  lines: readonly Line[],
): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `insert into core.notifications (tenant_id, id, user_id, kind, type, key, content, resource, resource_id, link, silent, digest_at)
     select $1, n.id, n.user_id, $2, $3, $4, $5, $6, $7, $8, n.silent, n.digest_at
       from unnest($9::uuid[], $10::uuid[], $11::boolean[], $12::timestamptz[]) as n (id, user_id, silent, digest_at)
     on conflict (tenant_id, user_id, key) do nothing returning id`,
    [
      ...[who.tenant.id, kind.name, kind.type, notice.key, content, notice.about?.resource ?? null, notice.about?.id ?? null],
      ...[notice.link ?? null, lines.map((l) => l.id), lines.map((l) => l.person.actor.userId)],
      ...[lines.map((l) => l.silent), lines.map((l) => l.digest)],
    ],
  )
  return new Set(rows.map((row) => row.id))
}

/** Account → its browsers that are still signed in. */
async function browsersOf(db: Db, lines: readonly Line[]): Promise<Map<string, string[]>> {
  const users = lines.filter((line) => line.channels.includes('push')).map((line) => line.person.actor.userId)
  if (!users.length) return new Map()
  const { rows } = await db.query<{ id: string; user_id: string }>(
    `select p.id, s.user_id from core.push_subscriptions p join core.sessions s on s.token_hash = p.token_hash
      where s.user_id = any($1::uuid[]) and s.expires_at > now() order by p.id`,
    [users],
  )
  return new Map([...Map.groupBy(rows, (row) => row.user_id)].map(([user, mine]) => [user, mine.map((row) => row.id)]))
}

function toldIn(house: Teller['house'], { who }: Teller, notice: Notice, content: Content, { person }: Line): Told {
  const { link = null, about } = notice
  const aim = { link, resource: about?.resource ?? null, resource_id: about?.id ?? null }
  const url = addressOf(house.config.baseUrl, who.tenant.code, aim)
  return { title: say(content.title, person.locale), text: say(content.message, person.locale), url }
}

type Queued = Omit<Message, 'tenantId'>

/** What leaves for one person. Only ways that go anywhere: a promise nobody keeps is no state of a message. */
function messagesFor({ house, who, now }: Teller, kind: NotificationKind, line: Line, said: Told, browsers: readonly string[]): Queued[] {
  const { person, channels, quiet, digest } = line
  const { tenant } = who
  const ref: NoticeRef = { tenantId: tenant.id, userId: person.actor.userId, id: line.id }
  const purpose = kind.name.replace('.', '_').slice(0, 50)
  const wanted = (way: Way): boolean => channels.includes(way) && house.outbox.carries(way)
  const waits = quiet ? { notBefore: quiet } : {}
  const messages: Queued[] = []
  if (wanted('mail') && person.email) {
    const choices = choicesPage(house.config.baseUrl, tenant.code)
    if (digest) {
      // A digest that would fall into quiet hours waits for their end.
      const at = quietUntil(person.hours, person.zone, digest) ?? digest
      const moment = digest.toISOString()
      const key = `digest:${tenant.id}:${person.actor.userId}:${moment}`
      const written = digestOf([said], tenant.name, choices, person.locale)
      messages.push({
        channel: 'mail',
        to: person.email,
        ...written,
        purpose: 'digest',
        key,
        notBefore: at,
        notice: { tenantId: tenant.id, userId: person.actor.userId, digest: moment },
      })
    } else
      messages.push({
        channel: 'mail',
        to: person.email,
        ...mailOf(said, tenant.name, choices, person.locale),
        purpose,
        key: `notice:${line.id}:mail`,
        notice: ref,
        ...waits,
      })
  }
  if (wanted('sms') && person.phone)
    messages.push({
      channel: 'sms',
      to: person.phone,
      subject: '',
      text: smsOf(said, tenant.name),
      purpose,
      key: `notice:${line.id}:sms`,
      notice: ref,
      ...waits,
    })
  if (wanted('push'))
    for (const id of browsers)
      messages.push({
        channel: 'push',
        to: id,
        subject: '',
        text: pushOf(said, tenant.name, line.id),
        purpose,
        key: `notice:${line.id}:push:${id}`,
        notice: ref,
        ...waits,
        expiresAt: new Date((quiet ?? now).getTime() + PUSH_LIVES_MS),
      })
  return messages
}

/** `ctx.notify` of a context. `rung` gathers whose bells ring once its transaction commits; without it there is none. */
export const notifier =
  (teller: Teller, rung: Set<string> | undefined): Ctx['notify'] =>
  async (notice) => {
    if (!rung) throw new Error(`${notice.kind} is told in the transaction of what happened, not while reading.`)
    for (const user of await notify(teller, notice)) rung.add(user)
  }
