// Somebody who does not exist, for previews: no real person's secrets are opened to look at a template.
import { PERSON } from './catalogue.ts'
import type { Definition, FormField } from './definition.ts'
import { subjectsOf } from './fill.ts'
import type { Filling } from './fill-text.ts'
import type { PersonFacts } from './people.ts'
import type { FormValues } from './values.ts'

const base: PersonFacts = Object.fromEntries(PERSON.entries.map(({ code, example }) => [code, example]))
const others: readonly PersonFacts[] = [
  {
    nama: 'Bambang Hidayat',
    nik: '9902041203850001',
    jenis_kelamin: 'Laki-laki',
    hubungan_kk: 'Kepala keluarga',
    ttl: 'Karangjaya, 12 Maret 1985',
    pekerjaan: 'Petani/pekebun',
    tanggallahir: '1985-03-12',
    usia: '41 tahun',
    umur: '41',
  },
  { nama: 'Siti Aminah' },
  {
    nama: 'Rahmat Hidayat',
    nik: '9902041708140002',
    jenis_kelamin: 'Laki-laki',
    hubungan_kk: 'Anak',
    ttl: 'Karangjaya, 17 Agustus 2014',
    pekerjaan: 'Pelajar/mahasiswa',
    tanggallahir: '2014-08-17',
    usia: '12 tahun',
    umur: '12',
  },
  {
    nama: 'Nur Hidayati',
    nik: '9902045609180001',
    jenis_kelamin: 'Perempuan',
    hubungan_kk: 'Anak',
    ttl: 'Karangjaya, 16 September 2018',
    pekerjaan: 'Belum/tidak bekerja',
    tanggallahir: '2018-09-16',
    usia: '8 tahun',
    umur: '8',
  },
].map((one) => ({ ...base, ...one }))

function sampleValue(field: FormField): unknown {
  switch (field.type) {
    case 'number':
      return /Rp|uang|penghasilan|harga/i.test(field.label) ? '1500000' : '3'
    case 'date':
      return '2026-11-14'
    case 'time':
      return '08:30'
    case 'choice':
      return field.choices?.[0] ?? ''
    case 'textarea':
      return 'Contoh keterangan yang ditulis pemohon, cukup panjang untuk melihat bagaimana barisnya terbagi di kertas.'
    case 'resident':
    case 'members':
      return ''
    default:
      return `contoh ${field.label.toLowerCase()}`
  }
}

/** Invented people and values for everything a template asks. */
export function sampleFor(d: Definition): { people: Filling['people']; lists: Filling['lists']; values: FormValues } {
  const keys = [...subjectsOf(d).map((s) => s.key), ...d.variables.filter((f) => f.type === 'resident').map((f) => f.code)]
  const people = new Map(
    keys.map((key, i) => {
      const gender = d.subjects.find((s) => s.key === key)?.gender
      return [key, (gender === 'L' ? others[0] : gender === 'P' ? others[1] : others[(i + 1) % others.length]) ?? base] as const
    }),
  )
  const lists = new Map(
    ['klg', ...d.variables.filter((f) => f.type === 'members').map((f) => f.code.slice('form_'.length))].map((name) => [
      name,
      name === 'klg' ? others : others.slice(1),
    ]),
  )
  return { people, lists, values: Object.fromEntries(d.variables.map((field) => [field.code, sampleValue(field)])) }
}
