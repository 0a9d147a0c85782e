// What the page of one's own signature asks the server.
import { useQuery } from '@tanstack/react-query'
import { apiAt } from '#web/addresses.ts'
import { api } from '#web/api.ts'

export type WaitingLetter = {
  readonly id: string
  readonly heading: string
  readonly letter_number: string
  readonly addressee: string
  readonly letter_date: string
  readonly state: 'QUEUED' | 'SIGNING' | 'FAILED' | null
  readonly problem: { readonly id: string; readonly en: string } | null
}
export type Key = { readonly id: string; readonly subject: string; readonly valid_to: string; readonly expired: boolean }
export type Desk = {
  readonly official: { readonly name: string; readonly position: string } | null
  readonly key: Key | null
  readonly letters: readonly WaitingLetter[]
}

export const deskKey = (code: string) => ['signing-desk', code] as const

export const useDesk = (code: string) =>
  useQuery({
    queryKey: deskKey(code),
    queryFn: ({ signal }) => api.get<Desk>(apiAt.tenant(code, 'letters/signing_desk'), { signal }),
    staleTime: 0,
  })
