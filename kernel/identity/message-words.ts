// What the house's own messages say: short, in the person's language, and nothing in them that another mailbox should not read.
import { say, type Locale, type Words } from '#kernel/words.ts'

type Text = { readonly subject: string; readonly text: string }

const message = (locale: Locale, subject: Words, lines: readonly Words[], values: Record<string, unknown> = {}): Text => ({
  subject: say(subject, locale, values),
  text: `${lines.map((line) => say(line, locale, values)).join('\n\n')}\n`,
})

const NOT_YOU: Words = {
  id: 'Bila bukan Anda yang meminta, abaikan saja surat ini: tidak ada yang berubah.',
  en: 'If it was not you who asked, simply ignore this message: nothing has changed.',
}

export const resetMessage = (locale: Locale, values: { name: string; link: string; minutes: number }): Text =>
  message(
    locale,
    { id: 'Membuat kata sandi baru', en: 'Making a new password' },
    [
      { id: 'Halo {name},', en: 'Hello {name},' },
      {
        id: 'Seseorang meminta kata sandi baru untuk akun Balai Anda. Untuk membuatnya, buka tautan ini dalam {minutes} menit:',
        en: 'Somebody asked for a new password for your Balai account. To make one, open this link within {minutes} minutes:',
      },
      { id: '{link}', en: '{link}' },
      NOT_YOU,
    ],
    values,
  )

export const changedMessage = (locale: Locale, values: { name: string; when: string; place: string }): Text =>
  message(
    locale,
    { id: 'Kata sandi Anda sudah diganti', en: 'Your password was changed' },
    [
      { id: 'Halo {name},', en: 'Hello {name},' },
      { id: 'Kata sandi akun Balai Anda diganti pada {when}.', en: 'The password of your Balai account was changed on {when}.' },
      {
        id: 'Bila bukan Anda yang menggantinya, segera buat kata sandi baru di {place} dan beri tahu pengelola komunitas Anda.',
        en: 'If it was not you, make a new password at {place} right away and tell the administrator of your community.',
      },
    ],
    values,
  )

export const verifyMessage = (locale: Locale, values: { name: string; link: string; hours: number }): Text =>
  message(
    locale,
    { id: 'Memastikan alamat surel Anda', en: 'Confirming your e-mail address' },
    [
      { id: 'Halo {name},', en: 'Hello {name},' },
      {
        id: 'Alamat ini ditulis pada sebuah akun Balai. Bila akun itu milik Anda, buka tautan ini dalam {hours} jam:',
        en: 'This address was entered in a Balai account. If the account is yours, open this link within {hours} hours:',
      },
      { id: '{link}', en: '{link}' },
      NOT_YOU,
    ],
    values,
  )

/** To an address that somebody wants to add and that belongs to another account already. */
export const takenMessage = (locale: Locale): Text =>
  message(locale, { id: 'Alamat ini sudah dipakai', en: 'This address is already in use' }, [
    {
      id: 'Seseorang ingin memakai alamat surel ini pada akun Balai yang lain, padahal sudah ada akun Balai dengan alamat ini.',
      en: 'Somebody wanted to use this e-mail address in another Balai account, but there is a Balai account with it already.',
    },
    {
      id: 'Bila itu Anda, masuklah dengan akun yang sudah ada. Bila bukan, abaikan saja surat ini: tidak ada yang berubah.',
      en: 'If it was you, sign in with the account you have. If not, simply ignore this message: nothing has changed.',
    },
  ])

/** To the old address, after another took its place. */
export const movedMessage = (locale: Locale, values: { name: string; when: string }): Text =>
  message(
    locale,
    { id: 'Alamat surel akun Anda diganti', en: 'The e-mail address of your account was changed' },
    [
      { id: 'Halo {name},', en: 'Hello {name},' },
      {
        id: 'Pada {when} akun Balai Anda mendapat alamat surel lain. Surat tidak lagi dikirim ke alamat ini.',
        en: 'On {when} your Balai account got another e-mail address. No more messages go to this one.',
      },
      {
        id: 'Bila bukan Anda yang menggantinya, segera beri tahu pengelola komunitas Anda.',
        en: 'If it was not you who changed it, tell the administrator of your community right away.',
      },
    ],
    values,
  )

type Invited = { name: string; inviter: string; community: string; role: string; link: string; days: number }

export const invitationMessage = (locale: Locale, values: Invited): Text =>
  message(
    locale,
    { id: 'Undangan dari {community}', en: 'An invitation from {community}' },
    [
      { id: 'Halo {name},', en: 'Hello {name},' },
      {
        id: '{inviter} mengundang Anda bekerja di {community} sebagai {role}. Untuk menerima, buka tautan ini dalam {days} hari:',
        en: '{inviter} invites you to work in {community} as {role}. To accept, open this link within {days} days:',
      },
      { id: '{link}', en: '{link}' },
      {
        id: 'Bila Anda tidak mengenal pengirimnya, abaikan saja surat ini.',
        en: 'If you do not know who sent this, simply ignore this message.',
      },
    ],
    values,
  )

/** Short: an SMS is 160 characters, and every part more is paid for. */
export const invitationSms = (locale: Locale, values: Invited): string =>
  say(
    { id: '{inviter} mengundang Anda ke {community} di Balai: {link}', en: '{inviter} invites you to {community} on Balai: {link}' },
    locale,
    values,
  )
