// The books of Sukamaju, as Siti keeps them: what was reported late, undone, came back, and what a closed month says afterwards.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type World } from '#test/world.ts'
import { ok, person } from '../test-village.ts'
import { type Books, booksIn } from './test-books.ts'
import { CHANGES } from './test-random-year.ts'

let world: World
let books: Books
let act: Books['act']
beforeAll(async () => {
  world = await openWorld()
  books = await booksIn(world)
  act = books.act
})
afterAll(() => world?.close())

const living = async (day: string): Promise<number> => (await books.statistics('gender', `&day=${day}`)).total.count
const namesOf = async (query: string): Promise<string[]> => ok(await books.siti.get(query)).data.map((n: any) => n.name)
const queryOf = (names: object, more: Record<string, string> = {}): string =>
  new URLSearchParams({ ...(names as Record<string, string>), ...more }).toString()

describe('the books', () => {
  test('Pak Karto died in March and it was reported in May: May says so, March and April do not', async () => {
    const { family } = await books.home('KARTO')
    const karto = await books.member(family, 'Pak Karto', 'KEPALA_KELUARGA')
    await books.member(family, 'Bu Karto', 'ISTRI', { gender: 'P' })
    const before = await living('2025-03-31')
    ok(await act('citizens', karto.id, 'death', { occurred_on: '2025-03-10', reported_on: '2025-05-04', evidence_number: 'AM-17/2025' }))
    expect([await living('2025-03-31'), await living('2025-05-03'), await living('2025-05-04')]).toEqual([before, before, before - 1])
    expect(await books.row('2025-03', 'death')).toMatchObject({ total: 0, heads: 0 })
    expect(await books.row('2025-05', 'death')).toMatchObject({ wni_male: 1, male: 1, total: 1, heads_male: 1, heads: 1 })
    expect(await namesOf('/registry/population-report-names?month=2025-05-01&row=death&cell=heads')).toEqual(['Pak Karto'])
    const report = await books.report('2025-05')
    expect(report).toMatchObject({ balanced: true, families: { headless: 1 } })
    const certified = await books.statistics('death_certificate', '&day=2025-05-31')
    expect(certified.rows.map((r: any) => [r.category, r.count])).toEqual([
      ['ADA', 1],
      ['BELUM', 0],
    ])
  })

  test('a family moves away and comes back: out with heads and all, and in again', async () => {
    const { family, hamlet } = await books.home('PERGI')
    const head = await books.member(family, 'Pak Hilir', 'KEPALA_KELUARGA')
    await books.member(family, 'Bu Hilir', 'ISTRI', { gender: 'P' })
    const gone = { occurred_on: '2025-06-01', reported_on: '2025-06-02', move_kind: 'ANTAR_KABUPATEN', whole_family: true }
    ok(await act('citizens', head.id, 'departure', gone))
    const june = await books.report('2025-06', hamlet.id)
    expect(june.rows.map((r: any) => [r.key, r.cells.total, r.cells.heads]).filter(([, n]: any) => n)).toEqual([
      ['opening', 2, 1],
      ['departure', 2, 1],
    ])
    expect(june.moves.find((m: any) => m.key === 'ANTAR_KABUPATEN').cells).toMatchObject({ male: 1, female: 1, total: 2, heads: 1 })
    expect((await books.report('2025-07', hamlet.id)).rows[0].cells.total).toBe(0)
    ok(await act('citizens', head.id, 'return', { occurred_on: '2025-08-20', reported_on: '2025-08-21', origin: 'Kota Jauh' }))
    const august = await books.report('2025-08', hamlet.id)
    expect(august.rows.find((r: any) => r.key === 'arrival').cells).toMatchObject({ wni_male: 1, heads_male: 1, total: 1 })
    expect(await namesOf(`/registry/book-changes?month=2025-06-01&area_id=${hamlet.id}`)).toEqual(['Bu Hilir', 'Pak Hilir'])
    const recap = ok(await books.siti.get(`/registry/book-recap?month=2025-06-01&area_id=${hamlet.id}`))
    expect(recap.data).toMatchObject([
      { name: 'PERGI', opening_wni_male: 1, departure_wni_female: 1, opening_families: 1, closing_people: 0 },
    ])
  })

  test('a death recorded for the wrong man is undone by an event of its own month', async () => {
    const { family, hamlet } = await books.home('KELIRU')
    const noto = await books.member(family, 'Pak Noto', 'KEPALA_KELUARGA')
    ok(await act('citizens', noto.id, 'death', { occurred_on: '2025-03-05', reported_on: '2025-03-06' }))
    const [, death] = await books.events(noto.id)
    ok(await books.undo(death.id, '2025-05-02'))
    expect(await books.get('citizens', noto.id)).toMatchObject({ status: 'ALIVE', is_head_of_family: true })
    expect((await books.row('2025-03', 'death', hamlet.id)).total).toBe(1)
    expect((await books.row('2025-04', 'closing', hamlet.id)).total).toBe(0)
    expect(await books.row('2025-05', 'undone_in', hamlet.id)).toMatchObject({ male: 1, heads: 1 })
    expect(await books.undo(death.id, '2025-05-03')).toMatchObject({ status: 409, body: { code: 'already_undone' } })
  })

  test('any event can be undone while what follows still fits; else it says which one comes first', async () => {
    const asih = await books.make('citizens', person('Asih', { gender: 'P' }))
    ok(await act('citizens', asih.id, 'absence', { occurred_on: '2025-02-01', reported_on: '2025-02-01' }))
    ok(await act('citizens', asih.id, 'return', { occurred_on: '2025-03-01', reported_on: '2025-03-01' }))
    const [entry, away, back] = await books.events(asih.id)
    const refused = await books.undo(away.id, '2025-03-02')
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'later_event', event_id: back.id, detail: expect.stringContaining('Kembali (2025-03-01)') },
    })
    ok(await books.undo(back.id, '2025-03-02'))
    expect((await books.get('citizens', asih.id)).status).toBe('AWAY')
    ok(await books.undo(away.id, '2025-03-03'))
    expect((await books.get('citizens', asih.id)).status).toBe('ALIVE')
    ok(await books.undo(entry.id, '2025-03-04'))
    expect((await books.get('citizens', asih.id)).status).toBe('INVALID')
    expect(await namesOf('/registry/population-report-names?month=2025-03-01&row=undone_out')).toEqual(['Asih', 'Asih'])
  })

  test('the books of a person run forward', async () => {
    const { family } = await books.home('MAJU')
    const tono = await books.member(family, 'Tono', 'KEPALA_KELUARGA')
    ok(await act('citizens', tono.id, 'absence', { occurred_on: '2025-04-01', reported_on: '2025-04-10' }))
    const early = await act('citizens', tono.id, 'return', { occurred_on: '2025-04-05', reported_on: '2025-04-09' })
    expect(early).toMatchObject({ status: 422, body: { errors: [{ field: 'reported_on' }] } })
    ok(await act('citizens', tono.id, 'return', { occurred_on: '2025-04-05', reported_on: '2025-04-10' }))
  })
})

describe('what is counted about people changes by events too', () => {
  test('an edit is recorded by itself; a change with evidence has its own date; both can be undone', async () => {
    const { family, hamlet } = await books.home('GANTI')
    const lina = await books.member(family, 'Lina', 'KEPALA_KELUARGA', { gender: 'P', citizenship: 'WNA', religion: 'HINDU' })
    ok(
      await act('citizens', lina.id, 'change', {
        citizenship: 'WNI',
        occurred_on: '2025-02-14',
        reported_on: '2025-02-20',
        evidence_number: 'SK-9',
      }),
    )
    const february = await books.report('2025-02', hamlet.id)
    expect(february.balanced).toBe(true)
    expect(february.rows.find((r: any) => r.key === 'change_in').cells).toMatchObject({ wni_female: 1, wna_female: 0, total: 1 })
    expect(february.rows.find((r: any) => r.key === 'change_out').cells).toMatchObject({ wna_female: 1, total: 1 })
    const change = (await books.events(lina.id)).at(-1)
    expect(change).toMatchObject({
      kind: 'CHANGE',
      occurred_on: '2025-02-14',
      evidence_number: 'SK-9',
      changes: { citizenship: ['WNA', 'WNI'] },
    })
    const { version } = await books.get('citizens', lina.id)
    ok(await books.siti.patch(`/registry/citizens/${lina.id}`, { religion: 'KATOLIK', name: 'Lina Wati' }, { 'if-match': `"${version}"` }))
    const edit = (await books.events(lina.id)).at(-1)
    expect(edit).toMatchObject({ kind: 'CHANGE', changes: { religion: ['HINDU', 'KATOLIK'] }, reported_on: edit.occurred_on })
    expect((await books.statistics('religion', `&area_id=${hamlet.id}`)).rows.find((r: any) => r.category === 'KATOLIK').count).toBe(1)
    ok(await books.siti.post(`/registry/population_events/${edit.id}/undoing`, { notes: 'Salah orang.' }))
    expect(await books.get('citizens', lina.id)).toMatchObject({ religion: 'HINDU', name: 'Lina Wati', citizenship: 'WNI' })
    expect((await books.events(lina.id)).map((e: any) => e.kind)).toEqual(['OPENING', 'CHANGE', 'CHANGE', 'CORRECTION'])
    expect(await act('citizens', lina.id, 'change', { religion: 'HINDU', occurred_on: '2025-03-01' })).toMatchObject({
      body: { code: 'nothing_changed' },
    })
  })

  test('no edit of anything that is counted goes unnoticed, and what is not counted makes no event', async () => {
    const { family } = await books.home('UBAH')
    const wati = await books.member(family, 'Wati', 'KEPALA_KELUARGA', { gender: 'P' })
    const edit = async (values: object): Promise<any> => {
      const { version } = await books.get('citizens', wati.id)
      ok(await books.siti.patch(`/registry/citizens/${wati.id}`, values, { 'if-match': `"${version}"` }))
      return (await books.events(wati.id)).at(-1)
    }
    for (const values of [...CHANGES, { family_relationship: 'ISTRI' }]) {
      const was = await books.get('citizens', wati.id)
      const event = await edit(values)
      for (const [name, value] of Object.entries(values))
        if (was[name] !== value) expect(event.changes[name], name).toEqual([was[name], value])
    }
    const many = (await books.events(wati.id)).length
    await edit({ labour_insurance_number: '12345678901' })
    expect((await books.events(wati.id)).length).toBe(many + 1)
    await edit({ name: 'Wati Susanti', notes: 'Pindah kamar.', father_name: 'Karto' })
    expect((await books.events(wati.id)).length).toBe(many + 1)
  })

  test('a family that moves to another hamlet is counted there, and the village as a whole does not move', async () => {
    const [from, to] = [await books.home('HULU'), await books.home('HILIR')]
    await books.member(from.family, 'Pak Pindah', 'KEPALA_KELUARGA')
    const before = (await books.statistics('gender')).total.count
    ok(await act('families', from.family.id, 'move', { address_id: to.address.id }))
    expect((await books.statistics('gender')).total.count).toBe(before)
    const month = new Date().toISOString().slice(0, 7)
    expect((await books.row(month, 'change_out', from.hamlet.id)).heads).toBe(1)
    expect((await books.row(month, 'change_in', to.hamlet.id)).heads).toBe(1)
  })

  test('who is taken out of the register leaves the counts, and comes back when restored', async () => {
    const { family, hamlet } = await books.home('HAPUS')
    const dobel = await books.member(family, 'Dobel', 'ANAK')
    ok(await books.siti.delete(`/registry/citizens/${dobel.id}`, undefined, { 'if-match': `"${dobel.version}"` }), 204)
    expect((await books.statistics('gender', `&area_id=${hamlet.id}`)).total.count).toBe(0)
    expect((await books.statistics('gender', `&area_id=${hamlet.id}&day=2025-12-31`)).total.count).toBe(1)
    ok(await books.siti.post(`/registry/citizens/${dobel.id}/restoration`, {}))
    expect((await books.statistics('gender', `&area_id=${hamlet.id}`)).total.count).toBe(1)
  })
})

describe('closing', () => {
  test('a closed month takes nothing any more and says the same for ever; the last one may be opened again', async () => {
    const ani = await books.make('citizens', person('Ani', { gender: 'P' }))
    const close = (month: string) => books.siti.post('/registry/month_closings/closing', { month })
    const january = ok(await close('2025-01-01'))
    expect(await close('2025-03-01')).toMatchObject({ status: 422, body: { errors: [{ code: 'out_of_order' }] } })
    expect(await close(`${new Date().toISOString().slice(0, 7)}-01`)).toMatchObject({ status: 422 })
    const printed = await books.report('2025-01')
    expect(printed.closed).toBe(true)
    const kept = await books.get('month_closings', january.id)
    expect(kept).toMatchObject({ residents: printed.rows.at(-1).cells.total, families: printed.rows.at(-1).cells.heads })
    const late = await act('citizens', ani.id, 'death', { occurred_on: '2025-01-10', reported_on: '2025-01-20' })
    expect(late).toMatchObject({ status: 422, body: { errors: [{ field: 'reported_on', message: expect.stringContaining('ditutup') }] } })
    await books.make('citizens', person('Datang Belakangan'))
    ok(await act('citizens', ani.id, 'death', { occurred_on: '2025-01-10', reported_on: '2025-02-03' }))
    expect(await books.report('2025-01')).toEqual(printed)
    ok(await books.siti.post(`/registry/month_closings/${january.id}/reopening`, { notes: 'Ada laporan yang tertinggal.' }))
    expect((await books.report('2025-01')).closed).toBe(false)
  })

  test('nobody writes spans by hand', async () => {
    const forge = `update registry.citizen_spans set until = '2025-01-01' where tenant_id = $1`
    await expect(world.write('siti', 'sukamaju', (ctx) => ctx.db.query(forge, [ctx.tenant.id]))).rejects.toThrow(/written by events only/)
  })
})

describe('names behind numbers', () => {
  test('every cell of a table lists as many people as it says', async () => {
    for (const breakdown of ['religion', 'age_range', 'marital_status', 'hamlet', 'identity_card', 'relationship']) {
      const table = await books.statistics(breakdown, '&day=2025-12-31')
      expect(table.sum.count + table.unfilled.count).toBe(table.total.count)
      for (const row of [...table.rows, table.unfilled, table.total])
        for (const [sex, n] of [
          ['', row.count],
          ['L', row.male],
          ['P', row.female],
        ] as const) {
          const found = await namesOf(`/registry/statistics-names?${queryOf(row.names, { limit: '500', ...(sex ? { sex } : {}) })}`)
          expect(found.length, `${breakdown} ${row.category} ${sex}`).toBe(n)
        }
    }
  })

  test('a long list goes on where it stopped, without repeating or losing anybody', async () => {
    const whole = await namesOf('/registry/statistics-names?limit=500')
    const found: string[] = []
    for (let after = ''; ; ) {
      const page = ok(await books.siti.get(`/registry/statistics-names?limit=3${after && `&after=${after}`}`))
      found.push(...page.data.map((n: any) => n.name))
      if (!(after = page.page.next ?? '')) break
    }
    expect(found).toEqual(whole)
    expect((await books.siti.get('/registry/statistics-names?after=x')).status).toBe(400)
  })

  test('health facts are counted as of today, for who may reveal them; whose names are shown is noted', async () => {
    const { family, hamlet } = await books.home('SEHAT')
    const rukmi = await books.member(family, 'Bu Rukmi', 'KEPALA_KELUARGA', {
      gender: 'P',
      chronic_illness: 'DIABETES',
      pregnancy: 'HAMIL',
    })
    const table = await books.statistics('chronic_illness', `&area_id=${hamlet.id}`)
    expect(table.rows.find((r: any) => r.category === 'DIABETES')).toMatchObject({ count: 1, female: 1, percent: '100.00' })
    expect(await namesOf(`/registry/statistics-names?${queryOf(table.rows.find((r: any) => r.category === 'DIABETES').names)}`)).toEqual([
      'Bu Rukmi',
    ])
    const andi = await world.as('andi')
    const seen = ok(await andi.get(`/core/audit_logs?resource_id=${rukmi.id}&action=revealed`)).data
    expect(seen).toMatchObject([{ action: 'revealed', actor: { name: 'Siti Rahmawati' } }])
    const vulnerable = ok(await books.siti.get(`/registry/vulnerable-groups?area_id=${hamlet.id}`))
    expect(vulnerable.rows).toMatchObject([{ hamlet: 'SEHAT', rt: '001', families: 1, female: 1, ill_women: 1, ill_men: 0, pregnant: 1 }])
    expect(await books.siti.get('/registry/statistics?breakdown=pregnancy&day=2025-12-31')).toMatchObject({
      status: 422,
      body: { code: 'past_not_kept' },
    })
  })

  test('voters are asked how old they will be on the day; soldiers and foreigners do not vote', async () => {
    const { family, hamlet } = await books.home('PEMILU')
    const soon = `${new Date().getFullYear() + 1}-02-14`
    const born = `${new Date().getFullYear() + 1 - 17}-02-14`
    await books.member(family, 'Pemilih Pemula', 'ANAK', { birth_date: born, marital_status: 'BELUM_KAWIN' })
    await books.member(family, 'Tentara', 'KEPALA_KELUARGA', { occupation: 'TENTARA NASIONAL INDONESIA (TNI)' })
    await books.member(family, 'Orang Asing', 'FAMILI_LAIN', { citizenship: 'WNA' })
    const ask = async (day: string): Promise<string[]> => namesOf(`/registry/statistics-names?group=voters&area_id=${hamlet.id}&day=${day}`)
    expect(await ask(soon)).toEqual(['Pemilih Pemula'])
    expect(await ask('2025-12-31')).toEqual([])
    expect(ok(await books.siti.get(`/registry/voters?area_id=${hamlet.id}&day=${soon}`)).total).toMatchObject({ count: 1 })
    expect(await books.siti.get(`/registry/statistics?breakdown=gender&day=${soon}`)).toMatchObject({ status: 422 })
  })

  test('the pyramid holds everybody once', async () => {
    const pyramid = ok(await books.siti.get('/registry/age-pyramid?day=2025-12-31'))
    const total = (await books.statistics('gender', '&day=2025-12-31')).total.count
    expect(pyramid.rows.length).toBe(16)
    expect(pyramid.rows.reduce((sum: number, r: any) => sum + r.male + r.female, 0)).toBe(total)
    for (const row of pyramid.rows)
      expect((await namesOf(`/registry/statistics-names?${queryOf(row.names, { limit: '500' })}`)).length, row.label).toBe(
        row.male + row.female,
      )
  })

  test('Joko, head of a hamlet, counts and lists only his own', async () => {
    const { family, hamlet } = await books.home('JOKO')
    await books.member(family, 'Tetangga Joko', 'KEPALA_KELUARGA')
    const joko = await world.as('joko')
    expect(ok(await joko.get('/registry/statistics?breakdown=gender')).total.count).toBe(0)
    const andi = await world.as('andi')
    const membership = ok(await andi.get('/core/memberships')).data.find((m: any) => m.username === 'joko')
    ok(
      await andi.patch(
        `/core/memberships/${membership.id}`,
        { attributes: { area_id: hamlet.id } },
        { 'if-match': `"${membership.version}"` },
      ),
    )
    expect(ok(await joko.get('/registry/statistics?breakdown=gender')).total.count).toBe(1)
    expect(ok(await joko.get('/registry/statistics-names')).data.map((n: any) => n.name)).toEqual(['Tetangga Joko'])
    expect(ok(await joko.get('/registry/population-report?month=2025-05-01')).rows.at(-1).cells.total).toBe(1)
    expect(ok(await joko.get('/registry/book-main')).data.map((n: any) => n.name)).toEqual(['Tetangga Joko'])
    expect((await joko.get('/registry/statistics?breakdown=chronic_illness')).status).toBe(403)
    const made = await world.as('made')
    expect(ok(await made.get('/registry/statistics?breakdown=religion')).total.count).toBe(0)
  })
})
