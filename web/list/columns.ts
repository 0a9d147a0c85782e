// Which columns a person sees, remembered on this device, and how wide each kind of fact is.
import { useCallback, useMemo, useState } from 'react'
import type { Field } from '#kernel/resource/field.ts'
import type { ResourceFacts } from '../model.ts'
import { COMMON_FIELDS } from '../parts/Value.tsx'

const keyFor = (resource: string): string => `balai.columns.${resource}`

/** Every column a list may show; free text and raw data are for the record page. */
export const possibleColumns = (resource: ResourceFacts): string[] => [
  ...Object.keys(resource.fields).filter(
    (name) => !['json', 'long_text'].includes(resource.fields[name]?.kind ?? '') && !(resource.noticed && resource.fields[name]?.secret),
  ),
  'created_at',
  'updated_at',
]

function readKept(resource: ResourceFacts): readonly string[] | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyFor(resource.name)) ?? 'null')
    const possible = possibleColumns(resource)
    return Array.isArray(kept) ? kept.filter((name): name is string => possible.includes(name as string)) : null
  } catch {
    return null
  }
}

const ordinary = (resource: ResourceFacts): readonly string[] =>
  resource.list.filter((name) => (resource.fields[name] ?? COMMON_FIELDS[name])?.kind !== 'json')

export function useColumns(resource: ResourceFacts) {
  const [kept, setKept] = useState(() => readKept(resource))
  const set = useCallback(
    (columns: readonly string[] | null) => {
      setKept(columns)
      try {
        if (columns) localStorage.setItem(keyFor(resource.name), JSON.stringify(columns))
        else localStorage.removeItem(keyFor(resource.name))
      } catch {
        // Not remembered, still chosen.
      }
    },
    [resource.name],
  )
  const columns = useMemo(() => (kept?.length ? kept : ordinary(resource)), [kept, resource])
  return { columns, chosen: kept !== null, set }
}

/** Width in rem by kind. Numbers, days and masked secrets keep theirs; words give way to each other. */
function wish(field: Field | undefined, isTitle: boolean): { rem: number; firm: boolean } {
  if (isTitle) return { rem: 13, firm: false }
  if (field?.secret) return { rem: field.kind === 'choice' ? 8 : 10, firm: true }
  switch (field?.kind) {
    case 'boolean':
      return { rem: 7, firm: false }
    case 'day':
      return { rem: 7.6, firm: true }
    case 'integer':
    case 'decimal':
      return { rem: 7.5, firm: true }
    case 'choice':
      return { rem: 8.5, firm: false }
    case 'instant':
    case 'point':
      return { rem: 9, firm: false }
    default:
      return { rem: 11, firm: false }
  }
}

/** Words may shrink this far before the table scrolls sideways. */
const LEAST = 0.78

/** Width of each column in pixels, filling `room` pixels: fixed, so that nothing jumps while rows come and go. */
export function widthsOf(fields: readonly (Field | undefined)[], titleIndex: number, room: number, rem: number): number[] {
  const wishes = fields.map((field, index) => wish(field, index === titleIndex))
  const sum = (firm: boolean): number => wishes.reduce((total, one) => total + (one.firm === firm ? one.rem * rem : 0), 0)
  const scale = Math.max(LEAST, (room - sum(true)) / (sum(false) || 1))
  return wishes.map((one) => Math.floor(one.rem * rem * (one.firm ? 1 : scale)))
}

export const isNumeric = (field: Field | undefined): boolean =>
  (field?.kind === 'integer' && field.format !== 'year') || field?.kind === 'decimal'
