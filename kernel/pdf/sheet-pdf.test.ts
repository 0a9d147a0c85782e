// A list that is too long for paper: said at once, in words that tell what to do, before anything is set.
import { expect, test } from 'vitest'
import type { Sheet } from '#kernel/sheet/sheet.ts'
import { sheetPdf } from './sheet-pdf.ts'

test('somebody asks for ten thousand people as a PDF: they are told how many lines fit, and what to do instead', async () => {
  let read = 0
  const sheet: Sheet = {
    file: 'warga',
    title: 'Warga',
    under: [],
    asOf: '2026-05-17',
    columns: [{ label: 'Nama' }, { label: 'Dusun' }, { label: 'RT' }],
    rows: (function* () {
      for (; read < 10_000; read++) yield ['Ani', 'Melati', '001']
    })(),
  }
  await expect(sheetPdf(sheet, { paper: 'a4', locale: 'id' })).rejects.toMatchObject({
    status: 422,
    code: 'too_long_for_pdf',
    words: { id: expect.stringMatching(/8\.000 baris.*Excel.*RT/), en: expect.stringMatching(/lines.*Excel.*filter/) },
  })
  expect(read, 'no more is read than fits').toBe(8_000)
})
