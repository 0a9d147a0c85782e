// Stories of imports: Siti brings the books of Kertajaya into the register. On a server, else embedded.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSheet } from '#kernel/sheet/read-sheet.ts'
import { openLibrary, type Library } from '#kernel/jobs/test-house.ts'
import type { Who } from '#kernel/tenancy/as-tenant.ts'
import type { Importer } from './importer.ts'
import { importersOf } from './importers.ts'
import { runImport } from './run-import.ts'
import { sweepAllImports } from './sweep.ts'

type Json = any

const SHELVES = 'Nama\nSastra\nPertanian\n'
const BOOKS = [
  'judul;Tahun Terbit;RAK;Lent to;Catatan',
  'Laskar Pelangi;2005;Sastra;Ibu Ani;robek',
  'Bumi Manusia;1980;sastra;;',
  'Bertanam Padi;1776;Pertanian;;',
  ';1999;Sastra;;',
  'Atlas;2001;Geografi;;',
  'Laskar Pelangi;2005;Sastra;ibu ani;',
].join('\n')

/** An importer whose steps a story can hold up or break. */
let during: (step: number) => Promise<void> = async () => {}
const slow: Importer<string[]> = {
  name: 'reading.donation',
  resource: 'reading.shelves',
  label: { id: 'Sumbangan', en: 'Donation' },
  doc: 'Shelves, one by one.',
  columns: [{ key: 'name', label: { id: 'Nama', en: 'Name' }, required: true }],
  async check(ctx, rows, tell) {
    tell(0, rows.length, { id: 'Melihat', en: 'Looking' })
    const { rows: there } = await ctx.db.query<{ name: string }>('select name from reading.shelves where tenant_id = $1', [ctx.tenant.id])
    const known = new Set(there.map((r) => r.name))
    const verdicts = rows.map((r) => ({
      row: r.row,
      title: r.cells['name'] ?? '',
      outcome: known.has(r.cells['name'] ?? '') ? ('unchanged' as const) : ('new' as const),
      errors: [],
      warnings: [],
    }))
    return { verdicts, notes: [], plan: verdicts.filter((v) => v.outcome === 'new').map((v) => v.title) }
  },
  async apply(ctx, plan, tell) {
    let step = 0
    for (const name of plan) {
      await ctx.db.query('insert into reading.shelves (tenant_id, id, name) values ($1, gen_random_uuid(), $2)', [ctx.tenant.id, name])
      tell(++step, plan.length, { id: 'Menata', en: 'Arranging' })
      await during(step)
    }
    return { shelves: plan.length }
  },
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('imports', () => {
  let house: Library
  beforeAll(async () => {
    house = await openLibrary({ importers: [slow as unknown as Importer] })
  }, 60_000)
  afterAll(() => house.close(), 30_000)

  const upload = async (importer: string, text: string, who: Who = house.siti, name = 'Buku desa.csv'): Promise<Json> => {
    const form = new FormData()
    form.set('file', new File([text], name, { type: 'text/csv' }))
    form.set('importer', importer)
    const answer = await house.ask(who, 'POST', '/imports', form)
    return { status: answer.status, ...((await answer.json()) as object) }
  }
  const get = async (path: string, who: Who = house.siti): Promise<Json> => (await house.ask(who, 'GET', path)).json()
  const post = async (path: string, who: Who = house.siti): Promise<{ status: number; body: Json }> => {
    const answer = await house.ask(who, 'POST', path)
    return { status: answer.status, body: await answer.json() }
  }
  const checked = async (importer: string, text: string): Promise<string> => {
    const { id } = await upload(importer, text)
    expect((await post(`/imports/${id}/check`)).status).toBe(202)
    await house.jobs.drain()
    return id
  }
  const shelfNames = async () => (await house.sql<{ name: string }>('select name from reading.shelves order by name')).map((r) => r.name)

  test('shelves, then books: mapping guessed, every row judged, confirmed, done once', async () => {
    const donation = importersOf(house.model).get('reading.donation')!
    const first = await runImport(house, house.siti, donation, Buffer.from(SHELVES), 'rak.csv', { dryRun: false, tell: () => {} })
    expect(first).toMatchObject({ counts: { new: 2, unchanged: 0, rejected: 0, warnings: 0 }, totals: { shelves: 2 } })
    expect(await get(`/imports/${first.id}`)).toMatchObject({ status: 'applied', totals: { shelves: 2 }, sheet: { rows: 2 } })

    const offered = ((await get('/importers')) as Json).data.map((i: Json) => i.name) as string[]
    expect(offered.filter((name) => name.startsWith('reading.'))).toEqual(['reading.donation', 'reading.books'])
    const up = await upload('reading.books', BOOKS)
    expect(up).toMatchObject({
      status: 'uploaded',
      importer: 'reading.books',
      file_name: 'Buku desa.csv',
      sheet: {
        headings: ['judul', 'Tahun Terbit', 'RAK', 'Lent to', 'Catatan'],
        rows: 6,
        sample: expect.arrayContaining([['Bumi Manusia', '1980', 'sastra', '', '']]),
      },
      mapping: { title: 0, year: 1, shelf_id: 2, lent_to: 3 },
      may: ['mapping', 'check', 'delete'],
    })
    expect((await get(`/imports/${up.id}`)).sheet.sample).toHaveLength(5)
    expect((await post(`/imports/${up.id}/confirmation`)).status).toBe(409)
    const { status, body } = await post(`/imports/${up.id}/check`)
    expect(status).toBe(202)
    expect(body.job).toMatchObject({ status: 'queued', label: { en: 'Checking a file to import' } })
    expect((await post(`/imports/${up.id}/check`)).body.job.id).toBe(body.job.id)
    await house.jobs.drain()
    expect(await get(`/imports/${up.id}`)).toMatchObject({ status: 'checked', counts: { new: 2, unchanged: 0, rejected: 4, warnings: 0 } })
    const verdicts = await get(`/imports/${up.id}/verdicts`)
    const reasons = (v: Json): string => v.errors.map((e: Json) => `${e.column ?? ''} ${e.code}`).join()
    expect(verdicts.data.map((v: Json) => [v.row, v.title, v.outcome, reasons(v)])).toEqual([
      [2, 'Laskar Pelangi', 'new', ''],
      [3, 'Bumi Manusia', 'new', ''],
      [4, 'Bertanam Padi', 'rejected', 'year too_small'],
      [5, '', 'rejected', 'title required'],
      [6, 'Atlas', 'rejected', 'shelf_id reference_not_found'],
      [7, 'Laskar Pelangi', 'rejected', ' duplicate_in_file'],
    ])
    expect(verdicts.data[4].errors[0].message).toBe('“Geografi” tidak ditemukan.')
    const bad = await get(`/imports/${up.id}/verdicts?outcome=rejected&limit=3`)
    expect([bad.data.length, bad.page.next]).toEqual([3, '6'])
    expect((await get(`/imports/${up.id}/verdicts?outcome=rejected&limit=3&after=6`)).data).toHaveLength(1)
    expect(await house.sql('select 1 from reading.books')).toHaveLength(0)

    const yes = await post(`/imports/${up.id}/confirmation`)
    expect((await post(`/imports/${up.id}/confirmation`)).body.job.id).toBe(yes.body.job.id)
    await house.jobs.drain()
    expect((await post(`/imports/${up.id}/confirmation`)).status).toBe(202)
    await house.jobs.drain()
    const applied = { status: 'applied', totals: { books: 2 }, error: null, may: ['delete', 'report'] }
    expect(await get(`/imports/${up.id}`)).toMatchObject(applied)
    const told = await house.sql(`select link, type from core.notifications where kind = 'core.import_applied' and key like $1`, [
      `import:${up.id}:%`,
    ])
    expect(told).toEqual([{ link: `imports/${up.id}`, type: 'success' }])
    expect(await house.sql('select title, year from reading.books order by title')).toEqual([
      { title: 'Bumi Manusia', year: 1980 },
      { title: 'Laskar Pelangi', year: 2005 },
    ])

    const again = await checked('reading.books', BOOKS)
    expect(await get(`/imports/${again}`)).toMatchObject({ counts: { new: 0, unchanged: 2, rejected: 4 } })
    await post(`/imports/${again}/confirmation`)
    await house.jobs.drain()
    expect(await get(`/imports/${again}`)).toMatchObject({ status: 'applied', totals: { books: 0 } })
    expect(await house.sql('select 1 from reading.books')).toHaveLength(2)
  })

  test('nothing that names people lies in clear; the file leaves when it was applied', async () => {
    const text = `select file from core.imports where importer = 'reading.books' order by id limit 1`
    const [done] = await house.sql<{ file: Buffer | null }>(text)
    expect(done?.file).toBeNull()
    const id = await checked('reading.books', BOOKS)
    const [kept] = await house.sql<{ text: string; file: Buffer }>(
      `select (select string_agg(to_jsonb(v)::text, '') from core.import_verdicts v) || to_jsonb(i)::text
         || (select string_agg(to_jsonb(j)::text, '') from core.jobs j) as text, file
       from core.imports i where id = $1`,
      [id],
    )
    for (const name of ['Laskar', 'Ibu Ani', 'Geografi']) {
      expect(kept?.text).not.toContain(name)
      expect(kept?.file.includes(name)).toBe(false)
    }
    expect((await house.ask(house.siti, 'DELETE', `/imports/${id}`)).status).toBe(204)
    expect(await house.sql('select 1 from core.import_verdicts where import_id = $1', [id])).toHaveLength(0)
  })

  test('the report is a workbook or CSV with every row', async () => {
    const id = await checked('reading.books', BOOKS)
    const answer = await house.ask(house.siti, 'GET', `/imports/${id}/report?format=xlsx`)
    expect(answer.headers.get('content-disposition')).toContain('Buku desa - hasil impor.xlsx')
    const sheet = await readSheet(new Uint8Array(await answer.arrayBuffer()), 'r.xlsx')
    expect(sheet.headings).toEqual(['Baris', 'Nama', 'Hasil', 'Yang harus diperbaiki', 'Perhatian'])
    expect(sheet.rows.map((r) => r.cells[2])).toEqual(['sudah ada', 'sudah ada', 'ditolak', 'ditolak', 'ditolak', 'ditolak'])
    const csv = await (await house.ask(house.siti, 'GET', `/imports/${id}/report?format=csv`)).text()
    expect(csv).toContain('6;Atlas;ditolak;Rak: “Geografi” tidak ditemukan.')
  })

  test('the mapping is corrected by hand; a required column must be there', async () => {
    const up = await upload('reading.books', 'Nama buku,Tahun\nAtlas Desa,2010\n')
    expect(up.mapping).toEqual({ title: null, year: null, shelf_id: null, lent_to: null })
    const refused = await post(`/imports/${up.id}/check`)
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'title', code: 'column_missing' }] } })
    const wrong = await house.ask(house.siti, 'PUT', `/imports/${up.id}/mapping`, { mapping: { title: 9, colour: 0 } })
    expect(await wrong.json()).toMatchObject({ status: 422, errors: [{ field: 'colour' }, { field: 'title' }] })
    const right = await house.ask(house.siti, 'PUT', `/imports/${up.id}/mapping`, { mapping: { title: 0, year: 1 } })
    expect(await right.json()).toMatchObject({ status: 'uploaded', mapping: { title: 0, year: 1, shelf_id: null, lent_to: null } })
    await post(`/imports/${up.id}/check`)
    await house.jobs.drain()
    expect(await get(`/imports/${up.id}`)).toMatchObject({ counts: { new: 1 } })
  })

  test('cancelled in the middle, the register is as it was, and the job can be tried again', async () => {
    const before = await shelfNames()
    const id = await checked('reading.donation', 'Nama\nSatu\nDua\nTiga\n')
    const { job } = (await post(`/imports/${id}/confirmation`)).body
    during = async (step) => {
      if (step === 2) void house.jobs.cancel(house.siti.tenant.id, job.id)
      await pause(20)
    }
    await house.jobs.drain()
    await pause(50)
    expect(await get(`/imports/${id}`)).toMatchObject({ status: 'cancelled', totals: null })
    expect(await shelfNames()).toEqual(before)
    during = async () => {}
    expect((await post(`/jobs/${job.id}/retry`)).body).toMatchObject({ status: 'queued' })
    await house.jobs.drain()
    expect(await get(`/imports/${id}`)).toMatchObject({ status: 'applied', totals: { shelves: 3 } })
    expect(await shelfNames()).toEqual([...before, 'Satu', 'Dua', 'Tiga'].toSorted())
  })

  test('broken in the middle, the register is as it was and the import says so', async () => {
    const before = await shelfNames()
    const id = await checked('reading.donation', 'Nama\nEmpat\nLima\n')
    await post(`/imports/${id}/confirmation`)
    during = async (step) => {
      if (step === 2) throw new Error('the disk is full')
    }
    await house.jobs.drain()
    during = async () => {}
    const failed = { status: 'failed', error: { code: 'unexpected' }, may: ['mapping', 'check', 'delete', 'report'] }
    expect(await get(`/imports/${id}`)).toMatchObject(failed)
    expect(await shelfNames()).toEqual(before)
  })

  test('an answer that was lost after the commit: the second attempt finds it done', async () => {
    const before = await shelfNames()
    const id = await checked('reading.donation', 'Nama\nEnam\n')
    const { job } = (await post(`/imports/${id}/confirmation`)).body
    await house.jobs.drain()
    // As if the worker had died between the commit of the import and the note that the job is over.
    await house.sql(`update core.jobs set status = 'failed' where id = $1`, [job.id])
    await post(`/jobs/${job.id}/retry`)
    await house.jobs.drain()
    expect(await get(`/jobs/${job.id}`)).toMatchObject({ status: 'succeeded', result: { totals: { shelves: 1 } } })
    expect(await shelfNames()).toEqual([...before, 'Enam'].toSorted())
  })

  test('when the register changed since the check nothing is imported, and the new verdicts are shown', async () => {
    const id = await checked('reading.donation', 'Nama\nTujuh\nDelapan\n')
    await house.sql(`insert into reading.shelves (tenant_id, id, name) values ($1, gen_random_uuid(), 'Tujuh')`, [house.siti.tenant.id])
    const { job } = (await post(`/imports/${id}/confirmation`)).body
    await house.jobs.drain()
    expect(await get(`/jobs/${job.id}`)).toMatchObject({ status: 'failed', error: { code: 'verdicts_changed' } })
    const shown = { status: 'checked', counts: { new: 1, unchanged: 1 }, may: expect.arrayContaining(['confirmation']) }
    expect(await get(`/imports/${id}`)).toMatchObject(shown)
    expect(await shelfNames()).not.toContain('Delapan')
    await post(`/jobs/${job.id}/retry`)
    await house.jobs.drain()
    expect(await get(`/jobs/${job.id}`)).toMatchObject({ status: 'failed', error: { code: 'import_moved_on' } })
    await post(`/imports/${id}/confirmation`)
    await house.jobs.drain()
    expect(await get(`/imports/${id}`)).toMatchObject({ status: 'applied', totals: { shelves: 1 } })
    expect(await shelfNames()).toContain('Delapan')
  })

  test('Budi of Mekarsari sees nothing of it, and a member without the permission neither', async () => {
    const id = await checked('reading.donation', 'Nama\nSembilan\n')
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/verdicts'],
      ['GET', '/report'],
      ['POST', '/check'],
      ['POST', '/confirmation'],
      ['DELETE', ''],
    ] as const) {
      expect((await house.ask(house.budi, method, `/imports/${id}${path}`)).status).toBe(404)
      const reader: Who = { ...house.siti, actor: { ...house.siti.actor, permissions: new Set(['reading.shelves:read']) } }
      expect((await house.ask(reader, method, `/imports/${id}${path}`)).status).toBe(404)
    }
    expect((await get('/imports', house.budi)).data).toEqual([])
    const reader: Who = { ...house.siti, actor: { ...house.siti.actor, permissions: new Set() } }
    expect((await get('/importers', reader)).data).toEqual([])
    expect((await upload('reading.donation', 'Nama\nX\n', reader)).status).toBe(403)
    const actor = { ...house.siti.actor, userId: house.budi.actor.userId, visibility: { 'reading.shelves': 'own_area' } }
    const limited: Who = { ...house.siti, actor }
    expect((await house.ask(limited, 'GET', `/imports/${id}`)).status).toBe(404)
    expect((await get('/imports', limited)).data.map((i: Json) => i.importer)).not.toContain('reading.donation')
  })

  test('what is not a sheet is refused with what to do', async () => {
    expect(await upload('reading.books', '%PDF-1.7 x', house.siti, 'surat.pdf')).toMatchObject({ status: 422, code: 'sheet_other_format' })
    expect(await upload('reading.nothing', 'a\n1\n')).toMatchObject({ status: 422, errors: [{ field: 'importer' }] })
    const empty = new FormData()
    empty.set('importer', 'reading.books')
    expect((await house.ask(house.siti, 'POST', '/imports', empty)).status).toBe(422)
    expect((await house.ask(house.siti, 'POST', '/imports', { file: 'x' })).status).toBe(415)
  })

  test('sent twice with one key, a file is one import', async () => {
    const send = async () => {
      const form = new FormData()
      form.set('file', new File(['Nama\nSepuluh\n'], 'x.csv'))
      form.set('importer', 'reading.donation')
      return house.ask(house.siti, 'POST', '/imports', form, { 'idempotency-key': 'once' })
    }
    const [a, b] = [await send(), await send()]
    expect(((await a.json()) as Json).id).toBe(((await b.json()) as Json).id)
    expect(b.headers.get('idempotency-replayed')).toBe('true')
  })

  test('files leave after a week and imports after a month', async () => {
    const [week, month] = [await checked('reading.donation', 'Nama\nA\n'), await checked('reading.donation', 'Nama\nB\n')]
    await house.sql('alter table core.imports disable trigger touch')
    await house.sql(`update core.imports set created_at = now() - interval '8 days' where id = $1`, [week])
    await house.sql(`update core.imports set created_at = now() - interval '31 days' where id = $1`, [month])
    await house.sql('alter table core.imports enable trigger touch')
    await sweepAllImports(house)
    expect(await house.sql('select id from core.imports where id = any($1) and file is null', [[week, month]])).toEqual([{ id: week }])
    expect((await get(`/imports/${month}`)).status).toBe(404)
    expect((await post(`/imports/${week}/check`)).body).toMatchObject({ status: 409, code: 'file_gone' })
  })
})
