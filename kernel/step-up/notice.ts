// Tells a person by mail that their PIN was made or locked: if it was not them, they are the first to know.
import type { Tenant } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import type { User } from '#kernel/identity/identity.ts'
import { newId } from '#kernel/resource/id.ts'
import { say, type Words } from '#kernel/words.ts'

export type Notice = 'pin_set' | 'pin_locked'

const SUBJECTS: Record<Notice, Words> = {
  pin_set: { id: 'PIN baru di {place}', en: 'A new PIN at {place}' },
  pin_locked: { id: 'PIN Anda di {place} dikunci', en: 'Your PIN at {place} is locked' },
}

const TEXTS: Record<Notice, Words> = {
  pin_set: {
    id: 'Halo {name},\n\nPIN Anda di {place} baru saja dibuat atau diganti.\n\nBila bukan Anda yang melakukannya, segera ganti kata sandi Anda dan keluarkan perangkat lain di Akun saya, lalu beri tahu pengelola.',
    en: 'Hello {name},\n\nYour PIN at {place} was just made or changed.\n\nIf this was not you, change your password at once, sign out your other devices in My account, and tell an administrator.',
  },
  pin_locked: {
    id: 'Halo {name},\n\nPIN Anda di {place} salah dimasukkan beberapa kali, maka kami menguncinya sampai {until}.\n\nBila bukan Anda yang mencobanya, ada orang lain yang memakai akun Anda: segera ganti kata sandi dan keluarkan perangkat lain di Akun saya.',
    en: 'Hello {name},\n\nYour PIN at {place} was entered wrongly several times, so we have locked it until {until}.\n\nIf this was not you, somebody else is using your account: change your password at once and sign out your other devices in My account.',
  },
}

/** By mail where the person has an address; a lock also by SMS where they have only a phone. Never throws: the work itself is done. */
export async function sendNotice(house: House, tenant: Tenant, user: User, notice: Notice, lockedUntil: Date | null = null): Promise<void> {
  const mail = user.email !== null && house.outbox.carries('mail')
  const to = mail ? user.email : notice === 'pin_locked' && house.outbox.carries('sms') ? user.phone : null
  if (!to) return
  const until = lockedUntil?.toLocaleString(user.locale === 'id' ? 'id-ID' : 'en-GB', {
    timeZone: tenant.timeZone,
    dateStyle: 'long',
    timeStyle: 'short',
  })
  const values = { name: user.name, place: tenant.name, until }
  try {
    await house.outbox.send({
      channel: mail ? 'mail' : 'sms',
      to,
      subject: mail ? say(SUBJECTS[notice], user.locale, values) : '',
      text: say(TEXTS[notice], user.locale, values),
      purpose: notice,
      key: `${notice}:${newId()}`,
      tenantId: tenant.id,
    })
  } catch (error) {
    house.log.warn({ error: (error as Error).name, purpose: notice }, 'a notice could not be queued')
  }
}
