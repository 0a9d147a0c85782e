// The second workbook of a village: what an import makes of people, families and places that are there already.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SheetRow } from '#kernel/imports/importer.ts'
import { type Client, openWorld, type World } from '#test/world.ts'
import { populationWorkbook } from './index.ts'

let world: World
let siti: Client
beforeAll(async () => {
  world = await openWorld()
  siti = await world.as('siti')
})
afterAll(() => world?.close())

const KK = '9902040101150001'
const row = (n: number, cells: Record<string, string>): SheetRow => ({
  row: n,
  cells: {
    ...{ dusun: 'Wulu', rw: '1', rt: '3', alamat: 'Jalan Melati 4', no_kk: KK, sex: 'L', tempatlahir: 'Wulu', agama_id: '1' },
    ...{ pendidikan_kk_id: '5', pekerjaan_id: '9', status_kawin: '2', kk_level: '4', tanggallahir: '1985-09-07', nik: '0' },
    ...cells,
  },
})

const check = (rows: SheetRow[]) => world.read('siti', 'sukamaju', (ctx) => populationWorkbook.check(ctx, rows, () => {}))
const add = (rows: SheetRow[]) =>
  world.write('siti', 'sukamaju', async (ctx) => {
    const { plan } = await populationWorkbook.check(ctx, rows, () => {})
    return populationWorkbook.apply(ctx, plan, () => {})
  })

const BUDI = row(2, { nama: 'Budi Hartono', nik: '9902040709850001', kk_level: '1' })
const said = (found: Awaited<ReturnType<typeof check>>): unknown[] =>
  found.verdicts.map((v) => [v.row, v.outcome, ...v.errors.map((e) => e.code), ...v.warnings.map((w) => w.code)])

test('Budi comes first, with his family, his street and his RT', async () => {
  expect(await add([BUDI])).toEqual({ citizens: 1, families: 1, addresses: 1, hamlets: 1, rws: 1, rts: 1 })
})

test('a later row joins his family and lives where it lives; a second head becomes "other"', async () => {
  const where = { rt: '003', rw: '001', alamat: 'JALAN  MELATI 4' }
  const wife = row(3, { nama: 'Sulastri', nik: '9902044709850002', sex: 'P', kk_level: '3', ...where })
  const brother = row(4, { nama: 'Bowo Hartono', nik: '9902040709850003', kk_level: 'Kepala Keluarga' })
  const found = await check([BUDI, wife, brother])
  expect(said(found)).toEqual([
    [2, 'unchanged'],
    [3, 'new'],
    [4, 'new', 'second_head'],
  ])
  expect(await add([BUDI, wife, brother])).toEqual({ citizens: 2, families: 0, addresses: 0, hamlets: 0, rws: 0, rts: 0 })
  const { body } = await siti.get('/registry/families')
  const card = await siti.get(`/registry/family-card?family_id=${body.data[0].id}`)
  const as = card.body.members.map((m: { family_relationship: string }) => m.family_relationship)
  expect(as).toEqual(['KEPALA_KELUARGA', 'ISTRI', 'LAINNYA'])
})

test('a NIK of somebody else is refused; a death known only to the file is a hint, not a change', async () => {
  const thief = row(2, { nama: 'Orang Lain', nik: '9902040709850001', tanggallahir: '1990-01-01' })
  const dead = row(3, { ...BUDI.cells, status_dasar: '2' })
  expect(said(await check([thief]))).toEqual([[2, 'rejected', 'nik_taken']])
  expect(said(await check([dead]))).toEqual([[3, 'unchanged', 'status_differs']])
})

test('two people without a NIK and the same name, place and day of birth are one; a NIK found later is pointed out', async () => {
  const baby = row(2, { nama: 'Bayu', tanggallahir: '2026-01-03' })
  expect(said(await check([baby, { ...baby, row: 3 }]))).toEqual([
    [2, 'new', 'nik_temporary'],
    [3, 'rejected', 'person_in_file'],
  ])
  await add([baby])
  expect(said(await check([baby]))).toEqual([[2, 'unchanged']])
  const named = row(2, { nama: 'BAYU', tanggallahir: '03-01-2026', nik: '9902040301260009' })
  expect(said(await check([named]))).toEqual([[2, 'new', 'person_without_nik']])
})

test('what is missing is said cell by cell', async () => {
  const found = await check([row(2, { nama: '', sex: 'X', agama_id: '', dusun: '-', rt: 'A', tanggallahir: '2099-01-01', no_kk: '123' })])
  expect(found.verdicts[0]?.errors.map((e) => `${e.column} ${e.code}`).toSorted()).toEqual([
    'agama_id value_missing',
    'dusun hamlet_missing',
    'nama value_missing',
    'no_kk family_number_length',
    'rt rt_wrong',
    'sex value_unknown',
    'tanggallahir birth_date_future',
  ])
  expect(found.verdicts[0]?.errors.find((e) => e.column === 'agama_id')?.message.id).toBe('agama wajib diisi')
})

test('an empty row is nobody, and a person without a family card is recorded alone', async () => {
  const alone = row(3, { nama: 'Pak Sendiri', nik: '9902040101500004', no_kk: '', kk_level: '', tanggallahir: '1950-01-01', alamat: '' })
  const found = await check([{ row: 2, cells: { nama: ' ', nik: '' } }, alone])
  expect(said(found)).toEqual([[3, 'new', 'family_missing']])
  await add([alone])
  const { body } = await siti.get('/registry/citizens?nik=9902040101500004')
  expect(body.data[0]).toMatchObject({ family_id: null, titles: { area_id: 'RT 003 / RW 001 WULU' } })
})
