// Kills a writing Balai at random moments, again and again, and checks after each start that every confirmed
// transaction is there and none is half there. By hand: node test/durability/kill.ts [rounds]
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

export type Tally = { rounds: number; confirmed: number; lost: string[]; torn: string[]; failedStarts: string[]; killedBeforeReady: number }

type Life = { dataDir: string; confirmed: Set<string>; tally: Tally; report: (line: string) => void }

export const writer = (dataDir: string, round: number | string) =>
  spawn(process.execPath, [path.join(import.meta.dirname, 'writer.ts'), dataDir, String(round)], { stdio: ['ignore', 'pipe', 'pipe'] })

/** Runs `rounds` kills and one last orderly look. `report` hears a line per round. */
export async function killRounds(rounds: number, report: (line: string) => void = () => {}): Promise<Tally> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'balai-kill-'))
  const tally: Tally = { rounds, confirmed: 0, lost: [], torn: [], failedStarts: [], killedBeforeReady: 0 }
  const confirmed = new Set<string>()
  const life: Life = { dataDir, confirmed, tally, report }
  try {
    for (let round = 0; round <= rounds; round++) await live(life, round, round === rounds)
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
  tally.confirmed = confirmed.size
  return tally
}

/** One life of the writer. Every fourth is cut short at any moment after its birth, even while it makes or repairs the database. */
async function live(life: Life, round: number, last: boolean): Promise<void> {
  const { dataDir, confirmed, tally, report } = life
  const child = writer(dataDir, round)
  const found = new Set<string>()
  const before = confirmed.size
  let ready = false
  let errors = ''
  const end = (): void => void child.kill(last ? 'SIGTERM' : 'SIGKILL')
  let timer = round % 4 === 1 && !last ? setTimeout(end, Math.random() * 2_500) : undefined
  child.stderr.on('data', (data) => (errors += data))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, batch = '', state] = line.split(' ')
    if (word === 'wrote') confirmed.add(batch)
    if (word === 'found') {
      found.add(batch)
      if (state === 'torn') tally.torn.push(batch)
    }
    if (word !== 'ready') continue
    ready = true
    for (const kept of confirmed) if (!found.has(kept)) tally.lost.push(kept)
    timer ??= setTimeout(end, Math.random() * 700)
  }
  clearTimeout(timer)
  const code = await ended
  if (!ready) tally.killedBeforeReady++
  if (errors !== '' || (last && code !== 0)) tally.failedStarts.push(`round ${round}: exit ${code}: ${errors.slice(0, 2_000)}`)
  report(`round ${round}: ${ready ? `${found.size} found, ${confirmed.size - before} confirmed` : 'killed before it was ready'}`)
}

if (process.argv[1] === import.meta.filename) {
  const tally = await killRounds(Number(process.argv[2] ?? 100), console.log)
  console.log(tally)
  process.exitCode = tally.lost.length + tally.torn.length + tally.failedStarts.length > 0 ? 1 : 0
}
