// Listens for Ctrl-K anywhere; the palette itself is loaded when it is first opened.
import { lazy, Suspense, useEffect, useState } from 'react'

const Palette = lazy(() => import('./Palette.tsx'))

export function PaletteDoor({ open, setOpen }: { open: boolean; setOpen: (open: boolean) => void }) {
  const [used, setUsed] = useState(false)
  useEffect(() => {
    if (open) setUsed(true)
  }, [open])
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      setOpen(true)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [setOpen])
  return used ? (
    <Suspense fallback={null}>
      <Palette open={open} close={() => setOpen(false)} />
    </Suspense>
  ) : null
}
