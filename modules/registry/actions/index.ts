// What the register does, besides plain keeping.
import type { Action } from '#kernel/resource/action.ts'
import { changeFamily, head, member, move, removal } from './composition.ts'
import { arrival, birth } from './newcomers.ts'
import { split } from './split.ts'
import { absence, comeback, correction, death, departure, disappearance } from './status.ts'

export const actions = [
  arrival,
  changeFamily,
  death,
  departure,
  disappearance,
  absence,
  comeback,
  correction,
  birth,
  member,
  head,
  move,
  split,
  removal,
] as unknown as readonly Action<never>[]
