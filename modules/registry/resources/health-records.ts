// What a health cadre keeps about a resident. Everything is sealed, and nobody looks at it unnoticed.
import { choice, day, decimal, json, longText, optional, ref, secret, tags, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { INSURANCE_TYPE } from '../health/codes.ts'

const sealed = <V>(f: Parameters<typeof secret<V>>[0]) => optional(secret(f))

export const healthRecords = resource('registry.health_records', {
  label: { one: { id: 'Data kesehatan', en: 'Health record' }, many: { id: 'Data kesehatan', en: 'Health records' } },
  doc: `Health facts of a resident, one record each. All of them are encrypted, and reading one is noted in the security log.
Lists say only whose record it is and when it last changed.`,
  fields: {
    citizen_id: ref('registry.citizens', { id: 'Warga', en: 'Resident' }),
    height_cm: sealed(decimal({ id: 'Tinggi badan (cm)', en: 'Height (cm)' }, { min: 20, max: 260, scale: 1 })),
    weight_kg: sealed(decimal({ id: 'Berat badan (kg)', en: 'Weight (kg)' }, { min: 0.3, max: 500, scale: 2 })),
    blood_pressure: sealed(
      text(
        { id: 'Tekanan darah', en: 'Blood pressure' },
        { max: 7, pattern: '[1-9][0-9]{1,2}/[1-9][0-9]{1,2}', patternHelp: { id: 'Tulis seperti 120/80.', en: 'Write it like 120/80.' } },
      ),
    ),
    chronic_diseases: sealed(tags({ id: 'Penyakit menahun', en: 'Chronic diseases' }, { max: 100 })),
    allergies: sealed(tags({ id: 'Alergi', en: 'Allergies' }, { max: 100 })),
    medications: sealed(tags({ id: 'Obat yang dipakai', en: 'Medications' }, { max: 100 })),
    // Written by the acts "vaccination" and "vaccination-removal": nobody types JSON.
    vaccinations: { ...sealed(json({ id: 'Imunisasi', en: 'Vaccinations' })), readonly: true },
    insurance_type: sealed(choice({ id: 'Jaminan kesehatan', en: 'Insurance' }, INSURANCE_TYPE)),
    insurance_number: sealed(text({ id: 'Nomor jaminan', en: 'Insurance number' }, { max: 100 })),
    emergency_contact: sealed(text({ id: 'Kontak darurat', en: 'Emergency contact' }, { max: 100 })),
    emergency_phone: sealed(text({ id: 'Telepon darurat', en: 'Emergency phone' }, { max: 20, format: 'phone' })),
    last_checkup: sealed(day({ id: 'Pemeriksaan terakhir', en: 'Last check-up' }, { from: '1900-01-01', until: 'today' })),
    notes: sealed(longText({ id: 'Catatan', en: 'Notes' }, { max: 2000 })),
  },
  title: ['citizen_id'],
  list: ['citizen_id', 'updated_at'],
  sort: ['created_at'],
  filter: ['citizen_id'],
  groups: [
    { label: { id: 'Tubuh', en: 'Body' }, fields: ['citizen_id', 'height_cm', 'weight_kg', 'blood_pressure', 'last_checkup'] },
    { label: { id: 'Keadaan', en: 'Condition' }, fields: ['chronic_diseases', 'allergies', 'medications', 'vaccinations', 'notes'] },
    {
      label: { id: 'Jaminan dan darurat', en: 'Insurance and emergency' },
      fields: ['insurance_type', 'insurance_number', 'emergency_contact', 'emergency_phone'],
    },
  ],
  unique: [
    {
      name: 'health_records_citizen_id_key',
      fields: ['citizen_id'],
      message: {
        id: 'Warga ini sudah punya data kesehatan. Ubahlah yang ada.',
        en: 'This resident already has a health record. Edit that one.',
      },
    },
  ],
  verbs: ['read', 'create', 'update', 'delete', 'restore', 'reveal'],
  noticed: 'health_read',
})
