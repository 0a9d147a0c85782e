// What a file is, told by its first bytes and never by what it claims; the few kinds that are taken, and what its name must end in.
// Signatures: PDF (ISO 32000-2 §7.5.2), JPEG (ITU-T T.81), PNG (RFC 2083), WebP (RFC 9649), ZIP (APPNOTE 4.3.7), OpenDocument (ODF 1.3 part 2 §3.3).
import { refused } from './refusals.ts'

export type FileKind = {
  readonly mime: string
  readonly extensions: readonly string[]
  readonly family: 'image' | 'pdf' | 'office'
  /** How people call it. */
  readonly name: string
  /** A part that an office file of this kind must have. */
  readonly part?: string
}

const kind = (mime: string, name: string, family: FileKind['family'], extensions: readonly string[], part?: string): FileKind => ({
  mime,
  name,
  family,
  extensions,
  ...(part ? { part } : {}),
})

const OPEN = 'application/vnd.openxmlformats-officedocument.'
export const PDF = kind('application/pdf', 'PDF', 'pdf', ['pdf'])
export const JPEG = kind('image/jpeg', 'JPEG', 'image', ['jpg', 'jpeg', 'jfif'])
export const PNG = kind('image/png', 'PNG', 'image', ['png'])
export const WEBP = kind('image/webp', 'WebP', 'image', ['webp'])
const OOXML = [
  kind(`${OPEN}wordprocessingml.document`, 'Word', 'office', ['docx'], 'word/document.xml'),
  kind(`${OPEN}spreadsheetml.sheet`, 'Excel', 'office', ['xlsx'], 'xl/workbook.xml'),
  kind(`${OPEN}presentationml.presentation`, 'PowerPoint', 'office', ['pptx'], 'ppt/presentation.xml'),
]
const ODF = [
  kind('application/vnd.oasis.opendocument.text', 'OpenDocument', 'office', ['odt'], 'content.xml'),
  kind('application/vnd.oasis.opendocument.spreadsheet', 'OpenDocument', 'office', ['ods'], 'content.xml'),
]
export const FILE_KINDS: readonly FileKind[] = [PDF, JPEG, PNG, WEBP, ...OOXML, ...ODF]

/** How many first bytes are enough to tell. */
export const HEAD_BYTES = 4_096

const extensionOf = (name: string): string => /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? ''

/** The kind of a file by its first bytes; its name must fit. Throws 415 or 422 with the reason. */
export function kindOf(head: Buffer, name: string): FileKind {
  if (!head.length) throw refused('file_empty')
  const extension = extensionOf(name)
  const found = sniff(head, extension)
  if (!found.extensions.includes(extension))
    throw refused('file_extension', { extension: extension ? `.${extension}` : '(…)', found: found.name })
  return found
}

const starts = (head: Buffer, text: string, at = 0): boolean => head.subarray(at, at + text.length).equals(Buffer.from(text, 'latin1'))

function sniff(head: Buffer, extension: string): FileKind {
  if (starts(head, '%PDF-')) return PDF
  if (starts(head, '\xff\xd8\xff')) return JPEG
  if (starts(head, '\x89PNG\r\n\x1a\n')) return PNG
  if (starts(head, 'RIFF') && starts(head, 'WEBP', 8)) return WEBP
  if (starts(head, 'PK\x03\x04')) return zipKind(head, extension)
  if (starts(head, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) throw refused('file_old_office')
  if (
    ['MZ', '\x7fELF', '#!', '\xca\xfe\xba\xbe', '\xfe\xed\xfa', '\xcf\xfa\xed\xfe', '\xce\xfa\xed\xfe', 'L\0\0\0\x01\x14\x02\0'].some((s) =>
      starts(head, s),
    )
  )
    throw refused('file_executable')
  if (['GIF8', 'BM', 'II*\0', 'MM\0*'].some((s) => starts(head, s)) || starts(head, 'ftyp', 4)) throw refused('file_other_image')
  if (/<svg[\s>]/i.test(head.toString('latin1'))) throw refused('file_svg')
  // A PDF behind something else is read by lenient readers, and as that something by others.
  if (head.includes('%PDF-')) throw refused('file_two_faced')
  throw refused('file_type_unknown')
}

/** A zip archive is one of the office kinds, or not taken at all. What is really in it is told by its table of contents, at its end. */
function zipKind(head: Buffer, extension: string): FileKind {
  if (starts(head, 'mimetype', 30)) {
    const found = ODF.find((k) => starts(head, k.mime, 38) && head[38 + k.mime.length] === 0x50)
    if (found) return found
    throw refused('file_type_unknown')
  }
  if (['docm', 'xlsm', 'pptm', 'dotm', 'xltm', 'xlsb'].includes(extension)) throw refused('file_macros')
  if (['jar', 'apk', 'xpi'].includes(extension)) throw refused('file_executable')
  const found = OOXML.find((k) => k.extensions.includes(extension))
  if (!found) throw refused('file_type_unknown')
  return found
}
