// Settings of the kernel itself. Each is obeyed somewhere; one that nothing reads does not belong here.
import { integer, longText, optional, text } from '#kernel/resource/field.ts'
import { setting, type SettingFact } from './fact.ts'

/** Law 27/2022 on personal data asks whoever keeps it to say how they can be reached about it. Shown on the public page. */
export const privacyEmail = setting({
  name: 'core.privacy_email',
  category: 'public_page',
  public: true,
  field: text(
    { id: 'Surel untuk urusan data pribadi', en: 'E-mail for personal data matters' },
    {
      max: 100,
      format: 'email',
      help: {
        id: 'Warga menulis ke sini untuk bertanya tentang data mereka. Tampil di halaman publik.',
        en: 'Where people write with questions about their data. Shown on the public page.',
      },
    },
  ),
})

export const officeHours = setting({
  name: 'core.office_hours',
  category: 'public_page',
  public: true,
  field: optional(
    longText(
      { id: 'Jam layanan', en: 'Office hours' },
      {
        max: 500,
        help: {
          id: 'Misalnya: Senin–Jumat 08.00–15.00. Tampil di halaman publik.',
          en: 'For example: Monday–Friday 08:00–15:00. Shown on the public page.',
        },
      },
    ),
  ),
})

export const keyLongestDays = setting({
  name: 'core.key_longest_days',
  category: 'security',
  field: integer(
    { id: 'Umur terpanjang kunci API (hari)', en: 'Longest life of an API key (days)' },
    {
      min: 1,
      max: 3650,
      initial: 400,
      help: { id: 'Kunci baru harus kedaluwarsa paling lambat sekian hari lagi.', en: 'A new key must expire within this many days.' },
    },
  ),
})

export const coreSettings: readonly SettingFact[] = [privacyEmail, officeHours, keyLongestDays]
