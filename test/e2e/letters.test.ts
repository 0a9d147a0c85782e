// In a browser: Andi writes a letter, sees it beside the words, is told what is wrong, and keeps it; an old template comes along.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ok } from '../../modules/registry/test-village.ts'
import { expectAccessible, openStage, picture, type Stage } from './browser.ts'

let stage: Stage
let usaha: any

beforeAll(async () => {
  stage = await openStage()
  const andi = await stage.world.as('andi')
  const profile = { name: 'Sukamaju', code: '9902042003', head_name: 'Haji Mulyadi', district: 'Karangjaya', regency: 'Wanareja' }
  ok(await andi.post('/registry/village_profiles', profile), 201)
  usaha = ok(await andi.get('/letters/letter_templates?q=Keterangan%20Usaha')).data[0]
}, 180_000)
afterAll(() => stage?.close())

const kept = async (): Promise<any> => ok(await (await stage.world.as('andi')).get(`/letters/letter_templates/${usaha.id}`))

describe('letters in the browser', { timeout: 240_000 }, () => {
  test('a shipped letter is looked at, and edited without losing a letter of it', async () => {
    const page = await stage.visitor()
    await stage.signIn(page, 'andi')
    await page.goto(`/app/sukamaju/letters/letter_templates/${usaha.id}`)
    await page.getByAltText('Surat di kertas, dengan data contoh').waitFor()
    await expectAccessible(page)
    await picture(page, 'letter-template')
    await page.goto(`/app/sukamaju/letters/letter_templates/${usaha.id}/edit`)
    const words = page.getByRole('textbox', { name: 'Isi surat' })
    await words.getByText('NAMA LENGKAP', { exact: true }).waitFor()
    await page.getByAltText('Surat di kertas, dengan data contoh').waitFor()
    expect(await page.locator('.letter-code[data-unknown]').count()).toBe(0)
    // A word at the very end, and a placeholder chosen by its name.
    await words.locator('p').last().click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(' Ditulis oleh ')
    await page.getByRole('combobox', { name: 'Sisipkan isian' }).fill('Nama penanda')
    await page.getByRole('option', { name: 'Nama penanda tangan' }).click()
    await expectAccessible(page)
    await picture(page, 'letter-editor')
    await page.getByRole('button', { name: 'Simpan', exact: true }).click()
    await page.waitForURL(/letter_templates\/[0-9a-f-]+$/)
    const plain = (html: string): string => html.replaceAll(/\s+/g, ' ').replaceAll('> <', '><').trim()
    const before = plain(usaha.template)
    expect(plain((await kept()).template)).toBe(before.replace(/<\/p>$/, ' Ditulis oleh [Nama_pamonG] </p>'))
  })

  test('a field is asked for, an unknown code stands out, and the page says what to do', async () => {
    const page = await stage.visitor({ phone: true })
    await stage.signIn(page, 'andi')
    await page.goto('/app/sukamaju/letters/letter_templates/new')
    await page.getByLabel('Nama', { exact: false }).first().fill('Surat Jalan')
    await page.getByLabel('Judul di surat').fill('Surat Jalan')
    await page.getByLabel('Kode surat').fill('S-60')
    await page.getByRole('button', { name: 'Tambah isian' }).click()
    await page.getByLabel('Nama isian').fill('Kota tujuan')
    expect(await page.getByLabel('Kode', { exact: true }).inputValue()).toBe('form_kota_tujuan')
    const words = page.getByRole('textbox', { name: 'Isi surat' })
    await words.click()
    await page.keyboard.type('Pergi ke [kota_tujuann].')
    await page.getByText(/Kode \[kota_tujuann\] tidak dikenal/).waitFor()
    await page.getByRole('button', { name: 'Tambahkan' }).click()
    await page.getByRole('alert').filter({ hasText: 'kolom 13' }).first().waitFor()
    await picture(page, 'letter-mistake-phone')
    await words.click()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Pergi ke ')
    await page.getByRole('combobox', { name: 'Sisipkan isian' }).fill('Kota')
    await page.getByRole('option', { name: 'Kota tujuan' }).first().click()
    await page.getByAltText('Surat di kertas, dengan data contoh').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Tambahkan' }).click()
    await page.waitForURL(/letter_templates\/[0-9a-f-]+$/)
    const made = ok(await (await stage.world.as('andi')).get('/letters/letter_templates?q=Surat%20Jalan')).data[0]
    expect(made).toMatchObject({ template: '<p>Pergi ke [Form_kota_tujuaN] </p>', variables: [{ code: 'form_kota_tujuan', type: 'text' }] })
  })

  test('a template of OpenSID is converted, its strangers named, and opened in the editor', async () => {
    const page = await stage.visitor({ dark: true })
    await stage.signIn(page, 'andi')
    await page.goto('/app/sukamaju/letters/letter_templates')
    await page.getByRole('button', { name: 'Bawa templat dari OpenSID' }).click()
    await page.getByLabel('HTML templat').fill('<p>Kepada [NamA], BDT [id_bdt]</p>')
    await page.getByRole('button', { name: 'Ubah', exact: true }).click()
    await page.getByText('[id_bdt]').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Buka di penyunting' }).click()
    await page.getByRole('textbox', { name: 'Isi surat' }).getByText('[id_bdt]').waitFor()
    expect(await page.locator('.letter-code[data-unknown]').count()).toBe(1)
    await picture(page, 'letter-editor-dark')
  })
})
