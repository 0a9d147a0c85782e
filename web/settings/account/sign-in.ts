// How I sign in, as the server knows it; asked once for all sections of my account.
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'

export type MySignIn = {
  readonly password: boolean
  readonly phone: string | null
  readonly can_send_codes: boolean
  readonly second_factor: { readonly on: boolean; readonly since: string | null; readonly recovery_codes_left: number }
}

export const MY_SIGN_IN = ['me', 'sign-in'] as const

export const useMySignIn = () =>
  useQuery({ queryKey: MY_SIGN_IN, queryFn: ({ signal }) => api.get<MySignIn>('/api/me/sign-in', { signal }) })
