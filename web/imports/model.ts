// What the server says about imports, and the questions the pages ask.
import { useQuery } from '@tanstack/react-query'
import type { Words } from '#kernel/words.ts'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import { isOver } from '../frame/jobs.ts'
import type { Job, Page, Said } from '../model.ts'

export type ImportStatus = 'uploaded' | 'checking' | 'checked' | 'applying' | 'applied' | 'failed' | 'cancelled'
export type Mapping = Readonly<Record<string, number | null>>
export type Counts = { readonly new: number; readonly unchanged: number; readonly rejected: number; readonly warnings: number }

export type ImportJson = {
  readonly id: string
  readonly importer: string
  readonly file_name: string
  readonly status: ImportStatus
  readonly sheet: { readonly headings: readonly string[]; readonly rows: number; readonly sample?: readonly (readonly string[])[] }
  readonly mapping: Mapping
  readonly counts: Counts | null
  readonly totals: Readonly<Record<string, number>> | null
  readonly error?: { readonly code: string; readonly message: Said } | null
  readonly job?: Job | string | null
  readonly created_at?: string
  readonly may?: readonly string[]
}

export type ImporterJson = {
  readonly name: string
  readonly resource: string
  readonly label: Words
  readonly doc?: Said
  readonly columns: readonly { readonly key: string; readonly label: Words; readonly required?: boolean }[]
}

export type IssueJson = { readonly code: string; readonly column?: string; readonly message: Said }
export type VerdictJson = {
  readonly row: number
  readonly title: string
  readonly outcome: 'new' | 'unchanged' | 'rejected'
  readonly errors: readonly IssueJson[]
  readonly warnings: readonly IssueJson[]
}
export type VerdictPage = {
  readonly data: readonly VerdictJson[]
  readonly notes: readonly (IssueJson & { rows: readonly number[] })[]
  readonly page: Page
}

export const useImporters = (tenant: string) =>
  useQuery({
    queryKey: ['importers', tenant],
    queryFn: ({ signal }) => api.get<{ data: ImporterJson[] }>(apiAt.tenant(tenant, 'importers'), { signal }),
    select: (answer) => answer.data,
    staleTime: 5 * 60_000,
  })

export const isBusy = (status: ImportStatus): boolean => status === 'checking' || status === 'applying'

export const useImport = (tenant: string, id: string) =>
  useQuery({
    queryKey: ['import', tenant, id],
    queryFn: ({ signal }) => api.get<ImportJson>(apiAt.tenant(tenant, `imports/${id}`), { signal }),
    // The stream of jobs tells when it is over; this is for when the stream is silent.
    refetchInterval: (query) => (query.state.data && isBusy(query.state.data.status) ? 2_500 : false),
    staleTime: 0,
  })

export const jobIdOf = (one: ImportJson | undefined): string | null => (typeof one?.job === 'string' ? one.job : (one?.job?.id ?? null))
export const jobIn = (one: ImportJson): Job | null => (typeof one.job === 'object' && one.job && !isOver(one.job) ? one.job : null)

export const STATUS: Readonly<Record<ImportStatus, { words: Words; tone: 'good' | 'wait' | 'harm' | 'still' }>> = {
  uploaded: { words: { id: 'Menunggu pemetaan', en: 'Waiting for its mapping' }, tone: 'wait' },
  checking: { words: { id: 'Sedang diperiksa', en: 'Being checked' }, tone: 'still' },
  checked: { words: { id: 'Menunggu keputusan Anda', en: 'Waiting for your decision' }, tone: 'wait' },
  applying: { words: { id: 'Sedang diimpor', en: 'Being imported' }, tone: 'still' },
  applied: { words: { id: 'Selesai', en: 'Done' }, tone: 'good' },
  failed: { words: { id: 'Gagal; tidak ada yang berubah', en: 'Failed; nothing changed' }, tone: 'harm' },
  cancelled: { words: { id: 'Dibatalkan; tidak ada yang berubah', en: 'Cancelled; nothing changed' }, tone: 'still' },
}
