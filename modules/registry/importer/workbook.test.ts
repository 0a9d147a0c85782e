// The workbook of 300 residents with its deliberate faults: every odd row becomes what its README says, and twice changes nothing.
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '#kernel/ctx.ts'
import { examine, openSheet, type Examined } from '#kernel/imports/examine.ts'
import type { Importer, SheetRow, Verdict } from '#kernel/imports/importer.ts'
import { guessMapping, mapRows } from '#kernel/imports/mapping.ts'
import { openWorld, type World } from '#test/world.ts'
import { populationWorkbook } from './index.ts'

const importer = populationWorkbook as Importer
let world: World
let rows: SheetRow[]
let first: Examined

beforeAll(async () => {
  world = await openWorld()
  const sheet = await openSheet(await readFile(new URL('../../../test/fixtures/penduduk.xlsx', import.meta.url)), 'penduduk.xlsx')
  const mapping = guessMapping(importer, sheet.headings)
  expect(Object.values(mapping).filter((at) => at !== null)).toHaveLength(43)
  rows = mapRows(sheet, mapping)
  first = await world.read('siti', 'sukamaju', (ctx) => examine(ctx, importer, rows, () => {}))
})
afterAll(() => world?.close())

const verdict = (found: Examined, row: number): Verdict => found.verdicts.find((v) => v.row === row)!
const said = (v: Verdict): string[] =>
  [...v.errors, ...v.warnings].map((i) => i.message.id.replace(/\{(\w+)\}/g, (_, k) => String(i.values?.[k])))

/** How many rows of a table there are of each kind, among those of Sukamaju. */
async function count(table: string, key: string, more = ''): Promise<Record<string, number>> {
  const sql = `select ${key} as key, count(*) as n from registry.${table} t where t.tenant_id = $1 ${more} group by 1`
  const ask = (ctx: Ctx) => ctx.db.query<{ key: string; n: number }>(sql, [ctx.tenant.id])
  const { rows: found } = await world.read('siti', 'sukamaju', ask)
  return Object.fromEntries(found.map((r) => [String(r.key), r.n]))
}

test('Siti looks before she leaps: 297 of 300 rows can be taken, seven want a second look', () => {
  expect(first.counts).toEqual({ new: 297, unchanged: 0, rejected: 3, warnings: 7 })
  expect(first.verdicts.filter((v) => v.outcome === 'rejected').map((v) => v.row)).toEqual([151, 159, 234])
  expect(first.verdicts.filter((v) => v.warnings.length).map((v) => v.row)).toEqual([96, 109, 128, 180, 271, 279, 284])
  expect(first.verdicts.flatMap((v) => v.warnings)).toHaveLength(8)
  expect(first.notes).toMatchObject([{ code: 'no_head', message: { id: 'keluarga tanpa kepala' }, rows: [74, 75, 76, 77] }])
})

test('every odd row is told in words what it is', () => {
  expect(said(verdict(first, 151))).toEqual(['tanggal lahir tidak ada'])
  expect(said(verdict(first, 159))).toEqual(['NIK harus 16 angka'])
  expect(said(verdict(first, 234))).toEqual(['NIK sudah dipakai di baris 121'])
  for (const row of [96, 128, 279, 284]) expect(said(verdict(first, row))).toEqual(['NIK sementara'])
  expect(said(verdict(first, 180))).toEqual(['tanggal 1970-01-01 perlu diperiksa'])
  expect(said(verdict(first, 271))).toEqual(['tanggal 1970-01-01 perlu diperiksa', 'tanggal di NIK berbeda'])
  expect(said(verdict(first, 109))).toEqual(['kepala keluarga kedua; hubungan menjadi Lainnya'])
  expect(said(verdict(first, 107))).toEqual([])
})

test('the totals come out exactly', async () => {
  const totals = await world.write('siti', 'sukamaju', async (ctx) =>
    importer.apply(ctx, (await examine(ctx, importer, rows, () => {})).plan, () => {}),
  )
  expect(totals).toEqual({ citizens: 297, families: 95, addresses: 70, hamlets: 4, rws: 3, rts: 15 })
  expect(await count('citizens', 't.gender')).toEqual({ L: 149, P: 148 })
  expect(await count('citizens', `t.status || ' ' || t.gender`)).toEqual({
    'ALIVE L': 145,
    'ALIVE P': 147,
    'DECEASED L': 2,
    'DECEASED P': 1,
    'MOVED L': 2,
  })
  expect(await count('citizens', 't.nik_status')).toEqual({ PERMANENT: 293, TEMPORARY: 4 })
  expect(await count('families', `t.head_name <> ''`)).toEqual({ true: 94, false: 1 })
  expect(await count('areas', 't.kind')).toEqual({ hamlet: 4, rw: 3, rt: 15 })
  const hamlet = '(select h.code from registry.areas h where h.tenant_id = $1 and h.id = t.hamlet_id)'
  const alive = (gender: string) => count('citizens', hamlet, `and t.status = 'ALIVE' and t.gender = '${gender}'`)
  expect(await count('citizens', hamlet)).toEqual({ SEKARWANGSA: 98, BAYURANU: 78, GIRILAKSA: 71, TEGALWERU: 50 })
  expect(await alive('L')).toEqual({ SEKARWANGSA: 49, BAYURANU: 39, GIRILAKSA: 31, TEGALWERU: 26 })
  expect(await alive('P')).toEqual({ SEKARWANGSA: 46, BAYURANU: 39, GIRILAKSA: 39, TEGALWERU: 23 })
  expect(await count('families', hamlet)).toEqual({ SEKARWANGSA: 30, BAYURANU: 25, GIRILAKSA: 22, TEGALWERU: 18 })
  expect(await count('citizens', 't.religion')).toEqual({ ISLAM: 240, KRISTEN: 30, KATOLIK: 24, HINDU: 3 })
  expect(await count('citizens', 't.marital_status')).toEqual({ BELUM_KAWIN: 124, KAWIN: 156, CERAI_HIDUP: 6, CERAI_MATI: 11 })
  expect(await count('citizens', 't.family_relationship')).toEqual({
    KEPALA_KELUARGA: 94,
    ISTRI: 78,
    ANAK: 114,
    ORANG_TUA: 4,
    FAMILI_LAIN: 6,
    LAINNYA: 1,
  })
  expect(await count('citizens', 't.blood_type')).toEqual({ A: 33, B: 34, AB: 10, O: 45, TIDAK_TAHU: 175 })
  expect(await count('population_events', 't.kind')).toEqual({ OPENING: 297 })
})

test('labels, day-first dates and apostrophes are read as they are meant', async () => {
  const siti = await world.as('siti')
  const find = async (name: string) => (await siti.get(`/registry/citizens?q=${encodeURIComponent(name)}`)).body.data[0]
  expect(await find('ZAKIYATUN ANUGRASIH')).toMatchObject({ birth_date: '2006-05-01' })
  expect(await find('YATMINAH RANGGASIH')).toMatchObject({ married_on: '2003-05-26' })
  expect(await find('WIRYADI NUSAWIJAYA')).toMatchObject({ occupation: 'PETANI/PEKEBUN' })
  expect(await find('JOYARDI PUTRAWIBAWA')).toMatchObject({ education: 'SMA' })
  expect(await find('SANTIYEM ANUGRASIH')).toMatchObject({ gender: 'P' })
  expect(await find('WARDOYI')).toMatchObject({ name: 'WARDOYI' })
  const [father, nephew] = [await find('RIDHOWI CANDRAKARSA'), await find('GANTARSO KALINGGADI')]
  expect(nephew.family_id).toBe(father.family_id)
  const byNik = await siti.get('/registry/citizens?nik=9901015404157474')
  expect(byNik.body.data.map((c: { name: string }) => c.name)).toEqual(['HARTINEM BAGASWATI'])
  expect(byNik.body.data[0].nik).toBe('9901••••••••7474')
})

test('a second time changes nothing', async () => {
  const again = await world.read('siti', 'sukamaju', (ctx) => examine(ctx, importer, rows, () => {}))
  expect(again.counts).toEqual({ new: 0, unchanged: 297, rejected: 3, warnings: 0 })
  expect(again.notes.map((n) => n.code)).toEqual(['already_there'])
  const totals = await world.write('siti', 'sukamaju', (ctx) => importer.apply(ctx, again.plan, () => {}))
  expect(totals).toEqual({ citizens: 0, families: 0, addresses: 0, hamlets: 0, rws: 0, rts: 0 })
})

test('Merantian takes the same people without minding Sukamaju', async () => {
  const there = await world.read('rina', 'merantian', (ctx) => examine(ctx, importer, rows, () => {}))
  expect(there.counts.new).toBe(297)
})
