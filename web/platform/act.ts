// What every act of an operator has: busy meanwhile, a sentence when it fails, everything asked again when it is done.
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useSentence } from '../parts/States.tsx'
import { forgetPlatform } from './model.ts'

/** `act` answers whether it went well; `done` is said then. */
export function useAct(): {
  busy: boolean
  failure: string | null
  act: (work: () => Promise<unknown>, done?: string) => Promise<boolean>
} {
  const sentence = useSentence()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  return {
    busy,
    failure,
    async act(work, done) {
      setBusy(true)
      setFailure(null)
      try {
        await work()
        if (done) notifications.show({ message: done })
        return true
      } catch (error) {
        setFailure(sentence(error))
        return false
      } finally {
        setBusy(false)
        forgetPlatform()
      }
    },
  }
}
