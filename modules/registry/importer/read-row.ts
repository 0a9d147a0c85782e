// One row of the workbook → what it says about a person, with everything that is wrong or odd in it. Knows nothing of other rows.
import type { Issue, SheetRow } from '#kernel/imports/importer.ts'
import { checkField } from '#kernel/resource/to-schema.ts'
import { nikWarnings, readNik } from '../nik.ts'
import { citizens } from '../resources/index.ts'
import { areaNumberOf, clean, dayOf, hamletOf, placeOf, textOf } from './cells.ts'
import { COLUMNS } from './columns.ts'
import { bloodOf, codeOf, type CodeReading, type ListName, occupationOf } from './lists.ts'
import { issue, type MessageName } from './messages.ts'

/** Where the row says the person lives; RT and RW are null where the village has none. */
export type Where = { readonly hamlet: string; readonly rw: string | null; readonly rt: string | null; readonly street: string | null }

export type Draft = {
  readonly row: number
  readonly title: string
  /** Fields of the resident in JSON form; family, address and place in family are decided later, with the other rows. */
  readonly values: Record<string, unknown>
  readonly nik: string | null
  readonly familyNumber: string | null
  relationship: string | null
  readonly where: Where
  readonly errors: Issue[]
  readonly warnings: Issue[]
}

const LABELS = new Map(COLUMNS.map((c) => [c.key, c.label]))

/** Coded cells: column, list, field of the resident, and whether a person must have it. */
const CODED: readonly (readonly [column: string, list: ListName, field: string, required?: 'required'])[] = [
  ['sex', 'gender', 'gender', 'required'],
  ['agama_id', 'religion', 'religion', 'required'],
  ['pendidikan_kk_id', 'education', 'education', 'required'],
  ['pendidikan_sedang_id', 'schooling', 'schooling'],
  ['status_kawin', 'marital', 'marital_status', 'required'],
  ['cacat_id', 'disability', 'disability'],
  ['cara_kb_id', 'contraception', 'contraception'],
  ['hamil', 'pregnancy', 'pregnancy'],
  ['ktp_el', 'identityCard', 'identity_card'],
  ['status_rekam', 'cardStage', 'card_stage'],
  ['id_asuransi', 'insurance', 'insurance'],
]

const TEXTS: readonly (readonly [column: string, field: string])[] = [
  ['nama_ayah', 'father_name'],
  ['nama_ibu', 'mother_name'],
  ['akta_lahir', 'birth_certificate'],
  ['dokumen_pasport', 'passport_number'],
  ['dokumen_kitas', 'stay_permit_number'],
  ['akta_perkawinan', 'marriage_certificate'],
  ['akta_perceraian', 'divorce_certificate'],
  ['alamat_sekarang', 'current_address'],
  ['suku', 'ethnicity'],
  ['tag_id_card', 'card_tag'],
  ['no_asuransi', 'insurance_number'],
  ['ket', 'notes'],
]

const DAYS: readonly (readonly [column: string, field: string])[] = [
  ['tanggal_akhir_paspor', 'passport_expires_on'],
  ['tanggalperkawinan', 'married_on'],
  ['tanggalperceraian', 'divorced_on'],
]

const PARENTS: readonly (readonly [column: string, field: string])[] = [
  ['ayah_nik', 'father_nik'],
  ['ibu_nik', 'mother_nik'],
]

const EPOCH = '1970-01-01'

/** Reads a row. `today` is the tenant's. Rows with errors keep no warnings: they are not taken anyway. */
export function readRow({ row, cells }: SheetRow, today: string): Draft {
  const reading = new Reading(cells, today)
  const { values, errors, warnings } = reading
  const name = clean(cells['nama'])
  reading.required('nama', 'name', name)
  reading.required('tempatlahir', 'birth_place', textOf(cells['tempatlahir']))
  reading.birthDate()
  for (const [column, list, field, required] of CODED) reading.code(column, field, codeOf(list, cells[column]), required)
  reading.code('pekerjaan_id', 'occupation', occupationOf(cells['pekerjaan_id']), 'required')
  reading.code('warganegara_id', 'citizenship', codeOf('citizenship', cells['warganegara_id']))
  reading.code('golongan_darah_id', 'blood_type', codeOf('blood', cells['golongan_darah_id']))
  reading.code('status_dasar', 'status', codeOf('status', cells['status_dasar']))
  for (const [column, field] of TEXTS) reading.text(column, field)
  for (const [column, field] of DAYS) reading.day(column, field)
  for (const [column, field] of PARENTS) reading.parent(column, field)
  const blood = bloodOf(String(values['blood_type'] ?? ''))
  if (blood.type) Object.assign(values, { blood_type: blood.type, ...(blood.rhesus ? { rhesus: blood.rhesus } : {}) })
  values['status'] ??= 'ALIVE'
  values['citizenship'] ??= 'WNI'
  const location = placeOf(cells['lat'], cells['lng'])
  if (location) values['location'] = location
  const nik = reading.nik()
  const familyNumber = reading.familyNumber()
  const relationship = reading.relationship(familyNumber)
  const where = reading.where()
  return { row, title: name, values, nik, familyNumber, relationship, where, errors, warnings: errors.length ? [] : warnings }
}

class Reading {
  readonly values: Record<string, unknown> = {}
  readonly errors: Issue[] = []
  readonly warnings: Issue[] = []
  private readonly cells: Readonly<Record<string, string>>
  private readonly today: string

  constructor(cells: Readonly<Record<string, string>>, today: string) {
    this.cells = cells
    this.today = today
  }

  private error(code: MessageName, column: string): void {
    this.errors.push(issue(code, column, undefined, LABELS.get(column)))
  }

  private warn(code: MessageName, column: string): void {
    this.warnings.push(issue(code, column, undefined, LABELS.get(column)))
  }

  /** Whether the resident's own rules allow the value; the declaration says how long and of what form. */
  private fits(field: string, value: unknown): boolean {
    const f = citizens.fields[field as keyof typeof citizens.fields]
    return checkField(field, { ...f, readonly: undefined as never }, value, this.today) === null
  }

  required(column: string, field: string, text: string | null): void {
    if (!text) this.error('value_missing', column)
    else if (this.fits(field, text)) this.values[field] = text
    else this.error('value_wrong', column)
  }

  code(column: string, field: string, reading: CodeReading, required?: 'required'): void {
    if ('code' in reading) this.values[field] = reading.code
    else if (required) this.error('fault' in reading ? 'value_unknown' : 'value_missing', column)
    else if ('fault' in reading) this.warn('value_dropped', column)
  }

  text(column: string, field: string): void {
    const text = textOf(this.cells[column])
    if (text === null || /^0+$/.test(text)) return
    if (this.fits(field, text)) this.values[field] = text
    else this.warn('value_dropped', column)
  }

  day(column: string, field: string): void {
    const read = dayOf(this.cells[column])
    if ('day' in read && this.fits(field, read.day)) {
      this.values[field] = read.day
      if (read.day === EPOCH) this.warn('date_suspicious', column)
    } else if (!('fault' in read && read.fault === 'missing')) this.warn('date_dropped', column)
  }

  birthDate(): void {
    const column = 'tanggallahir'
    const read = dayOf(this.cells[column])
    if ('fault' in read) this.error(`birth_date_${read.fault}`, column)
    else if (read.day < '1900-01-01') this.error('birth_date_early', column)
    else if (read.day > this.today) this.error('birth_date_future', column)
    else {
      this.values['birth_date'] = read.day
      if (read.day === EPOCH) this.warn('date_suspicious', column)
    }
  }

  parent(column: string, field: string): void {
    const read = readNik(clean(this.cells[column]))
    if (read.kind === 'permanent') this.values[field] = read.nik
    else if (read.kind === 'wrong') this.warn('value_dropped', column)
  }

  nik(): string | null {
    const read = readNik(clean(this.cells['nik']))
    if (read.kind === 'wrong') this.error('nik_length', 'nik')
    if (read.kind === 'temporary') this.warn('nik_temporary', 'nik')
    if (read.kind !== 'permanent') return null
    // Where a NIK was first issued says nothing about a whole village's newcomers, so the region is not compared here.
    const facts = { birthDate: this.values['birth_date'] as string | undefined, gender: this.values['gender'] as string | undefined }
    for (const w of nikWarnings(read.nik, { birthDate: facts.birthDate ?? null, gender: facts.gender ?? null }))
      this.warnings.push({ code: w.code, column: 'nik', message: w.message })
    this.values['nik'] = read.nik
    return read.nik
  }

  familyNumber(): string | null {
    const digits = clean(this.cells['no_kk']).replaceAll(/[\s.\-–]/g, '')
    if (/^0*$/.test(digits)) {
      this.warn('family_missing', 'no_kk')
      return null
    }
    if (/^\d{16,20}$/.test(digits)) return digits
    this.error('family_number_length', 'no_kk')
    return null
  }

  relationship(familyNumber: string | null): string | null {
    if (familyNumber === null) return null
    const read = codeOf('relationship', this.cells['kk_level'])
    if ('code' in read) return read.code
    this.error('fault' in read ? 'value_unknown' : 'relationship_missing', 'kk_level')
    return null
  }

  where(): Where {
    const hamlet = hamletOf(this.cells['dusun'])
    if (hamlet === null) this.error('hamlet_missing', 'dusun')
    const [rw, rt] = (['rw', 'rt'] as const).map((kind) => {
      const read = areaNumberOf(this.cells[kind])
      if ('fault' in read) this.error(`${kind}_wrong`, kind)
      return 'code' in read ? read.code : null
    }) as [string | null, string | null]
    const street = textOf(this.cells['alamat'])
    if (street !== null && street.length > 255) this.error('value_wrong', 'alamat')
    return { hamlet: hamlet ?? '', rw, rt, street }
  }
}
