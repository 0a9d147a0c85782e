// What the server answers to a proof: signed in, or one more question.

export type Entry =
  | { readonly user: { readonly name: string }; readonly new?: true }
  | { readonly second_factor: true; readonly challenge: string; readonly expires_at: string }

/** Which ways in this installation has. */
export type Ways = { readonly ways: { readonly password: boolean; readonly code: boolean }; readonly sign_up: boolean }

export type Way = 'password' | 'code'

const KEPT = 'balai.way'

/** How this device signed in last; phones begin with the phone. */
export function firstWay(code: boolean): Way {
  if (!code) return 'password'
  try {
    const kept = localStorage.getItem(KEPT)
    if (kept === 'password' || kept === 'code') return kept
  } catch {
    // Without storage every visit is the first.
  }
  return matchMedia('(max-width: 47.99em)').matches ? 'code' : 'password'
}

export function keepWay(way: Way): void {
  try {
    localStorage.setItem(KEPT, way)
  } catch {
    // It is only a convenience.
  }
}
