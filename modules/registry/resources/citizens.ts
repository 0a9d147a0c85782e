// The people of the village: who they are, which family they belong to, where they live. Their status comes from events only.
import { choice, day, flag, integer, longText, optional, point, ref, secret, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import * as codes from '../codes.ts'
import { OCCUPATIONS } from '../occupations.ts'
import { FAMILY_NUMBER, FAMILY_NUMBER_HELP } from './families.ts'

/** Given once in a life, never starting with 0: that marks the stand-in numbers of the old system. */
export const NIK = '[1-9][0-9]{15}'
export const NIK_HELP = {
  id: 'NIK terdiri dari 16 angka dan tidak diawali 0; ini {length}. Kosongkan bila belum punya.',
  en: 'A NIK has 16 digits and does not start with 0; this has {length}. Leave it empty when there is none yet.',
}

const nik = (id: string, en: string) => text({ id, en }, { max: 16, pattern: NIK, patternHelp: NIK_HELP })
const past = (id: string, en: string) => optional(day({ id, en }, { from: '1900-01-01', until: 'today' }))
const number = (id: string, en: string, max = 40) => optional(text({ id, en }, { max }))
const HEAD = "status in ('ALIVE', 'MISSING', 'AWAY')"

export const citizens = resource('registry.citizens', {
  label: { one: { id: 'Warga', en: 'Resident' }, many: { id: 'Penduduk', en: 'Residents' } },
  doc: `A person of the village. NIK and contacts are encrypted.
The status (alive, deceased, moved …) follows from the population events and is never written directly.`,
  fields: {
    name: text({ id: 'Nama lengkap', en: 'Full name' }, { min: 1, max: 100 }),
    nik: optional(secret(nik('NIK', 'NIK'), 'equal', [4, 4])),
    nik_status: choice({ id: 'Status NIK', en: 'NIK status' }, codes.NIK_STATUS, { readonly: true, initial: 'TEMPORARY' }),
    gender: choice({ id: 'Jenis kelamin', en: 'Gender' }, codes.GENDER),
    birth_place: text({ id: 'Tempat lahir', en: 'Place of birth' }, { max: 100 }),
    birth_date: day({ id: 'Tanggal lahir', en: 'Date of birth' }, { from: '1900-01-01', until: 'today' }),
    religion: choice({ id: 'Agama', en: 'Religion' }, codes.RELIGION),
    education: choice({ id: 'Pendidikan terakhir', en: 'Education' }, codes.EDUCATION),
    schooling: optional(choice({ id: 'Pendidikan sedang ditempuh', en: 'Studying now' }, codes.SCHOOLING)),
    occupation: text({ id: 'Pekerjaan', en: 'Occupation' }, { max: 100, suggestions: OCCUPATIONS }),
    marital_status: choice({ id: 'Status kawin', en: 'Marital status' }, codes.MARITAL_STATUS),
    blood_type: optional(choice({ id: 'Golongan darah', en: 'Blood type' }, codes.BLOOD_TYPE)),
    rhesus: optional(choice({ id: 'Rhesus', en: 'Rhesus' }, codes.RHESUS)),
    citizenship: choice({ id: 'Kewarganegaraan', en: 'Citizenship' }, codes.CITIZENSHIP, { initial: 'WNI' }),
    status: choice({ id: 'Status', en: 'Status' }, codes.STATUS, { readonly: true, initial: 'ALIVE' }),
    residency: choice({ id: 'Status tinggal', en: 'Residency' }, codes.RESIDENCY, { initial: 'TETAP' }),

    family_id: optional(ref('registry.families', { id: 'Keluarga', en: 'Family' })),
    family_relationship: optional(choice({ id: 'Hubungan keluarga', en: 'Place in family' }, codes.RELATIONSHIP)),
    is_head_of_family: flag({ id: 'Kepala keluarga', en: 'Head of family' }, { readonly: true }),
    address_id: optional(
      ref(
        'registry.addresses',
        { id: 'Alamat', en: 'Address' },
        { help: { id: 'Kosongkan untuk memakai alamat keluarga.', en: "Leave empty to use the family's address." } },
      ),
    ),
    area_id: optional({ ...ref('registry.areas', { id: 'RT/RW/dusun', en: 'RT/RW/hamlet' }), readonly: true }),
    hamlet_id: optional({ ...ref('registry.areas', { id: 'Dusun', en: 'Hamlet' }), readonly: true }),
    location: optional(point({ id: 'Lokasi di peta', en: 'Place on the map' })),
    current_address: optional(secret(text({ id: 'Alamat sekarang', en: 'Current address' }))),
    previous_address: optional(secret(text({ id: 'Alamat sebelumnya', en: 'Previous address' }))),
    previous_family_number: optional(
      secret(
        text(
          { id: 'Nomor KK sebelumnya', en: 'Previous family card number' },
          { max: 20, pattern: FAMILY_NUMBER, patternHelp: FAMILY_NUMBER_HELP },
        ),
        'none',
        [4, 4],
      ),
    ),

    father_name: optional(text({ id: 'Nama ayah', en: "Father's name" }, { max: 100 })),
    father_nik: optional(secret(nik('NIK ayah', "Father's NIK"), 'none', [4, 4])),
    mother_name: optional(text({ id: 'Nama ibu', en: "Mother's name" }, { max: 100 })),
    mother_nik: optional(secret(nik('NIK ibu', "Mother's NIK"), 'none', [4, 4])),

    phone: optional(secret(text({ id: 'Telepon', en: 'Phone' }, { max: 20, format: 'phone' }), 'equal', [4, 2])),
    email: optional(secret(text({ id: 'Surel', en: 'E-mail' }, { max: 100, format: 'email' }), 'equal', [1, 4])),

    identity_card: optional(choice({ id: 'KTP', en: 'Identity card' }, codes.IDENTITY_CARD)),
    card_stage: optional(choice({ id: 'Status perekaman', en: 'Card recording' }, codes.CARD_STAGE)),
    card_issued_at: optional(text({ id: 'Tempat cetak KTP', en: 'Card issued at' }, { max: 150 })),
    card_issued_on: past('Tanggal cetak KTP', 'Card issued on'),
    card_tag: optional(secret(text({ id: 'Tag ID card', en: 'Card tag' }, { max: 17, pattern: '[0-9A-Za-z]{1,17}' }), 'equal', [2, 2])),
    birth_certificate: number('Akta lahir', 'Birth certificate'),
    marriage_certificate: number('Akta perkawinan', 'Marriage certificate'),
    married_on: past('Tanggal perkawinan', 'Married on'),
    divorce_certificate: number('Akta perceraian', 'Divorce certificate'),
    divorced_on: past('Tanggal perceraian', 'Divorced on'),
    passport_number: optional(secret(text({ id: 'Nomor paspor', en: 'Passport number' }, { max: 45 }), 'none', [2, 2])),
    passport_expires_on: optional(
      day({ id: 'Paspor berlaku sampai', en: 'Passport expires on' }, { from: '1900-01-01', until: '2200-12-31' }),
    ),
    stay_permit_number: optional(secret(text({ id: 'Nomor KITAS', en: 'Stay permit (KITAS) number' }, { max: 45 }), 'none', [2, 2])),
    country_of_origin: optional(text({ id: 'Negara asal', en: 'Country of origin' }, { max: 50 })),

    birth_time: optional(text({ id: 'Jam lahir', en: 'Time of birth' }, { max: 5, pattern: '[0-2][0-9]:[0-5][0-9]' })),
    birthplace_kind: optional(choice({ id: 'Tempat dilahirkan', en: 'Born in' }, codes.BIRTHPLACE_KIND)),
    birth_kind: optional(choice({ id: 'Jenis kelahiran', en: 'Kind of birth' }, codes.BIRTH_KIND)),
    birth_order: optional(integer({ id: 'Kelahiran anak ke', en: 'Birth order' }, { min: 1, max: 30 })),
    birth_attendant: optional(choice({ id: 'Penolong kelahiran', en: 'Birth attendant' }, codes.BIRTH_ATTENDANT)),
    birth_weight_g: optional(integer({ id: 'Berat lahir (gram)', en: 'Birth weight (grams)' }, { min: 200, max: 9999 })),
    birth_length_cm: optional(integer({ id: 'Panjang lahir (cm)', en: 'Birth length (cm)' }, { min: 10, max: 99 })),

    disability: optional(choice({ id: 'Disabilitas', en: 'Disability' }, codes.DISABILITY)),
    chronic_illness: optional(secret(choice({ id: 'Sakit menahun', en: 'Chronic illness' }, codes.CHRONIC_ILLNESS))),
    contraception: optional(secret(choice({ id: 'Cara KB', en: 'Contraception' }, codes.CONTRACEPTION))),
    pregnancy: optional(secret(choice({ id: 'Kehamilan', en: 'Pregnancy' }, codes.PREGNANCY))),
    insurance: optional(choice({ id: 'Asuransi kesehatan', en: 'Health insurance' }, codes.INSURANCE)),
    insurance_number: optional(secret(text({ id: 'Nomor asuransi', en: 'Insurance number' }, { max: 100 }), 'none', [0, 4])),
    labour_insurance_number: optional(
      secret(text({ id: 'Nomor BPJS Ketenagakerjaan', en: 'BPJS employment number' }, { max: 100 }), 'none', [0, 4]),
    ),
    ethnicity: optional(text({ id: 'Suku', en: 'Ethnic group' }, { max: 150 })),
    literacy: optional(choice({ id: 'Dapat membaca huruf', en: 'Reads script' }, codes.LITERACY)),
    notes: optional(longText({ id: 'Keterangan', en: 'Notes' }, { max: 2000 })),
  },
  attachable: true,
  title: ['name'],
  search: ['name'],
  list: ['name', 'nik', 'gender', 'birth_date', 'family_relationship', 'area_id', 'status'],
  sort: ['name', 'birth_date', 'created_at'],
  filter: [
    'nik',
    'nik_status',
    'gender',
    'religion',
    'status',
    'residency',
    'marital_status',
    'education',
    'occupation',
    'birth_date',
    'blood_type',
    'citizenship',
    'family_id',
    'family_relationship',
    'is_head_of_family',
    'address_id',
    'area_id',
    'hamlet_id',
    'disability',
    'insurance',
    'identity_card',
    'card_stage',
    'phone',
    'email',
  ],
  groups: [
    {
      label: { id: 'Data diri', en: 'Person' },
      fields: [
        'name',
        'nik',
        'nik_status',
        'gender',
        'birth_place',
        'birth_date',
        'religion',
        'marital_status',
        'citizenship',
        'status',
        'residency',
      ],
    },
    {
      label: { id: 'Keluarga', en: 'Family' },
      fields: ['family_id', 'family_relationship', 'is_head_of_family', 'father_name', 'father_nik', 'mother_name', 'mother_nik'],
    },
    {
      label: { id: 'Tempat tinggal dan kontak', en: 'Home and contact' },
      fields: [
        'address_id',
        'area_id',
        'hamlet_id',
        'location',
        'current_address',
        'previous_address',
        'previous_family_number',
        'phone',
        'email',
      ],
    },
    { label: { id: 'Pendidikan dan pekerjaan', en: 'Education and work' }, fields: ['education', 'schooling', 'occupation', 'literacy'] },
    {
      label: { id: 'Dokumen', en: 'Documents' },
      fields: [
        'identity_card',
        'card_stage',
        'card_issued_at',
        'card_issued_on',
        'card_tag',
        'birth_certificate',
        'marriage_certificate',
        'married_on',
        'divorce_certificate',
        'divorced_on',
        'passport_number',
        'passport_expires_on',
        'stay_permit_number',
        'country_of_origin',
      ],
    },
    {
      label: { id: 'Kelahiran', en: 'Birth' },
      fields: ['birth_time', 'birthplace_kind', 'birth_kind', 'birth_order', 'birth_attendant', 'birth_weight_g', 'birth_length_cm'],
    },
    {
      label: { id: 'Kesehatan dan jaminan', en: 'Health and insurance' },
      fields: [
        'blood_type',
        'rhesus',
        'disability',
        'chronic_illness',
        'contraception',
        'pregnancy',
        'insurance',
        'insurance_number',
        'labour_insurance_number',
      ],
    },
    { label: { id: 'Lainnya', en: 'Other' }, fields: ['ethnicity', 'notes'] },
  ],
  unique: [
    {
      name: 'citizens_nik_key',
      fields: ['nik'],
      where: HEAD,
      message: { id: 'NIK ini sudah dipakai warga lain.', en: 'Another resident already has this NIK.' },
    },
    {
      name: 'citizens_head_key',
      fields: ['family_id'],
      where: 'is_head_of_family',
      message: {
        id: 'Keluarga ini sudah punya kepala. Ganti kepala keluarga lewat "Kepala keluarga baru".',
        en: 'This family already has a head. Use "New head" on the family.',
      },
    },
  ],
  checks: [
    {
      name: 'citizens_family_check',
      sql: '(family_id is null) = (family_relationship is null)',
      field: 'family_relationship',
      message: { id: 'Isi keluarga dan hubungan keluarga bersama-sama.', en: 'Fill in the family and the place in it together.' },
    },
    {
      name: 'citizens_birth_date_past_check',
      sql: 'birth_date <= current_date + 1',
      field: 'birth_date',
      message: { id: 'Tanggal lahir tidak boleh di masa depan.', en: 'The date of birth cannot be in the future.' },
    },
  ],
  rules: [
    {
      name: 'citizens_status_rule',
      field: 'status',
      message: {
        id: 'Status hanya berubah lewat peristiwa (meninggal, pindah, …).',
        en: 'The status changes only through events (death, departure, …).',
      },
    },
  ],
})
