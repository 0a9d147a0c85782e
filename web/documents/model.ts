// What the server says of the documents of a record, and the words for it.
import type { Words } from '#kernel/words.ts'

export type DocumentJson = {
  readonly id: string
  readonly version: number
  readonly title: string
  readonly status: 'valid' | 'expired' | 'pending_review' | 'rejected'
  readonly type_id: string
  readonly type: string
  readonly version_id: string | null
  readonly number: number
  readonly file_name: string
  readonly mime_type: string
  readonly size: number
  readonly issue_date: string | null
  readonly expiry_date: string | null
  readonly issuing_authority: string | null
  readonly scan_state: ScanState
  readonly thumbnail: boolean
  readonly uploaded_at: string
  readonly may: readonly string[]
}

export type ScanState = 'not_scanned' | 'pending' | 'clean' | 'infected'

export const STATUS: Readonly<Record<DocumentJson['status'], { words: Words; tone: 'good' | 'wait' | 'harm' }>> = {
  valid: { words: { id: 'Berlaku', en: 'Valid' }, tone: 'good' },
  expired: { words: { id: 'Kedaluwarsa', en: 'Expired' }, tone: 'harm' },
  pending_review: { words: { id: 'Perlu diperiksa', en: 'To be reviewed' }, tone: 'wait' },
  rejected: { words: { id: 'Ditolak', en: 'Rejected' }, tone: 'harm' },
}

/** What cannot be opened now, and why. */
export const SHUT: Readonly<Partial<Record<ScanState, Words>>> = {
  pending: { id: 'Sedang diperiksa dari virus', en: 'Being scanned for viruses' },
  infected: { id: 'Bervirus; tidak dibuka', en: 'Infected; it is not opened' },
}

/** Files a browser may offer to choose; the server looks at what they really are. */
export const ACCEPT = '.pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx,.odt,.ods'

/** Whether it can be looked at here: a picture in a dialog, a PDF in a window of its own. */
export const shownAs = (mime: string): 'image' | 'window' | null =>
  mime.startsWith('image/') ? 'image' : mime === 'application/pdf' ? 'window' : null

/** `1,4 MB`, in the numbers of the reader's language. */
export function sizeOf(bytes: number, number: (value: number) => string): string {
  if (bytes < 1_000) return `${number(bytes)} B`
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB']
  return `${number(value < 10 ? Math.round(value * 10) / 10 : Math.round(value))} ${unit}`
}
