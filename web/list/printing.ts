// Whether the page is on its way to the printer: paper does not scroll, so everything that was loaded has to be drawn.
import { useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'

let printing = false

function subscribe(changed: () => void): () => void {
  const turn = (to: boolean) => (): void => {
    printing = to
    // The browser takes its picture as soon as this returns.
    flushSync(changed)
  }
  const [before, after] = [turn(true), turn(false)]
  addEventListener('beforeprint', before)
  addEventListener('afterprint', after)
  return () => {
    removeEventListener('beforeprint', before)
    removeEventListener('afterprint', after)
  }
}

export const usePrinting = (): boolean => useSyncExternalStore(subscribe, () => printing)
