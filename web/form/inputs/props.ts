// What every input takes: a value in its JSON form, and words.
import type { ReactNode } from 'react'

export type InputProps<Value> = {
  readonly label: string
  readonly value: Value
  readonly change: (value: Value) => void
  /** Called when the person leaves the field: the moment to check it. */
  readonly leave?: () => void
  readonly description?: ReactNode
  readonly error?: ReactNode
  readonly withAsterisk?: boolean
  readonly id?: string
  readonly name?: string
  readonly autoFocus?: boolean
}
