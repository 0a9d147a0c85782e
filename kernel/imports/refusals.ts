// Every no of the import routes that is no field’s.
import { Refusal } from '#kernel/http/refusal.ts'
import type { ImportRow } from './rows.ts'

/** 409: what is asked for does not follow from where the import is. */
export const wrongState = (row: ImportRow): Refusal =>
  row.status === 'applied'
    ? new Refusal(409, 'import_applied', {
        id: 'Impor ini sudah selesai. Unggah berkas lagi untuk impor baru.',
        en: 'This import is done. Upload the file again for a new one.',
      })
    : new Refusal(409, 'import_state', {
        id: 'Impor ini belum sampai di langkah itu, atau sedang dikerjakan. Muat ulang halaman.',
        en: 'This import is not at that step yet, or is being worked on. Reload the page.',
      })

export const invalidCursor = (): Refusal =>
  new Refusal(400, 'invalid_cursor', { id: 'Penanda halaman ini tidak dikenal.', en: 'This page marker is not known.' })

/** A whole number of a query string. Throws 400. */
export function numberIn(text: string | undefined, otherwise: number, from: number, to: number): number {
  if (text === undefined) return otherwise
  const number = Number(text)
  if (!Number.isInteger(number) || number < from || number > to) throw from === 0 ? invalidCursor() : invalidLimit(to)
  return number
}

const invalidLimit = (max: number): Refusal =>
  new Refusal(400, 'invalid_limit', { id: 'Jumlah per halaman 1 sampai {max}.', en: 'A page has 1 to {max} entries.' }, [], {
    more: { max },
  })
