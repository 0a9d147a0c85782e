// In a browser: Haji Mulyadi installs his key and signs what waits for him; a stranger verifies one of the letters on a phone.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Office, officeIn } from '../signing-office.ts'
import { PASSPHRASE } from '../../modules/letters/signing/test-keys.ts'
import { ok } from '../../modules/registry/test-village.ts'
import { PASSWORD, PIN } from '../places.ts'
import { expectAccessible, openStage, picture, type Stage } from './browser.ts'

let stage: Stage
let office: Office
let letters: any[]
beforeAll(async () => {
  stage = await openStage()
  office = await officeIn(stage.world)
  letters = [await office.letter(), await office.letter()]
  ok(await office.mulyadi.put('/api/sukamaju/pin', { pin: PIN, password: PASSWORD }), 204)
}, 180_000)
afterAll(() => stage?.close())

describe('the head', { timeout: 240_000 }, () => {
  test('installs his key, reads, chooses, says his PIN, and the letters are signed', async () => {
    const page = await stage.visitor()
    await stage.signIn(page, 'hajimulyadi')
    await page.goto('/app/sukamaju/letters/my-signature')
    await page.getByText('Anda belum memasang kunci.').waitFor()
    await page.getByRole('button', { name: 'Pasang kunci' }).click()
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByLabel('Berkas P12').click()])
    await chooser.setFiles(new URL('../../modules/letters/signing/test-keys/mulyadi.p12', import.meta.url).pathname)
    await page.getByLabel('Kata sandi berkas').fill('padi-menghijau')
    await page.getByRole('button', { name: 'Pasang', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Masukkan PIN' })
    await dialog.getByLabel('PIN', { exact: true }).fill(PIN)
    await dialog.getByRole('button', { name: 'Lanjutkan' }).click()
    await page.getByText('Kata sandi berkas P12 ini salah.').waitFor()
    await page.getByLabel('Kata sandi berkas').fill(PASSPHRASE)
    await page.getByRole('button', { name: 'Pasang', exact: true }).click()
    await page.getByText('CN=Haji Mulyadi,O=Desa Sukamaju,C=ID').waitFor()
    await page.getByText('Baca surat').first().click()
    await page.getByAltText('Surat di kertas').waitFor()
    await expectAccessible(page)
    await picture(page, 'my-signature')
    await page.getByLabel('Pilih semua').check()
    await page.getByRole('button', { name: 'Tanda tangani 2 surat' }).click()
    await page.getByText('2 surat ditandatangani.').waitFor()
    await page.getByText('Tidak ada surat yang menunggu').waitFor()
    for (const { id } of letters) expect(ok(await office.siti.get(`/letters/generated_letters/${id}`)).status).toBe('signed')
  })

  test.each([false, true])('a stranger sees on the page of the code what holds (dark: %s)', async (dark) => {
    const page = await stage.visitor({ phone: true, dark })
    await page.goto(`/sukamaju/v/${'0'.repeat(26)}`)
    await page.getByText('Kami tidak menemukan surat ini').waitFor()
    await expectAccessible(page)
    await page.goto(await office.link(letters[0].id))
    await page.getByText('Surat ini sah dan masih berlaku').waitFor()
    await expectAccessible(page)
    await picture(page, `verification-phone${dark ? '-dark' : ''}`)
    await page.getByRole('link', { name: 'In English' }).click()
    await page.getByText('This letter is valid').waitFor()
  })
})
