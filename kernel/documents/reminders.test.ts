// Papers end. Siti, who looks after them, is told at each step, once; Joko of one hamlet hears of no paper of another, and Merantian hears nothing.
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { giveJoko, ok, villageIn, type Village } from '#modules/registry/test-village.ts'
import { keepHouse } from '#kernel/upkeep/upkeep.ts'
import type { PersonName, Place } from '#test/places.ts'
import { openWorld, type Client, type World } from '#test/world.ts'
import { endsWhen } from './reminders.ts'
import { bring, pdf, upload } from './test-files.ts'

let world: World
let village: Village
let siti: Client
let wetan: { id: string }
let kulon: { id: string }
let near: { resource: string; id: string }
let far: { resource: string; id: string }

beforeAll(async () => {
  world = await openWorld()
  village = await villageIn(world)
  siti = village.siti
  const [own, other] = [await village.home('Wetan'), await village.home('Kulon')]
  wetan = own.hamlet
  kulon = other.hamlet
  near = { resource: 'registry.citizens', id: (await village.member(own.family, 'TETANGGA', 'KEPALA_KELUARGA')).id }
  far = { resource: 'registry.citizens', id: (await village.member(other.family, 'ORANG JAUH', 'KEPALA_KELUARGA')).id }
  await giveJoko(world, wetan.id)
}, 120_000)
afterEach(() => void vi.useRealTimers())
afterAll(() => world?.close())

/** The village's day so many days from now. */
const day = (from: number): string => new Date(Date.now() + 7 * 3_600_000 + from * 86_400_000).toISOString().slice(0, 10)

let serial = 0
const ending = async (record: { resource: string; id: string }, title: string, days: number): Promise<string> =>
  ok(await bring(siti, record, `${++serial}.pdf`, pdf('', `% ${serial}`), { title, expiry_date: day(days) })).id

const renewed = async (client: Client, id: string, days: number): Promise<void> => {
  const { body: sent } = await upload(client, `${++serial}.pdf`, pdf('', `% ${serial}`))
  ok(await client.post(`/core/documents/${id}/revision`, { upload_id: sent.id, expiry_date: day(days) }))
}

/** The daily duty, so many days from now. */
async function daily(later = 0): Promise<void> {
  if (later) vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + later * 86_400_000 })
  expect(await keepHouse(world.house, ['core.expiring-documents'])).toEqual([])
  vi.useRealTimers()
}

type Told = { kind: string; type: string; title: string; message: string; resource_id: string; to: string }
/** What somebody was told of ending documents, the latest first; in Indonesian. */
async function heard(person: PersonName, place: Place = 'sukamaju'): Promise<Told[]> {
  const client = await world.as(person, place)
  const { data } = ok(await client.get('/notifications?limit=100', undefined, { 'accept-language': 'id' }))
  return data.filter((line: Told) => line.kind === 'core.document_expiring')
}
const titles = async (person: PersonName, id: string): Promise<string[]> =>
  (await heard(person)).filter((line) => line.resource_id === id).map((line) => line.title)

async function roleMay(role: string, change: (permissions: string[]) => string[]): Promise<void> {
  const andi = await world.as('andi')
  const { id } = ok(await andi.get('/core/roles?limit=100')).data.find((r: { name: string }) => r.name === role)
  const { version, permissions } = ok(await andi.get(`/core/roles/${id}`))
  ok(await andi.patch(`/core/roles/${id}`, { permissions: change(permissions) }, { 'if-match': `"${version}"` }))
}

test('Siti and who else may change it are told, once, in both languages, and led to its page; readers are not', async () => {
  const id = await ending(near, 'Izin Warung', 30)
  await daily()
  await daily()
  const mine = (await heard('siti')).filter((line) => line.resource_id === id)
  expect(mine).toMatchObject([{ type: 'warning', title: 'Izin Warung: berakhir 30 hari lagi', to: `core/documents/${id}` }])
  const long = new Intl.DateTimeFormat('id-ID', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day(30)))
  expect(mine[0]!.message).toContain(long)
  const english = ok(await siti.get('/notifications', undefined, { 'accept-language': 'en' })).data
  expect(english.find((line: Told) => line.resource_id === id).title).toBe('Izin Warung: expires in 30 days')
  for (const person of ['rina', 'andi'] as const) expect(await titles(person, id), person).toHaveLength(1)
  // Joko sees it, and may only read.
  expect((await (await world.as('joko')).get(`/core/documents/${id}`)).status).toBe(200)
  expect(await heard('joko')).toEqual([])
})

test('another village hears nothing, not even Rina, who works in both', async () => {
  expect(await heard('made', 'merantian')).toEqual([])
  expect(await heard('rina', 'merantian')).toEqual([])
  expect(await heard('rina', 'sukamaju')).not.toEqual([])
})

test('each step is told once, what is over every week; a new version by its own day, the earlier one no longer', async () => {
  const id = await ending(near, 'Kontrak Kios', 8)
  await daily()
  await daily(1)
  await daily(2)
  expect(await titles('siti', id)).toEqual(['Kontrak Kios: berakhir 7 hari lagi', 'Kontrak Kios: berakhir 8 hari lagi'])
  await daily(8)
  await daily(15)
  expect((await titles('siti', id)).slice(0, 2)).toEqual(['Kontrak Kios: kedaluwarsa 7 hari yang lalu', 'Kontrak Kios: berakhir hari ini'])
  await renewed(siti, id, 60)
  await daily()
  expect(await titles('siti', id)).toContain('Kontrak Kios: berakhir 60 hari lagi')
  // Two weeks after the first version's day: nobody is told of that one.
  await daily(22)
  expect(await titles('siti', id)).toHaveLength(5)
})

test('Joko, who may change documents now, hears of the one in his hamlet and not of the other', async () => {
  await roleMay('Kepala Dusun', (all) => [...all, 'core.documents:update'])
  const [own, other] = [await ending(near, 'Sertifikat Wetan', 14), await ending(far, 'Sertifikat Kulon', 14)]
  await daily()
  expect(await titles('joko', own)).toEqual(['Sertifikat Wetan: berakhir 14 hari lagi'])
  expect(JSON.stringify(await heard('joko'))).not.toContain('Kulon')
  expect(await titles('siti', other)).toHaveLength(1)
  // Not written and hidden: given Kulon, he would read it.
  await giveJoko(world, kulon.id)
  expect(await titles('joko', other)).toEqual([])
  await giveJoko(world, wetan.id)
})

test('who uploaded the version is told though they may not change it, as long as they see it', async () => {
  await roleMay('Kepala Dusun', (all) => [...all.filter((p) => p !== 'core.documents:update'), 'core.documents:revision'])
  const joko = await world.as('joko')
  const [first, second] = [await ending(near, 'Surat Satu', 300), await ending(near, 'Surat Dua', 300)]
  await renewed(joko, first, 7)
  await daily()
  expect(await titles('joko', first)).toEqual(['Surat Satu: berakhir 7 hari lagi'])
  expect(await titles('siti', first)).toHaveLength(1)
  await renewed(joko, second, 7)
  await giveJoko(world, (await village.home('Lor')).hamlet.id)
  await daily()
  expect(await titles('siti', second)).toHaveLength(1)
  // Here too: given his hamlet back, he would read it.
  await giveJoko(world, wetan.id)
  expect(await titles('joko', second)).toEqual([])
})

test('a removed or rejected document reminds nobody', async () => {
  const [gone, refused] = [await ending(near, 'Hilang', 30), await ending(near, 'Ditolak', 30)]
  ok(await siti.delete(`/core/documents/${gone}`, undefined, await latest(gone)), 204)
  ok(await siti.patch(`/core/documents/${refused}`, { status: 'rejected' }, await latest(refused)))
  await daily()
  expect((await heard('siti')).filter((line) => [gone, refused].includes(line.resource_id))).toEqual([])
})

const latest = async (id: string): Promise<Record<string, string>> => ({
  'if-match': `"${ok(await siti.get(`/core/documents/${id}`)).version}"`,
})

test('said as a person would', () => {
  expect([1, 0, -1, -14].map((days) => endsWhen(days).id)).toEqual([
    'berakhir besok',
    'berakhir hari ini',
    'kedaluwarsa kemarin',
    'kedaluwarsa 14 hari yang lalu',
  ])
  expect([1, 0, -1, -14].map((days) => endsWhen(days).en)).toEqual([
    'expires tomorrow',
    'expires today',
    'expired yesterday',
    'expired 14 days ago',
  ])
})
