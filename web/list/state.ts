// What a list shows lives in the address: the same words the API takes, so that a list can be sent as a link.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { Field } from '#kernel/resource/field.ts'
import { findResource, type Model, type ResourceFacts } from '../model.ts'
import { COMMON_FIELDS } from '../parts/Value.tsx'

export type ListSearch = Readonly<Record<string, string>>
export type Patch = Readonly<Record<string, string | undefined>>

const OWN = new Set(['q', 'sort', 'deleted', 'overdue'])
const OPERATORS = /\.(gte|lte|null|not)$/
/** `birth_date.gte` is a filter on `birth_date`; `address_id.hamlet_id` is one on a field of what a reference points to. */
const fieldNameOf = (key: string): string => key.replace(OPERATORS, '')

/** The field behind the name of a filter, also one step along a reference. */
export function filterField(model: Model, resource: ResourceFacts, name: string): Field | undefined {
  const [first = '', second] = name.split('.')
  const own = resource.fields[first] ?? COMMON_FIELDS[first]
  return second === undefined ? own : own?.to ? findResource(model, own.to)?.fields[second] : undefined
}

/** What a list may be filtered by: what is declared, and every reference, so that links from other records work. */
export const filterable = (resource: ResourceFacts): string[] => [
  ...new Set([...(resource.filter ?? []), ...Object.keys(resource.fields).filter((name) => resource.fields[name]?.kind === 'ref')]),
]

/** Only what the resource knows: an address typed by hand must not break the list. */
function understood(resource: ResourceFacts, raw: Record<string, unknown>): ListSearch {
  const known = new Set([...filterable(resource), 'created_at', 'updated_at'])
  return Object.fromEntries(
    Object.entries(raw)
      .filter(
        ([key, value]) => value !== '' && (key !== 'overdue' || resource.workflow?.timed) && (OWN.has(key) || known.has(fieldNameOf(key))),
      )
      .map(([key, value]) => [key, String(value)]),
  )
}

export function useListState(resource: ResourceFacts) {
  const raw = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const key = JSON.stringify(raw)
  const search = useMemo(() => understood(resource, JSON.parse(key) as Record<string, unknown>), [resource, key])
  const change = useCallback(
    (patch: Patch) => {
      const next = Object.fromEntries(Object.entries({ ...search, ...patch }).filter((pair): pair is [string, string] => Boolean(pair[1])))
      void navigate({ to: '.', search: next, replace: true } as never)
    },
    [search, navigate],
  )
  const replace = useCallback((next: ListSearch) => void navigate({ to: '.', search: next, replace: true } as never), [navigate])
  return { search, change, replace }
}

export type ListState = ReturnType<typeof useListState>

/** The fields a person filters by right now, in the order of the declaration. */
export const activeFilters = (resource: ResourceFacts, search: ListSearch): string[] =>
  [...filterable(resource), 'created_at', 'updated_at'].filter((name) => Object.keys(search).some((key) => fieldNameOf(key) === name))

/** Takes one field's filter out, whatever its operators. */
export const without = (search: ListSearch, name: string): ListSearch =>
  Object.fromEntries(Object.entries(search).filter(([key]) => fieldNameOf(key) !== name))

export const isFiltered = (search: ListSearch): boolean => Object.keys(search).some((key) => key !== 'sort')

/** Which way a column is sorted now. */
export function sortedBy(resource: ResourceFacts, search: ListSearch): { field: string | undefined; down: boolean } {
  const sort = search['sort'] ?? resource.sort[0]
  return { field: sort?.replace(/^-/, ''), down: sort?.startsWith('-') ?? false }
}

export type FilterKind = 'many' | 'ref' | 'range' | 'yes_no' | 'equal'

export const filterKind = (field: Field): FilterKind =>
  field.secret
    ? 'equal'
    : field.kind === 'choice'
      ? 'many'
      : field.kind === 'ref'
        ? 'ref'
        : field.kind === 'boolean'
          ? 'yes_no'
          : field.kind === 'day' || field.kind === 'instant' || field.kind === 'integer' || field.kind === 'decimal'
            ? 'range'
            : 'equal'
