// What people can be told, as a module declares it: the words in both languages, the places in them, and the ways they take by default.
import type { Words } from '#kernel/words.ts'

/** Ways besides the bell. */
export const WAYS = ['mail', 'sms', 'push'] as const
export type Way = (typeof WAYS)[number]
/** What a person chooses per kind: `app` is the bell; without it the line is kept, but nothing rings. */
export const CHANNELS = ['app', ...WAYS] as const
export type NotificationChannel = (typeof CHANNELS)[number]

/** Notification types exactly as the requirements list them. */
export const TYPES = ['info', 'success', 'warning', 'error'] as const
export type NotificationType = (typeof TYPES)[number]

export const TITLE_MAX = 120
export const TEXT_MAX = 600

/** A place in the words: what stands there, for whoever edits them, and what a preview shows. */
export type PlaceFact = { readonly label: Words; readonly example: Words }

export type NotificationKind = {
  /** `module.what_happened`, unique. */
  readonly name: string
  /** As people choose it: "A letter is ready". */
  readonly label: Words
  /** When one is told, in a sentence. */
  readonly doc: Words
  readonly type: NotificationType
  /** One line; `{place}` is filled from the data. */
  readonly title: Words
  readonly text: Words
  /** Every place that title and text may have besides `{community}`. */
  readonly places: Readonly<Record<string, PlaceFact>>
  /** Ways it takes, besides the bell, for people who chose nothing. */
  readonly ways: readonly Way[]
  /** Cannot wait: passes quiet hours and digests. */
  readonly urgent?: true
}

/** The place every kind has. */
export const COMMUNITY = 'community'

export const placesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')

/** Declares a kind. Throws at start when it contradicts itself. */
export function notificationKind(facts: NotificationKind): NotificationKind {
  const { name, title, text, places } = facts
  if (!/^[a-z_]+\.[a-z_]+$/.test(name) || name.length > 100) throw new Error(`A notification is named module.what_happened, not "${name}".`)
  for (const words of [title, text])
    for (const locale of ['id', 'en'] as const)
      for (const place of placesIn(words[locale]))
        if (place !== COMMUNITY && !Object.hasOwn(places, place))
          throw new Error(`${name} has a place {${place}} that it does not declare.`)
  for (const locale of ['id', 'en'] as const)
    if (title[locale].length > TITLE_MAX || text[locale].length > TEXT_MAX) throw new Error(`The words of ${name} are too long.`)
  return facts
}
