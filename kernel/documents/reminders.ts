// When people are reminded that a document ends, who, and in which words: 90, 60, 30, 14, 7 and 1 days before, on the day, then every week.
import type { Ctx } from '#kernel/ctx.ts'
import { documentExpiring } from '#kernel/notifications/own.ts'
import type { Words } from '#kernel/words.ts'

const BEFORE = [90, 60, 30, 14, 7, 1, 0]

/**
 * The step that is due with so many days left (negative: days since): the last one whose day has come, so that a day on which nothing ran is
 * made up for, and only the latest of several is told. Steps after the end are -7, -14, … Null: none yet.
 */
export function stepOn(days: number): number | null {
  if (days < 0) return days > -7 ? 0 : -Math.floor(-days / 7) * 7
  return BEFORE.findLast((step) => days <= step) ?? null
}

/** How it stands, with so many days left (negative: days since the last one). */
export function endsWhen(days: number): Words {
  if (days === 0) return { id: 'berakhir hari ini', en: 'expires today' }
  if (days === 1) return { id: 'berakhir besok', en: 'expires tomorrow' }
  if (days > 0) return { id: `berakhir ${days} hari lagi`, en: `expires in ${days} days` }
  if (days === -1) return { id: 'kedaluwarsa kemarin', en: 'expired yesterday' }
  return { id: `kedaluwarsa ${-days} hari yang lalu`, en: `expired ${-days} days ago` }
}

const longDay = (locale: string, day: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day))

/** A latest version that ends. `expiry_date`: its last day, `YYYY-MM-DD`; `days`: until then. */
export type Ending = {
  readonly version_id: string
  readonly document_id: string
  readonly title: string
  readonly uploaded_by: string | null
  readonly expiry_date: string
  readonly days: number
}

/** Tells whoever may change the document, and whoever uploaded the version; those of them who see it, once per step. */
export async function tellEnding(ctx: Ctx, ending: Ending, step: number): Promise<void> {
  const { version_id, document_id, title, uploaded_by, expiry_date, days } = ending
  const notice = {
    kind: documentExpiring.name,
    about: { resource: 'core.documents', id: document_id },
    data: { title, when: endsWhen(days), date: { id: longDay('id-ID', expiry_date), en: longDay('en-GB', expiry_date) } },
    key: `${documentExpiring.name}:${version_id}:${expiry_date}:${step}`,
  }
  await ctx.notify({ ...notice, to: { permission: 'core.documents:update' } })
  // The same key: whoever is both is told once.
  if (uploaded_by) await ctx.notify({ ...notice, to: { users: [uploaded_by] } })
}
