// What checking the logs can find, and how a person is told.
import type { Words } from '#kernel/words.ts'
import type { LogName } from './canonical.ts'

export type Finding =
  | {
      readonly what: 'changed' | 'missing' | 'added'
      readonly log: LogName
      readonly id: string /** RFC 3339. */
      readonly at: string
      readonly sequence: number | null
    }
  | {
      readonly what: 'seal_missing' | 'seal_changed' | 'seal_differs' | 'seal_unchained' | 'seal_digest' | 'dropped_early'
      readonly log: LogName
      readonly sequence: number
      readonly month: string | null
    }

/** How far one log was checked. */
export type Checked = {
  /** Rows that agree with their seals. */
  rows: number
  seals: number
  /** Rows of months that retention dropped: only their seals were checked. */
  dropped: number
  droppedMonths: string[]
  /** Rows not sealed yet: written a moment ago. */
  waiting: number
  /** Rows that say they are more than a day older than rows that were final before them: written later than they claim. */
  backdated: number
  firstBackdated: string | null
}

export const nothingChecked = (): Checked => ({
  rows: 0,
  seals: 0,
  dropped: 0,
  droppedMonths: [],
  waiting: 0,
  backdated: 0,
  firstBackdated: null,
})

export const LOG_WORDS: Readonly<Record<LogName, Words>> = {
  'core.audit_logs': { id: 'catatan perubahan', en: 'change log' },
  'core.security_events': { id: 'catatan keamanan', en: 'security log' },
}

/** The sentence for a finding; its places are `log`, `row`, `at`, `seal`, `month`. */
export const FINDING_WORDS: Readonly<Record<Finding['what'], Words>> = {
  changed: {
    id: 'Baris {row} ({at}) di {log} TELAH DIUBAH: isinya bukan lagi yang disegel (segel {seal}).',
    en: 'Row {row} ({at}) of the {log} WAS CHANGED: it is no longer what was sealed (seal {seal}).',
  },
  missing: {
    id: 'Baris {row} ({at}) di {log} HILANG: sudah disegel (segel {seal}), kini tidak ada.',
    en: 'Row {row} ({at}) of the {log} IS MISSING: it was sealed (seal {seal}) and is gone.',
  },
  added: {
    id: 'Baris {row} ({at}) di {log} DISISIPKAN: berada di antara baris yang sudah disegel, tetapi tidak ikut disegel.',
    en: 'Row {row} ({at}) of the {log} WAS ADDED: it lies among sealed rows and was not sealed with them.',
  },
  seal_missing: { id: 'Segel {seal} dari {log} HILANG.', en: 'Seal {seal} of the {log} IS MISSING.' },
  seal_changed: {
    id: 'Segel {seal} dari {log} TELAH DIUBAH: isinya tidak cocok dengan sidiknya.',
    en: 'Seal {seal} of the {log} WAS CHANGED: what it says does not fit its hash.',
  },
  seal_unchained: {
    id: 'Segel {seal} dari {log} tidak bersambung dengan segel sebelumnya: ada yang diganti.',
    en: 'Seal {seal} of the {log} does not follow from the one before: something was replaced.',
  },
  seal_differs: {
    id: 'Segel {seal} dari {log} di basis data BERBEDA dari yang disimpan terpisah: basis data ditulis ulang mulai dari sini.',
    en: 'Seal {seal} of the {log} in the database DIFFERS from the one kept apart: the database was rewritten from here on.',
  },
  seal_digest: {
    id: 'Segel {seal} dari {log}: barisnya tampak sama, tetapi sidik utuhnya tidak. Ada baris yang dipalsukan dengan sengaja.',
    en: 'Seal {seal} of the {log}: its rows look the same, but their whole hashes do not. A row was forged on purpose.',
  },
  dropped_early: {
    id: 'Segel {seal} dari {log}: bulan {month} dihapus sebelum waktunya.',
    en: 'Seal {seal} of the {log}: the month {month} was dropped before its time.',
  },
}
