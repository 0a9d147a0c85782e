// What the operator's pages know of the server: shapes, queries, and the words for states and kinds of work.
import { useQuery } from '@tanstack/react-query'
import type { Words } from '#kernel/words.ts'
import { api } from '../api.ts'
import { client } from '../queries.ts'

export type Status = 'active' | 'suspended' | 'deleting'
export type Limits = { readonly users?: number; readonly rows?: number; readonly storage_mb?: number; readonly api_calls_per_day?: number }
export type PlatformModule = { readonly name: string; readonly label: Words; readonly doc: string; readonly uses: readonly string[] }

export type CommunityLine = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly kind: string
  readonly status: Status
  readonly plan_id: string | null
  readonly plan_name: string | null
  readonly users: number | null
  readonly records: number | null
  readonly created_at: string
}

export type Work = {
  readonly id: string
  readonly kind: 'export' | 'erase'
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed'
  readonly done: number
  readonly total: number
  readonly doing: Words | null
  readonly result: { readonly rows?: number; readonly bytes?: number; readonly sha256?: string; readonly locked_with?: string } | null
  readonly error: { readonly message: Words } | null
  readonly created_at: string
  readonly finished_at: string | null
  readonly may: readonly string[]
}

export type UsageDay = {
  readonly day: string
  readonly users: number
  readonly rows: Readonly<Record<string, number>>
  readonly row_total: number
  readonly storage_bytes: number
  readonly api_calls: number
  readonly counted_at: string | null
}

export type CommunityFacts = Omit<CommunityLine, 'users' | 'records'> & {
  readonly locale: 'id' | 'en'
  readonly time_zone: string
  readonly currency: string
  readonly description: string | null
  readonly suspended_at: string | null
  readonly suspended_reason: string | null
  readonly deletion_asked_at: string | null
  readonly delete_after: string | null
  readonly removal_began_at: string | null
  readonly modules: readonly (PlatformModule & { readonly on: boolean; readonly in_plan: boolean })[]
  readonly subscriptions: readonly {
    readonly plan_id: string
    readonly plan_name: string
    readonly status: string
    readonly period_start: string
    readonly period_end: string | null
    readonly ended_at: string | null
  }[]
  readonly work: readonly Work[]
  readonly usage: UsageDay | null
  readonly administrators: number
  readonly invitation: { readonly name: string; readonly sent_at: string; readonly expires_at: string } | null
}

export type Plan = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly description: string | null
  readonly price: string
  readonly currency: string
  readonly period: 'month' | 'year'
  readonly limits: Limits
  readonly modules: readonly string[] | null
  readonly offered: boolean
  readonly communities: number
}

export type Certificate = {
  readonly id: string
  readonly community_id: string
  readonly code_hash: string
  readonly asked_at: string
  readonly asked_by_name: string | null
  readonly deleted_at: string | null
  readonly counts: Readonly<Record<string, number>>
  readonly row_total: number
  readonly seal_head: string | null
  readonly digest: string | null
  readonly intact: boolean
}

export const places = {
  home: '/platform',
  fresh: '/platform/new',
  plans: '/platform/plans',
  deletions: '/platform/deletions',
  security: '/platform/security',
  community: (code: string) => `/platform/communities/${encodeURIComponent(code)}`,
}
export const platformApi = (path = ''): string => `/api/platform${path}`
export const communityApi = (code: string, path = ''): string => platformApi(`/communities/${encodeURIComponent(code)}${path}`)

export const usePlatform = () =>
  useQuery({
    queryKey: ['platform'],
    queryFn: ({ signal }) => api.get<{ modules: PlatformModule[]; carries: ('mail' | 'sms')[] }>(platformApi(), { signal }),
    staleTime: 60_000,
  })

export const usePlans = () =>
  useQuery({ queryKey: ['platform', 'plans'], queryFn: ({ signal }) => api.get<{ data: Plan[] }>(platformApi('/plans'), { signal }) })

export const communityKey = (code: string) => ['platform', 'community', code] as const
/** One community; asked again while work on it goes on. */
export const useCommunityFacts = (code: string) =>
  useQuery({
    queryKey: communityKey(code),
    queryFn: ({ signal }) => api.get<CommunityFacts>(communityApi(code), { signal }),
    refetchInterval: ({ state }) => (state.data?.work.some((w) => w.status === 'queued' || w.status === 'running') ? 1_500 : false),
  })

export const forgetPlatform = (): void => void client.invalidateQueries({ queryKey: ['platform'] })

export const STATUS: Readonly<Record<Status, { tone: 'good' | 'wait' | 'harm'; words: Words }>> = {
  active: { tone: 'good', words: { id: 'Aktif', en: 'Active' } },
  suspended: { tone: 'wait', words: { id: 'Ditangguhkan', en: 'Suspended' } },
  deleting: { tone: 'harm', words: { id: 'Akan dihapus', en: 'To be deleted' } },
}

export const LIMIT_WORDS: Readonly<Record<keyof Limits, Words>> = {
  users: { id: 'Anggota', en: 'Members' },
  rows: { id: 'Data', en: 'Records' },
  storage_mb: { id: 'Ruang (MB)', en: 'Storage (MB)' },
  api_calls_per_day: { id: 'Permintaan per hari', en: 'Requests per day' },
}
