// In a browser: Siti Aminah stands at the counter, and has her letter half a minute later; somebody else's request goes its whole way.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canRead, textOf } from '../../modules/letters/test-paper.ts'
import { ok, villageIn } from '../../modules/registry/test-village.ts'
import { expectAccessible, openStage, picture, type Stage } from './browser.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
  const andi = await stage.world.as('andi')
  const profile = { name: 'Sukamaju', code: '9902042003', head_name: 'Haji Mulyadi', district: 'Karangjaya', regency: 'Wanareja' }
  ok(await andi.post('/registry/village_profiles', profile), 201)
  ok(await andi.post('/office/apparatus', { duty: 'HEAD', position: 'Kepala Desa', name: 'Haji Mulyadi', start_date: '2020-01-01' }), 201)
  const village = await villageIn(stage.world)
  const { family } = await village.home('MELATI')
  await village.member(family, 'SITI AMINAH', 'KEPALA_KELUARGA', { gender: 'P', nik: '9902044507900003', birth_date: '1990-07-05' })
}, 180_000)
afterAll(() => stage?.close())

const choose = async (page: any, label: string, typed: string, option: RegExp): Promise<void> => {
  await page.getByRole('combobox', { name: label }).fill(typed)
  await page.getByRole('option', { name: option }).first().click()
}
/** What a statement of business asks for. */
const fill = async (page: any, business: string): Promise<void> => {
  for (const [label, value] of Object.entries({
    'Nama usaha': business,
    'Jenis usaha': 'Warung',
    'Alamat usaha': 'Dusun Melati',
    'Berjalan sejak': '2019',
    Keperluan: 'Pinjaman bank',
  }))
    await page.getByRole('textbox', { name: label }).fill(value)
}
const siti = () => stage.world.as('siti')

describe('the letter counter', { timeout: 240_000 }, () => {
  test.each([false, true])('a known resident, from the name to the number (phone: %s)', async (phone) => {
    const page = await stage.visitor({ phone, dark: phone })
    await stage.signIn(page, 'siti')
    await page.goto('/app/sukamaju/letters/counter')
    await choose(page, 'Warga', 'aminah', /SITI AMINAH/i)
    await choose(page, 'Surat', 'usaha', /Keterangan Usaha/)
    await page.getByText('Surat tampak setelah isian wajib lengkap.').waitFor()
    await page.getByRole('button', { name: 'Terbitkan surat' }).click()
    await page.getByRole('alert').getByText('Lengkapi isian yang ditandai.').waitFor()
    await fill(page, 'Warung Bu Aminah')
    await page.getByAltText('Konsep surat di kertas').waitFor()
    await expectAccessible(page)
    await picture(page, `counter${phone ? '-phone' : ''}`)
    await page.keyboard.press('Control+Enter')
    await page.getByText('Nomor surat', { exact: true }).waitFor()
    const number = (await page.locator('.counter-number').textContent()) ?? ''
    expect(number).toMatch(/^500\/00\d\/9902042003\//)
    expect(await page.locator('a:focus').textContent()).toContain('Buka PDF')
    await expectAccessible(page)
    const address = await page.getByRole('link', { name: 'Buka PDF' }).getAttribute('href')
    const answer = await (await siti()).raw(address ?? '')
    const bytes = new Uint8Array(await answer.arrayBuffer())
    if (canRead)
      for (const word of [number.toUpperCase(), 'SITI AMINAH', 'Warung Bu Aminah', 'Haji Mulyadi'])
        expect(textOf(bytes).toLowerCase()).toContain(word.toLowerCase())
    await picture(page, `counter-done${phone ? '-phone' : ''}`)
    await page.getByRole('button', { name: 'Surat berikutnya' }).click()
    await page.getByRole('combobox', { name: 'Warga' }).waitFor()
  })

  test('a request is taken in, taken up, made into a letter, signed and handed over', async () => {
    const page = await stage.visitor()
    await stage.signIn(page, 'siti')
    await page.goto('/app/sukamaju/letters/counter')
    await choose(page, 'Warga', 'aminah', /SITI AMINAH/i)
    await choose(page, 'Surat', 'usaha', /Keterangan Usaha/)
    await fill(page, 'Jualan sayur')
    await page.getByRole('button', { name: 'Terima sebagai permohonan' }).click()
    await page.getByText('Nomor antrean', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Lihat permohonan' }).click()
    await page.getByText('Menunggu petugas.').waitFor()
    await page.getByRole('button', { name: 'Proses', exact: true }).click()
    const asked = page.getByRole('dialog')
    await asked.getByLabel('Mengapa syarat yang belum ada dikecualikan').fill('Berkas menyusul')
    await asked.getByRole('button', { name: 'Proses', exact: true }).click()
    await page.getByText('Seorang petugas sedang mengerjakannya.').waitFor()
    await page.getByRole('tab', { name: 'Pengerjaan' }).click()
    await page.getByText('Jualan sayur').first().waitFor()
    await expectAccessible(page)
    await picture(page, 'request-desk')
    await page.getByRole('link', { name: 'Buat suratnya' }).click()
    await page.getByAltText('Konsep surat di kertas').waitFor()
    await page.getByRole('button', { name: 'Terbitkan surat' }).click()
    await page.getByRole('link', { name: 'Lihat surat' }).click()
    await page.getByRole('tab', { name: 'Surat', exact: true }).click()
    await page.getByAltText('Surat di kertas').waitFor()
    await expectAccessible(page)
    await picture(page, 'letter-record')
    await page.getByRole('button', { name: 'Sudah ditandatangani di kertas' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Sudah ditandatangani di kertas' }).click()
    await page.getByText('Sah dan siap diserahkan.').waitFor()
    const { data } = ok(await (await siti()).get('/letters/letter_requests'))
    await page.goto(`/app/sukamaju/letters/letter_requests/${data[0].id}`)
    await page.getByRole('button', { name: 'Serahkan' }).click()
    await page.getByRole('dialog').getByLabel('Diambil oleh').fill('Siti Aminah')
    await page.getByRole('dialog').getByRole('button', { name: 'Serahkan' }).click()
    await page.getByText('Surat sudah diserahkan.').waitFor()
  })
})
