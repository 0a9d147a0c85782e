// What keeps processes of one installation in step: a single listening connection, whoever listens, that never goes deaf unnoticed.
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Ear, hear, tell } from './hear.ts'
import { type Database, openDatabase } from './open.ts'

const template = inject('template')
if (template.kind === 'embedded') process.stderr.write('hear: skipped, there are no other processes on the embedded database\n')

describe.skipIf(template.kind === 'embedded')('one ear for a process', () => {
  let database: Database
  const ears: Ear[] = []
  beforeAll(async () => {
    if (template.kind !== 'server') return
    database = await openDatabase({ url: template.url, dataDir: '', poolSize: 2 })
  })
  afterAll(async () => {
    for (const ear of ears) await ear.stop()
    await database?.close()
  })

  // This test's own process only: others use the server too.
  const mine = `application_name = 'balai listener' and query like '%ear_${process.pid}%'`
  const listening = async (): Promise<number> => (await database.owner.query(`select 1 from pg_stat_activity where ${mine}`)).rowCount ?? 0
  const listenTo = (channel: string, heard: (string | null)[]): Ear => {
    const ear = hear(database, `ear_${process.pid}_${channel}`, (word) => heard.push(word))
    ears.push(ear)
    return ear
  }
  const say = (channel: string, word: string): Promise<void> => tell(database, `ear_${process.pid}_${channel}`, word)

  test('all listen on one connection, also who comes later, and each hears only its own channel', async () => {
    const [doors, rooms, late]: (string | null)[][] = [[], [], []]
    const first = listenTo('doors', doors!)
    listenTo('rooms', rooms!)
    expect(first.hears()).toBe(false)
    await expect.poll(() => [doors, rooms]).toEqual([[null], [null]])
    const second = listenTo('doors', late!)
    await expect.poll(() => late).toEqual([null])
    expect(second.hears()).toBe(true)
    await say('doors', 'open')
    await say('rooms', 'empty')
    await expect
      .poll(() => [doors, late, rooms])
      .toEqual([
        [null, 'open'],
        [null, 'open'],
        [null, 'empty'],
      ])
    expect(await listening()).toBe(1)
  })

  test('a broken connection is told to everybody, and so is the new one, which hears again', async () => {
    const heard: (string | null)[] = []
    const ear = listenTo('doors', heard)
    await expect.poll(() => ear.hears()).toBe(true)
    heard.length = 0
    await database.owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${mine}`)
    await expect.poll(() => [ear.hears(), heard]).toEqual([false, [null]])
    await expect.poll(() => ear.hears(), { timeout: 5_000 }).toBe(true)
    expect(heard).toEqual([null, null])
    await say('doors', 'open again')
    await expect.poll(() => heard.at(-1)).toBe('open again')
    expect(await listening()).toBe(1)
  })

  test('who stopped hears nothing more, and the last one to stop closes the connection', async () => {
    const heard: (string | null)[] = []
    const ear = listenTo('rooms', heard)
    await expect.poll(() => heard).toEqual([null])
    await ear.stop()
    await say('rooms', 'full')
    for (const other of ears.splice(0)) await other.stop()
    await expect.poll(listening).toBe(0)
    expect(heard).toEqual([null])
    const again = listenTo('rooms', heard)
    await expect.poll(() => again.hears()).toBe(true)
  })
})
