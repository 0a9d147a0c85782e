// My notifications: what the bell and the page ask for, and the one way to say that something was read.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import type { Page } from '../model.ts'

export type NoticeType = 'info' | 'success' | 'warning' | 'error'
export type Notice = {
  readonly id: string
  readonly kind: string
  readonly type: NoticeType
  readonly title: string
  readonly message: string
  /** A place inside the community. */
  readonly to: string
  readonly is_read: boolean
  readonly created_at: string
}
export type Notices = { readonly data: readonly Notice[]; readonly page: Page; readonly unread: number }

/** Everything about notifications is under this key: the bell of the event stream has it asked again. */
export const noticesKey = (tenant: string) => ['notices', tenant] as const

export const useUnread = (tenant: string) =>
  useQuery({
    queryKey: [...noticesKey(tenant), 'unread'],
    queryFn: ({ signal }) => api.get<{ unread: number }>(apiAt.tenant(tenant, 'notifications/unread'), { signal }),
    select: (answer) => answer.unread,
    staleTime: 60_000,
  })

/** Marks one as read, or all up to one. A failure is no disaster: it stays unread. */
export function useReading(tenant: string): (what: { id: string } | { upTo: string }) => Promise<void> {
  const cache = useQueryClient()
  return async (what) => {
    await ('id' in what
      ? api.post(apiAt.tenant(tenant, `notifications/${what.id}/reading`))
      : api.post(apiAt.tenant(tenant, 'notifications/reading'), { body: { up_to: what.upTo } })
    ).catch(() => undefined)
    await cache.invalidateQueries({ queryKey: noticesKey(tenant) })
  }
}
