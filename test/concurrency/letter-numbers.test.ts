// Letter numbers under load, on a real server: 500 clerks at once, many of whom change their minds. No number is lost, none comes twice.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawNumber, numberByHand } from '#modules/letters/numbers/draw.ts'
import { openWorld, type World } from '../world.ts'

const server = !!process.env['TEST_DATABASE_URL']
if (!server)
  process.stderr.write(
    'test/concurrency: skipped, because TEST_DATABASE_URL names no PostgreSQL server; the embedded database serves one at a time.\n',
  )

const ASKED = {
  flow: 'LETTER',
  code: 'S-41',
  classification: null,
  pattern: '[kode_surat]/[nomor_surat, 3]/[kode_desa]/[bulan_romawi]/[tahun]',
  villageCode: '9902042003',
  day: '2026-03-05',
} as const

describe.skipIf(!server)('on a server', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world?.close())

  const drawn = async (): Promise<number[]> => {
    const { rows } = await world.house.database.owner.query(
      "select sequence from letters.letter_numbers where scope = 'type:S-41' and year = 2026 order by sequence",
    )
    return rows.map((row) => row.sequence)
  }

  test('500 draw at once and a third of them roll back: the sequence has no gap and nothing twice', async () => {
    // Which of them fail is the same in every run.
    const fails = (i: number): boolean => (i * 7919) % 3 === 0
    const got = await Promise.allSettled(
      Array.from({ length: 500 }, (_, i) =>
        world.write('andi', 'sukamaju', async (ctx) => {
          const { number } = await drawNumber(ctx, ASKED)
          if (fails(i)) throw new Error('changed their mind')
          return number
        }),
      ),
    )
    const numbers = got.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const wanted = Array.from({ length: 500 }, (_, i) => i).filter((i) => !fails(i)).length
    expect(numbers.length).toBe(wanted)
    expect(new Set(numbers).size).toBe(wanted)
    expect(await drawn()).toEqual(Array.from({ length: wanted }, (_, i) => i + 1))
  }, 120_000)

  test('numbers by hand and drawn ones at the same time never collide', async () => {
    const last = (await drawn()).length
    const ahead = Array.from({ length: 10 }, (_, i) => `S-41/${last + 1 + i * 2}/9902042003/III/2026`)
    const got = await Promise.allSettled([
      ...ahead.map((number) => world.write('andi', 'sukamaju', (ctx) => numberByHand(ctx, ASKED, number, 'Ditulis di kertas'))),
      ...Array.from({ length: 30 }, () => world.write('siti', 'sukamaju', (ctx) => drawNumber(ctx, ASKED))),
    ])
    const failed = got.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))
    expect(failed.filter((why) => !/409 number_taken/.test(why))).toEqual([])
    const { rows } = await world.house.database.owner.query('select number, sequence from letters.letter_numbers where year = 2026')
    expect(new Set(rows.map((row) => row.number)).size).toBe(rows.length)
    // Every place of the sequence is a drawn number or one by hand.
    const spelled = new Set(rows.map((row) => Number(String(row.number).split('/')[1])))
    expect(spelled.size).toBe(rows.length)
    expect(Math.max(...spelled)).toBe(rows.length)
  }, 60_000)
})
