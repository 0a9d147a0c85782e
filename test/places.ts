// Named people in named places: two villages, so that "another tenant" is always at hand, and everybody who works there.
import { ADMINISTRATOR, AUDITOR } from '#kernel/access/templates.ts'

export const PASSWORD = 'Gotong-Royong-1945'
export const PIN = '738214'

export const PLACES = {
  sukamaju: { code: 'sukamaju', name: 'Desa Sukamaju', kind: 'village', timeZone: 'Asia/Jakarta' },
  merantian: { code: 'merantian', name: 'Nagari Merantian', kind: 'village', timeZone: 'Asia/Makassar' },
} as const
export type Place = keyof typeof PLACES

/** Who works where, and as what. Rina belongs to both villages. */
export const PEOPLE = {
  andi: { name: 'Andi Saputra', in: { sukamaju: ADMINISTRATOR } },
  siti: { name: 'Siti Rahmawati', in: { sukamaju: 'Operator Kependudukan' } },
  joko: { name: 'Joko Widagdo', in: { sukamaju: 'Kepala Dusun' } },
  budi: { name: 'Budi Pustaka', in: { sukamaju: 'Pustakawan' } },
  nani: { name: 'Nani Pembaca', in: { sukamaju: 'Pembaca novel' } },
  dewi: { name: 'Dewi Lestari', in: { sukamaju: AUDITOR } },
  made: { name: 'Made Wirawan', in: { merantian: ADMINISTRATOR } },
  rina: { name: 'Rina Kurnia', in: { sukamaju: 'Operator Kependudukan', merantian: 'Operator Kependudukan' } },
  tamu: { name: 'Tamu Tanpa Desa', in: {} },
} as const satisfies Record<string, { name: string; in: Partial<Record<Place, string>> }>
export type PersonName = keyof typeof PEOPLE
