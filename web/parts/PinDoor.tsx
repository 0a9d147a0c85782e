// Waits for an operation that wants a PIN; the dialog itself is loaded when it is first needed.
import { lazy, Suspense, useEffect, useState } from 'react'
import { onPinWanted, type Why } from '../step-up.ts'

const PinDialog = lazy(() => import('./PinDialog.tsx'))

type Wanted = { community: string; why: Why; done: (got: boolean) => void }

export function PinDoor() {
  const [wanted, setWanted] = useState<Wanted | null>(null)
  useEffect(() => {
    onPinWanted(
      (community, why) =>
        new Promise((resolve) => {
          const done = (got: boolean): void => {
            setWanted(null)
            resolve(got)
          }
          setWanted({ community, why, done })
        }),
    )
    return () => onPinWanted(async () => false)
  }, [])
  return wanted ? (
    <Suspense fallback={null}>
      <PinDialog {...wanted} />
    </Suspense>
  ) : null
}
