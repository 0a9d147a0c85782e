// Between JSON and columns: how a field is written, read, masked and named.
import type { Ctx } from '#kernel/ctx.ts'
import { mask } from '#kernel/secrets/mask.ts'
import type { Seal } from '#kernel/secrets/seal.ts'
import { type Locale, say } from '#kernel/words.ts'
import type { Stored } from './action.ts'
import type { Field } from './field.ts'
import type { Model } from './model.ts'
import type { Resource } from './resource.ts'
import { INDEX_SUFFIX } from './to-table.ts'

/** A column and the SQL expression that writes it. */
export type Written = { readonly column: string; readonly sql: string }

/** The columns that a field's value becomes. `param` collects the values. */
export function written(seal: Seal, resource: Resource, name: string, value: unknown, param: (v: unknown) => string): Written[] {
  const f = resource.fields[name]
  if (!f) throw new Error(`${resource.name} has no field ${name}.`)
  if (f.secret) return writtenSecret(seal, resource, name, f, value, param)
  if (value === null || value === undefined) return [{ column: name, sql: param(null) }]
  if (f.kind === 'point') {
    const p = value as { lat: number; lng: number }
    return [{ column: name, sql: `st_setsrid(st_makepoint(${param(p.lng)}::float8, ${param(p.lat)}::float8), 4326)::geography` }]
  }
  if (f.kind === 'json') return [{ column: name, sql: `${param(JSON.stringify(value))}::jsonb` }]
  return [{ column: name, sql: param(value) }]
}

function writtenSecret(seal: Seal, r: Resource, name: string, f: Field, value: unknown, param: (v: unknown) => string): Written[] {
  const full = `${r.name}.${name}`
  const plain = value === null || value === undefined ? null : sealedText(f, value)
  const columns: Written[] = [{ column: name, sql: param(plain === null ? null : seal.seal(plain, full)) }]
  if (f.secret?.find === 'equal') columns.push({ column: name + INDEX_SUFFIX, sql: param(plain === null ? null : seal.blind(plain, full)) })
  if (f.secret?.find === 'words')
    columns.push({ column: name + INDEX_SUFFIX, sql: param(plain === null ? null : seal.blindWords(plain, full)) })
  return columns
}

/** What is sealed of a value is text: lists and objects become JSON, and are read back as what they were. */
const AS_JSON: ReadonlySet<Field['kind']> = new Set(['tags', 'json', 'integer', 'boolean', 'point'])
const sealedText = (f: Field, value: unknown): string => (AS_JSON.has(f.kind) ? JSON.stringify(value) : String(value))
const openedText = (f: Field, text: string): unknown => (AS_JSON.has(f.kind) ? JSON.parse(text) : text)

/** SQL that reads a field over an alias. */
export const readSql = (alias: string, name: string, f: Field): string =>
  f.kind === 'point'
    ? `case when ${alias}.${name} is null then null else json_build_object('lat', st_y(${alias}.${name}::geometry), 'lng', st_x(${alias}.${name}::geometry)) end`
    : `${alias}.${name}`

const SYSTEM = ['id', 'version', 'created_at', 'updated_at', 'created_by', 'updated_by', 'deleted_at']

/** Which fields a statement reads: all, or what a list shows and needs. */
export type Width = 'all' | 'list'

/** The select list of a whole row: never `*`, never a blind index. Made once per resource: it is long, and part of most statements. */
export function selectList(r: Resource): string {
  let known = wholes.get(r)
  if (!known) wholes.set(r, (known = selectOf(r, SYSTEM, Object.keys(r.fields))))
  return known
}
const wholes = new WeakMap<Resource, string>()

/** The select list of a list: its columns, what names the row, and what says which actions are possible. */
export function listSelect(model: Pick<Model, 'looked'>, r: Resource): string {
  let known = narrows.get(r)
  if (!known) {
    const needed = new Set([...r.list, ...r.title, ...(model.looked.get(r.name) ?? [])])
    narrows.set(
      r,
      (known = selectOf(
        r,
        ['id', 'version', ...WHEN.filter((name) => needed.has(name)), 'deleted_at'],
        Object.keys(r.fields).filter((name) => needed.has(name)),
      )),
    )
  }
  return known
}
const narrows = new WeakMap<Resource, string>()

const selectOf = (r: Resource, system: readonly string[], fields: readonly string[]): string =>
  [...system.map((c) => `t.${c}`), ...fields.map((name) => `${readSql('t', name, r.fields[name]!)} as ${name}`)].join(', ')

/** A stored value in JSON form. Secrets are masked unless `open`. */
export function shown(seal: Seal, r: Resource, name: string, value: unknown, open = false): unknown {
  const f = r.fields[name]
  if (!f || value === null || value === undefined) return value ?? null
  if (!f.secret) return value
  const full = `${r.name}.${name}`
  return open ? openedText(f, seal.open(value as Buffer, full)) : masked(seal, full, value as Buffer, f.secret.mask)
}

/** Masks to remember per community, some 200 bytes each. */
const MASKS_MAX = 20_000
// The same rows are listed again and again, and opening a seal costs more than all else that is done with a row.
// Only masks are remembered, never what is under them, and only for the very bytes they were made of.
const masks = new WeakMap<Seal, Map<string, string>>()

function masked(seal: Seal, full: string, sealed: Buffer, shape: readonly [number, number]): string {
  let known = masks.get(seal)
  if (!known) masks.set(seal, (known = new Map()))
  const key = `${full} ${sealed.toString('latin1')}`
  let text = known.get(key)
  if (text === undefined) {
    text = mask(seal.open(sealed, full), shape)
    if (known.size >= MASKS_MAX) known.clear()
    known.set(key, text)
  }
  return text
}

/** A row as the API answers it, without what depends on the caller's permissions. */
export function presentFields(ctx: Pick<Ctx, 'seal'>, r: Resource, row: Stored, shape = shapeOf(r)): Record<string, unknown> {
  const { names, secrets, empty } = shape
  // A copy of an object of the right shape, filled where there is something: most fields of most rows are empty.
  const fields = { ...empty }
  for (const name of names) {
    const value = row[name]
    if (value !== null && value !== undefined) fields[name] = value
  }
  for (const name of secrets) if (fields[name] !== null) fields[name] = shown(ctx.seal, r, name, fields[name])
  return fields
}

export type Shape = {
  readonly names: readonly string[]
  readonly secrets: readonly string[]
  readonly empty: Readonly<Record<string, unknown>>
}
const shapes = new WeakMap<Resource, Shape>()

function shapeOf(r: Resource): Shape {
  const known = shapes.get(r)
  if (known) return known
  const made = shapeWith(r, [...Object.keys(r.fields), ...WHEN])
  shapes.set(r, made)
  return made
}

/** When a row was made and changed: part of a whole row, and of a list that asks for them. */
export const WHEN: readonly string[] = ['created_at', 'updated_at']

/** The shape of an answered row that has only these fields. */
export function shapeWith(r: Resource, fields: readonly string[]): Shape {
  const names = ['id', 'version', ...fields, 'deleted_at']
  return { names, secrets: fields.filter((name) => r.fields[name]?.secret), empty: Object.fromEntries(names.map((name) => [name, null])) }
}

/** How a person would write one value: labels for codes, masks for secrets, days in the locale's order. */
export function worded(seal: Seal, r: Resource, name: string, value: unknown, locale: Locale): string {
  const f = r.fields[name]
  if (!f || value === null || value === undefined) return ''
  if (f.kind === 'choice') {
    const found = f.choices?.find((c) => c.value === value)
    return found ? say(found.label, locale) : String(value)
  }
  if (f.kind === 'boolean') return say(value ? { id: 'ya', en: 'yes' } : { id: 'tidak', en: 'no' }, locale)
  const visible = shown(seal, r, name, value)
  if (f.kind === 'day' || f.kind === 'text' || f.kind === 'long_text') return String(visible)
  return typeof visible === 'object' ? JSON.stringify(visible) : String(visible)
}
