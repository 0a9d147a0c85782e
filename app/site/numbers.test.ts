// What strangers read of a small village: what is told is drawn, what is hidden is one sentence, and nothing hidden can be read from it.
import { expect, test } from 'vitest'
import type { PublicNumbers } from '#kernel/home/home.ts'
import { numbersSection } from './numbers.ts'

const page = (rows: PublicNumbers['tables'][number]['rows'], locale: 'id' | 'en' = 'id'): string =>
  String(numbersSection([{ title: { id: 'Penduduk', en: 'People' }, day: '2026-05-17', tables: [{ label: 'Pekerjaan', rows }] }], locale))
const drawn = (of: string): string[] => [...of.matchAll(/<li><span>([^<]*)<\/span>/g)].map((found) => found[1] ?? '')
const sentence = (of: string): string | undefined => /<p class="small">([^<]*tidak ditampilkan[^<]*)<\/p>/.exec(of)?.[1]

test('a village with few weavers and one smith: farmers are drawn, the rest is one sentence, and no dash stands anywhere', () => {
  const shown = page([
    { label: 'Petani', male: 120, female: 95 },
    { label: 'Guru', male: '*', female: '*' },
    { label: 'Penenun', male: '<5', female: '*' },
    { label: 'Pandai besi', male: '<5', female: '*' },
    { label: 'Nelayan', male: 0, female: 0 },
  ])
  expect(drawn(shown)).toEqual(['Petani'])
  expect(sentence(shown)).toMatch(/^3 kelompok tidak ditampilkan/)
  expect(shown).not.toContain('–')
  expect(shown, 'the table still has every row').toContain('Pandai besi')
})

test('nothing hidden, no sentence; all hidden, only the sentence', () => {
  expect(sentence(page([{ label: 'Petani', male: 120, female: 95 }]))).toBeUndefined()
  const closed = page([{ label: 'Petani', male: '<5', female: '*' }])
  expect(drawn(closed)).toEqual([])
  expect(sentence(closed)).toMatch(/^1 kelompok/)
  expect(page([{ label: 'Petani', male: '<5', female: '*' }], 'en')).toContain('Groups not shown: 1.')
})
