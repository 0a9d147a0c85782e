// How people, families and places are introduced under their name: "34 tahun · RT 002 Merantian".
import type { RowJson } from '#web/model.ts'
import type { SubtitleTools } from '#web/screens.ts'

/** Whole years between two days (`YYYY-MM-DD`): nobody turns a year older before their birthday. */
export function yearsBetween(from: string, until: string): number {
  const years = Number(until.slice(0, 4)) - Number(from.slice(0, 4))
  return until.slice(5) < from.slice(5) ? years - 1 : years
}

const joined = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join(' · ')

export function citizenUnder(row: RowJson, { say, today }: SubtitleTools): string {
  const born = row['birth_date']
  const age =
    typeof born === 'string' && row['status'] === 'ALIVE'
      ? say({ id: '{years} tahun', en: '{years} years old' }, { years: yearsBetween(born, today) })
      : ''
  return joined(
    age,
    row.titles?.['area_id'],
    row.titles?.['family_id'] ? say({ id: 'KK {family}', en: 'family {family}' }, { family: row.titles['family_id'] }) : '',
  )
}

export const familyUnder = (row: RowJson, { say }: SubtitleTools): string =>
  joined(row.titles?.['area_id'], row['needs_head'] === true ? say({ id: 'belum punya kepala keluarga', en: 'has no head yet' }) : '')

export const addressUnder = (row: RowJson): string => joined(row.titles?.['area_id'], row['village'] as string | null)

export const areaUnder = (row: RowJson, { say }: SubtitleTools): string =>
  row.titles?.['head_id'] ? say({ id: 'Ketua: {head}', en: 'Head: {head}' }, { head: row.titles['head_id'] }) : ''
