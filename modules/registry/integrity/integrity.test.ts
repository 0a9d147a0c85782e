// What the checks find in Sukamaju when things have gone wrong, who sees it, and that a sound register has nothing to show.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import { checkTenant } from '#app/cli/check.ts'
import { openWorld, type World } from '#test/world.ts'
import { makeNik } from '../nik.ts'
import { cardNumber, ok, person, villageIn, type Village } from '../test-village.ts'
import { RULES } from './index.ts'

let world: World
let village: Village
let east: any

beforeAll(async () => {
  world = await openWorld()
  village = await villageIn(world)
  east = await village.home('Timur')
}, 120_000)
afterAll(() => world?.close())

const found = async (rule: string, as: 'siti' | 'joko' | 'rina' = 'siti') =>
  ok(await (await world.as(as)).get(`/registry/check-findings?rule=${rule}&limit=100`))
const titles = async (rule: string): Promise<string[]> => (await found(rule)).data.map((f: any) => f.title).toSorted()
/** What no clerk can do and a broken restore or a hand in the database could: past the triggers. */
async function byHand(sql: string, values: unknown[] = []): Promise<void> {
  const client = await world.house.database.owner.connect()
  try {
    await client.query('begin; set local session_replication_role = replica')
    await client.query(sql, values)
    await client.query('commit')
  } finally {
    client.release()
  }
}

describe('data checks', () => {
  test('a sound family has nothing to look at, in any check', async () => {
    await village.member(east.family, 'Ahmad', 'KEPALA_KELUARGA', { nik: makeNik('990204', '1980-05-17', 'L', 1) })
    await village.member(east.family, 'Wati', 'ISTRI', {
      gender: 'P',
      birth_date: '1984-01-02',
      nik: makeNik('990204', '1984-01-02', 'P', 2),
    })
    const { data } = ok(await village.siti.get('/registry/checks'))
    expect(data.map((r: any) => r.key)).toEqual(RULES.map((r) => r.key))
    for (const { key } of RULES) expect((await found(key)).count, key).toBe(0)
  })

  test('each check finds its own trouble and names the record', async () => {
    const { make, member } = village
    const plain = (name: string, more: object = {}) => make('citizens', person(name, { address_id: east.address.id, ...more }))
    await plain('Kembar Sama', { birth_date: '1990-01-01' })
    await plain('KEMBAR SAMA', { birth_date: '1990-01-01' })
    await plain('Tua Renta', { birth_date: '1901-02-03' })
    await make('citizens', person('Tanpa Alamat', { birth_date: '1971-01-01' }))
    await plain('Nik Lain', { birth_date: '1972-01-01', nik: makeNik('990204', '1980-05-17', 'P', 9) })
    const family = await make('families', { family_number: cardNumber(), address_id: east.address.id })
    await member(family, 'Kepala Muda', 'KEPALA_KELUARGA', { birth_date: '2015-01-01', marital_status: 'BELUM_KAWIN' })
    await member(family, 'Anak Tua', 'ANAK', { birth_date: '2010-01-01' })
    await member(family, 'Istri Keliru', 'ISTRI', { gender: 'L', birth_date: '1999-09-09' })
    const headless = await make('families', { family_number: cardNumber(), address_id: east.address.id })
    await member(headless, 'Anak Yatim', 'ANAK', { birth_date: '2012-01-01' })
    await make('families', { family_number: cardNumber(), address_id: east.address.id })
    expect(await titles('same_person')).toEqual(['KEMBAR SAMA', 'Kembar Sama'])
    expect(await titles('too_old')).toEqual(['Tua Renta'])
    expect(await titles('no_area')).toEqual(['Tanpa Alamat'])
    expect(await titles('no_family')).toEqual(['KEMBAR SAMA', 'Kembar Sama', 'Nik Lain', 'Tanpa Alamat', 'Tua Renta'])
    const nik = await found('nik_mismatch')
    expect(nik.data).toMatchObject([{ title: 'Nik Lain', detail: expect.stringMatching(/tanggal.*jenis kelamin/s) }])
    expect(JSON.stringify(nik)).not.toMatch(/\d{16}/)
    expect(await titles('young_head')).toEqual(['Kepala Muda'])
    expect(await titles('child_older')).toEqual(['Anak Tua'])
    expect(await titles('spouse_sex')).toEqual(['Istri Keliru'])
    expect((await found('no_head')).data.map((f: any) => f.id)).toEqual([headless.id])
    expect((await found('empty')).count).toBe(1)
    const gone = await plain('Pergi Kembali', { birth_date: '1969-01-01', nik: makeNik('990204', '1969-01-01', 'L', 77) })
    ok(
      await village.act('citizens', gone.id, 'departure', {
        occurred_on: '2026-01-02',
        reported_on: null,
        move_kind: 'ANTAR_DESA',
        destination: 'Jauh',
        whole_family: false,
      }),
    )
    await plain('Pergi Kembali', { birth_date: '1969-01-01', nik: makeNik('990204', '1969-01-01', 'L', 77) })
    expect(await titles('same_nik')).toEqual(['Pergi Kembali', 'Pergi Kembali'])
  })

  test('what only a hand in the database can break is found too', async () => {
    const tenant = await world.tenantId('sukamaju')
    const lost = await village.home('Hilang')
    const one = await village.member(lost.family, 'Yatno', 'KEPALA_KELUARGA', { birth_date: '1966-06-06' })
    await village.member(lost.family, 'Yatni', 'ISTRI', { gender: 'P', birth_date: '1967-06-06' })
    for (const rule of ['status_events', 'status_ledger', 'counts', 'orphan_people', 'orphan_families', 'orphan_areas', 'head_name'])
      expect((await found(rule)).count, rule).toBe(0)
    await byHand(`update registry.citizens set status = 'DECEASED' where tenant_id = $1 and id = $2`, [tenant, one.id])
    expect(await titles('status_events')).toEqual(['Yatno'])
    expect(await titles('status_ledger')).toEqual(['Yatno'])
    expect((await found('counts')).data).toEqual([{ id: lost.hamlet.id, title: expect.stringContaining('Hilang'), detail: '1 / 2' }])
    await byHand(`update registry.families set deleted_at = now() where tenant_id = $1 and id = $2`, [tenant, lost.family.id])
    expect(await titles('orphan_people')).toEqual(['Yatni'])
    await byHand(`update registry.families set deleted_at = null, head_name = 'Orang Lain' where tenant_id = $1 and id = $2`, [
      tenant,
      lost.family.id,
    ])
    expect((await found('head_name')).data).toMatchObject([{ title: 'Orang Lain' }])
    await byHand(`update registry.addresses set deleted_at = now() where tenant_id = $1 and id = $2`, [tenant, lost.address.id])
    expect((await found('orphan_families')).data).toMatchObject([{ id: lost.family.id }])
    await byHand(`update registry.areas set deleted_at = now() where tenant_id = $1 and id = $2`, [tenant, lost.hamlet.id])
    expect((await found('orphan_areas')).data).toMatchObject([{ id: lost.rt.id }])
    await byHand(`drop index registry.citizens_head_key`)
    await byHand(`update registry.citizens set is_head_of_family = true where tenant_id = $1 and family_id = $2`, [tenant, lost.family.id])
    expect((await found('two_heads')).data).toMatchObject([{ id: lost.family.id }])
  })

  test('an address that says another village, or lies far away, is found once the profile says where the village is', async () => {
    const profile = { name: 'Sukamaju', code: '9902042001', head_name: 'Kades', location: { lat: -6.9, lng: 107.6 } }
    ok(await (await world.as('andi')).post('/registry/village_profiles', profile), 201)
    expect((await found('outside')).count).toBe(0)
    const other = await village.make('addresses', { area_id: east.rt.id, village: 'Kotabaru' })
    const far = await village.make('addresses', { area_id: east.rt.id, location: { lat: -7.9, lng: 110.6 } })
    expect((await found('outside')).data.map((f: any) => String(f.id)).toSorted()).toEqual([String(other.id), String(far.id)].toSorted())
  })

  test('Joko, whose hamlet is unknown, is told nothing; Rina in Merantian neither; the command line counts the whole village', async () => {
    for (const { key } of RULES) {
      expect((await found(key, 'joko')).count, key).toBe(0)
      expect(ok(await (await world.as('rina', 'merantian')).get(`/registry/check-findings?rule=${key}`)).count, key).toBe(0)
    }
    const counts = await checkTenant(world.house, (await tenantByCode(world.house, 'sukamaju'))!)
    expect(counts.find((c) => c.key === 'too_old')).toEqual({ key: 'too_old', weight: 'doubt', found: 1 })
    expect(counts.filter((c) => c.weight === 'error' && c.found).map((c) => c.key)).toContain('two_heads')
  })
})
