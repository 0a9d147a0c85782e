// A list request, read from the address and checked: what to filter, search, order and where to go on.
import { Refusal } from '#kernel/http/refusal.ts'
import { WHEN } from './columns.ts'
import { type Field, text } from './field.ts'
import { isId } from './id.ts'
import type { Model } from './model.ts'
import type { Resource } from './resource.ts'
import { checkField, isDay } from './to-schema.ts'

export type Operator = 'in' | 'gte' | 'lte' | 'null' | 'not'
export type Condition = {
  readonly path: readonly string[]
  readonly operator: Operator
  readonly values: readonly string[]
  readonly field: Field
  readonly of: Resource
}

export type ListQuery = {
  readonly limit: number
  readonly after: Cursor | null
  readonly search: string
  readonly sort: { readonly field: string; readonly descending: boolean; readonly given: boolean }
  readonly conditions: readonly Condition[]
  readonly deleted: boolean
  /** Only rows whose deadline has passed, or only the others; of a resource with a workflow. */
  readonly overdue?: boolean
  readonly count: boolean
  /** Fields to answer; absent = all. */
  readonly fields?: readonly string[]
}

/** Where the last page ended: its place in the order and its id. */
export type Cursor = { readonly keys: readonly (string | number)[]; readonly id: string; readonly order: string }

export const LIMIT_MAX = 200
const CONDITIONS_MAX = 20
const VALUES_MAX = 100
const OPERATORS = ['gte', 'lte', 'null', 'not']
const OWN = ['limit', 'after', 'q', 'sort', 'deleted', 'count', 'columns', 'format', 'fields', 'overdue']

const bad = (code: string, id: string, en: string, field: string): Refusal =>
  new Refusal(400, code, { id, en }, [{ field: field.slice(0, 60), code, message: { id, en } }])

export const encodeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify([cursor.order, cursor.id, ...cursor.keys])).toString('base64url')

/** The order a cursor belongs to: searching ranks first, so its cursors are not those of the plain list. */
export const orderName = (q: Pick<ListQuery, 'search' | 'sort'>): string =>
  `${q.search !== '' && !q.sort.given ? '~' : ''}${q.sort.descending ? '-' : ''}${q.sort.field}`

/** Whether a key of a cursor is what the database wrote for a field of this kind. */
function isKey(key: unknown, kind: string): boolean {
  if (typeof key !== 'string') return false
  if (kind === 'integer') return /^-?\d{1,10}$/.test(key) && Math.abs(Number(key)) <= 2_147_483_648
  if (kind === 'decimal') return /^-?\d{1,20}(\.\d{1,10})?$/.test(key)
  if (kind === 'day') return isDay(key)
  if (kind === 'instant') return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(key) && isDay(key.slice(0, 10))
  if (kind === 'boolean') return key === 'true' || key === 'false'
  return kind === 'ref' || kind === 'id' ? isId(key) : !key.includes('\u0000')
}

/** The kinds of the keys that a list's cursors carry. */
const keyKinds = (r: Resource, q: Pick<ListQuery, 'search' | 'sort'>): string[] => [
  ...(q.search !== '' && !q.sort.given && r.search?.length ? ['integer'] : []),
  r.fields[q.sort.field]?.kind ?? 'instant',
]

/** `kinds`: checks a cursor from outside; one of our own making is believed. */
export function decodeCursor(raw: string, order: string, kinds?: readonly string[]): Cursor {
  try {
    const [made, id, ...keys] = JSON.parse(Buffer.from(raw, 'base64url').toString('utf8')) as [string, string, ...string[]]
    const sound = !kinds || (keys.length === kinds.length && keys.every((key, i) => isKey(key, kinds[i] ?? '')))
    if (made === order && isId(id) && sound) return { keys, id, order }
  } catch {
    // fall through: one answer for every cursor that is not ours
  }
  throw bad(
    'invalid_cursor',
    'Penunjuk halaman ini tidak berlaku. Mulai lagi dari awal daftar.',
    'This page marker is not valid. Start again from the top of the list.',
    'after',
  )
}

const DAY_TIME: Field = { ...text({ id: '', en: '' }), kind: 'instant', required: false }

/** The field at the end of a path such as `gender` or `address_id.hamlet_id`, if the resource allows it as a filter. */
function filterField(model: Model, r: Resource, path: readonly string[]): { field: Field; of: Resource } | null {
  const [first = '', second] = path
  const own = r.fields[first]
  if (second === undefined) {
    if (first === 'created_at' || first === 'updated_at') return { field: DAY_TIME, of: r }
    return own && (r.filter?.includes(first) || own.kind === 'ref' || own.secret?.find === 'equal' || own.secret?.find === 'words')
      ? { field: own, of: r }
      : null
  }
  const target = own?.kind === 'ref' && r.filter?.includes(path.join('.')) ? model.resources.get(own.to ?? '') : undefined
  const field = target?.fields[second]
  return target && field ? { field, of: target } : null
}

function conditionOf(model: Model, r: Resource, key: string, raw: string, today: string): Condition {
  const parts = key.split('.')
  const operator = (parts.length > 1 && OPERATORS.includes(parts.at(-1) ?? '') ? parts.pop() : 'in') as Operator
  const found = parts.length <= 2 ? filterField(model, r, parts) : null
  if (!found)
    throw bad(
      'unknown_filter',
      `Daftar ini tidak dapat disaring menurut "${key.slice(0, 60)}".`,
      `This list cannot be filtered by "${key.slice(0, 60)}".`,
      key,
    )
  const values = found.field.secret || (operator !== 'in' && operator !== 'not') ? [raw] : raw.split(',')
  if (values.length > VALUES_MAX)
    throw bad('too_many_values', 'Terlalu banyak nilai dalam satu saringan.', 'Too many values in one filter.', key)
  // A sealed value has no order, and a "not" would find what cannot be read; of tags only presence is asked.
  if (operator !== 'in' && operator !== 'null' && (found.field.secret || found.field.kind === 'tags'))
    throw bad('unknown_filter', 'Isian ini hanya dapat disaring menurut isinya.', 'This field can only be filtered by what it holds.', key)
  if (operator === 'null') {
    if (raw !== 'true' && raw !== 'false') throw bad('invalid_filter', 'Tulis true atau false.', 'Write true or false.', key)
  } else if (!found.field.secret) {
    if ((operator === 'gte' || operator === 'lte') && !['day', 'instant', 'integer', 'decimal'].includes(found.field.kind))
      throw bad('unknown_filter', 'Isian ini tidak punya urutan.', 'This field has no order.', key)
    for (const value of values) {
      const { kind } = found.field
      const typed = kind === 'boolean' ? (value === 'true' ? true : value === 'false' ? false : value) : kind === 'tags' ? [value] : value
      // What limits input (not in the future, not by hand, at most …) does not limit what may be asked.
      const {
        readonly: _readonly,
        min: _min,
        max: _max,
        from: _from,
        until: _until,
        pattern: _pattern,
        format: _format,
        ...loose
      } = found.field
      const problem = checkField(key, { ...loose, required: true }, typed, today)
      if (problem || kind === 'json' || kind === 'point')
        throw bad(
          'invalid_filter',
          `Nilai saringan "${key.slice(0, 60)}" keliru.`,
          `The value of the filter "${key.slice(0, 60)}" is wrong.`,
          key,
        )
    }
  }
  return { path: parts, operator, values, ...found }
}

/** Reads the query string of a list. Throws 400 with a stable code for anything it does not know. */
export function readListQuery(model: Model, r: Resource, url: URLSearchParams, today: string): ListQuery {
  const limit = url.get('limit') ?? '25'
  if (!/^\d{1,4}$/.test(limit) || Number(limit) < 1 || Number(limit) > LIMIT_MAX)
    throw bad('invalid_limit', `Tulis jumlah baris dari 1 sampai ${LIMIT_MAX}.`, `Write a number of rows from 1 to ${LIMIT_MAX}.`, 'limit')
  const search = (url.get('q') ?? '').trim().slice(0, 100)
  if (search.includes('\u0000'))
    throw bad('invalid_search', 'Pencarian ini mengandung karakter terlarang.', 'This search contains a forbidden character.', 'q')
  const asked = url.get('sort') || r.sort[0] || 'created_at'
  const field = asked.replace(/^-/, '')
  if (!r.sort.includes(field) && field !== 'created_at')
    throw bad(
      'unknown_sort',
      `Daftar ini tidak dapat diurutkan menurut "${field.slice(0, 60)}".`,
      `This list cannot be ordered by "${field.slice(0, 60)}".`,
      'sort',
    )
  if (url.has('overdue') && !model.workflows.has(r.name))
    throw bad('unknown_filter', 'Data ini tidak punya tenggat.', 'These records have no deadlines.', 'overdue')
  for (const name of ['deleted', 'count', 'overdue'])
    if (!['true', 'false', null].includes(url.get(name)))
      throw bad('invalid_filter', 'Tulis true atau false.', 'Write true or false.', name)
  const fields = url.get('fields')?.split(',')
  const unknown = fields?.find((name) => !Object.hasOwn(r.fields, name) && !WHEN.includes(name))
  if (unknown !== undefined)
    throw bad('unknown_field', `Tidak ada isian "${unknown.slice(0, 60)}".`, `There is no field "${unknown.slice(0, 60)}".`, 'fields')
  const sort = { field, descending: asked.startsWith('-'), given: url.has('sort') }
  const pairs = [...url].filter(([key]) => !OWN.includes(key))
  if (pairs.length > CONDITIONS_MAX) throw bad('too_many_filters', 'Terlalu banyak saringan.', 'Too many filters.', '')
  const order = orderName({ search, sort })
  return {
    limit: Number(limit),
    after: url.get('after') ? decodeCursor(url.get('after') ?? '', order, keyKinds(r, { search, sort })) : null,
    search,
    sort,
    conditions: pairs.map(([key, raw]) => conditionOf(model, r, key, raw, today)),
    deleted: url.get('deleted') === 'true',
    ...(url.has('overdue') ? { overdue: url.get('overdue') === 'true' } : {}),
    count: url.get('count') === 'true',
    ...(fields ? { fields } : {}),
  }
}
