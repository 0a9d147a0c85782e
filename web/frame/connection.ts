// Whether the server can be reached: told by every request, asked again by a small pulse while it cannot.
import { useSyncExternalStore } from 'react'
import { onReach } from '../api.ts'

export type Connection = 'ok' | 'offline' | 'unreachable'

let state: Connection = navigator.onLine ? 'ok' : 'offline'
let pulse: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function set(next: Connection): void {
  if (next === state) return
  state = next
  clearInterval(pulse)
  if (next !== 'ok') pulse = setInterval(knock, 5_000)
  for (const listener of listeners) listener()
}

async function knock(): Promise<void> {
  if (!navigator.onLine) return set('offline')
  const reached = await fetch('/healthz', { cache: 'no-store' }).then(
    (response) => response.status < 500,
    () => false,
  )
  set(reached ? 'ok' : 'unreachable')
}

onReach((reached) => set(reached ? 'ok' : navigator.onLine ? 'unreachable' : 'offline'))
addEventListener('online', () => void knock())
addEventListener('offline', () => set('offline'))

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => state)

/** Calls `back` each time the server can be reached again. */
export const onBack = (back: () => void): (() => void) => {
  let last = state
  return subscribe(() => {
    if (last !== 'ok' && state === 'ok') back()
    last = state
  })
}
