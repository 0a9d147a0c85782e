// An import through the whole house: session, permissions, upload, worker, live events, report.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await world.house.jobs.work()
})
afterAll(() => world?.close())

const SHEET = 'Judul,Jenis,Halaman,Rak\nBumi Manusia,Novel,535,\nBertanam Padi,Panduan,80,\nTanpa Jenis,,10,\n'

const formOf = (text: string): FormData => {
  const form = new FormData()
  form.set('importer', 'library.books')
  form.set('file', new File([text], 'sumbangan.csv', { type: 'text/csv' }))
  return form
}

test('Andi uploads a list of books, watches it being checked and imported, and keeps the report', async () => {
  const andi = await world.as('andi')
  const events = await andi.raw('/jobs/events', { headers: { accept: 'text/event-stream' } })
  expect(events.headers.get('content-type')).toContain('text/event-stream')
  let heard = ''
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader()
  const listening = (async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) heard += part.value
  })()

  const up = await andi.post('/imports', formOf(SHEET))
  expect(up.status, JSON.stringify(up.body)).toBe(201)
  expect(up.body).toMatchObject({ status: 'uploaded', mapping: { title: 0, kind: 1, pages: 2, shelf_id: 3 }, sheet: { rows: 3 } })
  const at = `/imports/${up.body.id}`
  const becomes = async (status: string): Promise<any> => {
    for (let i = 0; i < 200; i++) {
      const { body } = await andi.get(at)
      if (body.status === status) return body
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`It did not become ${status}: ${JSON.stringify((await andi.get(at)).body)}`)
  }
  expect((await andi.post(`${at}/check`)).status).toBe(202)
  expect((await becomes('checked')).counts).toEqual({ new: 2, unchanged: 0, rejected: 1, warnings: 0 })
  expect((await andi.get('/library/books')).body.data).toEqual([])
  expect((await andi.post(`${at}/confirmation`)).status).toBe(202)
  expect((await becomes('applied')).totals).toEqual({ books: 2 })
  const titles = (await andi.get('/library/books')).body.data.map((b: { title: string }) => b.title)
  expect(titles).toEqual(['Bertanam Padi', 'Bumi Manusia'])
  const jobs = (await andi.get('/jobs?mine=true')).body.data
  expect(jobs.map((j: { name: string; status: string }) => [j.name, j.status])).toEqual([
    ['core.import_apply', 'succeeded'],
    ['core.import_check', 'succeeded'],
  ])
  expect((await andi.get(`${at}/report?format=csv`)).body).toContain('Tanpa Jenis;ditolak;Jenis: Wajib diisi.')
  for (let i = 0; i < 100 && !heard.includes('"status":"succeeded"'); i++) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(heard).toContain('event: job')
  await reader.cancel()
  await listening.catch(() => {})
})

test('Nani, who only reads, is offered no import; Made of Merantian finds none of it', async () => {
  const nani = await world.as('nani')
  expect((await nani.get('/importers')).body.data).toEqual([])
  expect((await nani.post('/imports', formOf(SHEET))).status).toBe(403)
  const made = await world.as('made')
  expect((await made.get('/imports')).body.data).toEqual([])
  expect((await made.get('/jobs')).body.data).toEqual([])
  const andi = await world.as('andi')
  const [first] = (await andi.get('/imports')).body.data
  expect((await made.get(`/imports/${first.id}`)).status).toBe(404)
  expect((await world.anonymous().get('/imports')).status).toBe(401)
})
