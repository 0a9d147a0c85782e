// Adds a signature field to a PDF behind its last byte (ISO 32000-1 §7.5.6): what was there stays as it is, and stays PDF/A.
import { createHash } from 'node:crypto'
import { alreadySigned, pdfNotSignable } from './refusals.ts'
import type { How } from './signer.ts'

/** A PDF with a hole where the signature goes. */
export type Prepared = {
  readonly bytes: Buffer
  /** Start and length of what is before the hole, start and length of what is behind it. */
  readonly range: readonly [number, number, number, number]
}

type Found = { readonly offsets: ReadonlyMap<number, number>; readonly trailer: string; readonly startxref: number }

/** PDFs are bytes; as latin1 every byte is one character and every offset stays true. */
const latin = (pdf: Uint8Array): string => Buffer.from(pdf.buffer, pdf.byteOffset, pdf.length).toString('latin1')

/** Where every object is, by the one cross-reference table that our typesetter writes. Tables of other makers are refused. */
function tableOf(text: string): Found {
  const startxref = Number(/startxref\s+(\d{1,12})\s+%%EOF\s*$/.exec(text.slice(-60))?.[1] ?? NaN)
  const table = /^xref\s+/.exec(text.slice(startxref, startxref + 20))
  if (!Number.isInteger(startxref) || !table) throw pdfNotSignable()
  const end = text.indexOf('trailer', startxref)
  const trailer = end < 0 ? '' : text.slice(end)
  if (/\/(?:Encrypt|Prev|XRefStm)\b/.test(trailer)) throw pdfNotSignable()
  const offsets = new Map<number, number>()
  const lines = text.slice(startxref + table[0].length, end).split(/\r\n|\r|\n/)
  for (let at = 0, number = 0; at < lines.length; at++) {
    const line = lines[at]?.trim() ?? ''
    const entry = /^(\d{10}) \d{5} ([nf])$/.exec(line)
    if (entry) {
      if (entry[2] === 'n') offsets.set(number, Number(entry[1]))
      number++
      continue
    }
    const head = /^(\d+) \d+$/.exec(line)
    if (head) number = Number(head[1])
    else if (line) throw pdfNotSignable()
  }
  return { offsets, trailer, startxref }
}

const one = (found: RegExpExecArray | null): string => {
  if (!found?.[1]) throw pdfNotSignable()
  return found[1]
}

/** The dictionary of an object, between its outer angle brackets. */
function dictionaryOf(text: string, { offsets }: Found, number: number): string {
  const start = offsets.get(number)
  const end = start === undefined ? -1 : text.indexOf('endobj', start)
  if (start === undefined || end < 0) throw pdfNotSignable()
  const match = new RegExp(`^${number} 0 obj\\s*<<([^]*)>>\\s*$`).exec(text.slice(start, end))
  return one(match)
}

/** The number of the first page, down the tree of pages. */
function firstPage(text: string, found: Found, root: string): number {
  let number = Number(one(/\/Pages\s+(\d+) 0 R/.exec(root)))
  for (let depth = 0; depth < 20; depth++) {
    const node = dictionaryOf(text, found, number)
    if (/\/Type\s*\/Page(?!s)/.test(node)) return number
    number = Number(one(/\/Kids\s*\[\s*(\d+) 0 R/.exec(node)))
  }
  throw pdfNotSignable()
}

function withAnnotation(page: string, widget: number): string {
  if (!/\/Annots\b/.test(page)) return `${page} /Annots [${widget} 0 R]`
  if (!/\/Annots\s*\[/.test(page)) throw pdfNotSignable()
  return page.replace(/\/Annots\s*\[/, (start) => `${start}${widget} 0 R `)
}

/** Any text, as UTF-16 with its mark (§7.9.2.2), in hexadecimal so that nothing in it means anything. */
const hexText = (text: string): string => `<FEFF${Buffer.from(text.toWellFormed(), 'utf16le').swap16().toString('hex').toUpperCase()}>`

/** `D:20261121031500Z` (§7.9.4). */
const pdfDate = (at: Date): string => `(D:${at.toISOString().slice(0, 19).replaceAll(/\D/g, '')}Z)`

/** The table of what was added, in unbroken runs of numbers (§7.5.4). */
function newTable(added: ReadonlyMap<number, number>): string {
  const numbers = [...added.keys()].toSorted((a, b) => a - b)
  const runs: number[][] = []
  for (const number of numbers) {
    const last = runs.at(-1)
    if (last?.at(-1) === number - 1) last.push(number)
    else runs.push([number])
  }
  const line = (number: number): string => `${String(added.get(number)).padStart(10, '0')} 00000 n \n`
  return `xref\n${runs.map((run) => `${run[0]} ${run.length}\n${run.map(line).join('')}`).join('')}`
}

/**
 * The PDF with an invisible signature field and a hole of `room` bytes for the signature. Throws 422 `pdf_not_signable` for anything but
 * a PDF as our typesetter writes it, 409 `already_signed` when it has a form.
 */
export function prepare(pdf: Uint8Array, how: How, room: number): Prepared {
  const text = latin(pdf)
  if (!text.startsWith('%PDF-1.')) throw pdfNotSignable()
  if (/\/SubFilter\s*\/ETSI\.CAdES\.detached/.test(text)) throw alreadySigned()
  const found = tableOf(text)
  const rootNumber = Number(one(/\/Root\s+(\d+) 0 R/.exec(found.trailer)))
  const size = Number(one(/\/Size\s+(\d+)/.exec(found.trailer)))
  const id = one(/\/ID\s*\[\s*(\((?:\\.|[^\\)])*\)|<[0-9a-fA-F]*>)/.exec(found.trailer))
  const info = /\/Info\s+\d+ 0 R/.exec(found.trailer)?.[0] ?? ''
  const root = dictionaryOf(text, found, rootNumber)
  if (/\/AcroForm\b/.test(root)) throw alreadySigned()
  const pageNumber = firstPage(text, found, root)
  const page = dictionaryOf(text, found, pageNumber)
  const [signature, widget] = [size, size + 1]

  const before =
    `<<\n/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n/M ${pdfDate(how.at)}\n/Name ${hexText(how.name)}\n` +
    `/Reason ${hexText(how.reason)}\n/Location ${hexText(how.location)}\n/ByteRange [`
  const parts: [number, string][] = [
    [signature, `${before}${' '.repeat(44)}]\n/Contents <${'0'.repeat(room * 2)}>\n>>`],
    [
      widget,
      `<<\n/Type /Annot\n/Subtype /Widget\n/FT /Sig\n/T ${hexText('Tanda tangan')}\n/V ${signature} 0 R\n/Rect [0 0 0 0]\n/F 132\n/P ${pageNumber} 0 R\n>>`,
    ],
    [pageNumber, `<<${withAnnotation(page, widget)}\n>>`],
    [rootNumber, `<<${root} /AcroForm <<\n/Fields [${widget} 0 R]\n/SigFlags 3\n>>\n>>`],
  ]
  let tail = '\n'
  const added = new Map<number, number>()
  for (const [number, dictionary] of parts) {
    added.set(number, text.length + tail.length)
    tail += `${number} 0 obj\n${dictionary}\nendobj\n`
  }
  const changed = createHash('sha256').update(pdf).update(tail, 'latin1').digest('hex').slice(0, 32).toUpperCase()
  const at = text.length + tail.length
  tail += `${newTable(added)}trailer\n<<\n/Size ${size + 2}\n/Root ${rootNumber} 0 R\n${info}\n/ID [${id} <${changed}>]\n/Prev ${found.startxref}\n>>\nstartxref\n${at}\n%%EOF\n`

  const hole = text.length + tail.indexOf('/Contents <') + '/Contents '.length
  const behind = hole + room * 2 + 2
  const range = [0, hole, behind, text.length + tail.length - behind] as const
  const written = `${range.join(' ')}`.padEnd(44)
  const bytes = Buffer.concat([pdf, Buffer.from(tail.replace(`/ByteRange [${' '.repeat(44)}]`, `/ByteRange [${written}]`), 'latin1')])
  return { bytes, range }
}
