// Which columns a person sees, remembered on this device, and how wide each kind of fact is.
import { useCallback, useState } from 'react'
import type { Field } from '#kernel/resource/field.ts'
import type { ResourceFacts } from '../model.ts'
import { COMMON_FIELDS } from '../parts/Value.tsx'

const keyFor = (resource: string): string => `balai.columns.${resource}`

/** Every column a list may show; free text and raw data are for the record page. */
export const possibleColumns = (resource: ResourceFacts): string[] => [
  ...Object.keys(resource.fields).filter((name) => !['json', 'long_text'].includes(resource.fields[name]?.kind ?? '')),
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
  return { columns: kept?.length ? kept : ordinary(resource), chosen: kept !== null, set }
}

/** Width in rem by kind: fixed, so that nothing jumps while rows come and go. */
export function widthOf(field: Field | undefined, isTitle: boolean): number {
  if (isTitle) return 14
  if (field?.secret) return 10.5
  switch (field?.kind) {
    case 'boolean':
      return 7.5
    case 'day':
    case 'integer':
    case 'decimal':
      return 8
    case 'choice':
      return 8.5
    case 'instant':
    case 'point':
      return 9
    default:
      return 10.5
  }
}

/** Columns may shrink this far before the table scrolls sideways. */
export const SHRINK = 0.85

export const isNumeric = (field: Field | undefined): boolean => (field?.kind === 'integer' && field.format !== 'year') || field?.kind === 'decimal'
