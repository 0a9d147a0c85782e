// In a browser: a resident's health stays closed until it is opened on purpose; the growth of a child is a line; data checks lead to the record.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ok, person, villageIn } from '../../modules/registry/test-village.ts'
import { expectAccessible, openStage, picture, type Stage } from './browser.ts'

let stage: Stage
let child: string

beforeAll(async () => {
  stage = await openStage()
  const village = await villageIn(stage.world)
  const andi = await stage.world.as('andi')
  const { family, address } = await village.home('Timur')
  await village.member(family, 'Ahmad', 'KEPALA_KELUARGA')
  const putri = await village.member(family, 'Putri Ayu', 'ANAK', {
    gender: 'P',
    birth_date: '2025-06-01',
    marital_status: 'BELUM_KAWIN',
    occupation: 'BELUM/TIDAK BEKERJA',
  })
  await village.make('citizens', person('Mbah Karto', { birth_date: '1902-02-03', address_id: address.id }))
  child = putri.id
  const record = ok(
    await andi.post('/registry/health_records', {
      citizen_id: child,
      height_cm: '71.5',
      weight_kg: '8.60',
      allergies: ['Kacang tanah'],
      insurance_type: 'BPJS_KESEHATAN',
      emergency_contact: 'Nenek Salamah',
      last_checkup: '2026-05-04',
    }),
    201,
  )
  for (const [vaccine, given_on] of [
    ['HB0', '2025-06-01'],
    ['BCG', '2025-07-03'],
  ])
    ok(await andi.post(`/registry/health_records/${record.id}/vaccination`, { vaccine, given_on, place: 'Posyandu Melati' }))
  for (const [measured_on, weight_kg, height_cm] of [
    ['2025-07-03', '4.30', '54'],
    ['2025-09-04', '5.90', '60'],
    ['2026-01-08', '7.60', '67.5'],
    ['2026-05-04', '8.60', '71.5'],
  ])
    ok(await andi.post('/registry/health_measurements', { citizen_id: child, measured_on, weight_kg, height_cm }), 201)
}, 180_000)
afterAll(() => stage?.close())

describe('health in the browser', { timeout: 180_000 }, () => {
  test.each([false, true])('Andi opens the health of Putri on purpose (phone: %s)', async (phone) => {
    const page = await stage.visitor({ phone })
    await stage.signIn(page, 'andi')
    await page.goto(`/app/sukamaju/registry/citizens/${child}?tab=health`)
    const open = page.getByRole('button', { name: 'Buka data kesehatan' })
    await open.waitFor()
    expect(await page.getByText('Kacang tanah').count()).toBe(0)
    await open.click()
    await page.getByText('Kacang tanah').waitFor()
    await page.getByText('Hepatitis B (HB-0)').waitFor()
    await page.getByRole('button', { name: /Lihat pertumbuhan/ }).click()
    await page.getByRole('img', { name: 'Berat (kg)' }).waitFor()
    await expectAccessible(page)
    await page.screenshot({ path: new URL(`screenshots/health-${phone ? 'phone' : 'desk'}.png`, import.meta.url).pathname, fullPage: true })
    await page.getByRole('button', { name: 'Tutup lagi' }).click()
    await open.waitFor()
    expect(await page.getByText('Kacang tanah').count()).toBe(0)
  })

  test('Siti of the registry has no such tab, and checks the data instead', async () => {
    const page = await stage.visitor()
    await stage.signIn(page, 'siti')
    await page.goto(`/app/sukamaju/registry/citizens/${child}`)
    await page.getByRole('tab', { name: 'Keluarga' }).waitFor()
    expect(await page.getByRole('tab', { name: 'Kesehatan' }).count()).toBe(0)
    await page.goto('/app/sukamaju/registry/checks')
    await page.getByText('Umur di atas 110 tahun').click()
    await page.getByRole('link', { name: 'Mbah Karto' }).first().waitFor()
    await expectAccessible(page)
    await picture(page, 'checks-desk')
    await page.setViewportSize({ width: 390, height: 844 })
    await picture(page, 'checks-phone')
    await page.setViewportSize({ width: 1366, height: 768 })
    await page.getByRole('link', { name: 'Mbah Karto' }).first().click()
    await page.getByRole('heading', { name: 'Mbah Karto' }).waitFor()
  })

  test('the list of health records tells nothing but whose and when; a month is counted by a button', async () => {
    const page = await stage.visitor()
    await stage.signIn(page, 'andi')
    await page.goto('/app/sukamaju/registry/health_records')
    await page.getByText('Putri Ayu').first().waitFor()
    await picture(page, 'health-list')
    await page.goto('/app/sukamaju/registry/population_statistics')
    await page.getByRole('button', { name: 'Hitung ulang' }).first().waitFor()
    await picture(page, 'population-statistics')
  })
})
