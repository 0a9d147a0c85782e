// A file of 200 MB comes in and goes out again, and the process is hardly larger for it: measured in memory, not in time.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '#test/world.ts'
import { pdf, upload } from './test-files.ts'

const MB = 1_000_000
const SIZE = 200 * MB

let world: World
beforeAll(async () => {
  world = await openWorld()
  Object.assign(world.house.config.files, { maxBytes: SIZE * 2 })
}, 120_000)
afterAll(() => world?.close())

/** Sends a file of so many bytes and reads it again; answers by how much the process was larger at its largest, in MB. */
async function inAndOut(size: number): Promise<number> {
  const siti = await world.as('siti')
  let most = 0
  const before = process.memoryUsage().rss
  const look = (): void => void (most = Math.max(most, process.memoryUsage().rss - before))
  const [head, tail] = [pdf('', '%').subarray(0, 20), pdf('', '%').subarray(20)]
  let left = size
  const large = new ReadableStream<Uint8Array>({
    pull(controller) {
      look()
      if (left === size) controller.enqueue(head)
      if (left > 0) controller.enqueue(Buffer.alloc(256 * 1024, '%'))
      left -= 256 * 1024
      if (left > 0) return
      controller.enqueue(tail)
      controller.close()
    },
  })
  const { status, body } = await upload(siti, 'besar.pdf', large)
  expect(status, JSON.stringify(body)).toBe(201)
  expect(body.size).toBeGreaterThanOrEqual(size)
  let read = 0
  await world.read('siti', 'sukamaju', async (ctx) => {
    for await (const part of await ctx.files.open(body.id)) {
      read += part.length
      look()
    }
  })
  expect(read).toBe(body.size)
  return most / MB
}

test('what 200 MB need beyond 60 is far less than what they are', { timeout: 240_000 }, async () => {
  // The first file makes room for pieces that wait to be collected; a larger one does with the same.
  await inAndOut(60 * MB)
  expect(await inAndOut(SIZE)).toBeLessThan(SIZE / MB / 3)
})
