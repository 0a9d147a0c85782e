// How long until another code may be asked for, second by second.
import { useEffect, useState } from 'react'

/** Seconds left since `start(seconds)` was called; 0 when it may be asked for. */
export function useWaiting(): { readonly left: number; start: (seconds: number) => void } {
  const [until, setUntil] = useState(0)
  const [now, setNow] = useState(() => Date.now())
  const left = Math.max(0, Math.ceil((until - now) / 1000))
  useEffect(() => {
    if (!left) return
    const tick = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(tick)
  }, [left > 0])
  return {
    left,
    start(seconds) {
      setNow(Date.now())
      setUntil(Date.now() + seconds * 1000)
    },
  }
}
