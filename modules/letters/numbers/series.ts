// Which numbers follow each other: one sequence for everything, one per kind of letter, or one per classification.
import type { Words } from '#kernel/words.ts'

const w = (id: string, en: string): Words => ({ id, en })

/** How a village counts. The first three are those of the legacy system (1, 2, 3); the fourth is what villages ask for besides. */
export const NUMBERING = {
  SERVICE: w('Satu urutan untuk semua surat layanan', 'One sequence for all letters to residents'),
  TYPE: w('Satu urutan per jenis surat', 'One sequence per kind of letter'),
  GLOBAL: w('Satu urutan untuk semua, termasuk surat masuk dan keluar', 'One sequence for everything, with incoming and outgoing mail'),
  CLASSIFICATION: w('Satu urutan per kode klasifikasi', 'One sequence per classification code'),
} satisfies Record<string, Words>
export type Numbering = keyof typeof NUMBERING

/** What gets a number: a letter to a resident, mail that came in, mail that went out. */
export const FLOW = {
  LETTER: w('Surat layanan', 'Letter to a resident'),
  INCOMING: w('Surat masuk', 'Incoming mail'),
  OUTGOING: w('Surat keluar', 'Outgoing mail'),
} satisfies Record<string, Words>
export type Flow = keyof typeof FLOW

export type Counted = { readonly flow: Flow; readonly code: string; readonly classification: string | null }

/** The name of the sequence. Templates that share a code share a sequence: their numbers would look the same. */
export function scopeOf(numbering: Numbering, { flow, code, classification }: Counted): string {
  if (numbering === 'GLOBAL') return 'all'
  if (numbering === 'CLASSIFICATION' && flow !== 'INCOMING') return `class:${classification ?? '-'}`
  if (numbering === 'TYPE' && flow === 'LETTER') return `type:${code.toUpperCase()}`
  return flow.toLowerCase()
}
