// Many people at the same moment, which only a real server can show: one wins, nobody is lost, nobody waits for ever.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makerOf, pathOf, type Maker } from '../matrix/maker.ts'
import { openWorld, type Answer, type Client, type World } from '../world.ts'

const server = !!process.env['TEST_DATABASE_URL']
if (!server)
  process.stderr.write(
    'test/concurrency: skipped, because TEST_DATABASE_URL names no PostgreSQL server; the embedded database serves one at a time.\n',
  )

describe.skipIf(!server)('on a server', () => {
  let world: World
  let andi: Client
  let siti: Client
  let maker: Maker
  beforeAll(async () => {
    world = await openWorld()
    andi = await world.as('andi')
    siti = await world.as('siti')
    maker = makerOf(world, andi, 'Sukamaju')
  })
  afterAll(() => world?.close())

  const count = (answers: readonly Answer[]): Record<number, number> => {
    const found: Record<number, number> = {}
    for (const { status } of answers) found[status] = (found[status] ?? 0) + 1
    return found
  }
  const atOnce = <T>(n: number, work: (i: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: n }, (_, i) => work(i)))

  test('both pools are what they say: the owner owns, the application does not', async () => {
    const who = async (pool: World['house']['database']['app']): Promise<string[]> =>
      (await atOnce(12, async () => (await pool.query<{ me: string }>('select current_user as me')).rows[0]?.me ?? '')).filter(
        (v, i, all) => all.indexOf(v) === i,
      )
    expect(await who(world.house.database.app)).toEqual(['balai_app'])
    expect(await who(world.house.database.owner)).not.toContain('balai_app')
  })

  test('twenty change one resident from the same page: exactly one wins each version', async () => {
    const { id } = await maker.make('registry.citizens')
    const path = `/registry/citizens/${id}`
    for (let round = 0; round < 5; round++) {
      const { version } = (await andi.get(path)).body
      const answers = await atOnce(20, (i) =>
        (i % 2 ? andi : siti).patch(path, { occupation: `Petani ${round}-${i}` }, { 'if-match': `"${version}"` }),
      )
      expect(count(answers), JSON.stringify(answers.find((a) => ![200, 412].includes(a.status))?.body)).toEqual({ 200: 1, 412: 19 })
      const winner = answers.find((a) => a.status === 200)?.body
      const now = (await andi.get(path)).body
      expect([now.version, now.occupation]).toEqual([version + 1, winner.occupation])
      for (const late of answers.filter((a) => a.status === 412))
        expect(late.body.current).toMatchObject({ version: version + 1, occupation: winner.occupation })
    }
    const history = (await andi.get(`${path}/history`)).body.data
    expect(history.filter((e: { action: string }) => e.action === 'changed').length).toBe(5)
  })

  test('twenty register the same NIK: one resident, nineteen told so', async () => {
    const bodies = await atOnce(20, () => maker.body('registry.citizens', { nik: '3201011708450001' }))
    const answers = await atOnce(20, (i) => (i % 2 ? andi : siti).post('/registry/citizens', bodies[i]))
    expect(count(answers), JSON.stringify(answers.find((a) => ![201, 409].includes(a.status))?.body)).toEqual({ 201: 1, 409: 19 })
    for (const a of answers) if (a.status === 409) expect(a.body).toMatchObject({ code: 'already_used', errors: [{ field: 'nik' }] })
    expect((await andi.get('/registry/citizens?nik=3201011708450001&count=true')).body.page.total).toBe(1)
  })

  test('twenty name the same shelf; in two villages it is two shelves', async () => {
    const budi = await world.as('budi')
    const made = await world.as('made', 'merantian')
    const answers = await atOnce(20, (i) => (i % 2 ? budi : made).post('/library/shelves', { code: 'SAMA' }))
    expect(count(answers)).toEqual({ 201: 2, 409: 18 })
  })

  test('every unique rule of every resource holds when two write at once', async () => {
    for (const r of world.house.model.resources.values())
      for (const u of r.unique ?? []) {
        if (!r.verbs.includes('create') || u.where || u.fields.some((f) => r.fields[f]?.readonly)) continue
        const body = await maker.body(r.name)
        const answers = await atOnce(6, async () =>
          andi.post(pathOf(r), { ...(await maker.body(r.name)), ...Object.fromEntries(u.fields.map((f) => [f, body[f]])) }),
        )
        expect(count(answers), `${u.name} ${JSON.stringify(answers.map((a) => a.body.code))}`).toEqual({ 201: 1, 409: 5 })
      }
  })

  test('one key sent by twenty at once is one resident', async () => {
    const body = await maker.body('registry.citizens')
    const answers = await atOnce(20, () => andi.post('/registry/citizens', body, { 'idempotency-key': 'sekali-saja' }))
    expect(count(answers)).toEqual({ 201: 20 })
    expect(new Set(answers.map((a) => a.body.id)).size).toBe(1)
  })

  test('batches over the same rows in opposite order neither lock each other out nor lose a row', async () => {
    const ids = (await atOnce(12, () => maker.make('library.shelves'))).map((m) => m.id)
    const batch = (order: string[], action: string): Promise<Answer> =>
      andi.post('/library/shelves/batch', { action, items: order.map((id) => ({ id })), changes: {} })
    const answers = await atOnce(16, (i) =>
      batch(i % 2 ? ids : ids.toReversed(), i % 4 < 2 ? 'update' : i % 4 === 2 ? 'delete' : 'restore'),
    )
    expect(count(answers), JSON.stringify(answers.find((a) => a.status !== 200)?.body)).toEqual({ 200: 16 })
    expect(
      answers.flatMap((a) => a.body.results.map((x: { status: number }) => x.status)).every((s: number) => [200, 404].includes(s)),
    ).toBe(true)
    const history = await Promise.all(ids.map(async (id) => (await andi.get(`/library/shelves/${id}`)).body))
    for (const row of history) expect(row.version).toBeGreaterThan(4)
  })

  test('residents and batches over them, changed from both ends at once: no deadlock reaches anybody', async () => {
    const ids = (await atOnce(8, () => maker.make('registry.citizens'))).map((m) => m.id)
    const one = async (id: string, i: number): Promise<Answer> => {
      const { version } = (await andi.get(`/registry/citizens/${id}`)).body
      return siti.patch(`/registry/citizens/${id}`, { notes: `catatan ${i}` }, { 'if-match': `"${version}"` })
    }
    const answers = await Promise.all([
      ...Array.from({ length: 6 }, (_, i) =>
        andi.post('/registry/citizens/batch', {
          action: 'update',
          items: (i % 2 ? ids : ids.toReversed()).map((id) => ({ id })),
          changes: { ethnicity: `suku ${i}` },
        }),
      ),
      ...ids.flatMap((id, i) => [one(id, i), one(id, i + 100)]),
    ])
    for (const a of answers) expect([200, 412], JSON.stringify(a.body)).toContain(a.status)
  })

  test('actions on one family at once leave it with one head', async () => {
    const actions = world.house.model.actions.get('registry.citizens') ?? []
    const { id } = await maker.make('registry.citizens')
    const dying = actions.find((a) => a.noun === 'death')
    if (!dying) return
    const input = await maker.input('registry.citizens', 'death', dying.input)
    const answers = await atOnce(8, () => andi.post(`/registry/citizens/${id}/death`, input))
    expect(count(answers)[200] ?? 0, JSON.stringify(answers[0]?.body)).toBeLessThanOrEqual(1)
    for (const a of answers) expect([200, 409, 422], JSON.stringify(a.body)).toContain(a.status)
  })

  test('a role taken away in the middle of work: whoever comes after is refused, nobody sees a 500', async () => {
    const role = (await andi.post('/core/roles', { name: 'Sementara', permissions: ['library.*:*'], visibility: {} })).body
    const path = `/core/roles/${role.id}`
    // Andi says his PIN once, before everything happens at the same time.
    await andi.patch(path, { description: 'Untuk sementara' }, { 'if-match': `"${role.version}"` })
    const changes = atOnce(10, async () =>
      andi.patch(path, { permissions: ['library.books:read'] }, { 'if-match': `"${(await andi.get(path)).body.version}"` }),
    )
    const reads = atOnce(30, () => siti.get('/registry/citizens?limit=5'))
    for (const a of [...(await changes), ...(await reads)]) expect([200, 412], JSON.stringify(a.body)).toContain(a.status)
  })

  test('eight imports of the same shelves at once: every shelf once, every import finished', async () => {
    await world.house.jobs.work()
    const file = `Kode\n${Array.from({ length: 40 }, (_, i) => `IMP-${i}`).join('\n')}\n`
    const uploads = await atOnce(8, async (i) => {
      const form = new FormData()
      form.set('file', new File([file], `rak-${i}.csv`))
      form.set('importer', 'library.shelves')
      return (await andi.post('/imports', form)).body.id as string
    })
    const over = (body: any): boolean => ['succeeded', 'failed'].includes(body.job?.status)
    const settled = async (id: string, job: string): Promise<any> => {
      for (let i = 0; i < 300; i++) {
        const { body } = await andi.get(`/imports/${id}`)
        if (body.job?.name === job && over(body)) return body
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      throw new Error(`The import ${id} never ended: ${JSON.stringify((await andi.get(`/imports/${id}`)).body)}`)
    }
    await Promise.all(uploads.map((id) => andi.post(`/imports/${id}/check`)))
    const checked = await Promise.all(uploads.map((id) => settled(id, 'core.import_check')))
    expect(checked.map((c) => c.status)).toEqual(uploads.map(() => 'checked'))
    await Promise.all(uploads.map((id) => andi.post(`/imports/${id}/confirmation`)))
    const done = await Promise.all(uploads.map((id) => settled(id, 'core.import_apply')))
    // Who comes second finds the register changed since the dry run, and shows what is new instead of writing twice.
    expect(done.filter((d) => d.status === 'applied').length).toBe(1)
    for (const d of done)
      if (d.status !== 'applied')
        expect(d).toMatchObject({ status: 'checked', counts: { new: 0, unchanged: 40 }, job: { error: { code: 'verdicts_changed' } } })
    const { body } = await andi.get('/library/shelves?q=IMP-&count=true&limit=200')
    expect(body.data.length).toBe(40)
    await world.house.jobs.stop()
  })
})
