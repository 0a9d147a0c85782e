// What "embedded means durable" promises, in a short form; the long one is kill.ts.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DatabaseUnavailable, openDatabase } from '#kernel/db/open.ts'
import { killRounds, writer } from './kill.ts'

let dataDir: string
beforeEach(() => void (dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'balai-lives-'))))
afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }))

async function until(child: ReturnType<typeof writer>, word: string): Promise<void> {
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith(word)) return
  throw new Error(`the writer ended without saying "${word}"`)
}
const ended = (child: ReturnType<typeof writer>) => new Promise<number | null>((resolve) => child.on('exit', resolve))

describe('the office computer in Sukamaju', () => {
  test('loses power four times while families are entered: none that was confirmed is lost, none is half there', async () => {
    const tally = await killRounds(4)
    expect(tally).toMatchObject({ lost: [], torn: [], failedStarts: [] })
    expect(tally.confirmed).toBeGreaterThan(0)
  }, 120_000)

  test('refuses a second Balai on the same data, naming the first, and takes over once the first was killed', async () => {
    const first = writer(dataDir, 'first')
    await until(first, 'ready')
    const refused = await openDatabase({ dataDir }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(DatabaseUnavailable)
    expect((refused as DatabaseUnavailable).in('id')).toContain(`proses ${first.pid}`)
    const gone = ended(first)
    first.kill('SIGKILL')
    await gone
    const db = await openDatabase({ dataDir })
    await expect(openDatabase({ dataDir })).rejects.toThrow(`process ${process.pid}`)
    expect((await db.owner.query('select count(*)::int as n from core.families')).rows[0].n).toBeGreaterThanOrEqual(0)
    await db.close()
    await (await openDatabase({ dataDir })).close()
  }, 60_000)

  test('is switched off in order: SIGTERM finishes what runs, writes a checkpoint and leaves no lock', async () => {
    const child = writer(dataDir, 'only')
    await until(child, 'wrote')
    const gone = ended(child)
    child.kill('SIGTERM')
    expect(await gone).toBe(0)
    expect(fs.existsSync(path.join(dataDir, 'db.lock'))).toBe(false)
    // The first word after the version numbers of pg_control: 1 = shut down in order.
    expect(fs.readFileSync(path.join(dataDir, 'db', 'global', 'pg_control')).readInt32LE(16)).toBe(1)
  }, 60_000)
})
