// Why a sheet cannot be read, said to the person who chose the file.
import { say, type Words } from '#kernel/words.ts'

const LEGACY: Words = {
  id:
    'Ini buku kerja Excel 97–2003 (.xls) atau buku kerja berkata sandi. Buka di Excel atau LibreOffice, simpan sebagai ' +
    '.xlsx tanpa kata sandi, lalu unggah lagi.',
  en:
    'This is an Excel 97–2003 workbook (.xls) or one with a password. Open it in Excel or LibreOffice, save it as .xlsx ' +
    'without a password, then upload it again.',
}

const WORDS = {
  sheet_legacy: LEGACY,
  sheet_other_format: {
    id: 'Ini bukan .xlsx atau .csv melainkan {format}. Buka file ini, simpan sebagai .xlsx, lalu unggah lagi.',
    en: 'This is not .xlsx or .csv but {format}. Open the file, save it as .xlsx, then upload it again.',
  },
  sheet_unknown: {
    id: 'File ini bukan lembar kerja. Pilih file .xlsx atau .csv.',
    en: 'This file is not a spreadsheet. Choose an .xlsx or .csv file.',
  },
  sheet_damaged: {
    id: 'File ini rusak. Buka di Excel atau LibreOffice, simpan lagi sebagai .xlsx, lalu unggah lagi.',
    en: 'This file is damaged. Open it in Excel or LibreOffice, save it as .xlsx again, then upload it again.',
  },
  sheet_empty: {
    id: 'Lembar kerja ini kosong. Isi judul kolom di baris pertama dan data di bawahnya.',
    en: 'This sheet is empty. Put headings in the first row and data below them.',
  },
  sheet_too_large: {
    id: 'File ini terlalu besar (paling besar {limit} MB). Bagi menjadi beberapa file.',
    en: 'This file is too large (at most {limit} MB). Split it into several files.',
  },
  sheet_unpacks_too_large: {
    id:
      'Isi file ini terlalu besar setelah dibuka (paling besar {limit} MB). Hapus gambar dan lembar yang tidak perlu, atau ' +
      'bagi menjadi beberapa file.',
    en: 'This file unpacks to too much data (at most {limit} MB). Remove pictures and unneeded sheets, or split it into several files.',
  },
  sheet_too_many_rows: {
    id: 'Lembar kerja ini lebih dari {limit} baris. Bagi menjadi beberapa file.',
    en: 'This sheet has more than {limit} rows. Split it into several files.',
  },
  sheet_too_many_columns: {
    id: 'Lembar kerja ini lebih dari {limit} kolom. Hapus kolom yang tidak perlu.',
    en: 'This sheet has more than {limit} columns. Remove the ones you do not need.',
  },
  sheet_cell_too_long: {
    id: 'Sel di baris {row}, kolom {column} lebih dari {limit} huruf. Pendekkan isinya, atau periksa tanda kutip yang belum ditutup.',
    en:
      'The cell in row {row}, column {column} is longer than {limit} characters. Shorten it, or look for a quotation mark ' +
      'that was never closed.',
  },
} as const satisfies Record<string, Words>

export type SheetErrorCode = keyof typeof WORDS
export const SHEET_ERRORS: readonly string[] = Object.keys(WORDS)

/** A sheet was refused. `code` is stable; `words` with `values` says what to do; the content of cells is never in it. */
export class SheetError extends Error {
  override name = 'SheetError'
  readonly code: SheetErrorCode
  readonly words: Words
  readonly values: Readonly<Record<string, string | number>>

  constructor(code: SheetErrorCode, values: Record<string, string | number> = {}, options?: ErrorOptions) {
    super(say(WORDS[code], 'en', values), options)
    this.code = code
    this.words = WORDS[code]
    this.values = values
  }
}
