// One way to write a phone number (ITU-T E.164), so that one phone is one person however it was typed.

const E164 = /^\+[1-9]\d{7,14}$/
/** Indonesian mobile numbers: only they receive messages. */
const MOBILE = /^\+628\d{7,11}$/

/** `0812-3456-7890`, `62 812…`, `+62 0812…` → `+6281234567890`; other countries with their `+`. Null when it cannot receive a message. */
export function phoneOf(typed: string): string | null {
  if (typed.length > 40) return null
  const bare = typed.normalize('NFKC').replace(/[\s().\u2010-\u2015-]/g, '')
  const whole = bare.startsWith('+')
    ? bare
    : bare.startsWith('00')
      ? `+${bare.slice(2)}`
      : bare.startsWith('0')
        ? `+62${bare.slice(1)}`
        : bare.startsWith('62')
          ? `+${bare}`
          : bare.startsWith('8')
            ? `+62${bare}`
            : ''
  const phone = whole.replace(/^\+620/, '+62')
  return (phone.startsWith('+62') ? MOBILE : E164).test(phone) ? phone : null
}

/** Enough to recognise one's own number by: `+62812•••7890`. */
export const maskedPhone = (phone: string): string => `${phone.slice(0, 6)}•••${phone.slice(-4)}`
