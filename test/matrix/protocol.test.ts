// How one talks to every resource: versions, keys for writes sent twice, filters, orders, pages, deleting and bringing back, files.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MODULES } from '#app/modules.ts'
import { modelOf } from '#kernel/resource/model.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { readSheet } from '#kernel/sheet/read-sheet.ts'
import { library } from '../library/index.ts'
import { openWorld, type Client, type World } from '../world.ts'
import { makerOf, pathOf, type Maker } from './maker.ts'
import { watched } from './people.ts'
import { sampleFor } from './samples/index.ts'

const model = modelOf([...MODULES, library])
const all = [...model.resources.values()]
const that = (...verbs: string[]): (readonly [string, Resource])[] =>
  all.filter((r) => verbs.every((v) => (r.verbs as readonly string[]).includes(v))).map((r) => [r.name, r] as const)

let world: World
let client: Client
let maker: Maker
beforeAll(async () => {
  world = await openWorld()
  client = watched(await world.as('andi'), () => [])
  maker = makerOf(world, client, 'Sukamaju')
})
afterAll(() => world?.close())

const versionOf = async (path: string): Promise<number> => (await client.get(path)).body.version

describe.each(that('update'))('%s', (name, r) => {
  test('is changed only by whoever has read it as it is', async () => {
    const path = `${pathOf(r)}/${(await maker.make(name)).id}`
    const read = await client.get(path)
    expect(read.headers.get('etag')).toBe(`"${read.body.version}"`)
    const now = { 'if-match': `"${read.body.version}"` }
    expect(await client.patch(path, {})).toMatchObject({ status: 428, body: { code: 'version_required' } })
    expect(await client.patch(path, {}, { 'if-match': '*' })).toMatchObject({ status: 428 })
    for (const wrong of ['3', '"x"', 'W/"1"', '"1","2"', '""', '"-1"', '"1.5"', '"9999999999999999"'])
      expect(await client.patch(path, {}, { 'if-match': wrong }), wrong).toMatchObject({ status: 400, body: { code: 'invalid_version' } })
    const changed = await client.patch(path, {}, now)
    expect(changed).toMatchObject({ status: 200, body: { version: read.body.version + 1 } })
    expect(changed.headers.get('etag')).toBe(`"${read.body.version + 1}"`)
    const stale = await client.patch(path, {}, now)
    expect(stale).toMatchObject({
      status: 412,
      body: { code: 'version_stale', current: { id: read.body.id, version: read.body.version + 1 } },
    })
    expect(stale.body.current.may).toContain('update')
    expect(stale.body.currentRow).toBe(undefined)
    expect(await client.patch(path, {}, { 'if-match': '"999999999999999"' })).toMatchObject({ status: 412 })
    if (r.verbs.includes('delete')) {
      expect(await client.delete(path)).toMatchObject({ status: 428 })
      expect(await client.delete(path, undefined, now)).toMatchObject({ status: 412, body: { current: { id: read.body.id } } })
    }
    expect(await versionOf(path)).toBe(read.body.version + 1)
  })
})

describe.each(that('create').filter(([name]) => !sampleFor(name).single))('%s', (name, r) => {
  test('sent twice under one key is made once', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    const body = await maker.body(name)
    const [first, again] = [await client.post(pathOf(r), body, key), await client.post(pathOf(r), body, key)]
    expect(first.status, JSON.stringify(first.body)).toBe(201)
    expect([again.status, again.body]).toEqual([first.status, first.body])
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([null, 'true'])
    expect([again.headers.get('etag'), again.headers.get('location')]).toEqual([first.headers.get('etag'), first.headers.get('location')])
    expect(await client.post(pathOf(r), await maker.body(name), key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    })
    for (const wrong of ['', ' ', 'x'.repeat(201), 'ké']) {
      const sent = await client
        .raw(pathOf(r), {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', 'idempotency-key': wrong },
        })
        .catch(() => null)
      if (sent) expect(sent.status, wrong).toBe(400)
    }
  })
  test('refused under a key, it may be corrected under the same key', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    expect((await client.post(pathOf(r), { gaji: 1 }, key)).status).toBe(422)
    expect((await client.post(pathOf(r), await maker.body(name), key)).status).toBe(201)
  })
  test('sent ten times at once under one key is made once', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    const body = await maker.body(name)
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.post(pathOf(r), body, key)))
    expect(new Set(answers.map((a) => a.status)), JSON.stringify(answers[0]?.body)).toEqual(new Set([201]))
    expect(new Set(answers.map((a) => a.body.id)).size).toBe(1)
    expect(answers.filter((a) => a.headers.get('idempotency-replayed') === null).length).toBe(1)
  })
  test('an id its client made is kept, and is its own only once', async () => {
    const id = '01900000-0000-7000-8000-0000000000aa'
    expect(await client.post(pathOf(r), await maker.body(name, { id }))).toMatchObject({ status: 201, body: { id } })
    expect((await client.post(pathOf(r), await maker.body(name, { id }))).status).toBe(409)
  })
})

describe.each(that('read'))('%s', (name, r) => {
  const get = (query: string): ReturnType<Client['get']> => client.get(`${pathOf(r)}?${query}`)
  test('says no to filters, orders, pages and numbers it does not know', async () => {
    const wrong: [string, string][] = [
      ['gaji=1', 'unknown_filter'],
      ['tenant_id=x', 'unknown_filter'],
      ['deleted_at.null=true', 'unknown_filter'],
      ['__proto__=1', 'unknown_filter'],
      ['constructor=1', 'unknown_filter'],
      ['a.b.c.d=1', 'unknown_filter'],
      ['id=x', 'unknown_filter'],
      ["name');drop--=1", 'unknown_filter'],
      ['sort=gaji', 'unknown_sort'],
      ['sort=--created_at', 'unknown_sort'],
      ['sort=-', 'unknown_sort'],
      ['sort=created_at;', 'unknown_sort'],
      ['sort=id', 'unknown_sort'],
      ['limit=0', 'invalid_limit'],
      ['limit=-1', 'invalid_limit'],
      ['limit=201', 'invalid_limit'],
      ['limit=1e2', 'invalid_limit'],
      ['limit=x', 'invalid_limit'],
      ['limit=', 'invalid_limit'],
      ['limit=1.5', 'invalid_limit'],
      ['after=x', 'invalid_cursor'],
      ['after=%00', 'invalid_cursor'],
      [`after=${'A'.repeat(400)}`, 'invalid_cursor'],
      ['deleted=maybe', 'invalid_filter'],
      ['count=1', 'invalid_filter'],
      ['q=a%00b', 'invalid_search'],
      ['created_at.gte=yesterday', 'invalid_filter'],
      ['created_at.null=perhaps', 'invalid_filter'],
    ]
    for (const [query, code] of wrong)
      expect((await get(query)).body, query).toMatchObject({ status: 400, code, errors: [{ field: expect.any(String) }] })
    expect((await get(Array.from({ length: 21 }, () => 'created_at.null=false').join('&'))).body).toMatchObject({
      status: 400,
      code: 'too_many_filters',
    })
    expect((await client.get(`${pathOf(r)}/options?limit=x`)).body).toMatchObject({ status: 400, code: 'invalid_limit' })
    if (r.verbs.includes('export'))
      for (const [query, code] of [
        ['columns=gaji', 'unknown_column'],
        ['format=pdf', 'unknown_format'],
        ['gaji=1', 'unknown_filter'],
      ])
        expect((await client.get(`${pathOf(r)}/export?${query}`)).body, query).toMatchObject({ status: 400, code })
  })

  test('no page marker of somebody’s own making is believed', async () => {
    const marker = (parts: unknown): string => Buffer.from(JSON.stringify(parts)).toString('base64url')
    const order = r.sort[0] ?? 'created_at'
    const id = '01900000-0000-7000-8000-000000000000'
    const made = [
      [order],
      [order, id],
      [order, '-'.repeat(36), 'x'],
      [order, id, null],
      [order, id, { a: 1 }],
      [order, id, 'x\u0000'],
      ['-' + order, id, 'x'],
      [order, id, 'a', 'b'],
      [order, id, 'a', 'b', 'c', 'd'],
      'x',
      null,
      7,
      { 0: order },
    ]
    for (const parts of made)
      expect((await get(`after=${marker(parts)}`)).body, JSON.stringify(parts)).toMatchObject({ status: 400, code: 'invalid_cursor' })
    for (const s of new Set([...r.sort, 'created_at']))
      if (r.fields[s]?.kind !== 'text')
        expect((await get(`sort=${s}&after=${marker([s, id, 'bukan'])}`)).body, s).toMatchObject({ status: 400, code: 'invalid_cursor' })
  })

  test('is filtered by every field it names, and by no other', async () => {
    await maker.make(name)
    for (const [field, f] of Object.entries(r.fields)) {
      const named = r.filter?.includes(field) || f.kind === 'ref' || f.secret?.find === 'equal' || f.secret?.find === 'words'
      const value =
        f.kind === 'boolean'
          ? 'true'
          : f.kind === 'integer' || f.kind === 'decimal'
            ? '1'
            : f.kind === 'day'
              ? '2000-01-01'
              : f.kind === 'choice' && !f.secret
                ? (f.choices?.[0]?.value ?? '')
                : f.kind === 'ref' || f.kind === 'id'
                  ? '01900000-0000-7000-8000-000000000000'
                  : 'Siti'
      for (const operator of ['', '.null', '.not', '.gte', '.lte']) {
        const answer = await get(`${field}${operator}=${operator === '.null' ? 'false' : value}&count=true`)
        expect([200, 400], `${field}${operator}`).toContain(answer.status)
        if (operator === '' || operator === '.null')
          expect(answer.status, `${field}${operator} ${JSON.stringify(answer.body)}`).toBe(named ? 200 : 400)
        if (answer.status === 200) expect(Math.min(answer.body.page.total, 25), `${field}${operator}`).toBe(answer.body.data.length)
        // An order or a "not" that a field cannot answer is refused, never quietly read as something else.
        if (named && f.secret && operator && operator !== '.null')
          expect(answer.body, `${field}${operator}`).toMatchObject({ status: 400, code: 'unknown_filter' })
      }
      for (const wrong of ['%00', `';--`, '%F0%9F%87%AE', 'x'.repeat(3_000), ',,,', '[]'])
        expect([200, 400, 414], field).toContain((await get(`${field}=${wrong}`)).status)
    }
    const yes = (await get('created_at.gte=2000-01-01T00:00:00Z&count=true')).body.page.total
    const no = (await get('created_at.lte=2000-01-01T00:00:00Z&count=true')).body.page.total
    expect([yes > 0, no]).toEqual([true, 0])
  })

  test('searching with any words answers', async () => {
    for (const q of [
      'a',
      '%',
      '_',
      '\\',
      `'`,
      '"',
      ' ',
      '%%%%',
      'x'.repeat(500),
      '🇮🇩',
      '\ud83d',
      '<b>',
      '$1',
      '(',
      '[a-z]',
      'null',
      '-',
      '0',
    ])
      for (const path of [`${pathOf(r)}?q=`, `${pathOf(r)}/options?q=`, '/search?q='])
        expect((await client.get(path + encodeURIComponent(q.toWellFormed()))).status, q).toBe(200)
  })

  test('is walked from end to end, each row once, in both directions, and counted the same', async () => {
    if (!sampleFor(name).single && r.verbs.includes('create')) for (let i = 0; i < 4; i++) await maker.make(name)
    const total = (await get('count=true&limit=1')).body.page.total
    for (const field of new Set([...r.sort, 'created_at']))
      for (const sort of [field, `-${field}`]) {
        const ids: string[] = []
        for (let after = ''; ; ) {
          const { body, status } = await get(`sort=${sort}&limit=7${after}`)
          expect(status).toBe(200)
          ids.push(...body.data.map((row: { id: string }) => row.id))
          if (!body.page.next) break
          after = `&after=${body.page.next}`
        }
        expect(ids.length, sort).toBe(total)
        expect(new Set(ids).size, sort).toBe(total)
      }
  })
})

describe.each(that('delete', 'restore'))('%s', (name, r) => {
  test('deleted it is gone from every list, restored it is back as it was', async () => {
    const { id } = await maker.make(name)
    const path = `${pathOf(r)}/${id}`
    const before = (await client.get(path)).body
    const ids = async (query: string): Promise<string[]> =>
      (await client.get(`${pathOf(r)}?limit=200&sort=-created_at&${query}`)).body.data.map((row: { id: string }) => row.id)
    expect((await client.delete(path, undefined, { 'if-match': `"${before.version}"` })).status).toBe(204)
    expect(await ids('')).not.toContain(id)
    expect(await ids('deleted=true')).toContain(id)
    const gone = (await client.get(path)).body
    expect([gone.deleted_at !== null, gone.may]).toEqual([true, ['restore', 'history']])
    const now = { 'if-match': `"${gone.version}"` }
    expect((await client.patch(path, {}, now)).status).toBe(404)
    expect((await client.delete(path, undefined, now)).status).toBe(404)
    for (const a of model.actions.get(name) ?? [])
      if (a.on === 'one')
        expect([404, 422]).toContain((await client.post(`${path}/${a.noun}`, await maker.input(name, a.noun, a.input))).status)
    if (r.verbs.includes('reveal') && Object.values(r.fields).some((f) => f.secret))
      expect((await client.post(`${path}/disclosure`, { fields: [Object.entries(r.fields).find(([, f]) => f.secret)![0]] })).status).toBe(
        404,
      )
    const back = await client.post(`${path}/restoration`)
    expect(back.status).toBe(200)
    const { version: _v, updated_at: _u, ...same } = before
    expect(back.body).toMatchObject(same)
    expect((await client.post(`${path}/restoration`)).status).toBe(404)
    const history = (await client.get(`${path}/history`)).body.data
    expect(history.slice(0, 2).map((e: { action: string }) => e.action)).toEqual(['restored', 'deleted'])
    expect(history[0]).toMatchObject({ actor: { name: 'Andi Saputra' }, request_id: expect.stringMatching(/\S/) })
  })

  // It needs two rows.
  test.skipIf(sampleFor(name).single)('a batch does each row by itself and says how each went', async () => {
    const [one, two] = [await maker.make(name), await maker.make(name)]
    const unknown = '01900000-0000-7000-8000-00000000ffff'
    const order = (action: string, items: unknown, more = {}): ReturnType<Client['post']> =>
      client.post(`${pathOf(r)}/batch`, { action, items, ...more })
    const statuses = (body: { results: { id: string; status: number }[] }): Record<string, number> =>
      Object.fromEntries(body.results.map((x) => [x.id, x.status]))
    const stale = await order('delete', [{ id: one.id, version: 77 }, { id: two.id }, { id: unknown }])
    expect(statuses(stale.body)).toEqual({ [one.id]: 412, [two.id]: 200, [unknown]: 404 })
    expect(statuses((await order('restore', [{ id: one.id }, { id: two.id }])).body)).toEqual({ [one.id]: 404, [two.id]: 200 })
    for (const wrong of [
      [],
      'x',
      null,
      [null],
      [{}],
      [{ id: 'x' }],
      [{ id: one.id, version: 'x' }],
      [{ id: one.id, version: 1.5 }],
      Array.from({ length: 501 }, () => ({ id: one.id })),
    ])
      expect((await order('delete', wrong)).body, JSON.stringify(wrong)?.slice(0, 50)).toMatchObject({
        status: 422,
        errors: [{ field: 'items' }],
      })
    expect((await order('purge', [{ id: one.id }])).body).toMatchObject({ status: 422, errors: [{ field: 'action' }] })
    if (r.verbs.includes('update'))
      expect((await order('update', [{ id: one.id }], { changes: { gaji: 1 } })).body.results[0]).toMatchObject({
        status: 422,
        code: 'invalid_input',
      })
  })
})

describe.each(that('export'))('%s', (name, r) => {
  test.each(['csv', 'xlsx'] as const)('its %s file reads back as the list it was made from', async (format) => {
    await maker.make(name)
    const columns = Object.keys(r.fields).filter((f) => r.fields[f]?.kind === 'text' && !r.fields[f]?.secret)
    const list: Record<string, unknown>[] = []
    for (let next: string | null = ''; next !== null; ) {
      const { body } = await client.get(`${pathOf(r)}?limit=200${next && `&after=${encodeURIComponent(next)}`}`)
      list.push(...body.data)
      next = body.page.next
    }
    const response = await client.raw(`${pathOf(r)}/export?format=${format}&columns=${['created_at', ...columns].join(',')}`)
    expect(response.headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="sukamaju-${r.plural}-\\d{4}-\\d\\d-\\d\\d\\.${format}"$`),
    )
    const sheet = await readSheet(new Uint8Array(await response.arrayBuffer()), `x.${format}`)
    expect(sheet.headings.slice(1)).toEqual(columns.map((c) => r.fields[c]!.label.id))
    const rows = sheet.rows.map((row) => columns.map((_, i) => row.cells[i + 1] ?? ''))
    const lines = (cells: string[][]): string[] => cells.map((row) => row.join('\u001f')).toSorted()
    expect(lines(rows)).toEqual(lines(list.map((row) => columns.map((c) => String(row[c] ?? '')))))
  })

  test('whoever takes it away is remembered', async () => {
    await client.get(`${pathOf(r)}/export`)
    const { body } = await client.get(`/core/audit_logs?action=exported&resource=${name}&limit=1`)
    expect(body.data[0]).toMatchObject({ actor: { name: 'Andi Saputra' }, action: 'exported' })
  })
})
