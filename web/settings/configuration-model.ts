// Declared settings as the server says them, and the cache they share.
import type { Field } from '#kernel/resource/field.ts'

/** A declared setting as the server says it; `version` is 0 when nothing was ever set. */
export type SettingJson = {
  readonly id: string
  readonly name: string
  readonly category: string
  readonly field: Field
  readonly public: boolean
  readonly value: unknown
  readonly default: unknown
  readonly set: boolean
  readonly misfits: boolean
  readonly needed: boolean
  readonly version: number
  readonly updated_at: string | null
}

export const settingsKey = (tenant: string) => ['settings', tenant] as const
