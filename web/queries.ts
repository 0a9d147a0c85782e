// What screens ask the server for again and again, and the cache they share.
import { QueryCache, QueryClient, useQuery } from '@tanstack/react-query'
import { api, ApiProblem, isProblem } from './api.ts'
import { onBack } from './frame/connection.ts'
import { apiAt } from './addresses.ts'
import type { Me, Model, RowJson } from './model.ts'

export const client = new QueryClient({
  queryCache: new QueryCache({
    // The community was closed while its window stood open: the frame asks again, and says so instead of every page for itself.
    onError: (error, query) => {
      if (isProblem(error) && error.code.startsWith('community_') && query.queryKey[0] !== 'model')
        void client.invalidateQueries({ queryKey: ['model'] })
    },
  }),
  defaultOptions: {
    queries: {
      // Every request is tried even when the browser believes it is offline: an office server may be next door.
      networkMode: 'always',
      staleTime: 15_000,
      retry: (count, error) => error instanceof ApiProblem && error.status === 0 && count < 2,
      retryDelay: (count) => 600 * 2 ** count,
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

onBack(() => void client.invalidateQueries())

/** Who is signed in; null when nobody is. */
export const meQuery = {
  queryKey: ['me'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api.get<Me>('/api/me', { signal }).catch((error: unknown) => {
      if (isProblem(error) && error.status === 401) return null
      throw error
    }),
  staleTime: 60_000,
}

export const useMe = () => useQuery(meQuery)

export const modelQuery = (tenant: string) => ({
  queryKey: ['model', tenant],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Model>(apiAt.tenant(tenant, 'model'), { signal }),
  staleTime: 5 * 60_000,
})

export const rowKey = (tenant: string, resource: string, id: string) => ['row', tenant, resource, id] as const
export const listKey = (tenant: string, resource: string) => ['list', tenant, resource] as const

export const rowQuery = (tenant: string, resource: string, id: string) => ({
  queryKey: rowKey(tenant, resource, id),
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<RowJson>(apiAt.row(tenant, resource, id), { signal }),
})

/** After a write: the row, every list and what is drawn from them are asked again. */
export function forget(tenant: string, resource?: string, id?: string): void {
  if (resource && id) {
    void client.invalidateQueries({ queryKey: rowKey(tenant, resource, id) })
    void client.invalidateQueries({ queryKey: ['history', tenant, resource, id] })
  }
  for (const key of ['list', 'options', 'home', 'related', 'map']) void client.invalidateQueries({ queryKey: [key, tenant] })
  if (resource === 'core.roles' || resource === 'core.memberships') void client.invalidateQueries({ queryKey: ['model', tenant] })
}
