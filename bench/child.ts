// Servers under measurement run as processes of their own, so that nothing of the benchmark is in their time or memory.
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Running = {
  readonly base: string
  /** From starting the process to its first answer, in milliseconds. */
  readonly startMs: number
  /** Resident memory in MB now; null where the system does not tell. */
  rss(): number | null
  /** Processor time used so far, in microseconds; null where the system does not tell. */
  cpu(): number | null
  stop(): Promise<void>
}

export const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Starts a server (it sends `{ port }` when it listens) and waits until `ready` answers. Throws what it said when it does not start. */
export async function start(
  file: string,
  env: Record<string, string>,
  ready: string,
  options: { nodeArgs?: readonly string[]; cwd?: string; seconds?: number; node?: string } = {},
): Promise<Running> {
  const began = performance.now()
  const child = fork(file, {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    execArgv: [...(options.nodeArgs ?? [])],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    ...(options.cwd ? { cwd: options.cwd } : {}),
    ...(options.node ? { execPath: options.node } : {}),
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)))
  const { port } = await new Promise<{ port: number }>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${file} did not start in time.\n${said}`)), (options.seconds ?? 60) * 1000)
    child.once('message', (message) => {
      clearTimeout(late)
      resolve(message as { port: number })
    })
    child.once('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`${file} ended with ${code}.\n${said}`))
    })
  })
  const base = `http://127.0.0.1:${port}`
  const answer = await fetch(base + ready)
  await answer.arrayBuffer()
  const startMs = performance.now() - began
  return { base, startMs, rss: () => rssOf(child.pid), cpu: () => cpuOf(child.pid), stop: () => stop(child) }
}

function rssOf(pid: number | undefined): number | null {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024)
  } catch {
    return null
  }
}

/** Clock ticks of Linux are hundredths of a second for every process. */
function cpuOf(pid: number | undefined): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10_000
  } catch {
    return null
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  if (child.connected) child.send('stop')
  const late = setTimeout(() => child.kill('SIGKILL'), 8_000)
  await ended
  clearTimeout(late)
}
