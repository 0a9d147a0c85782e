// Growth over time: what somebody weighed and measured on a day. The values are sealed, like all health facts.
import { day, decimal, longText, optional, ref, secret } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'

export const healthMeasurements = resource('registry.health_measurements', {
  label: { one: { id: 'Penimbangan', en: 'Measurement' }, many: { id: 'Penimbangan', en: 'Measurements' } },
  doc: `Weight, height and head circumference of a resident on a day, as weighed at the posyandu. The values are encrypted, and reading them is
noted in the security log; the days are not.`,
  fields: {
    citizen_id: ref('registry.citizens', { id: 'Warga', en: 'Resident' }),
    measured_on: day({ id: 'Tanggal', en: 'Date' }, { from: '1900-01-01', until: 'today' }),
    weight_kg: optional(secret(decimal({ id: 'Berat (kg)', en: 'Weight (kg)' }, { min: 0.3, max: 500, scale: 2 }))),
    height_cm: optional(secret(decimal({ id: 'Panjang/tinggi (cm)', en: 'Length/height (cm)' }, { min: 20, max: 260, scale: 1 }))),
    head_cm: optional(secret(decimal({ id: 'Lingkar kepala (cm)', en: 'Head circumference (cm)' }, { min: 20, max: 80, scale: 1 }))),
    notes: optional(secret(longText({ id: 'Catatan', en: 'Notes' }, { max: 500 }))),
  },
  title: ['citizen_id', 'measured_on'],
  list: ['measured_on', 'citizen_id'],
  sort: ['measured_on', 'created_at'],
  filter: ['citizen_id', 'measured_on'],
  unique: [
    {
      name: 'health_measurements_day_key',
      fields: ['citizen_id', 'measured_on'],
      message: { id: 'Penimbangan hari itu sudah dicatat. Ubahlah yang ada.', en: 'That day is already recorded. Edit that entry.' },
    },
  ],
  checks: [
    {
      name: 'health_measurements_something_check',
      sql: 'weight_kg is not null or height_cm is not null or head_cm is not null',
      field: 'weight_kg',
      message: { id: 'Isi berat, panjang, atau lingkar kepala.', en: 'Fill in the weight, the length or the head circumference.' },
    },
  ],
  verbs: ['read', 'create', 'update', 'delete', 'restore', 'reveal'],
  hidden: true,
  noticed: 'health_read',
})
