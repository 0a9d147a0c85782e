// The standard breakdowns of a population, each as an SQL expression over a span, with the number the old system knew it by.
import type { Words } from '#kernel/words.ts'
import * as codes from '../codes.ts'
import { ageAtLeast, ageBand, AGE_CATEGORIES, AGE_RANGES, AGE_STAGES, type Band, bandWords, CARD_AGE, marriedOnce } from './ages.ts'

/** SQL for a span under an alias, on a day (an SQL expression of type date). */
export type OnSpan = (alias: string, day: string) => string

export type Breakdown = {
  readonly key: string
  /** Its number in the old system (`statistik/{code}`); null where it had a word or nothing. */
  readonly code: string | null
  readonly label: Words
  readonly of: 'people' | 'families'
  /** The category; null = not filled in. Anything that can be cast to text. */
  readonly category: OnSpan
  /** The columns of a span that the category is made of, when they have few values: equal ones are counted together before it is worked out. */
  readonly columns: readonly string[] | null
  /** Categories in the order of the report; null = whatever values there are (occupations, ethnic groups, areas). */
  readonly categories: Readonly<Record<string, Words>> | null
  /** Who is asked at all. Default: everybody in the filter. */
  readonly base?: OnSpan
  /** Counts people of this status instead of the living. */
  readonly status?: 'DECEASED'
  /** Moves by itself as people grow older. */
  readonly ages?: true
  /** The encrypted field it is read from: only as of today, and only for who may reveal it. */
  readonly secret?: 'chronic_illness' | 'contraception' | 'pregnancy'
  /** Categories are ids of areas. */
  readonly areas?: true
}

const w = (id: string, en: string): Words => ({ id, en })
const HAS = { ADA: w('Ada', 'Yes'), BELUM: w('Belum ada', 'Not yet') }
type Made = Pick<Breakdown, 'category' | 'columns'>
const column = (name: string): Made => ({ category: (a) => `${a}.${name}`, columns: [name] })
const has = (name: string): Made => ({ category: (a) => `case when ${a}.${name} then 'ADA' else 'BELUM' end`, columns: [name] })
const aged = (bands: readonly Band[]): Made => ({ category: ageBand(bands), columns: null })
/** Encrypted: read one by one. */
const SEALED: Made = { category: () => 'null', columns: null }

const people = (
  key: string,
  code: string | null,
  label: Words,
  made: Made,
  categories: Readonly<Record<string, Words>> | null,
  more: Partial<Breakdown> = {},
): Breakdown => ({ key, code, label, of: 'people', ...made, categories, ...more })

const families = (
  key: string,
  code: string | null,
  label: Words,
  name: string,
  categories: Readonly<Record<string, Words>>,
): Breakdown => ({
  ...people(key, code, label, column(name), categories),
  of: 'families',
  base: (a) => `${a}.is_head_of_family`,
})

const BLOOD = {
  A: w('A', 'A'),
  B: w('B', 'B'),
  AB: w('AB', 'AB'),
  O: w('O', 'O'),
  'A+': w('A+', 'A+'),
  'A-': w('A−', 'A−'),
  'B+': w('B+', 'B+'),
  'B-': w('B−', 'B−'),
  'AB+': w('AB+', 'AB+'),
  'AB-': w('AB−', 'AB−'),
  'O+': w('O+', 'O+'),
  'O-': w('O−', 'O−'),
  TIDAK_TAHU: w('Tidak tahu', 'Not known'),
} satisfies Readonly<Record<string, Words>>

const blood: Made = {
  columns: ['blood_type', 'rhesus'],
  category: (a) => `case when ${a}.blood_type <> 'TIDAK_TAHU' then ${a}.blood_type
      || case ${a}.rhesus when 'POSITIF' then '+' when 'NEGATIF' then '-' else '' end
    else ${a}.blood_type end`,
}

/** Must have an identity card: old enough, or ever married. */
const needsCard: OnSpan = (a, d) => `(${ageAtLeast(a, d, CARD_AGE)} or ${marriedOnce(a)})`

export const BREAKDOWNS: readonly Breakdown[] = [
  people('age_range', '13', w('Umur (rentang)', 'Age (ranges)'), aged(AGE_RANGES), bandWords(AGE_RANGES), { ages: true }),
  people('age_category', '15', w('Umur (kategori)', 'Age (categories)'), aged(AGE_CATEGORIES), bandWords(AGE_CATEGORIES), {
    ages: true,
  }),
  people('education', '0', w('Pendidikan dalam KK', 'Education on the family card'), column('education'), codes.EDUCATION),
  people('schooling', '14', w('Pendidikan sedang ditempuh', 'Studying now'), column('schooling'), codes.SCHOOLING),
  people('occupation', '1', w('Pekerjaan', 'Occupation'), column('occupation'), null),
  people('marital_status', '2', w('Status perkawinan', 'Marital status'), column('marital_status'), codes.MARITAL_STATUS),
  people('religion', '3', w('Agama', 'Religion'), column('religion'), codes.RELIGION),
  people('gender', '4', w('Jenis kelamin', 'Sex'), column('gender'), codes.GENDER),
  people('relationship', 'hubungan_kk', w('Hubungan dalam KK', 'Place in the family'), column('family_relationship'), codes.RELATIONSHIP),
  people('citizenship', '5', w('Warga negara', 'Citizenship'), column('citizenship'), codes.CITIZENSHIP),
  people('residency', '6', w('Status penduduk', 'Residency'), column('residency'), codes.RESIDENCY),
  people('blood_type', '7', w('Golongan darah', 'Blood type'), blood, BLOOD),
  people('disability', '9', w('Penyandang disabilitas', 'Disability'), column('disability'), codes.DISABILITY),
  people('chronic_illness', '10', w('Penyakit menahun', 'Chronic illness'), SEALED, codes.CHRONIC_ILLNESS, {
    secret: 'chronic_illness',
  }),
  people('contraception', '16', w('Akseptor KB', 'Contraception'), SEALED, codes.CONTRACEPTION, { secret: 'contraception' }),
  people(
    'birth_certificate',
    '17',
    w('Akta kelahiran menurut umur', 'Birth certificates by age'),
    aged(AGE_RANGES),
    bandWords(AGE_RANGES),
    {
      base: (a) => `${a}.has_birth_certificate`,
      ages: true,
    },
  ),
  people('identity_card', '18', w('Kepemilikan KTP', 'Identity cards'), column('card_stage'), codes.CARD_STAGE, {
    base: (a, d) => `${needsCard(a, d)} and ${a}.identity_card is distinct from 'KIA'`,
    ages: true,
  }),
  people('insurance', '19', w('Asuransi kesehatan', 'Health insurance'), column('insurance'), codes.INSURANCE),
  people('ethnicity', 'suku', w('Suku/etnis', 'Ethnic group'), column('ethnicity'), null),
  people('labour_insurance', 'bpjs_tenagakerja', w('BPJS Ketenagakerjaan', 'Labour insurance'), has('has_labour_insurance'), HAS),
  people('pregnancy', 'hamil', w('Status kehamilan', 'Pregnancy'), SEALED, codes.PREGNANCY, {
    secret: 'pregnancy',
    base: (a) => `${a}.gender = 'P'`,
  }),
  people('marriage_certificate', 'buku_nikah', w('Buku nikah', 'Marriage certificates'), has('has_marriage_certificate'), HAS, {
    base: (a) => `${a}.marital_status = 'KAWIN'`,
  }),
  people(
    'child_card',
    'kia',
    w('Kartu Identitas Anak (KIA)', 'Child identity cards (KIA)'),
    { category: (a) => `case when ${a}.identity_card = 'KIA' then 'ADA' else 'BELUM' end`, columns: ['identity_card'] },
    HAS,
    {
      base: (a, d) => `not ${needsCard(a, d)}`,
      ages: true,
    },
  ),
  people('death_certificate', 'akta_kematian', w('Akta kematian', 'Death certificates'), has('has_death_certificate'), HAS, {
    status: 'DECEASED',
  }),
  families('welfare_class', 'kelas_sosial', w('Kelas sosial keluarga', 'Welfare class of families'), 'welfare_class', codes.WELFARE_CLASS),
  // Not among the old 25.
  families('social_status', null, w('Status sosial keluarga', 'Social status of families'), 'social_status', codes.SOCIAL_STATUS),
  people(
    'age_stage',
    null,
    w('Umur menurut Depkes 2009', 'Age by the stages of the Ministry of Health (2009)'),
    aged(AGE_STAGES),
    bandWords(AGE_STAGES),
    { ages: true },
  ),
  people('literacy', null, w('Dapat membaca huruf', 'Reads script'), column('literacy'), codes.LITERACY),
  people('hamlet', null, w('Dusun', 'Hamlet'), column('hamlet_id'), null, { areas: true }),
  people('rw', null, w('RW', 'RW'), column('rw_id'), null, { areas: true }),
  people('area', null, w('RT', 'RT'), column('area_id'), null, { areas: true }),
]

export const breakdownNamed = (key: string): Breakdown | undefined => BREAKDOWNS.find((b) => b.key === key)
