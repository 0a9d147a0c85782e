// Messages to a person about their own account: what somebody, perhaps not they, just did at its door.
import type { Origin } from '#kernel/ctx.ts'
import type { Message } from '#kernel/outbox/message.ts'
import { say } from '#kernel/words.ts'
import type { Locale, Words } from '#kernel/words.ts'
import { deviceOf } from './device.ts'
import type { User } from './users.ts'

export type Notice = 'locked_out' | 'second_factor_on' | 'second_factor_off' | 'phone_changed'

const SAYS: Readonly<Record<Notice, { readonly subject: Words; readonly text: Words }>> = {
  locked_out: {
    subject: { id: 'Seseorang gagal masuk ke akun Balai Anda', en: 'Somebody failed to sign in to your Balai account' },
    text: {
      id: 'Beberapa kali berturut-turut seseorang salah memasukkan kata sandi atau kode akun Balai Anda. Percobaan dari tempat itu kini ditunda. Jika itu Anda sendiri, tunggu sebentar lalu coba lagi. Jika bukan, akun Anda tetap aman selama kata sandinya tidak diketahui orang lain.',
      en: 'Several times in a row somebody entered a wrong password or code for your Balai account. Attempts from there must now wait. If it was you, wait a little and try again. If not, your account stays safe as long as nobody else knows your password.',
    },
  },
  second_factor_on: {
    subject: { id: 'Masuk dua langkah dinyalakan', en: 'Two-step sign-in is on' },
    text: {
      id: 'Mulai sekarang akun Balai Anda juga meminta kode dari aplikasi autentikator. Jika bukan Anda yang menyalakannya, segera hubungi admin komunitas Anda.',
      en: 'From now on your Balai account also asks for a code from an authenticator app. If it was not you who turned this on, tell your community’s administrator at once.',
    },
  },
  second_factor_off: {
    subject: { id: 'Masuk dua langkah dimatikan', en: 'Two-step sign-in is off' },
    text: {
      id: 'Akun Balai Anda tidak lagi meminta kode dari aplikasi autentikator. Jika bukan Anda yang mematikannya, segera ganti kata sandi Anda.',
      en: 'Your Balai account no longer asks for a code from an authenticator app. If it was not you who turned this off, change your password at once.',
    },
  },
  phone_changed: {
    subject: { id: 'Nomor telepon akun Balai Anda berubah', en: 'The phone number of your Balai account has changed' },
    text: {
      id: 'Nomor telepon untuk masuk ke akun Balai Anda baru saja diganti atau dihapus. Jika bukan Anda yang melakukannya, segera ganti kata sandi Anda dan hubungi admin komunitas Anda.',
      en: 'The phone number for signing in to your Balai account was just changed or removed. If it was not you, change your password at once and tell your community’s administrator.',
    },
  },
}

type Addressee = Pick<User, 'id' | 'email' | 'phone' | 'locale'>

/**
 * By mail where the person has an address, else by SMS; null when they have neither. At most one of a kind an hour by mail, one a day by SMS:
 * a stranger who keeps guessing must not fill somebody's phone.
 */
export function noticeTo(person: Addressee, notice: Notice, origin: Origin, now: Date): Message | null {
  const { subject, text } = SAYS[notice]
  const key = (upTo: number): string => `${notice}:${person.id}:${now.toISOString().slice(0, upTo)}`
  const common = { purpose: notice, tenantId: null }
  if (person.email)
    return {
      ...common,
      channel: 'mail',
      to: person.email,
      subject: say(subject, person.locale),
      text: `${say(text, person.locale)}\n\n${from(origin, person.locale)}`,
      key: key(13),
    }
  if (person.phone)
    return { ...common, channel: 'sms', to: person.phone, subject: '', text: `Balai: ${say(text, person.locale)}`, key: key(10) }
  return null
}

function from(origin: Origin, locale: Locale): string {
  const device = say(deviceOf(origin.userAgent), locale)
  return origin.ip
    ? say({ id: 'Dari: {device}, alamat {ip}', en: 'From: {device}, address {ip}' }, locale, { device, ip: origin.ip })
    : say({ id: 'Dari: {device}', en: 'From: {device}' }, locale, { device })
}

/** The message that carries a sign-in code. Its last line lets the phone fill the code in by itself (WICG, origin-bound one-time codes). */
export function codeMessage(code: string, minutes: number, locale: Locale, baseUrl: string): string {
  const words = say(
    {
      id: 'Kode Balai Anda: {code}. Berlaku {minutes} menit. Jangan beri tahu siapa pun.',
      en: 'Your Balai code: {code}. Good for {minutes} minutes. Tell it to nobody.',
    },
    locale,
    { code, minutes },
  )
  return `${words}\n\n@${new URL(baseUrl).hostname} #${code}`
}
