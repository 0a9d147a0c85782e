// Notices in words: filled places, and the forms they take in a mailbox, on a phone and on a locked screen.
import type { Tenant } from '#kernel/ctx.ts'
import { say, type Locale, type Words } from '#kernel/words.ts'
import { COMMUNITY, type NotificationKind } from './kind.ts'
import type { Content } from './notice.ts'

type Data = Content['data']

/** The words of a kind as this community says them. */
export type Said = { readonly title: Words; readonly text: Words }

function filled(words: Words, data: Data, tenant: Pick<Tenant, 'name'>): Words {
  const inOne = (locale: Locale): string =>
    say(words, locale, {
      ...Object.fromEntries(Object.entries(data).map(([name, value]) => [name, typeof value === 'object' ? value[locale] : value])),
      [COMMUNITY]: tenant.name,
    })
  return { id: inOne('id'), en: inOne('en') }
}

/** What a notification says, in both languages. Throws, as our own mistake, when a declared place was given nothing. */
export function contentOf(kind: NotificationKind, said: Said, data: Data, tenant: Pick<Tenant, 'name'>): Content {
  for (const place of Object.keys(kind.places))
    if (!Object.hasOwn(data, place)) throw new Error(`${kind.name} is told without a value for {${place}}.`)
  return { title: filled(said.title, data, tenant), message: filled(said.text, data, tenant), data }
}

export type Told = { readonly title: string; readonly text: string; readonly url: string }
type Written = { readonly subject: string; readonly text: string }

const CHOOSE: Words = { id: 'Mengatur pemberitahuan: {url}', en: 'Choose what you are told: {url}' }

/** A mail about one thing. */
export const mailOf = ({ title, text, url }: Told, community: string, choices: string, locale: Locale): Written => ({
  subject: title,
  text: `${text}\n\n${url}\n\n${community}\n${say(CHOOSE, locale, { url: choices })}\n`,
})

/** A mail about everything since the last one. */
export const digestOf = (all: readonly Told[], community: string, choices: string, locale: Locale): Written => ({
  subject:
    all.length === 1
      ? (all[0]?.title ?? '')
      : say({ id: '{n} pemberitahuan dari {community}', en: '{n} notifications from {community}' }, locale, { n: all.length, community }),
  text: `${all.map(({ title, text, url }) => `${title}\n${text}\n${url}`).join('\n\n')}\n\n${community}\n${say(CHOOSE, locale, { url: choices })}\n`,
})

/** Short: an SMS is 160 characters, and every part more is paid for. */
export const smsOf = ({ title, url }: Told, community: string): string => `${community}: ${title} ${url}`

/** What the service worker (web/public/sw.js) is given. `tag`: a second copy replaces the first instead of standing beside it. */
export const pushOf = ({ title, text, url }: Told, community: string, tag: string): string =>
  JSON.stringify({ title, body: `${text}\n${community}`, url: new URL(url).pathname, tag })
