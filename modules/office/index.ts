// The village office itself: its officials, and later its regulations, meetings, assets and money.
import type { Module } from '#kernel/module.ts'
import { demo } from './demo.ts'
import { accountGuard } from './guards.ts'
import { policy, roles } from './policy.ts'
import { resources } from './resources/index.ts'

export type { Duty } from './codes.ts'
export { holderOf, type Official, officialOfAccount, officialOn, officialsOn } from './officials.ts'
export { apparatus } from './resources/index.ts'

export const office: Module = {
  name: 'office',
  label: { id: 'Kantor desa', en: 'Village office' },
  doc: 'The village office: who holds which position.',
  uses: ['registry'],
  resources,
  policy,
  roles,
  guards: [accountGuard],
  demo,
}
