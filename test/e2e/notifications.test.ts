// The bell in the browser: it counts while Budi works, opens what it tells of, and he chooses how he is told; Andi changes its words.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertRow } from '#kernel/resource/store.ts'
import { books } from '#test/library/index.ts'
import { expectAccessible, openStage, picture, type Stage } from './browser.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  await stage.world.house.database.app.query(`update core.users set email = 'budi@sukamaju.desa.id' where username = 'budi'`)
})
afterAll(() => stage?.close())

async function aBookArrives(title: string): Promise<string> {
  const { world } = stage
  const budi = (await world.house.identity.userByLogin('budi'))?.id ?? ''
  return world.write('andi', 'sukamaju', async (ctx) => {
    const { id } = await insertRow(ctx, books, { title, kind: 'novel', pages: 300, subjects: [], extra: {} })
    const about = { resource: 'library.books', id }
    await ctx.notify({ kind: 'library.book_arrived', to: { users: [budi] }, about, data: { title }, key: `arrived:${id}` })
    return id
  })
}

test('the bell counts up live, opens the record, and what was opened is read', async () => {
  const page = await stage.visitor()
  await stage.signIn(page, 'budi')
  await page.getByRole('button', { name: 'Pemberitahuan', exact: true }).waitFor()
  const first = await aBookArrives('Laskar Pelangi')
  await page.getByRole('button', { name: 'Pemberitahuan: 1 belum dibaca' }).waitFor()
  await aBookArrives('Bumi Manusia')
  const bell = page.getByRole('button', { name: 'Pemberitahuan: 2 belum dibaca' })
  await bell.click()
  await page.getByRole('link', { name: 'Buku datang: Laskar Pelangi' }).waitFor()
  await expectAccessible(page)
  await picture(page, 'bell')
  await page.getByRole('link', { name: 'Buku datang: Laskar Pelangi' }).click()
  await page.waitForURL(`**/app/sukamaju/library/books/${first}`)
  await page.getByRole('heading', { level: 1, name: 'Laskar Pelangi' }).waitFor()
  await page.getByRole('button', { name: 'Pemberitahuan: 1 belum dibaca' }).click()
  await page.getByRole('button', { name: 'Tandai semua dibaca' }).click()
  await page.getByRole('link', { name: 'Semua pemberitahuan' }).click()
  await page.getByRole('heading', { level: 1, name: 'Pemberitahuan' }).waitFor()
  await page.getByRole('button', { name: 'Pemberitahuan', exact: true }).waitFor()
  await expectAccessible(page)
  await picture(page, 'notifications')
  await page.getByText('Belum dibaca', { exact: true }).click()
  await page.getByText('Semua sudah dibaca').waitFor()
})

test('on his phone Budi chooses ways and hours, and they are kept', async () => {
  const page = await stage.visitor({ phone: true, dark: true })
  await stage.signIn(page, 'budi')
  await page.goto('/app/sukamaju/settings/notifications')
  await page.getByRole('heading', { level: 1, name: 'Pemberitahuan saya' }).waitFor()
  const mail = page.getByRole('checkbox', { name: 'Buku datang: Surel' })
  expect(await mail.isChecked()).toBe(true)
  // Not uncheck(): it looks before the page has drawn what was chosen.
  await mail.click()
  await expect.poll(() => mail.isChecked()).toBe(false)
  await page.getByRole('button', { name: 'Kembalikan Buku datang ke bawaan' }).waitFor()
  await page.getByLabel('Jangan ganggu saya pada jam tertentu').check()
  await page.getByLabel('Dari', { exact: true }).fill('20:30')
  await expectAccessible(page)
  await picture(page, 'notification-choices-phone')
  await page.getByRole('button', { name: 'Simpan' }).click()
  await page.getByText('Tersimpan.').waitFor()
  await page.reload()
  await page.getByLabel('Dari', { exact: true }).waitFor()
  expect(await page.getByLabel('Dari', { exact: true }).inputValue()).toBe('20:30')
  expect(await page.getByRole('checkbox', { name: 'Buku datang: Surel' }).isChecked()).toBe(false)
  await page.getByRole('heading', { name: 'Peramban ini' }).waitFor()
})

test('a push message is shown by the browser, and pressing it opens its place and no other', async () => {
  const page = await stage.visitor()
  await page.context().grantPermissions(['notifications'], { origin: stage.address })
  await stage.signIn(page, 'budi')
  const devtools = await page.context().newCDPSession(page)
  const registered = new Promise<string>((resolve) =>
    devtools.on(
      'ServiceWorker.workerRegistrationUpdated',
      ({ registrations }) => registrations[0] && resolve(registrations[0].registrationId),
    ),
  )
  await devtools.send('ServiceWorker.enable')
  // As text: these names exist in browsers only.
  await page.evaluate(
    `navigator.serviceWorker.register('/app/sw.js', { scope: '/app/' }).then(() => navigator.serviceWorker.ready).then(() => null)`,
  )
  const registrationId = await registered
  const push = (said: object): Promise<unknown> =>
    devtools.send('ServiceWorker.deliverPushMessage', { origin: stage.address, registrationId, data: JSON.stringify(said) })
  const titles = (): Promise<unknown> =>
    page.evaluate(`navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((all) => all.map((n) => n.title + ': ' + n.body))`)
  const press = async (): Promise<unknown> =>
    page
      .context()
      .serviceWorkers()[0]
      ?.evaluate(
        `registration.getNotifications().then(([notification]) => dispatchEvent(new NotificationEvent('notificationclick', { notification })))`,
      )

  await push({ title: 'Buku datang', body: 'Sudah ada di rak.', url: '/app/sukamaju/library/books', tag: 'x' })
  await expect.poll(titles).toEqual(['Buku datang: Sudah ada di rak.'])
  await press()
  await page.waitForURL('**/app/sukamaju/library/books')
  expect(await titles()).toEqual([])
  await push({ title: 'Jebakan', body: '', url: 'https://evil.example/', tag: 'y' })
  await expect.poll(titles).toEqual(['Jebakan: '])
  await press()
  await page.waitForURL((url) => !url.pathname.includes('/library/'))
  expect(new URL(page.url()).origin).toBe(stage.address)
})

test('Andi says it in the village’s own words, after seeing how it looks, and looks at what left', async () => {
  const page = await stage.visitor()
  await stage.signIn(page, 'andi')
  await page.goto('/app/sukamaju/settings/notification-words')
  await page.getByRole('button', { name: 'Ubah Buku datang' }).click()
  const title = page.getByLabel('Judul').first()
  await title.fill('Ada {judul}!')
  await page.getByRole('button', { name: 'Pratinjau' }).click()
  await page.getByText('Tidak ada yang mengisi {judul}').waitFor()
  await title.fill('Ada {title}!')
  await page.getByRole('button', { name: 'Pratinjau' }).click()
  await page.getByText('Ada Laskar Pelangi!').first().waitFor()
  await expectAccessible(page)
  await picture(page, 'notification-words')
  await page.getByRole('button', { name: 'Simpan' }).click()
  await page.getByText('kata sendiri').waitFor()
  await page.getByRole('button', { name: 'Riwayat Buku datang' }).click()
  await page.getByText('Andi Saputra').first().waitFor()
  await page.getByRole('button', { name: 'Kembalikan Buku datang ke bawaan' }).click()
  await page.getByText('Kembali ke kata bawaan.').waitFor()

  await page.goto('/app/sukamaju/settings/messages')
  await page.getByText('b•••@s•••••••.desa.id').first().waitFor()
  await expectAccessible(page)
  await picture(page, 'outgoing-messages')
})
