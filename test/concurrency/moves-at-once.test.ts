// Two officers on one record, and two workers on one deadline, on a real server: one wins, the other is told, nothing happens twice.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepClocks } from '#kernel/workflow/keep.ts'
import { openWorld, type Client, type World } from '../world.ts'

const server = !!process.env['TEST_DATABASE_URL']
if (!server)
  process.stderr.write(
    'test/concurrency: skipped, because TEST_DATABASE_URL names no PostgreSQL server; the embedded database serves one at a time.\n',
  )

describe.skipIf(!server)('on a server', () => {
  let world: World
  let andi: Client
  let budi: Client
  let book: string
  beforeAll(async () => {
    world = await openWorld()
    ;[andi, budi] = [await world.as('andi'), await world.as('budi')]
    book = (await budi.post('/library/books', { title: 'Bumi Manusia', kind: 'novel', pages: 535 })).body.id
  })
  afterAll(() => world?.close())

  const ask = async (borrower: string): Promise<string> => (await budi.post('/library/loans', { book_id: book, borrower })).body.id
  const past = async (id: string): Promise<any[]> => (await budi.get(`/library/loans/${id}/status-history`)).body.data

  test('twenty answer the same request, half of them yes and half no: one answer holds, nineteen learn whose', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await ask(`Sari ${round}`)
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          i % 2 ? andi.post(`/library/loans/${id}/handover`, {}) : budi.post(`/library/loans/${id}/refusal`, { reason: 'Tidak ada' }),
        ),
      )
      const won = answers.filter((a) => a.status === 200)
      expect(won.length, JSON.stringify(answers.map((a) => a.status))).toBe(1)
      const state = won[0]!.body.status
      const who = state === 'lent' ? 'Andi Saputra' : 'Budi Pustaka'
      for (const a of answers) if (a.status !== 200) expect(a.body).toMatchObject({ status: 409, code: 'moved_on', state, who })
      expect((await past(id)).map((h) => h.to)).toEqual([state, 'requested'])
    }
  })

  test('four workers serve the same hour: every record is moved once, every deadline told once', async () => {
    const ids = await Promise.all(Array.from({ length: 15 }, (_, i) => ask(`Tono ${i}`)))
    for (const [i, id] of ids.entries())
      await budi.post(`/library/loans/${id}/${i % 3 ? 'question' : 'handover'}`, i % 3 ? { question: 'Kapan?' } : {})
    const kept = await Promise.all(Array.from({ length: 4 }, () => keepClocks(world.house, new Date(Date.now() + 20 * 86_400_000))))
    expect(kept.reduce((sum, k) => sum + k.failed, 0)).toBe(0)
    expect(kept.reduce((sum, k) => sum + k.moved, 0)).toBe(10)
    for (const [i, id] of ids.entries()) {
      expect((await past(id)).map((h) => h.move)).toEqual(i % 3 ? ['lapse', 'question', null] : ['handover', null])
      const { rows } = await world.house.database.owner.query('select name from core.events where resource_id = $1 order by id', [id])
      const told = i % 3 ? ['question', 'lapse'] : ['handover', 'overdue']
      expect(rows.map((e) => e.name)).toEqual(told.map((noun) => `library.loans.${noun}`))
    }
  })

  test('people move while holidays come and the clocks are worked out: nobody waits for another, no clock is wrong', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, (_, i) => ask(`Umar ${i}`)))
    const moves = ids.map((id, i) => (i % 2 ? andi : budi).post(`/library/loans/${id}/handover`, {}))
    const free = Array.from({ length: 6 }, (_, i) => andi.post('/core/holidays', { date: `2031-01-0${i + 1}`, name: 'Libur' }))
    const rounds = Array.from({ length: 4 }, () => keepClocks(world.house))
    const answers = await Promise.all([...moves, ...free])
    expect(answers.map((a) => a.status).filter((s) => s >= 300)).toEqual([])
    expect((await Promise.all(rounds)).reduce((sum, k) => sum + k.failed, 0)).toBe(0)
    await keepClocks(world.house)
    for (const id of ids) {
      const { clock } = (await budi.get(`/library/loans/${id}`)).body
      expect(Date.parse(clock.due_at) - Date.parse(clock.since)).toBe(14 * 86_400_000)
    }
  })
})
