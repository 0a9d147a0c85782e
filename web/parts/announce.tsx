// Says things to people who listen instead of look: results, progress, what just happened.
import { useSyncExternalStore } from 'react'

let said = { text: '', turn: 0 }
const listeners = new Set<() => void>()

/** Reads `text` out politely, after what is being read now. */
export function announce(text: string): void {
  said = { text, turn: said.turn + 1 }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The one live region of the app. The same words twice differ by a space, or nobody would hear them again. */
export function LiveRegion() {
  const { text, turn } = useSyncExternalStore(subscribe, () => said)
  return (
    <div className="unseen" role="status" aria-live="polite">
      {text + (turn % 2 ? '\u00a0' : '')}
    </div>
  )
}
