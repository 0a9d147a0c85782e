// The village office: one person per position.
import type { Samples } from './sample.ts'

export const office: Samples = {
  'office.apparatus': {
    values: (n) => ({
      position: `Kepala Urusan ${n}`,
      duty: 'AFFAIRS',
      start_date: '2020-01-01',
      end_date: null,
      is_active: true,
      nip: `NIPD ${n}`,
    }),
  },
}
