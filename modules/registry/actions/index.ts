// What the register does, besides plain keeping.
import type { Action } from '#kernel/resource/action.ts'
import { change } from './change.ts'
import { changeFamily, head, member, move, removal } from './composition.ts'
import { closing, reopening } from './month.ts'
import { arrival, birth } from './newcomers.ts'
import { split } from './split.ts'
import { absence, comeback, death, departure, disappearance } from './status.ts'
import { correction, undoing } from './undo.ts'

export const actions = [
  arrival,
  changeFamily,
  death,
  departure,
  disappearance,
  absence,
  comeback,
  change,
  correction,
  undoing,
  birth,
  member,
  head,
  move,
  split,
  removal,
  closing,
  reopening,
] as unknown as readonly Action<never>[]
