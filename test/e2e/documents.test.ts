// In a browser: Siti brings the papers of a resident, sees them, brings a newer one and takes one away; on a phone she takes a photo.
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pdf, photo } from '#kernel/documents/test-files.ts'
import { villageIn } from '../../modules/registry/test-village.ts'
import { expectAccessible, openStage, picture, type Stage } from './browser.ts'

let stage: Stage
let budiman: string
beforeAll(async () => {
  stage = await openStage()
  const village = await villageIn(stage.world)
  const { family } = await village.home('Krajan')
  budiman = (await village.member(family, 'Budiman', 'KEPALA_KELUARGA')).id
}, 180_000)
afterAll(() => stage?.close())

const tab = (): string => `/app/sukamaju/registry/citizens/${budiman}?tab=documents`

describe('documents in the browser', { timeout: 180_000 }, () => {
  test('two files are brought at once; a wrong one says why; one is looked at, renewed and removed', async () => {
    const page = await stage.visitor()
    await stage.signIn(page, 'siti')
    await page.goto(tab())
    await page.getByText('Belum ada dokumen').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Tambah dokumen' }).click()
    const box = page.getByLabel('Berkas dokumen')
    await box.setInputFiles([
      { name: 'ktp.jpg', mimeType: 'image/jpeg', buffer: await photo() },
      { name: 'akta.pdf', mimeType: 'application/pdf', buffer: pdf() },
      { name: 'rusak.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ bukan pdf') },
    ])
    await page.getByText('Program tidak diterima').waitFor()
    await page.getByRole('button', { name: 'Buang rusak.pdf' }).click()
    expect(await page.getByRole('button', { name: 'Simpan' }).isEnabled()).toBe(false)
    await page.getByRole('combobox', { name: 'Jenis dokumen' }).fill('KTP')
    await page.getByRole('option', { name: 'KTP' }).click()
    await page.getByLabel('Berlaku sampai').fill('31-12-2031')
    await expectAccessible(page)
    await picture(page, 'documents-bring')
    await page.getByRole('button', { name: 'Simpan' }).click()
    await page.getByRole('button', { name: 'ktp.jpg', exact: true }).waitFor()
    await page.locator('.document-small img').first().waitFor()
    await expectAccessible(page)
    await picture(page, 'documents-desk')

    await page.getByRole('button', { name: 'ktp.jpg', exact: true }).click()
    const shown = page.getByRole('img', { name: 'ktp.jpg' })
    await shown.waitFor()
    await expect.poll(() => shown.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth)).toBe(600)
    await page.keyboard.press('Escape')
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Unduh akta.pdf' }).click()
    expect((await downloading).suggestedFilename()).toBe('akta.pdf')

    await page.getByRole('button', { name: 'Lainnya: akta.pdf' }).click()
    await page.getByRole('menuitem', { name: 'Versi baru' }).click()
    await page.getByLabel('Berkas dokumen').setInputFiles({ name: 'akta-2.pdf', mimeType: 'application/pdf', buffer: pdf('', '% 2') })
    await page.getByText('Terkirim').waitFor()
    await page.getByRole('button', { name: 'Simpan' }).click()
    await page.getByText('versi 2').waitFor()
    await page.getByRole('button', { name: 'Lainnya: akta.pdf' }).click()
    await page.getByRole('menuitem', { name: 'Versi dan rincian' }).click()
    await page.getByRole('button', { name: 'akta-2.pdf', exact: true }).waitFor()
    await expectAccessible(page)
    await picture(page, 'documents-versions')

    await page.goto('/app/sukamaju/core/documents')
    await page.getByText('ktp.jpg').first().waitFor()
    expect(await page.getByRole('button', { name: 'Tambah dokumen' }).count()).toBe(0)
    await expectAccessible(page)
    await picture(page, 'documents-list')
    await page.goto(tab())
    await page.getByRole('button', { name: 'Lainnya: akta.pdf' }).click()
    await page.getByRole('menuitem', { name: 'Hapus' }).click()
    await page.getByRole('button', { name: 'Hapus' }).click()
    await page.getByRole('button', { name: 'akta.pdf', exact: true }).waitFor({ state: 'detached' })
  })

  test('on a phone, in English and in the dark, a photo is taken; without a line the page says so', async () => {
    const page = await stage.visitor({ phone: true, locale: 'en', dark: true })
    await page.addInitScript(() => localStorage.setItem('balai.locale', 'en'))
    await stage.signIn(page, 'siti')
    await page.goto(tab())
    await page.getByRole('button', { name: 'Add documents' }).click()
    await page.getByRole('button', { name: 'Take a photo' }).waitFor()
    const bytes = await sharp({ create: { width: 1200, height: 1600, channels: 3, background: '#8ecae6' } })
      .jpeg()
      .toBuffer()
    await page.context().setOffline(true)
    await page.getByLabel('Photo of the document').setInputFiles({ name: 'foto.jpg', mimeType: 'image/jpeg', buffer: bytes })
    await page.getByText('We could not reach the server').waitFor()
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Sent', { exact: true }).waitFor()
    await page.getByRole('combobox', { name: 'Document type' }).fill('KK')
    await page.getByRole('option', { name: 'KK' }).click()
    await expectAccessible(page)
    await picture(page, 'documents-phone')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'foto.jpg', exact: true }).waitFor()
    await expectAccessible(page)
    await picture(page, 'documents-phone-list')
  })
})
