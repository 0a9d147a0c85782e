// What a report shows while it loads, and when it cannot be answered: what is wrong with the filter, in the server's words.
import type { ReactNode } from 'react'
import { isProblem } from '#web/api.ts'
import { Bone, Note, Trouble } from '#web/parts/States.tsx'
import { useSay } from '#web/words.tsx'

type Asking<T> = { data: T | undefined; error: unknown; isPlaceholderData: boolean; refetch: () => unknown }

export function Answered<T>({ of, children }: { of: Asking<T>; children: (answer: T) => ReactNode }) {
  const say = useSay()
  if (of.error && !(of.data && !isProblem(of.error))) {
    const { error } = of
    if (isProblem(error) && error.status === 422)
      return (
        <Note tone="wait">
          {error.errors.length ? error.errors.map((one) => <p key={one.field}>{one.message}</p>) : <p>{error.detail ?? error.message}</p>}
        </Note>
      )
    return <Trouble error={error} retry={() => void of.refetch()} />
  }
  if (of.data === undefined)
    return (
      <div aria-busy="true">
        <span className="unseen">{say({ id: 'Menghitung…', en: 'Counting…' })}</span>
        <Bone height="14rem" />
      </div>
    )
  return (
    <div className="ledger-answer" data-stale={of.isPlaceholderData || undefined} aria-busy={of.isPlaceholderData}>
      {children(of.data)}
    </div>
  )
}
