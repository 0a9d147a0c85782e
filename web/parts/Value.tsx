// One value of a row, as a person reads it: the same in lists, records, history and conflicts.
import type { Field, Tone } from '#kernel/resource/field.ts'
import type { RowJson } from '../model.ts'
import { useFormats, useSay, type Say } from '../words.tsx'
import type { Formats } from '../words/formats.ts'
import { Due } from './Due.tsx'

const WAITING = /pending|waiting|draft|queued|temporary|invited|review|suspended/
const HARM = /failed|rejected|overdue/

/** How a state looks: as its workflow says, or else by its word, the first being the ordinary one. Colour never stands without the word. */
export const toneOf = (field: Field, value: string): Tone =>
  field.choices?.find((choice) => choice.value === value)?.tone ??
  (WAITING.test(value) ? 'wait' : HARM.test(value) ? 'harm' : field.choices?.[0]?.value === value ? 'good' : 'still')

export const isState = (name: string, field: Field): boolean => field.kind === 'choice' && (/^(status|state)$/.test(name) || moved(field))

/** A value as plain text; empty text when there is none. `title` is the name of what a reference points to. */
export function textOf(field: Field | undefined, value: unknown, tools: { say: Say; formats: Formats }, title?: string | null): string {
  const { say, formats } = tools
  if (value === null || value === undefined || value === '') return ''
  if (!field && Array.isArray(value)) return formats.list(value.map(String))
  if (!field) return typeof value === 'object' ? JSON.stringify(value) : String(value)
  switch (field.kind) {
    case 'choice':
      return say(field.choices?.find((choice) => choice.value === value)?.label ?? String(value))
    case 'boolean':
      return value === true || value === 'true' ? say({ id: 'Ya', en: 'Yes' }) : say({ id: 'Tidak', en: 'No' })
    case 'day':
      return formats.day(String(value))
    case 'instant':
      return formats.moment(String(value))
    case 'integer':
      return field.format === 'year' ? String(value) : formats.number(Number(value))
    case 'decimal':
      return formats.decimal(String(value))
    case 'ref':
      return title || String(value).slice(0, 8)
    case 'point': {
      const { lat, lng } = value as { lat: number; lng: number }
      return typeof lat === 'number' ? `${lat.toFixed(5)}, ${lng.toFixed(5)}` : ''
    }
    case 'tags':
      return Array.isArray(value) ? formats.list(value.map(String)) : String(value)
    case 'json':
      return typeof value === 'object' ? JSON.stringify(value) : String(value)
    default:
      return String(value)
  }
}

export function useTools(): { say: Say; formats: Formats } {
  return { say: useSay(), formats: useFormats() }
}

type Titled = { readonly title: readonly string[]; readonly fields: Readonly<Record<string, Field>> }

/** What a person would call this row. */
export const titleOf = (resource: Titled, row: RowJson, tools: { say: Say; formats: Formats }): string =>
  resource.title
    .map((name) => textOf(resource.fields[name], row[name], tools, row.titles?.[name] ?? ''))
    .filter(Boolean)
    .join(' ') || row.id.slice(0, 8)

export function useTitleOf(): (resource: Titled, row: RowJson) => string {
  const tools = useTools()
  return (resource, row) => titleOf(resource, row, tools)
}

/** Whether a workflow moves it, so that the row's clock is about it. */
const moved = (field: Field): boolean => field.choices?.[0]?.tone !== undefined

/** A value in a cell or a fact, with the little extra its kind deserves. */
export function Value({ name, field, row }: { name: string; field: Field | undefined; row: RowJson }) {
  const tools = useTools()
  const value = row[name]
  const text = textOf(field, value, tools, row.titles?.[name])
  if (!text)
    return (
      <span className="quiet">
        <span aria-hidden>–</span>
        <span className="unseen">{tools.say({ id: 'kosong', en: 'empty' })}</span>
      </span>
    )
  if (field && isState(name, field))
    return (
      <>
        <span className="state" data-tone={toneOf(field, String(value))}>
          {text}
        </span>
        {row.clock?.overdue && moved(field) && (
          <>
            {' '}
            <Due clock={row.clock} />
          </>
        )}
      </>
    )
  if (field?.secret) return <span className="mono">{text}</span>
  if (field?.kind === 'instant')
    return (
      <time dateTime={String(value)} title={tools.formats.moment(String(value))}>
        {tools.formats.ago(String(value))}
      </time>
    )
  if (field?.kind === 'long_text') return <span style={{ whiteSpace: 'pre-line' }}>{text}</span>
  return <>{text}</>
}

/** Common columns that no declaration mentions but every row has. */
export const COMMON_FIELDS: Readonly<Record<string, Field>> = {
  created_at: { kind: 'instant', label: { id: 'Dibuat', en: 'Created' }, required: true, readonly: true },
  updated_at: { kind: 'instant', label: { id: 'Diubah', en: 'Changed' }, required: true, readonly: true },
  deleted_at: { kind: 'instant', label: { id: 'Dihapus', en: 'Deleted' }, required: false, readonly: true },
}

export const fieldOf = (fields: Readonly<Record<string, Field>>, name: string): Field | undefined => fields[name] ?? COMMON_FIELDS[name]
