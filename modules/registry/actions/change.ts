// A change of what is counted about a resident, with its own date and evidence: married, became Indonesian, finished school.
import { Refusal } from '#kernel/http/refusal.ts'
import { action } from '#kernel/resource/action.ts'
import { day, type Field } from '#kernel/resource/field.ts'
import { updateRow } from '#kernel/resource/store.ts'
import { citizens } from '../resources/index.ts'
import { EVENT_FIELDS, type EventInput, problem, sayEvent } from './record.ts'

const COUNTED = [
  'gender',
  'birth_date',
  'religion',
  'education',
  'schooling',
  'occupation',
  'marital_status',
  'blood_type',
  'citizenship',
  'residency',
  'identity_card',
  'card_stage',
  'birth_certificate',
  'marriage_certificate',
  'disability',
  'insurance',
  'ethnicity',
  'literacy',
] as const

/** The field as it may be left empty: empty means "as it is". */
function leftOut({ initial: _, ...field }: Field): Field {
  return { ...field, required: false }
}

const fields = Object.fromEntries(COUNTED.map((name) => [name, leftOut(citizens.fields[name])]))

type Change = EventInput & Partial<Record<(typeof COUNTED)[number], unknown>>

export const change = action<Change>({
  resource: citizens.name,
  noun: 'change',
  label: { id: 'Catat perubahan data', en: 'Record a change of data' },
  doc: {
    id: `Data yang dihitung berubah atau keliru: agama, pendidikan, pekerjaan, status kawin, kewarganegaraan, jenis kelamin, tanggal lahir …
Dengan tanggal berlakunya dan buktinya. Yang dikosongkan tetap seperti semula.
Ubah data biasa juga tercatat, per hari ini dan tanpa bukti.`,
    en: `Something that is counted has changed or was wrong: religion, education, occupation, marital status, citizenship, sex, date of
birth … With the day it happened and what proves it. Fields left empty stay as they are.
An ordinary edit is recorded too, as of today and without evidence.`,
  },
  input: {
    ...fields,
    ...EVENT_FIELDS,
    occurred_on: day({ id: 'Berlaku sejak', en: 'Since' }, { from: '1900-01-01', until: 'today' }),
  },
  async run(ctx, row, { occurred_on, reported_on, evidence_number, notes, ...said }) {
    const changes = Object.fromEntries(Object.entries(said).filter(([name, value]) => value !== null && value !== row[name]))
    if (!Object.keys(changes).length)
      throw new Refusal(409, 'nothing_changed', { id: 'Isi data yang berubah.', en: 'Fill in what has changed.' })
    const reported = reported_on ?? ctx.today
    if (reported < occurred_on)
      throw problem('reported_on', 'before_event', { id: 'Tanggal lapor mendahului peristiwanya.', en: 'Reported before it happened.' })
    await sayEvent(ctx, { citizen_id: row.id, kind: 'CHANGE', occurred_on, reported_on: reported, evidence_number, notes })
    await updateRow(ctx, citizens, row.id, changes)
    await sayEvent(ctx, null)
    await ctx.emit('registry.citizen_changed', citizens.name, row.id)
  },
})
