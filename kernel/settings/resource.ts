// The table of settings as a resource: what a community has set, and settings of its own that it describes itself.
import type { Guard } from '#kernel/resource/guard.ts'
import { choice, flag, json, longText, optional, secret, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import { type Rule, ruleProblem, valueProblem } from './rule.ts'
import type { DataType } from './text-form.ts'

/** The module of settings that no code declares. */
export const CUSTOM = 'custom'

export const settings = resource('core.settings', {
  label: { one: { id: 'Pengaturan', en: 'Setting' }, many: { id: 'Pengaturan', en: 'Settings' } },
  doc: 'What a community has set differently from the default, and settings of its own that programs may read.',
  fields: {
    module: text({ id: 'Modul', en: 'Module' }, { min: 1, max: 50, readonly: true, initial: CUSTOM }),
    key: text(
      { id: 'Nama', en: 'Key' },
      {
        min: 1,
        max: 100,
        pattern: '[a-z][a-z0-9_.]*',
        patternHelp: { id: 'Huruf kecil, angka, titik dan garis bawah.', en: 'Lower-case letters, digits, dots and underscores.' },
      },
    ),
    data_type: choice(
      { id: 'Jenis', en: 'Type' },
      {
        STRING: { id: 'Teks', en: 'Text' },
        NUMBER: { id: 'Angka', en: 'Number' },
        BOOLEAN: { id: 'Ya/tidak', en: 'Yes/no' },
        JSON: { id: 'JSON', en: 'JSON' },
        EMAIL: { id: 'Surel', en: 'E-mail' },
        URL: { id: 'Alamat web', en: 'Web address' },
      },
      { initial: 'STRING' },
    ),
    value: optional(
      longText(
        { id: 'Nilai', en: 'Value' },
        {
          max: 5_000,
          help: {
            id: 'Bukan tempat kata sandi: isinya terbaca oleh siapa pun yang boleh melihat pengaturan.',
            en: 'No place for passwords: whoever may see the settings can read it.',
          },
        },
      ),
    ),
    secret_value: optional({ ...secret(longText({ id: 'Nilai rahasia', en: 'Secret value' }, { max: 5_000 })), readonly: true as const }),
    category: optional(text({ id: 'Kelompok', en: 'Category' }, { max: 50 })),
    description: optional(longText({ id: 'Keterangan', en: 'Description' }, { max: 500 })),
    is_public: flag({ id: 'Boleh dibaca siapa saja', en: 'Anybody may read it' }),
    is_required: flag({ id: 'Wajib diisi', en: 'Must be set' }),
    validation_rule: optional(
      json({ id: 'Aturan', en: 'Rule' }, { help: { id: 'min, max, pattern, one_of', en: 'min, max, pattern, one_of' } }),
    ),
  },
  title: ['key'],
  search: ['key'],
  list: ['key', 'value', 'data_type', 'is_public'],
  sort: ['key'],
  filter: ['module', 'data_type', 'is_public'],
  unique: [
    {
      name: 'settings_key_key',
      fields: ['module', 'key'],
      message: { id: 'Pengaturan dengan nama ini sudah ada.', en: 'There is already a setting of this name.' },
    },
  ],
  checks: [
    {
      name: 'settings_id_rule',
      sql: "(module = 'custom') = (substr(id::text, 15, 1) <> '8')",
      field: 'key',
      message: { id: 'Id ini disimpan untuk pengaturan sebuah modul.', en: 'This id is kept for the setting of a module.' },
    },
  ],
  verbs: ['read', 'create', 'update', 'delete', 'restore'],
  hidden: true,
})

/** Declared settings are changed where their own rules hold; own ones keep to the type and the rule they were given. */
export const settingGuard: Guard = {
  resource: 'core.settings',
  check: async (_ctx, { verb, values, row }) => {
    if (row && row['module'] !== CUSTOM)
      throw new Refusal(409, 'declared_setting', {
        id: 'Pengaturan ini milik sebuah modul. Ubahlah di halaman Konfigurasi.',
        en: 'This setting belongs to a module. Change it on the Configuration page.',
      })
    if (verb === 'delete') return
    const now = { ...row, ...values }
    const type = now['data_type'] as DataType
    const rule = ruleProblem(now['validation_rule'], type)
    if (rule) throw invalid([rule])
    const value = now['value']
    const problem = typeof value === 'string' ? valueProblem(value, type, (now['validation_rule'] ?? {}) as Rule) : null
    if (problem) throw invalid([problem])
  },
}
