// Vaccinations of a resident: one is added, one that was entered by mistake is taken out. The list itself is sealed.
import type { Ctx } from '#kernel/ctx.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { action, type Stored } from '#kernel/resource/action.ts'
import { shown } from '#kernel/resource/columns.ts'
import { choice, day, optional, text } from '#kernel/resource/field.ts'
import { updateRow } from '#kernel/resource/store.ts'
import { healthRecords } from '../resources/health-records.ts'
import { VACCINE, type Vaccination } from './codes.ts'

/** More than anybody is given in a life. */
const MOST = 200

const vaccine = choice({ id: 'Imunisasi', en: 'Vaccine' }, VACCINE)
const given_on = day({ id: 'Tanggal diberikan', en: 'Given on' }, { from: '1900-01-01', until: 'today' })

/** The vaccinations of a stored record, oldest first. */
export function vaccinationsOf(ctx: Pick<Ctx, 'seal'>, row: Stored): readonly Vaccination[] {
  const opened = shown(ctx.seal, healthRecords, 'vaccinations', row['vaccinations'], true)
  return Array.isArray(opened) ? (opened as Vaccination[]) : []
}

const keep = (ctx: Ctx, row: Stored, list: readonly Vaccination[]) =>
  updateRow(ctx, healthRecords, row.id, { vaccinations: list.toSorted((a, b) => (a.given_on < b.given_on ? -1 : 1)) })

const same = (a: Pick<Vaccination, 'vaccine' | 'given_on'>) => (b: Vaccination) => a.vaccine === b.vaccine && a.given_on === b.given_on

export const vaccination = action<Vaccination>({
  resource: healthRecords.name,
  noun: 'vaccination',
  label: { id: 'Catat imunisasi', en: 'Record a vaccination' },
  doc: { id: 'Menambah satu imunisasi pada data kesehatan.', en: 'Adds one vaccination to the health record.' },
  input: { vaccine, given_on, place: optional(text({ id: 'Tempat', en: 'Place' }, { max: 100 })) },
  async run(ctx, row, input) {
    const list = vaccinationsOf(ctx, row)
    if (list.some(same(input)))
      throw new Refusal(409, 'already_given', {
        id: 'Imunisasi ini sudah tercatat pada tanggal itu.',
        en: 'This vaccination is already recorded on that day.',
      })
    if (list.length >= MOST)
      throw new Refusal(409, 'too_many', { id: 'Terlalu banyak imunisasi pada satu orang.', en: 'Too many vaccinations for one person.' })
    await keep(ctx, row, [...list, input])
  },
})

export const vaccinationRemoval = action<Pick<Vaccination, 'vaccine' | 'given_on'>>({
  resource: healthRecords.name,
  noun: 'vaccination-removal',
  label: { id: 'Hapus imunisasi keliru', en: 'Remove a wrong vaccination' },
  doc: { id: 'Menghapus satu imunisasi yang keliru dicatat.', en: 'Takes out one vaccination that was recorded by mistake.' },
  input: { vaccine, given_on },
  async run(ctx, row, input) {
    const list = vaccinationsOf(ctx, row)
    const rest = list.filter((one) => !same(input)(one))
    if (rest.length === list.length)
      throw new Refusal(409, 'not_given', {
        id: 'Imunisasi itu tidak tercatat pada tanggal itu.',
        en: 'That vaccination is not recorded on that day.',
      })
    await keep(ctx, row, rest)
  },
})
