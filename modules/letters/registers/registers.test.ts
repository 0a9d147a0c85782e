// Mail of Sukamaju: what came in and who does what about it, what went out, under which code, and how it is found again.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ok } from '#modules/registry/test-village.ts'
import { type Client, openWorld, type World } from '#test/world.ts'

let world: World
let andi: Client
let siti: Client
let code: any
beforeAll(async () => {
  world = await openWorld()
  ;[andi, siti] = [await world.as('andi'), await world.as('siti')]
  const profile = { name: 'Sukamaju', code: '9902042003', head_name: 'Haji Mulyadi', district: 'Karangjaya', regency: 'Kabupaten Wanareja' }
  ok(await andi.post('/registry/village_profiles', profile), 201)
  code = ok(await siti.get('/letters/classification_codes?limit=50')).data.find((one: any) => one.code === '400')
})
afterAll(() => world?.close())

const receive = (subject: string, more: object = {}) =>
  siti.post('/letters/incoming_mail/receipt', { received_on: '2026-02-03', sender: 'Camat Karangjaya', subject, ...more })

test('the ten main codes are there from the first day; Andi adds one, Siti may only read them', async () => {
  expect(ok(await andi.get('/letters/classification_codes?limit=50')).data.length).toBe(10)
  ok(await andi.post('/letters/classification_codes', { code: '400.10', name: 'Pemberdayaan masyarakat dan desa' }), 201)
  expect((await andi.post('/letters/classification_codes', { code: '400.10', name: 'Lagi' })).status).toBe(409)
  expect((await siti.post('/letters/classification_codes', { code: '401', name: 'X' })).status).toBe(403)
})

test('incoming mail is numbered in the order of its arrival, anew each year, and found by its subject', async () => {
  const numbers = []
  for (const subject of ['Undangan rapat', 'Permintaan data']) numbers.push(ok(await receive(subject)).agenda_number)
  numbers.push(ok(await receive('Surat lama', { received_on: '2025-12-30' })).agenda_number)
  expect(numbers).toEqual([1, 2, 1])
  expect(ok(await siti.get('/letters/incoming_mail?q=undangan')).data.map((one: any) => one.subject)).toEqual(['Undangan rapat'])
  expect((await receive('', {})).status).toBe(422)
  expect((await receive('Nanti', { received_on: '2999-01-01' })).status).toBe(422)
  expect((await receive('X', { classification_id: '01a1ff94-6a1d-76f5-a7aa-3b9bf98f7ca3' })).status).toBe(422)
  const sheet = await siti.raw('/letters/incoming_mail/export?format=xlsx')
  expect(sheet.status).toBe(200)
})

test('the head says who does what until when; it is ticked off once, with what came of it', async () => {
  const mail = ok(await receive('Pendataan UMKM'))
  const official = ok(
    await andi.post('/office/apparatus', {
      name: 'Lilis Suryani',
      position: 'Kepala Seksi Pelayanan',
      duty: 'SECTION',
      start_date: '2020-01-01',
    }),
    201,
  )
  const made = ok(
    await andi.post('/letters/dispositions', {
      mail_id: mail.id,
      official_id: official.id,
      instruction: 'Tindak lanjuti',
      due_on: '2026-02-10',
    }),
    201,
  )
  ok(await siti.post(`/letters/dispositions/${made.id}/completion`, { done_note: 'Data dikirim' }))
  expect(ok(await siti.get(`/letters/dispositions/${made.id}`))).toMatchObject({ is_done: true, done_note: 'Data dikirim' })
  expect((await siti.post(`/letters/dispositions/${made.id}/completion`, {})).body.code).toBe('done_already')
})

test('outgoing mail gets its number by the pattern of the village and stands in the book of numbers', async () => {
  const asked = { recipient: 'Camat Karangjaya', subject: 'Laporan kegiatan', classification_id: code.id, mail_date: '2026-03-05' }
  const made = ok(await siti.post('/letters/outgoing_mail/dispatch', asked))
  expect(made.number).toBe('400/001/9902042003/III/2026')
  expect(ok(await siti.get('/letters/letter_numbers?flow=OUTGOING')).data.map((one: any) => one.number)).toEqual([made.number])
  const row = ok(await siti.get(`/letters/outgoing_mail/${made.id}`))
  expect((await siti.patch(`/letters/outgoing_mail/${made.id}`, { number: 'x' }, { 'if-match': `"${row.version}"` })).status).toBe(422)
})

test('another village sees none of it', async () => {
  const made = await world.as('made')
  for (const list of ['incoming_mail', 'outgoing_mail', 'dispositions', 'letter_numbers'])
    expect(ok(await made.get(`/letters/${list}`)).data).toEqual([])
})
