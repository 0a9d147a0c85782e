// What the server says of my choices, and how they are changed.
import type { Words } from '#kernel/words.ts'

export const CHANNELS = ['app', 'mail', 'sms', 'push'] as const
export type Channel = (typeof CHANNELS)[number]

export type KindChoice = {
  readonly name: string
  readonly module: string
  readonly label: Words
  readonly doc: Words
  readonly urgent: boolean
  readonly channels: readonly Channel[]
  readonly default: readonly Channel[]
  readonly chosen: boolean
}
export type HoursJson = {
  readonly quiet_from: string | null
  readonly quiet_until: string | null
  readonly digest_at: string | null
  readonly time_zone: string | null
}
export type Choices = {
  readonly reach: {
    readonly mail: { readonly carried: boolean; readonly address: string | null }
    readonly sms: { readonly carried: boolean; readonly address: string | null }
    readonly push: { readonly carried: boolean }
  }
  readonly kinds: readonly KindChoice[]
  readonly hours: HoursJson
  /** The community's own. */
  readonly time_zone: string
}

export const choicesKey = (tenant: string) => ['notification-choices', tenant] as const

export const CHANNEL_WORDS: Readonly<Record<Channel, Words>> = {
  app: { id: 'Lonceng', en: 'Bell' },
  mail: { id: 'Surel', en: 'E-mail' },
  sms: { id: 'SMS', en: 'SMS' },
  push: { id: 'Peramban', en: 'Browser' },
}
