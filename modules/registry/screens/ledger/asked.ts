// What a report is asked lives in the address, in the words of the API; and asking it.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { apiAt } from '#web/addresses.ts'
import { api } from '#web/api.ts'
import { useCommunity } from '#web/tenant.tsx'
import { useLanguage } from '#web/words.tsx'

export type Asked = Readonly<Record<string, string | undefined>>
export type Params = Readonly<Record<string, string | number | boolean>>

/** The parameters of the address that a page knows, and changing one of them. */
export function useAsked(keys: readonly string[]): { asked: Asked; set: (patch: Asked) => void } {
  const navigate = useNavigate()
  const raw = useSearch({ strict: false }) as Asked
  const asked = Object.fromEntries(keys.flatMap((key) => (raw[key] ? [[key, String(raw[key])]] : [])))
  return { asked, set: (patch) => void navigate({ to: '.', search: { ...raw, ...patch }, replace: true } as never) }
}

/** A question to the ledger; asked again after every write, as records and lists are. */
export function useLedger<Answer>(name: string, search: Asked, enabled = true) {
  const { code } = useCommunity()
  const { locale } = useLanguage()
  return useQuery({
    queryKey: ['related', code, 'ledger', name, search, locale],
    queryFn: ({ signal }) => api.get<Answer>(apiAt.tenant(code, `registry/${name}`), { search, signal }),
    placeholderData: keepPreviousData,
    enabled,
  })
}

/** Parameters as text, for an address or a question. */
export const asText = (params: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).flatMap(([key, value]) => (value === null || value === undefined ? [] : [[key, String(value)]])),
  )
