// What somebody was typing survives a closed tab. Secret fields never touch the disk; signing out forgets everything.
import type { Field } from '#kernel/resource/field.ts'

const PREFIX = 'balai.draft.'
const OLD = 14 * 86_400_000

export type Draft = {
  readonly at: number
  /** The version it was based on; absent for something new. */
  readonly version?: number
  readonly changes: Readonly<Record<string, unknown>>
  readonly titles: Readonly<Record<string, string | null>>
}

export const draftKey = (user: string, tenant: string, resource: string, id: string): string =>
  `${PREFIX}${user}.${tenant}.${resource}.${id}`

export function readDraft(key: string): Draft | null {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? 'null') as Draft | null
    if (!draft || typeof draft.at !== 'number' || Date.now() - draft.at > OLD) return null
    return draft
  } catch {
    return null
  }
}

export function keepDraft(key: string, fields: Readonly<Record<string, Field>>, draft: Draft): void {
  const plain = Object.fromEntries(
    Object.entries(draft.changes).filter(([name]) => fields[name] && !fields[name].secret && name !== 'password'),
  )
  try {
    if (Object.keys(plain).length === 0) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify({ ...draft, changes: plain }))
  } catch {
    // A full or forbidden storage costs the draft, not the form.
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Nothing was kept then.
  }
}

export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
  } catch {
    // Nothing was kept then.
  }
}
