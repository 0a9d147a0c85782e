// In a browser: Budi sees what a request waits for and until when, answers it, and anybody can follow its course; holidays are kept in the settings.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, openStage, picture, type Stage } from './browser.ts'

let stage: Stage
let book: string
const ask = async (borrower: string): Promise<string> => {
  const answer = await (await stage.world.as('budi')).post('/library/loans', { book_id: book, borrower })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}

beforeAll(async () => {
  stage = await openStage()
  book = (await (await stage.world.as('budi')).post('/library/books', { title: 'Ronggeng Dukuh Paruk', kind: 'novel', pages: 408 })).body.id
}, 180_000)
afterAll(() => stage?.close())

describe('a workflow in the browser', { timeout: 180_000 }, () => {
  test.each([false, true])('Budi asks back, and the course tells it (phone: %s)', async (phone) => {
    const id = await ask('Sari')
    const page = await stage.visitor({ phone, dark: phone })
    await stage.signIn(page, 'budi')
    await page.goto(`/app/sukamaju/library/loans/${id}`)
    await page.getByText('Perpustakaan belum menjawab.').waitFor()
    await page.getByText(/^tenggat \d+ (jam|hari|menit) lagi$/).waitFor()
    await expectAccessible(page)
    if (phone) await page.getByRole('button', { name: 'Tindakan' }).click()
    await page.getByRole(phone ? 'menuitem' : 'button', { name: 'Tanyakan' }).click()
    await page.getByLabel('Pertanyaan').fill('Kartu anggotanya sudah ada?')
    await page.getByRole('dialog').getByRole('button', { name: 'Tanyakan' }).click()
    await page.getByText('Peminjam diminta melengkapi sesuatu.').waitFor()
    await page.getByText('waktu berhenti', { exact: true }).waitFor()
    await page.getByRole('tab', { name: 'Perjalanan' }).click()
    const course = page.getByRole('listitem').filter({ hasText: 'Budi Pustaka · Tanyakan' })
    await course.getByText('Menunggu peminjam').waitFor()
    await course.getByText('Kartu anggotanya sudah ada?').waitFor()
    expect(await page.getByRole('listitem').filter({ hasText: 'Budi Pustaka menambahkan' }).count()).toBe(1)
    await expectAccessible(page)
    await picture(page, `workflow-course${phone ? '-phone' : ''}`)
  })

  test('whoever comes second reads who was first', async () => {
    const id = await ask('Tono')
    const page = await stage.visitor()
    await stage.signIn(page, 'budi')
    await page.goto(`/app/sukamaju/library/loans/${id}`)
    await page.getByRole('button', { name: 'Serahkan' }).click()
    await (await stage.world.as('andi')).post(`/library/loans/${id}/refusal`, { reason: 'Sedang dijilid' })
    await page.getByRole('dialog').getByRole('button', { name: 'Serahkan' }).click()
    await page.getByText('Andi Saputra sudah mengubahnya menjadi “Ditolak”').waitFor()
  })

  test('the list can be asked for what is late, and says by how much', async () => {
    const id = await ask('Umar')
    await ask('Vina')
    await stage.world.house.database.owner.query(
      `update core.workflow_clocks set due_at = now() - interval '50 hours' where resource_id = $1`,
      [id],
    )
    const page = await stage.visitor()
    await stage.signIn(page, 'budi')
    await page.goto('/app/sukamaju/library/loans')
    await page.getByText('Vina', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: 'Saring' }).click()
    await page.getByRole('menuitem', { name: 'Yang terlambat' }).click()
    await page.getByText('terlambat 2 hari').waitFor()
    await page.getByText('Vina', { exact: true }).first().waitFor({ state: 'detached' })
    await expectAccessible(page)
    await picture(page, 'workflow-overdue')
    await page.getByRole('button', { name: 'Hapus saringan' }).click()
    await page.getByText('Vina', { exact: true }).first().waitFor()
  })

  test('Andi adds a holiday and the hours of Saturday', async () => {
    const page = await stage.visitor()
    await stage.signIn(page, 'andi')
    await page.goto('/app/sukamaju/settings/holidays')
    await page.getByRole('heading', { name: 'Belum ada hari libur' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Tambah hari libur' }).first().click()
    await page.getByLabel('Nama').fill('Hari Kemerdekaan')
    await page.getByLabel('Tanggal').fill('17-08-2027')
    await page.getByLabel('Tanggal').press('Tab')
    await page
      .getByRole('button', { name: /^(Simpan|Tambah)/ })
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name: /Hari Kemerdekaan/ }).waitFor()
    await page.goto('/app/sukamaju/settings/configuration')
    await page.getByText('Waktu kerja').first().waitFor()
    await page.getByText('07:30-11:30, 13:00-16:30').first().waitFor()
    await picture(page, 'workflow-hours')
  })
})
