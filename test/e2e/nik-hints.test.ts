// While Siti types a NIK, the form says where it disagrees with the rest, and lets her save it all the same.
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ok } from '#modules/registry/test-village.ts'
import { expectAccessible, openStage, picture, type Stage } from './browser.ts'

let stage: Stage
let siti: Page
beforeAll(async () => {
  stage = await openStage()
  const office = await stage.world.as('andi')
  const profile = { name: 'Sukamaju', head_name: 'Sukma Wijaya', code: '9902042001', district_code: '990204' }
  ok(await office.post('/registry/village_profiles', profile), 201)
  siti = await stage.visitor()
  await stage.signIn(siti, 'siti')
}, 180_000)
afterAll(() => stage?.close())

const hint = (page: Page): Locator => page.getByRole('status').filter({ hasText: /periksa lagi|look again/i })
const gone = async (page: Page): Promise<void> => hint(page).waitFor({ state: 'detached' })

test('nothing is said before there are 16 digits; then each disagreement, until it is mended', async () => {
  await siti.goto('/app/sukamaju/registry/citizens/new')
  const nik = siti.getByLabel('NIK', { exact: true })
  await siti.getByLabel(/^tanggal lahir/i).fill('08-09-1985')
  await siti.getByLabel('Laki-laki', { exact: true }).check()
  await nik.fill('990311470985001')
  expect(await hint(siti).count()).toBe(0)
  await nik.press('End')
  await nik.pressSequentially('2')
  await hint(siti).waitFor()
  // The district is known as soon as the village's profile has come.
  for (const doubt of ['tanggal di NIK berbeda', 'jenis kelamin di NIK berbeda', 'NIK diterbitkan di kecamatan lain'])
    await hint(siti).filter({ hasText: doubt }).waitFor()
  await expectAccessible(siti)
  await picture(siti, 'nik-hint')
  await siti.getByLabel('Perempuan', { exact: true }).check()
  await hint(siti).filter({ hasNotText: 'jenis kelamin' }).waitFor()
  await siti.getByLabel(/^tanggal lahir/i).fill('07-09-1985')
  await hint(siti).filter({ hasNotText: 'tanggal di NIK' }).waitFor()
  await nik.fill('9902044709850012')
  await gone(siti)
  await nik.fill('9902047209850012')
  await hint(siti).getByText('tanggal di dalam NIK tidak mungkin').waitFor()
})

test('a newcomer’s NIK may come from anywhere, but still says when they were born', async () => {
  await siti.goto('/app/sukamaju/registry/citizens')
  await siti.locator('main').getByRole('button', { name: 'Catat pendatang', exact: true }).click()
  const form = siti.getByRole('dialog')
  // What the act does, in the reader's language.
  await form.getByText('Orang dari luar kini tinggal di desa ini.', { exact: false }).waitFor()
  await form.getByLabel('NIK', { exact: true }).fill('3204114709850012')
  await form.getByLabel('Laki-laki', { exact: true }).check()
  await hint(siti).waitFor()
  expect(await hint(siti).innerText()).toContain('jenis kelamin di NIK berbeda')
  expect(await hint(siti).innerText()).not.toContain('kecamatan')
  await form.getByLabel('Perempuan', { exact: true }).check()
  await gone(siti)
})
