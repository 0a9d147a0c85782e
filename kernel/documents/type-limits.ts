// What a document type takes: kinds of file, and how large.
import { tooLarge } from '#kernel/http/body.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import type { Stored } from '#kernel/resource/action.ts'

/** Throws 415 `type_takes_others`, 413 `too_large`. */
export function requireFits(type: Pick<Stored, string>, mime: string, size: number): void {
  const accepted = (type['mime_types'] ?? []) as string[]
  if (accepted.length && !accepted.includes(mime))
    throw new Refusal(
      415,
      'type_takes_others',
      { id: 'Jenis dokumen {type} hanya menerima {accepted}.', en: 'Documents of the type {type} take only {accepted}.' },
      [],
      { more: { type: type['name'], accepted: accepted.join(', ') } },
    )
  const most = type['max_bytes'] as number | null
  if (most !== null && size > most) throw tooLarge(most)
}
