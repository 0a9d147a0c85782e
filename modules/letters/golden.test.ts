// Every shipped letter, looked at: its words as pdftotext reads them, and where the ink is on the page.
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { checkDefinition, fill, letterPdf } from './template/index.ts'
import { sampleFor } from './template/sample.ts'
import { FRAME, PAPER } from './template/test-frame.ts'
import { SHIPPED, wordsOf } from './templates/index.ts'
import { canRead, inkOf, textOf } from './test-paper.ts'

// `UPDATE_GOLDEN=1 npm test -- modules/letters/golden` after looking at the pages.
const FILE = new URL('./golden-pages.json', import.meta.url)
const updating = process.env['UPDATE_GOLDEN'] === '1'
const golden: Record<string, string[][]> = updating ? {} : JSON.parse(readFileSync(FILE, 'utf8'))
const AT = new Date('2026-11-21T00:00:00Z')

const pdfOf = (one: (typeof SHIPPED)[number], paper: 'A4' | 'F4' | 'A5' = 'F4'): Promise<Uint8Array> => {
  const { definition } = checkDefinition(one.variables, one.subjects)
  return letterPdf(
    fill({ ...one, ...PAPER, ...one, paper, template: wordsOf(one), attachment: null }, definition, sampleFor(definition), FRAME),
    { at: AT },
  )
}

/** Cells of the grid that differ by more than one shade: type drawn by another version of poppler differs by less. */
const apart = (a: readonly string[], b: readonly string[]): number =>
  a.reduce((sum, row, y) => sum + [...row].filter((cell, x) => Math.abs(Number(cell) - Number(b[y]?.[x] ?? 9)) > 1).length, 0)

afterAll(() => {
  if (updating) writeFileSync(FILE, `${JSON.stringify(golden, null, 1)}\n`)
})

describe.skipIf(!canRead)('on F4, without poppler-utils skipped', () => {
  test.each(SHIPPED.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    const pdf = await pdfOf(one)
    const text = textOf(pdf)
    for (const part of [
      'PEMERINTAH KABUPATEN WANAREJA SELATAN',
      'KECAMATAN KARANGJAYA',
      'DESA SUKAMAJU',
      one.heading.toUpperCase(),
      'Nomor: S-41/012/9902042003/XI/2026',
      'Sukamaju, 21 November 2026',
      'Kepala Desa Sukamaju',
      'Haji Mulyadi',
    ])
      expect(text).toContain(part)
    expect(text.indexOf('Haji Mulyadi')).toBeGreaterThan(text.indexOf('Demikian'))
    if (one.holder_signs) expect(text).toContain('Pemegang Surat')
    if (one.district_acknowledges) expect(text).toContain('Camat Karangjaya')
    const pages = inkOf(pdf)
    expect(pages.length, 'one page').toBe(1)
    if (updating) golden[one.file] = pages
    expect(apart(pages[0] ?? [], golden[one.file]?.[0] ?? []), pages[0]?.join('\n')).toBe(0)
  })

  test('on A5 what does not fit goes on, and nobody signs an empty page', async () => {
    const long = SHIPPED.find((one) => one.file === 'skck')!
    const [first, second] = textOf(await pdfOf(long, 'A5')).split('\f')
    expect(first).toContain('Halaman 1 dari 2')
    expect(second).toMatch(/Demikian[^]*Kepala Desa Sukamaju/)
  })
})
