// The rows of a list, page after page by cursor; what was asked before and is no longer wanted is aborted.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import type { ListJson, ResourceFacts } from '../model.ts'
import { isState } from '../parts/Value.tsx'
import { listKey } from '../queries.ts'
import type { ListSearch } from './state.ts'

const PAGE = 50

/** `columns`: what is shown. Only that is asked for, besides what names a row and its state. */
export function useRows(tenant: string, { name: resource, fields, title }: ResourceFacts, search: ListSearch, columns: readonly string[]) {
  const states = Object.keys(fields).filter((name) => fields[name] && isState(name, fields[name]))
  const asked = [
    ...new Set([...columns.filter((name) => name in fields || name === 'created_at' || name === 'updated_at'), ...title, ...states]),
  ]
    .toSorted()
    .join(',')
  const query = useInfiniteQuery({
    queryKey: [...listKey(tenant, resource), search, asked],
    queryFn: ({ pageParam, signal }) =>
      api.get<ListJson>(apiAt.resource(tenant, resource), {
        search: { ...search, fields: asked, limit: String(PAGE), ...(pageParam ? { after: pageParam } : { count: 'true' }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const pages = query.data?.pages
  const rows = useMemo(() => {
    // A row that moved between two pages while we read shows once.
    const seen = new Set<string>()
    return (pages ?? []).flatMap((page) => page.data.filter((row) => !seen.has(row.id) && seen.add(row.id)))
  }, [pages])
  return {
    query,
    rows,
    first: pages?.[0],
    total: pages?.[0]?.page.total,
    capped: pages?.[0]?.page.capped === true,
    may: pages?.[0]?.may ?? [],
  }
}
