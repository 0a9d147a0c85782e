// The month in a browser: two births and a departure are recorded, the report shows them, its cells open to names, and it is closed and printed.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Books, booksIn } from '#modules/registry/ledger/test-books.ts'
import { expectAccessible, openStage, picture, type Stage } from './browser.ts'

let stage: Stage
let books: Books
let siti: Page
beforeAll(async () => {
  stage = await openStage()
  books = await booksIn(stage.world)
  const { family } = await books.home('MELATI')
  await books.member(family, 'Pak Darmo', 'KEPALA_KELUARGA')
  await books.member(family, 'Bu Darmo', 'ISTRI', { gender: 'P' })
  const son = await books.member(family, 'Agus Darmo', 'ANAK', { birth_date: '2001-04-03', marital_status: 'BELUM_KAWIN' })
  const born = (name: string, gender: string, day: string) =>
    books.act('families', family.id, 'birth', {
      name,
      gender,
      birth_place: 'Sukamaju',
      birth_date: day,
      reported_on: day,
      family_relationship: 'ANAK',
      birth_kind: 'TUNGGAL',
      birth_attendant: 'BIDAN',
    })
  for (const answer of [
    await born('Kenanga Darmo', 'P', '2025-01-08'),
    await born('Kamboja Darmo', 'P', '2025-01-20'),
    await books.act('citizens', son.id, 'departure', {
      occurred_on: '2025-01-25',
      reported_on: '2025-01-26',
      move_kind: 'ANTAR_KABUPATEN',
    }),
  ])
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  siti = await stage.visitor()
  await stage.signIn(siti, 'siti')
}, 180_000)
afterAll(() => stage?.close())

test('January: two girls were born and Agus moved away, and the report adds up', async () => {
  await siti.goto('/app/sukamaju/registry/monthly-report?month=2025-01-01')
  await siti.getByText('Seimbang:').waitFor()
  const cells = (row: string): Promise<string[]> => siti.locator(`tr[data-row="${row}"] td`).allInnerTexts()
  expect([await cells('opening'), await cells('birth'), await cells('departure'), await cells('closing')].map((row) => row[6])).toEqual([
    '3',
    '2',
    '1',
    '4',
  ])
  await expectAccessible(siti)
  await picture(siti, 'monthly-report')
})

test('the cell of girls opens to their names, and back leads to the report', async () => {
  await siti.locator('tr[data-row="birth"] td:nth-of-type(2) a').click()
  await siti.getByRole('link', { name: 'Kenanga Darmo' }).waitFor()
  expect(await siti.getByRole('rowheader').allInnerTexts()).toEqual(['Kamboja Darmo', 'Kenanga Darmo'])
  await expectAccessible(siti)
  await siti.getByText('Kembali ke laporan').click()
  await siti.getByRole('heading', { level: 1, name: 'Laporan bulanan' }).waitFor()
})

test('she closes the month, and takes it away as a PDF', async () => {
  await siti.getByRole('button', { name: 'Tutup bulan ini' }).click()
  await siti.getByRole('dialog').getByRole('button', { name: 'Tutup Januari 2025' }).click()
  await siti.getByText('Bulan ini sudah ditutup').waitFor()
  await siti.getByRole('button', { name: 'Unduh' }).click()
  const download = siti.waitForEvent('download')
  await siti.getByRole('menuitem', { name: 'PDF, F4 (folio)' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('sukamaju-laporan-bulanan-2025-01-2025-01-31.pdf')
  expect(
    readFileSync(await file.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
})

test('the same month by sex opens to its names too; where the server makes no PDF, none is offered', async () => {
  await siti.goto('/app/sukamaju/registry/monthly-report?month=2025-01-01&by=gender')
  await siti.getByText('Jenis kelamin, perkembangan Januari 2025').waitFor()
  expect(await siti.locator('tr[data-row="P"] td').allInnerTexts()).toEqual(['1', '2', '0', '3'])
  await expectAccessible(siti)
  await picture(siti, 'movement')
  await siti.locator('tr[data-row="P"] td:nth-of-type(2) a').click()
  await siti.getByRole('link', { name: 'Kenanga Darmo' }).waitFor()
  expect(await siti.getByRole('rowheader').allInnerTexts()).toEqual(['Kamboja Darmo', 'Kenanga Darmo'])
  await siti.getByText('Kembali ke laporan').click()
  await siti.getByText('Jenis kelamin, perkembangan Januari 2025').waitFor()
  const elsewhere = await stage.visitor()
  await elsewhere.route('**/api/sukamaju/model', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...(await answer.json()), pdf: false } })
  })
  await stage.signIn(elsewhere, 'siti')
  await elsewhere.goto('/app/sukamaju/registry/monthly-report?month=2025-01-01')
  await elsewhere.getByRole('button', { name: 'Unduh' }).click()
  expect(await elsewhere.getByRole('menuitem').allInnerTexts()).toEqual(['Excel (.xlsx)'])
})

test('on a phone the statistics fit, and strangers read no small numbers', async () => {
  const phone = await stage.visitor({ phone: true })
  await stage.signIn(phone, 'siti')
  await phone.goto('/app/sukamaju/registry/statistics?by=education&day=2025-01-31')
  await phone.getByRole('rowheader', { name: 'SLTA/sederajat' }).waitFor()
  expect(await phone.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  await expectAccessible(phone)
  await picture(phone, 'statistics-phone')
  await phone.goto('/sukamaju')
  const shown = await phone.locator('main').innerText()
  expect(shown).toContain('Penduduk dalam angka')
  expect(await phone.locator('table.numbers td').allTextContents()).not.toEqual(expect.arrayContaining([expect.stringMatching(/^[1-4]$/)]))
  await expectAccessible(phone)
})
