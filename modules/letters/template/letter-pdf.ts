// A letter on paper: adds the QR code and hands plain data to the typesetter. The same letter at the same moment is the same bytes.
import { encode } from 'uqr'
import { Refusal } from '#kernel/http/refusal.ts'
import { typeset, typesetPicture } from '#kernel/pdf/typesetter.ts'
import type { PaperName } from '../codes.ts'
import type { LetterContent } from './content.ts'

/** Width and height in millimetres, and size of type in points. */
const PAPERS: Readonly<
  Record<PaperName, { width: number; height: number; size: number; margin: { x: number; top: number; bottom: number } }>
> = {
  A4: { width: 210, height: 297, size: 11, margin: { x: 22, top: 14, bottom: 18 } },
  F4: { width: 215, height: 330, size: 11.5, margin: { x: 22, top: 14, bottom: 18 } },
  A5: { width: 148, height: 210, size: 8.5, margin: { x: 14, top: 10, bottom: 14 } },
}

/** A QR code as SVG, dark modules as one path; quiet zone of four modules as ISO/IEC 18004 asks. */
export function qrSvg(text: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${path}" fill="#000"/></svg>`
}

/**
 * Sets a letter as tagged PDF/A-2a. `at`: when the file says it was made. Throws 422 `letter_not_set` when its tables cannot be laid out,
 * and what the typesetter throws.
 */
export const letterPdf = (content: LetterContent, { at }: { readonly at: Date }): Promise<Uint8Array<ArrayBuffer>> =>
  laidOut(typeset(PAGE, dataOf(content), Math.floor(at.getTime() / 1000)))

/** The same letter as a picture (SVG). */
export const letterPicture = (content: LetterContent): Promise<Uint8Array<ArrayBuffer>> => laidOut(typesetPicture(PAGE, dataOf(content)))

const PAGE = new URL('./letter.typ', import.meta.url)
const dataOf = (content: LetterContent): object => ({
  ...content,
  page: PAPERS[content.paper],
  qr: content.qr && { ...content.qr, svg: qrSvg(content.qr.url) },
})

async function laidOut(set: Promise<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await set
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(422, 'letter_not_set', {
      id: 'Surat ini tidak dapat disusun di kertas. Periksa tabelnya: sel yang digabung harus muat dalam tabel.',
      en: 'This letter cannot be laid out. Check its tables: merged cells have to fit into them.',
    })
  }
}
