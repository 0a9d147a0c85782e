// The doors of a village in a real browser: a PIN before a family is deleted, hours and networks, a role changed with a reason.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { switchRulesOff } from '#app/cli/access.ts'
import { makerOf } from '../matrix/maker.ts'
import { PASSWORD, PIN } from '../places.ts'
import { expectAccessible, openStage, picture, type Stage } from './browser.ts'

let stage: Stage
let siti: Page
let andi: Page
beforeAll(async () => {
  stage = await openStage()
  ;[siti, andi] = [await stage.visitor({ phone: true }), await stage.visitor()]
  await stage.signIn(siti, 'siti')
  await stage.signIn(andi, 'andi')
}, 180_000)
afterAll(() => stage?.close())

const aFamily = async (): Promise<string> =>
  (await makerOf(stage.world, await stage.world.as('andi'), 'Sukamaju').make('registry.families')).id

/** Opens a family and says that it shall be deleted; what comes then is the server's. */
async function beginDeleting(page: Page): Promise<void> {
  await page.goto(`/app/sukamaju/registry/families/${await aFamily()}`)
  await page.locator('main').getByRole('button', { name: 'Lainnya', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Hapus' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Hapus' }).click()
}

test('Siti has no PIN yet: she makes one right there, and the family is deleted', async () => {
  await beginDeleting(siti)
  const dialog = siti.getByRole('dialog', { name: 'Buat PIN' })
  await dialog.waitFor()
  await expectAccessible(siti)
  await picture(siti, 'pin-make')
  await dialog.getByLabel('Kata sandi akun Anda').fill(PASSWORD)
  await dialog.getByLabel('PIN baru').fill('170845')
  await siti.keyboard.press('Enter')
  await dialog.getByText('Ini dapat dibaca sebagai tanggal. Tanggal mudah ditebak.').waitFor()
  await dialog.getByLabel('PIN baru').fill(PIN)
  await siti.keyboard.press('Enter')
  await siti.getByText('1 keluarga dihapus').first().waitFor()
})

test('next time she is asked; a wrong PIN says how many tries are left, and the right one goes on', async () => {
  await beginDeleting(siti)
  const dialog = siti.getByRole('dialog', { name: 'Masukkan PIN' })
  const pin = dialog.getByLabel('PIN', { exact: true })
  await pin.waitFor()
  expect(await pin.getAttribute('inputmode')).toBe('numeric')
  await dialog.locator('input:focus').waitFor()
  await expectAccessible(siti)
  await picture(siti, 'pin-ask')
  await siti.keyboard.type('48x0263')
  expect(await pin.inputValue()).toBe('480263')
  await siti.keyboard.press('Enter')
  await dialog.getByText('PIN ini salah. Tinggal 4 kali lagi.').waitFor()
  await pin.fill(PIN)
  await siti.keyboard.press('Enter')
  await siti.getByText('1 keluarga dihapus').first().waitFor()
  await dialog.waitFor({ state: 'detached' })
})

test('she may leave it be: Escape closes only the question, and nothing was deleted', async () => {
  await beginDeleting(siti)
  const dialog = siti.getByRole('dialog', { name: 'Masukkan PIN' })
  await dialog.getByLabel('PIN', { exact: true }).waitFor()
  await siti.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await siti.getByText('Masukkan PIN Anda untuk melanjutkan.').first().waitFor()
  await siti.getByRole('heading', { level: 1 }).waitFor()
})

test('five wrong tries lock the PIN, and the dialog says until when', async () => {
  await beginDeleting(siti)
  const dialog = siti.getByRole('dialog', { name: 'Masukkan PIN' })
  for (let n = 4; n >= 0; n--) {
    await dialog.getByLabel('PIN', { exact: true }).fill(`48026${n}`)
    await siti.keyboard.press('Enter')
    await dialog.getByText(n > 1 ? `Tinggal ${n} kali lagi` : n === 1 ? 'Tinggal satu kali lagi' : 'PIN Anda dikunci').waitFor()
  }
  expect(await dialog.getByRole('button', { name: 'Lanjutkan' }).isDisabled()).toBe(true)
  await expectAccessible(siti)
  await picture(siti, 'pin-locked')
  await siti.goto('/app/sukamaju/settings/me')
  await siti.getByText(/Dikunci sampai/).waitFor()
  await siti.getByRole('button', { name: 'Ganti PIN' }).click()
  await expectAccessible(siti)
  await siti.getByRole('heading', { name: /^PIN di/ }).scrollIntoViewIfNeeded()
  await picture(siti, 'pin-account')
})

test('Andi keeps the hamlet heads to the network of the office; Joko, elsewhere, reads why', async () => {
  await andi.goto('/app/sukamaju/settings/access')
  await andi.getByText('Semua peran dapat masuk kapan saja, dari mana saja').waitFor()
  await andi.getByRole('link', { name: 'Tambah aturan' }).click()
  await andi.getByLabel('Nama aturan').fill('Kantor desa')
  await andi.getByRole('combobox', { name: 'Peran' }).click()
  await andi.getByRole('option', { name: 'Kepala Dusun' }).click()
  for (const day of ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu']) await andi.getByLabel(day, { exact: true }).check()
  await andi.getByLabel('Jaringan').first().fill('kantor')
  await andi.keyboard.press('Enter')
  await expectAccessible(andi)
  await andi.getByRole('button', { name: 'Simpan' }).click()
  await andi.getByText('“kantor” bukan jaringan').first().waitFor()
  await picture(andi, 'access-rule')
  await andi.keyboard.press('Backspace')
  await andi.getByLabel('Jaringan').first().click()
  await andi.keyboard.press('Backspace')
  await andi.keyboard.type('10.9.9.0/24')
  await andi.keyboard.press('Enter')
  await andi.getByRole('button', { name: 'Simpan' }).click()
  await andi.getByText('setiap hari, dari 10.9.9.0/24').waitFor()
  await expectAccessible(andi)
  await picture(andi, 'access-rules')
  const joko = await stage.visitor({ phone: true })
  await stage.signIn(joko, 'joko')
  await joko.getByText('Di luar jaringan peran Anda').waitFor()
  await joko.getByText('“Kantor desa”').waitFor()
  await expectAccessible(joko)
  await picture(joko, 'shut-out')
  await switchRulesOff(stage.world.house, 'sukamaju')
  await joko.getByRole('button', { name: 'Coba lagi' }).click()
  await joko.getByRole('navigation', { name: 'Tempat utama' }).waitFor()
})

test('Andi makes Dewi a librarian with a reason, and her page tells the story', async () => {
  await andi.goto('/app/sukamaju/settings/members')
  await andi.getByRole('link', { name: 'Dewi Lestari', exact: true }).click()
  await andi.getByRole('button', { name: 'Ganti peran' }).click()
  const dialog = andi.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Peran baru' }).click()
  await andi.getByRole('option', { name: 'Pustakawan', exact: true }).click()
  await dialog.getByRole('button', { name: 'Ganti peran' }).click()
  await dialog.getByText('Wajib diisi.').waitFor()
  await dialog.getByLabel('Alasan').fill('Pengganti Budi')
  await dialog.getByRole('button', { name: 'Ganti peran' }).click()
  await dialog.waitFor({ state: 'detached' })
  await andi.getByText('Auditor → Pustakawan').first().waitFor()
  await andi
    .getByText(/oleh Andi Saputra/)
    .first()
    .waitFor()
  await expectAccessible(andi)
  await picture(andi, 'member')
})

test('suspended, Dewi is out in her open window, and her list of communities says so', async () => {
  const dewi = await stage.visitor()
  await stage.signIn(dewi, 'dewi')
  await andi.getByRole('button', { name: /^Tindakan/ }).click()
  await andi.getByRole('menuitem', { name: 'Tangguhkan' }).click()
  const dialog = andi.getByRole('dialog')
  await dialog.getByLabel('Alasan').fill('Pemeriksaan buku')
  await dialog.getByRole('button', { name: 'Tangguhkan' }).click()
  await dialog.waitFor({ state: 'detached' })
  await andi.getByText('Pemeriksaan buku').first().waitFor()
  await dewi.goto('/app/sukamaju/settings')
  await dewi.getByText('Tidak ada apa-apa di sini').waitFor()
  await dewi.goto('/app/')
  await dewi.getByText('Keanggotaan Anda di Desa Sukamaju sedang ditangguhkan.').waitFor()
  expect(await dewi.content()).not.toContain('Pemeriksaan')
  await expectAccessible(dewi)
  await picture(dewi, 'former')
})
