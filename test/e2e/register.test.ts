// Whole jobs in a real browser: Siti imports the village's workbook and works the register with it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { expectAccessible, openStage, picture, type Stage } from './browser.ts'

const WORKBOOK = new URL('../fixtures/penduduk.xlsx', import.meta.url).pathname

let stage: Stage
let siti: Page
beforeAll(async () => {
  stage = await openStage()
  siti = await stage.visitor()
}, 180_000)
afterAll(() => stage?.close())

const citizens = '/app/sukamaju/registry/citizens'
const text = async (page: Page): Promise<string> => (await page.locator('main').innerText()).replace(/\s+/g, ' ')

/** Opens the record of a resident by searching the list for a part of the name, or a whole number. */
async function openResident(page: Page, typed: string, name: string): Promise<void> {
  await page.goto(citizens)
  await page.getByRole('searchbox', { name: /cari penduduk/i }).fill(typed)
  await page.getByRole('link', { name, exact: true }).first().click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** Begins an act on the open record: its button, or its entry in the menu of further acts. */
async function begin(page: Page, act: string): Promise<void> {
  const button = page.locator('main').getByRole('button', { name: act, exact: true })
  if (await button.count()) return button.click()
  await page
    .locator('main')
    .getByRole('button', { name: /^tindakan/i })
    .click()
  await page.getByRole('menuitem', { name: act }).click()
}

test('a wrong password is refused in words, the right one opens the village', async () => {
  await siti.goto('/app/')
  await siti.getByLabel(/nama pengguna/i).fill('siti')
  await siti.getByLabel(/^kata sandi/i).fill('bukan-ini-sandinya')
  await siti.keyboard.press('Enter')
  await siti
    .getByText(/nama pengguna atau kata sandi/i)
    .first()
    .waitFor()
  await expectAccessible(siti)
  await picture(siti, 'sign-in')
  await stage.signIn(siti, 'siti')
  await siti.getByText('Desa Sukamaju').first().waitFor()
  await siti.getByRole('heading', { level: 1 }).waitFor()
  await expectAccessible(siti)
})

test('Siti imports the workbook: 297 of 300, each refusal with its reason', async () => {
  await siti.goto('/app/sukamaju/imports')
  await expectAccessible(siti)
  await siti.getByLabel('Berkas untuk diimpor').setInputFiles(WORKBOOK)
  await siti.getByRole('button', { name: 'Periksa 300 baris' }).click()
  await siti.getByText('297 baris siap diimpor. 3 ditolak dan tidak ikut.').waitFor({ timeout: 60_000 })
  const verdicts = await text(siti)
  for (const reason of ['NIK harus 16 angka', 'tanggal lahir tidak ada', 'NIK sudah dipakai di baris 121', 'keluarga tanpa kepala'])
    expect(verdicts.toLowerCase()).toContain(reason.toLowerCase())
  await expectAccessible(siti)
  await picture(siti, 'import-checked')
  await siti.getByRole('button', { name: 'Impor 297 baris' }).click()
  await siti.getByText(/297 dari 300 baris sudah ada di daftar/).waitFor({ timeout: 60_000 })
  const download = siti.waitForEvent('download')
  await siti.getByText('Unduh laporan').click()
  await siti
    .getByRole('menuitem')
    .first()
    .click({ timeout: 2_000 })
    .catch(() => {})
  expect((await download).suggestedFilename()).toMatch(/\.(xlsx|csv)$/)
  await siti.goto(citizens)
  await siti.getByText('297 data').waitFor()
  await expectAccessible(siti)
  await picture(siti, 'list')
})

test('she finds a resident by a part of the name and by the whole NIK', async () => {
  const found = await stage.world.read('siti', 'sukamaju', (ctx) =>
    ctx.db
      .query<{ name: string; nik: Buffer }>(
        `select name, nik from registry.citizens where tenant_id = $1 and nik is not null and length(name) > 10 order by name limit 1 offset 40`,
        [ctx.tenant.id],
      )
      .then(({ rows }) => ({
        name: rows[0]!.name,
        nik: ctx.seal.open(rows[0]!.nik, 'registry.citizens.nik'),
      })),
  )
  await openResident(siti, found.name.slice(3, 9).toLowerCase(), found.name)
  await expectAccessible(siti)
  await picture(siti, 'record')
  await openResident(siti, found.nik, found.name)
  // Never in clear: neither in the page nor in its address.
  expect(await siti.content()).not.toContain(found.nik)
  await siti
    .getByRole('button', { name: /tampilkan.*nik|nik.*tampilkan|lihat.*nik/i })
    .first()
    .click()
  await siti.getByText(found.nik).waitFor()
  await siti.getByRole('tab', { name: 'Riwayat' }).click()
  await siti
    .getByText(/membuka|melihat/i)
    .first()
    .waitFor()
  await expectAccessible(siti)
  await picture(siti, 'history')
})

test('a member moves to another family', async () => {
  const { child, family } = await stage.world.read('siti', 'sukamaju', async (ctx) => {
    const { rows } = await ctx.db.query<{ id: string; name: string; family_id: string }>(
      `select c.id, c.name, c.family_id from registry.citizens c where c.tenant_id = $1 and c.family_relationship = 'ANAK' and c.status = 'ALIVE'
         and not exists (select 1 from registry.citizens o where o.tenant_id = $1 and o.name = c.name and o.id <> c.id) order by c.name limit 1`,
      [ctx.tenant.id],
    )
    const other = await ctx.db.query<{ head_name: string }>(
      `select f.head_name from registry.families f where f.tenant_id = $1 and f.id <> $2 and f.head_name <> ''
         and not exists (select 1 from registry.families o where o.tenant_id = $1 and o.head_name = f.head_name and o.id <> f.id) order by f.head_name limit 1`,
      [ctx.tenant.id, rows[0]!.family_id],
    )
    return { child: rows[0]!, family: other.rows[0]! }
  })
  await openResident(siti, child.name, child.name)
  await begin(siti, 'Pindah keluarga')
  const dialog = siti.getByRole('dialog')
  await dialog
    .getByLabel(/keluarga/i)
    .first()
    .fill(family.head_name)
  await siti
    .getByRole('option', { name: new RegExp(family.head_name) })
    .first()
    .click()
  await chooseIfAsked(siti, dialog.getByLabel(/hubungan/i), 'Famili lain')
  await expectAccessible(siti)
  await dialog.getByRole('button', { name: 'Pindah keluarga' }).click()
  await dialog.waitFor({ state: 'detached' })
  await siti.getByRole('tab', { name: 'Keluarga' }).click()
  await siti.getByRole('rowheader', { name: family.head_name }).waitFor()
})

/** Chooses in a select, or among radio buttons, whichever the form shows. */
async function chooseIfAsked(page: Page, select: ReturnType<Page['getByLabel']>, label: string): Promise<void> {
  if (await page.getByRole('radio', { name: new RegExp(label, 'i') }).count())
    return page
      .getByRole('radio', { name: new RegExp(label, 'i') })
      .first()
      .check()
  if (!(await select.count())) return
  await select.first().click()
  await page
    .getByRole('option', { name: new RegExp(label, 'i') })
    .first()
    .click()
}

test('a death is recorded: the status follows, and it is an event', async () => {
  const { rows } = await stage.world.read('siti', 'sukamaju', (ctx) =>
    ctx.db.query<{ name: string }>(
      `select c.name from registry.citizens c where c.tenant_id = $1 and c.status = 'ALIVE' and not c.is_head_of_family
         and not exists (select 1 from registry.citizens o where o.tenant_id = $1 and o.name = c.name and o.id <> c.id) order by c.birth_date limit 1`,
      [ctx.tenant.id],
    ),
  )
  const { name } = rows[0]!
  await openResident(siti, name, name)
  await begin(siti, 'Catat kematian')
  const dialog = siti.getByRole('dialog')
  await dialog
    .getByLabel(/tanggal (meninggal|kematian|peristiwa)/i)
    .first()
    .fill('20-11-2026')
  await dialog.getByRole('button', { name: 'Catat kematian' }).click()
  await dialog.waitFor({ state: 'detached' })
  await siti.locator('main').getByText('Meninggal').first().waitFor()
  await siti.getByRole('tab', { name: 'Riwayat' }).click()
  // Said in the history itself; the word also stands in the heading.
  await siti.getByRole('tabpanel').getByText('Catat kematian').first().waitFor()
})

test('Rina switches from Sukamaju to Merantian and sees nothing of the other', async () => {
  const rina = await stage.visitor()
  await stage.signIn(rina, 'rina')
  await rina.getByRole('link', { name: /Desa Sukamaju/ }).click()
  await rina.goto(citizens)
  await rina.getByText(/\d+ data/).waitFor()
  await rina.getByRole('button', { name: /ganti komunitas/i }).click()
  await rina.getByRole('menuitem', { name: /Nagari Merantian/ }).click()
  await rina.waitForURL(/\/app\/merantian/)
  await rina.goto('/app/merantian/registry/citizens')
  await rina.getByRole('heading', { level: 1, name: 'Penduduk' }).waitFor()
  await rina
    .getByText(/belum ada/i)
    .first()
    .waitFor()
  await picture(rina, 'empty')
  // A record of the other village, by its address: not found, as if it did not exist.
  const { rows } = await stage.world.read('siti', 'sukamaju', (ctx) =>
    ctx.db.query<{ id: string }>('select id from registry.citizens where tenant_id = $1 limit 1', [ctx.tenant.id]),
  )
  await rina.goto(`/app/merantian/registry/citizens/${rows[0]!.id}`)
  await rina
    .getByText(/tidak ditemukan|tidak ada apa-apa/i)
    .first()
    .waitFor()
})

test('the register can be worked with the keyboard alone', async () => {
  const page = await stage.visitor()
  await page.goto('/app/')
  await page.getByLabel(/nama pengguna/i).waitFor()
  await page.keyboard.type('siti')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Gotong-Royong-1945')
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor()
  // Find a page, then a person, without touching anything.
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').waitFor()
  await page.keyboard.type('Penduduk')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Penduduk' }).waitFor()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.locator('main [data-index="1"] a').first().waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('tab', { name: 'Data' }).waitFor()
  // The skip link is the first stop, and focus is always visible.
  await page.reload()
  await page.getByRole('tab', { name: 'Data' }).waitFor()
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => (globalThis as any).document.activeElement?.textContent)).toMatch(/^(lewati|langsung)/i)
})

test('the main pages hold on a phone and in the dark, and axe finds nothing serious', async () => {
  const phone = await stage.visitor({ phone: true })
  await stage.signIn(phone, 'siti')
  for (const [name, path] of Object.entries({
    home: '',
    list: '/registry/citizens',
    form: '/registry/citizens/new',
    families: '/registry/families',
    map: '/map',
    settings: '/settings',
  })) {
    await phone.goto(`/app/sukamaju${path}`)
    await phone.getByRole('heading', { level: 1 }).waitFor()
    await phone.waitForLoadState('networkidle').catch(() => {})
    await expectAccessible(phone)
    await picture(phone, `phone-${name}`)
    expect(
      await phone.evaluate(() => (globalThis as any).document.documentElement.scrollWidth),
      `${name} does not scroll sideways`,
    ).toBeLessThanOrEqual(390)
  }
  const dark = await stage.visitor({ dark: true, locale: 'en' })
  await stage.signIn(dark, 'andi')
  for (const path of ['', '/registry/citizens', '/settings/roles', '/settings/members', '/settings/audit']) {
    await dark.goto(`/app/sukamaju${path}`)
    await dark.getByRole('heading', { level: 1 }).waitFor()
    await dark.waitForLoadState('networkidle').catch(() => {})
    await expectAccessible(dark)
    await picture(dark, `dark${path.replaceAll('/', '-') || '-home'}`)
  }
})
