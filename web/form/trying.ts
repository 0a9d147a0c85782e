// Sending a small form: busy while it runs, each problem at its field, anything else as one sentence.
import { useState } from 'react'
import { isProblem } from '../api.ts'
import { useSentence } from '../parts/States.tsx'

export type Trying = {
  readonly busy: boolean
  readonly errors: Readonly<Record<string, string>>
  readonly failure: string | null
  say: (field: string, message: string) => void
  /** Several at once: message by field. */
  refuse: (messages: Readonly<Record<string, string>>) => void
  run: (work: () => Promise<void>) => Promise<void>
}

/** `shown`: the fields this form has; a problem of any other is said as the sentence. */
export function useTrying(shown: readonly string[]): Trying {
  const sentence = useSentence()
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const [failure, setFailure] = useState<string | null>(null)
  return {
    busy,
    errors,
    failure,
    say: (field, message) => setErrors({ [field]: message }),
    refuse: setErrors,
    async run(work) {
      setFailure(null)
      setErrors({})
      setBusy(true)
      try {
        await work()
      } catch (problem) {
        const known = isProblem(problem) ? problem.errors.filter((each) => shown.includes(each.field)) : []
        if (known.length) setErrors(Object.fromEntries(known.map((each) => [each.field, each.message])))
        else setFailure(isProblem(problem) && problem.errors[0] ? problem.errors[0].message : sentence(problem))
      } finally {
        setBusy(false)
      }
    },
  }
}
