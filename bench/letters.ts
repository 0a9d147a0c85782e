// Letters on paper: how many a second, one after the other. The typesetter is one thread, so this is what one core gives.
import { checkDefinition, fill, type LetterFrame, letterPdf } from '#modules/letters/template/index.ts'
import { sampleFor } from '#modules/letters/template/sample.ts'
import { SHIPPED, wordsOf } from '#modules/letters/templates/index.ts'
import type { Options } from './options.ts'
import type { Line } from './report.ts'

const FRAME: LetterFrame = {
  village: {
    ...{ title: 'Desa', name: 'Contoh', code: '9902042003', headTitle: 'Kepala Desa', headName: 'Haji Mulyadi' },
    ...{ address: 'Jalan Balai Desa 1', postalCode: '99204', phone: '08000001945', email: '', website: '', logo: null },
    district: { title: 'Kecamatan', name: 'Karangjaya', code: '990204', headName: '' },
    regency: { title: 'Kabupaten', name: 'Wanareja', code: '9902' },
    province: { name: 'Nusa Contoh', code: '99' },
  },
  signatory: { name: 'Haji Mulyadi', position: 'Kepala Desa', mode: 'direct', staffNumber: null, staffNumberLabel: 'NIP' },
  ...{ number: 'S-41/012/XI/2026', day: '2026-11-21', validFrom: '2026-11-21', validUntil: '2026-12-21' },
  ...{ verification: 'https://balai.example/v/8cJ2mT0pQ4wZ6yXrN1kLhA', emptyValue: '-' },
}

/** Every shipped letter in turn, filled and set; each with a number of its own, so that nothing is remembered from the last. */
export async function letterLines(o: Options, tell: (text: string) => void): Promise<Line[]> {
  const templates = SHIPPED.map((one) => ({
    ...({ ...one, template: wordsOf(one), attachment: null, paper: 'F4', letterhead: true, qr: true } as const),
    definition: checkDefinition(one.variables, one.subjects).definition,
  }))
  const make = async (n: number): Promise<number> => {
    const one = templates[n % templates.length]!
    const began = performance.now()
    const frame = { ...FRAME, number: `S-41/${n}/XI/2026`, verification: `${FRAME.verification}${n}` }
    await letterPdf(fill(one, one.definition, sampleFor(one.definition), frame), { at: new Date('2026-11-21T00:00:00Z') })
    return performance.now() - began
  }
  const count = o.scale === 'full' ? 600 : 60
  for (let n = 0; n < templates.length; n++) await make(n)
  const began = performance.now()
  const times: number[] = []
  for (let n = 0; n < count; n++) times.push(await make(1_000 + n))
  const perSecond = count / ((performance.now() - began) / 1000)
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
  tell(`letters: ${perSecond.toFixed(0)}/s, half under ${median.toFixed(1)} ms`)
  return [
    { what: 'letters filled and set, one core', value: perSecond, unit: 'letters/s', against: null, rule: null, limit: null },
    { what: 'a letter, warm: median', value: median, unit: 'ms', against: null, rule: '<=', limit: 50 },
  ]
}
