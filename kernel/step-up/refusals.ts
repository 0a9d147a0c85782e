// Every no of the PIN, in words that say what to do next.
import { Refusal } from '#kernel/http/refusal.ts'

/** The operation is sensitive: `POST /api/{tenant}/step-up` and send the token in `Balai-Step-Up`. */
export const pinRequired = (permission: string): Refusal =>
  new Refusal(403, 'pin_required', { id: 'Masukkan PIN Anda untuk melanjutkan.', en: 'Enter your PIN to continue.' }, [], {
    more: { permission },
  })

export const pinNotSet = (permission?: string): Refusal =>
  new Refusal(
    403,
    'pin_not_set',
    {
      id: 'Tindakan ini meminta PIN, dan Anda belum membuatnya. Buatlah di Akun saya.',
      en: 'This asks for a PIN, and you have none yet. Make one in My account.',
    },
    [],
    permission ? { more: { permission } } : {},
  )

/** `triesLeft` before the PIN is locked. */
export const pinWrong = (triesLeft: number): Refusal =>
  new Refusal(
    403,
    'pin_wrong',
    triesLeft === 1
      ? { id: 'PIN ini salah. Tinggal satu kali lagi sebelum PIN dikunci.', en: 'This PIN is wrong. One more try before it is locked.' }
      : { id: 'PIN ini salah. Tinggal {tries_left} kali lagi.', en: 'This PIN is wrong. {tries_left} tries are left.' },
    [],
    { more: { tries_left: triesLeft } },
  )

/** Guessing stops until then. The right PIN is refused too: nobody may find out by trying. */
export function pinLocked(until: Date, now: Date): Refusal {
  const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000))
  const minutes = Math.ceil(seconds / 60)
  return new Refusal(
    429,
    'pin_locked',
    {
      id: 'PIN Anda dikunci karena terlalu sering salah. Coba lagi {minutes} menit lagi, atau buat PIN baru dengan kata sandi di Akun saya.',
      en: 'Your PIN is locked after too many wrong tries. Try again in {minutes} minutes, or make a new one with your password in My account.',
    },
    [],
    { more: { minutes, locked_until: until.toISOString() }, headers: { 'Retry-After': String(seconds) } },
  )
}
