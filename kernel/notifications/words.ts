// What a community says in its own words instead of ours: kept per kind, with history; a row that is deleted is back to the default.
import type { Db } from '#kernel/db/db.ts'
import { type FieldProblem, invalid } from '#kernel/http/refusal.ts'
import { longText, text } from '#kernel/resource/field.ts'
import type { Guard } from '#kernel/resource/guard.ts'
import { resource } from '#kernel/resource/resource.ts'
import { COMMUNITY, type NotificationKind, placesIn, TEXT_MAX, TITLE_MAX } from './kind.ts'
import type { Said } from './say-notice.ts'

export const notificationWords = resource('core.notification_words', {
  label: {
    one: { id: 'Kata-kata pemberitahuan', en: 'Words of a notification' },
    many: { id: 'Kata-kata pemberitahuan', en: 'Words of notifications' },
  },
  doc: 'What a notification says in this community, where it says it differently from the default. Deleting it goes back to the default.',
  fields: {
    kind: text({ id: 'Pemberitahuan', en: 'Notification' }, { max: 100, pattern: '[a-z_]+\\.[a-z_]+' }),
    title_id: text({ id: 'Judul (Indonesia)', en: 'Title (Indonesian)' }, { min: 1, max: TITLE_MAX }),
    text_id: longText({ id: 'Isi (Indonesia)', en: 'Text (Indonesian)' }, { min: 1, max: TEXT_MAX }),
    title_en: text({ id: 'Judul (Inggris)', en: 'Title (English)' }, { min: 1, max: TITLE_MAX }),
    text_en: longText({ id: 'Isi (Inggris)', en: 'Text (English)' }, { min: 1, max: TEXT_MAX }),
  },
  title: ['kind'],
  list: ['kind', 'title_id', 'title_en'],
  sort: ['kind'],
  filter: ['kind'],
  unique: [
    {
      name: 'notification_words_kind_key',
      fields: ['kind'],
      message: { id: 'Pemberitahuan ini sudah punya kata-kata sendiri.', en: 'This notification has words of its own already.' },
    },
  ],
  verbs: ['read', 'create', 'update', 'delete', 'restore'],
  hidden: true,
})

const FIELDS = ['title_id', 'text_id', 'title_en', 'text_en'] as const

/** What is wrong with words for a kind: a place that nothing fills, or a brace that is no place. */
export function wordProblems(kind: NotificationKind, values: Readonly<Record<string, unknown>>): FieldProblem[] {
  const known = [...Object.keys(kind.places), COMMUNITY]
  const problems: FieldProblem[] = []
  for (const field of FIELDS) {
    const written = values[field]
    if (typeof written !== 'string') continue
    const unknown = placesIn(written).find((place) => !known.includes(place))
    if (unknown !== undefined)
      problems.push({
        field,
        code: 'unknown_place',
        message: {
          id: 'Tidak ada yang mengisi {opening}{unknown}{closing} di sini. Yang ada: {known}.',
          en: 'Nothing fills {opening}{unknown}{closing} here. What there is: {known}.',
        },
        values: { unknown, known: known.map((place) => `{${place}}`).join(', '), opening: '{', closing: '}' },
      })
    else if (/[{}]/.test(written.replaceAll(/\{\w+\}/g, '')))
      problems.push({
        field,
        code: 'open_brace',
        message: {
          id: 'Ada kurung kurawal yang tidak lengkap. Tulis isian seperti {example}.',
          en: 'A brace is not closed or not opened. Write a place like {example}.',
        },
        values: { example: `{${known[0]}}` },
      })
  }
  return problems
}

export const wordsGuard: Guard = {
  resource: notificationWords.name,
  check: async (_ctx, { verb, values, row }, model) => {
    if (verb === 'delete') return
    const now = { ...row, ...values } as Record<string, unknown>
    const kind = model.notifications.get(String(now['kind']))
    if (!kind)
      throw invalid([
        {
          field: 'kind',
          code: 'unknown_notification',
          message: { id: 'Pemberitahuan ini tidak ada.', en: 'There is no such notification.' },
        },
      ])
    const problems = wordProblems(kind, now)
    if (problems.length) throw invalid(problems)
  },
}

type Row = { kind: string; title_id: string; text_id: string; title_en: string; text_en: string }

/** The words of a kind in this community: its own, or the default. */
export async function wordsOf(db: Db, tenantId: string, kind: NotificationKind): Promise<Said> {
  const { rows } = await db.query<Row>(
    `select kind, title_id, text_id, title_en, text_en from core.notification_words where tenant_id = $1 and kind = $2 and deleted_at is null`,
    [tenantId, kind.name],
  )
  const own = rows[0]
  return own ? { title: { id: own.title_id, en: own.title_en }, text: { id: own.text_id, en: own.text_en } } : kind
}
