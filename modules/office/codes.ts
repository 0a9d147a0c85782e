// The code lists of the village office.
import type { Words } from '#kernel/words.ts'

const w = (id: string, en: string): Words => ({ id, en })

/** The offices of a village government (Permendagri 84/2015): what somebody does, whatever the position is called there. */
export const DUTY = {
  HEAD: w('Kepala desa', 'Village head'),
  SECRETARY: w('Sekretaris desa', 'Village secretary'),
  AFFAIRS: w('Kepala urusan', 'Head of affairs'),
  SECTION: w('Kepala seksi', 'Head of section'),
  HAMLET: w('Kepala kewilayahan', 'Hamlet head'),
  STAFF: w('Staf', 'Staff'),
} satisfies Record<string, Words>
export type Duty = keyof typeof DUTY
