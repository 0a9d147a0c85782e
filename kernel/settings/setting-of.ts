// What a setting says in a community: what was set there, or the default.
import type { Db } from '#kernel/db/db.ts'
import type { House } from '#kernel/house.ts'
import { checkField } from '#kernel/resource/to-schema.ts'
import { tenantSeal } from '#kernel/secrets/keyring.ts'
import { defaultOf, type SettingFact } from './fact.ts'
import { type KeptSetting, settingsOf } from './kept.ts'
import { type DataType, fromText, typed } from './text-form.ts'

/** The field name that sealed values are bound to. */
export const SEALED_AS = 'core.settings.secret_value'

/**
 * The value of a declared setting, in its field's JSON form; the default where nothing is set, or where what was set no longer fits the
 * declaration. By name: also a community's own, `custom.…`, or null when it has none. Throws for a name that no module declares.
 */
export function settingOf<Value>(house: House, tenantId: string, fact: SettingFact<Value>, within?: Db): Promise<Value>
export function settingOf<Value = unknown>(house: House, tenantId: string, name: string, within?: Db): Promise<Value>
export async function settingOf(house: House, tenantId: string, asked: SettingFact | string, within?: Db): Promise<unknown> {
  const name = typeof asked === 'string' ? asked : asked.name
  const fact = house.model.settings.get(name)
  const row = (await settingsOf(house, tenantId, within)).get(name)
  if (fact) return valueOf(house, tenantId, fact, row)
  if (!name.startsWith('custom.')) throw new Error(`No module declares the setting ${name}.`)
  return !row || row.value === null ? null : (typed(row.data_type as DataType, row.value) ?? null)
}

/** The value of a declared setting from its stored row. */
export async function valueOf(house: House, tenantId: string, { field }: SettingFact, row: KeptSetting | undefined): Promise<unknown> {
  if (!row) return defaultOf(field)
  if (field.secret) return row.secret_value ? (await tenantSeal(house, tenantId)).open(row.secret_value, SEALED_AS) : defaultOf(field)
  if (row.value === null) return null
  const value = fromText(field, row.value)
  return misfits({ field }, row) ? defaultOf(field) : value
}

/** Whether what was set is something that today's declaration would refuse. */
export function misfits({ field }: Pick<SettingFact, 'field'>, row: KeptSetting): boolean {
  if (field.secret || row.value === null) return false
  const value = fromText(field, row.value)
  return value === undefined || checkField('value', field, value, '9999-12-31') !== null
}

/** Whether somebody must still set it: required, and neither set nor given a default; or set to what no longer fits. */
export function needsSomebody(fact: SettingFact, row: KeptSetting | undefined): boolean {
  if (row && misfits(fact, row)) return true
  const empty = !row || (row.value === null && row.secret_value === null)
  return fact.field.required && empty && defaultOf(fact.field) === null
}
