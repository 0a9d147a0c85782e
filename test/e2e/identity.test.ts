// People at the door, in a real browser: a code by phone, an authenticator app, a guesser, a window left open elsewhere.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { codeAt, stepAt } from '#kernel/identity/totp.ts'
import { PASSWORD } from '../places.ts'
import { expectAccessible, openStage, picture, type Stage, byPassword } from './browser.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
}, 180_000)
afterAll(() => stage?.close())

const account = '/app/sukamaju/settings/me'

/** The six digits last sent to a phone, as the outbox of a demo shows them. */
async function codeSentTo(phone: string): Promise<string> {
  const messages = await stage.world.house.outbox.newest(50)
  const code = /\b(\d{6})\b/.exec(messages.find((l) => l.to === phone && l.purpose === 'otp')?.text ?? '')?.[1]
  if (!code) throw new Error('No code was sent.')
  return code
}

const bytesOf = (base32: string): Buffer => {
  const bits = [...base32].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)))
}

async function signOut(page: Page): Promise<void> {
  await page.context().clearCookies({ name: 'balai.session' })
  await page.goto('/app/')
}

test('Joko adds his phone to his account, and next time signs in on it with the code that comes', async () => {
  const joko = await stage.visitor()
  await stage.signIn(joko, 'joko')
  await joko.goto(account)
  await joko.getByRole('button', { name: 'Tambah nomor ponsel' }).click()
  await joko.getByRole('textbox', { name: 'Nomor ponsel' }).fill('0812-7777-8888')
  await joko.getByLabel('Kata sandi Anda', { exact: true }).fill(PASSWORD)
  await expectAccessible(joko)
  await joko.getByRole('button', { name: 'Kirim kode' }).click()
  await joko.getByLabel('Kode dari SMS').waitFor()
  const sent = await codeSentTo('+6281277778888')
  await joko.getByLabel('Kode dari SMS').fill((sent.startsWith('9') ? '1' : '9') + sent.slice(1))
  await joko.getByRole('button', { name: 'Simpan nomor' }).click()
  await joko.getByText('Kode tidak cocok, atau sudah tidak berlaku.').waitFor()
  await picture(joko, 'account-phone')
  await joko.getByLabel('Kode dari SMS').fill(sent)
  await joko.getByRole('button', { name: 'Simpan nomor' }).click()
  await joko.getByText('+6281277778888').waitFor()

  await stage.world.house.database.owner.query('delete from core.rate_limits')
  const phone = await stage.visitor({ phone: true })
  await phone.goto('/app/')
  await phone.getByLabel('Nomor ponsel').fill('081277778888')
  await expectAccessible(phone)
  await picture(phone, 'sign-in-phone')
  await phone.getByRole('button', { name: 'Kirim kode' }).click()
  await phone.getByLabel('Kode dari SMS').waitFor()
  await expectAccessible(phone)
  await picture(phone, 'sign-in-phone-code')
  await phone.getByLabel('Kode dari SMS').fill(await codeSentTo('+6281277778888'))
  await phone.keyboard.press('Enter')
  await phone.waitForURL((url) => !url.pathname.includes('sign-in'))
  await phone.getByRole('heading', { level: 1 }).waitFor()
  expect(new URL(phone.url()).pathname).toMatch(/^\/app\/sukamaju/)
})

test('Siti turns on two-step sign-in, prints her codes, and gets in with the app and with a printed code', async () => {
  const siti = await stage.visitor()
  await stage.signIn(siti, 'siti')
  await siti.goto(account)
  await siti.getByRole('button', { name: 'Nyalakan masuk dua langkah' }).click()
  await siti.getByLabel('Kata sandi Anda', { exact: true }).fill(PASSWORD)
  await siti.getByRole('button', { name: 'Lanjut' }).click()
  await siti.getByRole('img', { name: 'Kode QR untuk aplikasi autentikator' }).waitFor()
  await siti.getByRole('img', { name: 'Kode QR untuk aplikasi autentikator' }).scrollIntoViewIfNeeded()
  await expectAccessible(siti)
  await picture(siti, 'two-step-qr')
  const secret = bytesOf((await siti.locator('.secret').innerText()).replace(/\s/g, ''))
  const shown = (): string => codeAt(secret, stepAt(new Date()))
  await siti.getByLabel('Kode dari aplikasi').fill(shown())
  await siti.getByRole('button', { name: 'Nyalakan' }).click()
  await siti.getByRole('heading', { name: /Kode cadangan Balai/ }).waitFor()
  await expectAccessible(siti)
  await picture(siti, 'recovery-codes')
  const codes = await siti.locator('.recovery-codes li').allInnerTexts()
  expect(codes).toHaveLength(10)
  const download = siti.waitForEvent('download')
  await siti.getByRole('button', { name: 'Unduh' }).click()
  const file = readFileSync(await (await download).path(), 'utf8')
  for (const code of codes) expect(file).toContain(code)
  await siti.emulateMedia({ media: 'print' })
  expect(await siti.getByRole('heading', { name: /Kode cadangan Balai/ }).isVisible()).toBe(true)
  expect(await siti.getByRole('heading', { name: 'Nomor ponsel' }).isVisible()).toBe(false)
  await siti.emulateMedia({ media: 'screen' })
  await siti.getByRole('button', { name: 'Sudah saya simpan' }).click()
  await siti.getByText('Kode cadangan tersisa: 10.').waitFor()

  const withPassword = async (): Promise<void> => {
    await signOut(siti)
    await siti.getByLabel(/nama pengguna/i).fill('siti')
    await siti.getByLabel(/^kata sandi/i).fill(PASSWORD)
    await siti.keyboard.press('Enter')
    await siti.getByRole('heading', { name: 'Langkah kedua' }).waitFor()
  }
  await stage.world.house.database.owner.query('update core.two_factors set last_step = null')
  await withPassword()
  await expectAccessible(siti)
  await picture(siti, 'second-step')
  expect((await siti.request.get('/api/me')).status()).toBe(401)
  await siti.getByLabel('Kode dari aplikasi autentikator').fill('000000')
  await siti.keyboard.press('Enter')
  await siti.getByText('Kode tidak cocok, atau sudah tidak berlaku.').waitFor()
  await siti.getByLabel('Kode dari aplikasi autentikator').fill(shown())
  await siti.keyboard.press('Enter')
  await siti.waitForURL((url) => !url.pathname.includes('sign-in'))

  await withPassword()
  await siti.getByRole('button', { name: 'Pakai kode cadangan' }).click()
  await siti.getByLabel('Kode cadangan').fill(codes[0]!)
  await siti.keyboard.press('Enter')
  await siti.waitForURL((url) => !url.pathname.includes('sign-in'))
  await siti.goto(account)
  await siti.getByText('Kode cadangan tersisa: 9.').waitFor()
  await picture(siti, 'two-step-on')
})

test('a guesser at the same counter must wait, and Nani still gets in on the browser she knows', async () => {
  await stage.world.house.database.owner.query('delete from core.rate_limits')
  const nani = await stage.visitor()
  await stage.signIn(nani, 'nani')
  const guesser = await stage.visitor()
  await guesser.goto('/app/')
  for (let i = 0; i < 6; i++) {
    await byPassword(guesser)
    await guesser.getByLabel(/nama pengguna/i).fill('nani')
    await guesser.getByLabel(/^kata sandi/i).fill(i < 5 ? `tebakan-${i}-sandi` : PASSWORD)
    const answered = guesser.waitForResponse((r) => r.url().endsWith('/api/session') && r.request().method() === 'POST')
    await guesser.keyboard.press('Enter')
    expect((await answered).status()).toBe(i < 5 ? 401 : 429)
  }
  await guesser.getByText(/terlalu banyak percobaan/i).waitFor()
  await expectAccessible(guesser)
  await picture(guesser, 'locked-out')
  await signOut(nani)
  await stage.signIn(nani, 'nani')
})

test('Budi ends the session he left open in another window, which is out at once', async () => {
  const [office, home] = [await stage.visitor(), await stage.visitor({ phone: true })]
  await stage.signIn(office, 'budi')
  await stage.signIn(home, 'budi')
  await office.goto(account)
  await home.goto(account)
  await home.getByRole('button', { name: /^Keluarkan .+ di / }).click()
  await home.getByText('Sudah dikeluarkan.').waitFor()
  await picture(home, 'devices-phone')
  await office.goto('/app/sukamaju')
  await office.waitForURL(/sign-in/)
  expect((await home.request.get('/api/me')).status()).toBe(200)
})
