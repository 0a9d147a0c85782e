// The operator in a real browser: makes a village whose administrator signs in; suspends it, and an open window says so.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addOperator } from '#kernel/platform/operators.ts'
import { PASSWORD } from '../places.ts'
import { expectAccessible, openStage, picture, type Stage } from './browser.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  const { house } = stage.world
  await addOperator(house, (await house.identity.userByLogin('tamu'))!.id)
})
afterAll(() => stage?.close())

test('Tamu makes Desa Cibaduk, and Wati, its first administrator, signs in', async () => {
  const page = await stage.visitor()
  await stage.signIn(page, 'tamu')
  await page.waitForURL(/\/app\/platform$/)
  await page.getByRole('heading', { name: 'Komunitas', level: 1 }).waitFor()
  await page.getByRole('link', { name: 'Desa Sukamaju' }).waitFor()
  await expectAccessible(page)
  await picture(page, 'platform-list')
  await page.getByRole('link', { name: 'Komunitas baru' }).click()
  await page.getByLabel('Nama', { exact: false }).first().fill('Desa Cibaduk')
  expect(await page.getByLabel('Kode').inputValue()).toBe('cibaduk')
  await page.getByLabel('Nama lengkap').fill('Wati Cibaduk')
  await page.getByLabel('Nama pengguna').fill('wati')
  await page.getByLabel('Kata sandi sementara').fill('Padi-Menguning-77')
  await expectAccessible(page)
  await picture(page, 'platform-new')
  await page.getByRole('button', { name: 'Buat komunitas' }).click()
  await page.getByRole('heading', { name: 'Desa Cibaduk', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Hitung sekarang' }).click()
  await page.getByText('Dihitung', { exact: false }).waitFor()
  await expectAccessible(page)
  await picture(page, 'platform-community')

  const wati = await stage.visitor()
  await stage.signIn(wati, 'wati', 'Padi-Menguning-77')
  await wati.waitForURL(/\/app\/cibaduk/)
})

test('suspended, the open window of Siti says so by itself; opened again, she works on', async () => {
  const siti = await stage.visitor()
  await stage.signIn(siti, 'siti')
  await siti.waitForURL(/\/app\/sukamaju/)
  const page = await stage.visitor()
  await stage.signIn(page, 'tamu')
  await page.goto('/app/platform/communities/sukamaju')
  await page.getByRole('button', { name: 'Tangguhkan' }).click()
  await page.getByLabel('Alasan', { exact: false }).fill('Tagihan belum dibayar')
  await page.getByRole('button', { name: 'Tangguhkan sekarang' }).click()
  await page.getByText('Ditangguhkan sejak', { exact: false }).waitFor()
  await siti.getByText('Komunitas ini sedang ditangguhkan', { exact: false }).waitFor()
  await picture(siti, 'platform-suspended')
  await expectAccessible(siti)
  await siti.goto('/sukamaju')
  await siti.getByText('sedang tutup', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Buka lagi' }).click()
  await page.getByText('Aktif').first().waitFor()
  await siti.goto('/app/sukamaju')
  await siti.getByRole('heading', { level: 1 }).waitFor()
})

test('deleting asks for the password and the code, and can be called back; nobody else finds these pages', async () => {
  const page = await stage.visitor({ phone: true })
  await stage.signIn(page, 'tamu')
  await page.goto('/app/platform/communities/merantian')
  await page.getByRole('button', { name: 'Hapus komunitas' }).click()
  await page.getByLabel('Ketik kodenya', { exact: false }).fill('merantian')
  await page.getByRole('button', { name: 'Tutup dan hapus' }).click()
  await page.getByRole('textbox', { name: /^Kata sandi/ }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Lanjutkan' }).click()
  await page.getByText('Akan dihapus').waitFor()
  await picture(page, 'platform-deleting')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Batalkan penghapusan' }).click()
  await page.getByText('Aktif').first().waitFor()

  const andi = await stage.visitor()
  await stage.signIn(andi, 'andi')
  await andi.goto('/app/platform')
  await andi.getByText('Tidak ada apa-apa di sini').waitFor()
})
