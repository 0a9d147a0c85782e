// The paper of Sukamaju for tests: the same village, signatory and day in all of them.
import type { LetterFrame } from './frame.ts'

export const FRAME: LetterFrame = {
  village: {
    title: 'Desa',
    name: 'Sukamaju',
    code: '9902042003',
    headTitle: 'Kepala Desa',
    headName: 'Haji Mulyadi',
    address: 'Jalan Balai Desa Nomor 1, Sukamaju',
    postalCode: '99204',
    phone: '08000001945',
    email: 'desa@sukamaju.example',
    website: 'https://sukamaju.example',
    district: { title: 'Kecamatan', name: 'Karangjaya', code: '990204', headName: 'Drs. Suparman' },
    regency: { title: 'Kabupaten', name: 'Wanareja Selatan', code: '9902' },
    province: { name: 'Nusa Contoh', code: '99' },
    logo: null,
  },
  signatory: { name: 'Haji Mulyadi', position: 'Kepala Desa', mode: 'direct', staffNumber: null, staffNumberLabel: 'NIP' },
  number: 's-41/012/9902042003/XI/2026',
  day: '2026-11-21',
  validFrom: '2026-11-21',
  validUntil: '2026-12-21',
  verification: 'https://balai.example/v/8cJ2mT0pQ4wZ6yXrN1kLhA',
  emptyValue: '-',
}

/** How a letter stands on paper unless a test says otherwise. */
export const PAPER = { paper: 'F4', letterhead: true, holder_signs: false, district_acknowledges: false, qr: true } as const
