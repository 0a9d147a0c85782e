// What a name, username, e-mail and password must be, said so that the person can put it right.
import type { FieldProblem } from '#kernel/http/refusal.ts'
import type { Words } from '#kernel/words.ts'

export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 128
/** How the address ends that stands in for a missing one; never shown, never written to, never signed in with. */
export const NO_MAIL = '@no-mail.invalid'

const USERNAME = /^[a-z0-9][a-z0-9._-]{2,29}$/
const EMAIL = /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/

/** Long enough to pass the length rule, and the first that anyone tries: in Indonesian and English. */
const WORST = new Set(
  `1234567890 0123456789 0987654321 12345678910 123456789a 1234567890a a123456789 abc1234567 abcd123456 abcdefghij
  1q2w3e4r5t 1qaz2wsx3edc q1w2e3r4t5 qwertyuiop qwerty1234 qwerty12345 qwerty123456 asdfghjkl1 asdfghjkl123 zxcvbnm123
  password12 password123 password1234 passw0rd123 p@ssw0rd123 p@ssword123 passwordku admin12345 admin123456 adminadmin
  administrator superadmin superadmin1 operator123 operator1234 welcome123 welcome1234 letmein123 changeme123 iloveyou123
  rahasia123 rahasia1234 rahasia12345 rahasiaku1 rahasiaku123 rahasiabanget katasandi1 katasandi123 sandiku123 gantisaya1
  indonesia1 indonesia123 indonesia45 indonesia1945 indonesiaraya merdeka123 merdeka1945 merdeka17845 pancasila1 pancasila123
  garuda12345 nusantara1 nusantara123 bismillah1 bismillah12 bismillah123 bismillah1234 alhamdulillah subhanallah sayangkamu
  sayangku123 akusayangkamu akucintakamu cintaku123 jakarta123 bandung123 surabaya123 semarang123 yogyakarta jogjakarta
  desa123456 desaku1234 balaidesa1 balaidesa123 kelurahan1 kelurahan123 kecamatan1 kecamatan123 pemerintah pemerintah1
  kepaladesa kepaladesa1 sekretaris sekretaris1 sekdes1234 kantordesa kantordesa1 opensid123 terserah123`.split(/\s+/),
)

const problem = (field: string, code: string, message: Words): FieldProblem => ({ field, code, message })

/** What is wrong with a password for this person; empty when nothing is. `names`: their username and e-mail. */
export function passwordProblems(password: string, names: readonly (string | null)[], field = 'password'): FieldProblem[] {
  const length = [...password].length
  const plain = password.normalize('NFKC').toLowerCase()
  const own = names.flatMap((name) => (name ? [name.toLowerCase(), name.toLowerCase().split('@')[0]] : []))
  if (length < PASSWORD_MIN) {
    return [
      problem(field, 'too_short', {
        id: `Pakai paling sedikit ${PASSWORD_MIN} karakter. Beberapa kata sekaligus mudah diingat.`,
        en: `Use at least ${PASSWORD_MIN} characters. A few words together are easy to remember.`,
      }),
    ]
  }
  if (password.length > PASSWORD_MAX) {
    return [
      problem(field, 'too_long', { id: `Pakai paling banyak ${PASSWORD_MAX} karakter.`, en: `Use at most ${PASSWORD_MAX} characters.` }),
    ]
  }
  if (own.includes(plain)) {
    return [
      problem(field, 'same_as_name', {
        id: 'Jangan memakai nama pengguna atau e-mail Anda sebagai kata sandi.',
        en: 'Do not use your username or e-mail as your password.',
      }),
    ]
  }
  if (WORST.has(plain) || new Set(plain).size < 4) {
    return [
      problem(field, 'too_common', {
        id: 'Kata sandi ini termasuk yang pertama ditebak orang. Pilih yang lain.',
        en: 'This password is among the first that people guess. Choose another.',
      }),
    ]
  }
  return []
}

export type AccountInput = { readonly name: string; readonly username: string; readonly email?: string | null }

/** What is wrong with the names of a new account. Expects trimmed values, username and e-mail in lower case. */
export function accountProblems(input: AccountInput): FieldProblem[] {
  const found: FieldProblem[] = []
  if (input.name.length < 1) found.push(problem('name', 'required', { id: 'Isi nama.', en: 'Enter a name.' }))
  if (input.name.length > 100) {
    found.push(problem('name', 'too_long', { id: 'Nama paling panjang 100 karakter.', en: 'A name has at most 100 characters.' }))
  }
  if (!USERNAME.test(input.username)) {
    found.push(
      problem('username', 'invalid_username', {
        id: 'Pakai 3–30 huruf kecil, angka, titik, garis bawah atau tanda hubung, diawali huruf atau angka.',
        en: 'Use 3–30 lower-case letters, digits, dots, underscores or hyphens, starting with a letter or digit.',
      }),
    )
  }
  if (input.email && !isEmail(input.email)) {
    found.push(problem('email', 'invalid_email', { id: 'Tulis alamat e-mail yang lengkap.', en: 'Enter a complete e-mail address.' }))
  }
  return found
}

export const isUsername = (value: string): boolean => USERNAME.test(value)
export const isEmail = (value: string): boolean => value.length <= 254 && EMAIL.test(value)
