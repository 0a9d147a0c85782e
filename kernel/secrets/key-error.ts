// What can be wrong with a key, said so that the person who runs the server knows what to do.
import { say, type Words } from '#kernel/words.ts'

/** A key is missing, malformed or damaged. `code` is stable; `words` tells the operator what to do; never carries key material. */
export class KeyError extends Error {
  readonly code: string
  readonly words: Words
  readonly values: Readonly<Record<string, unknown>>
  constructor(code: string, words: Words, values: Record<string, unknown> = {}) {
    super(say(words, 'en', values))
    this.name = 'KeyError'
    this.code = code
    this.words = words
    this.values = values
  }
}

export const KEY_WORDS = {
  malformed: {
    id:
      '{variable} tidak terbaca (kunci ke-{place}). Isi dengan 32 byte dalam base64 atau heksadesimal, misalnya hasil dari: ' +
      'openssl rand -base64 32',
    en:
      '{variable} cannot be read (key number {place}). Set it to 32 bytes in base64 or hexadecimal, such as the output of: ' +
      'openssl rand -base64 32',
  },
  file: {
    id:
      'File kunci {file} rusak: isinya bukan 32 byte base64 atau heksadesimal. Kembalikan file ini dari cadangan; tanpa ' +
      'kunci ini data rahasia tidak dapat dibuka.',
    en:
      'The key file {file} is damaged: it does not hold 32 bytes in base64 or hexadecimal. Restore it from a backup; without ' +
      'this key no secret can be opened.',
  },
  unreadable: {
    id: 'File kunci {file} tidak dapat dibaca atau dibuat ({reason}). Periksa hak akses foldernya.',
    en: 'The key file {file} cannot be read or made ({reason}). Check the permissions of its folder.',
  },
  master: {
    id:
      'Kunci induk {id} tidak ada, padahal data dikunci dengannya. Kembalikan master.key dari cadangan, atau tambahkan kunci ' +
      'lama di belakang BALAI_KEY, dipisah koma.',
    en:
      'The master key {id} is missing, but data is locked with it. Restore master.key from a backup, or add the old key to ' +
      'the end of BALAI_KEY after a comma.',
  },
  absent: {
    id: 'Komunitas ini belum punya kunci data.',
    en: 'This community has no data key yet.',
  },
  damaged: {
    id: 'Kunci data versi {version} rusak atau milik komunitas lain. Kembalikan basis data dari cadangan.',
    en: 'Data key version {version} is damaged or belongs to another community. Restore the database from a backup.',
  },
  full: {
    id: 'Kunci data sudah diganti {version} kali; tidak dapat diganti lagi.',
    en: 'The data key has been changed {version} times; it cannot be changed again.',
  },
} as const satisfies Record<string, Words>
