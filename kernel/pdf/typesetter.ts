// Hands documents to the thread that sets them, one after the other, and gives up on one that takes too long.
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { Refusal } from '#kernel/http/refusal.ts'
import type { Order, Made } from './setting.ts'

/** A document that takes longer is given up, in milliseconds; and so many may wait. */
const PATIENCE_MS = 60_000
const WAITING_MAX = 20

type Waiting = { readonly done: (answer: Made) => void; readonly fail: (error: Error) => void }
let thread: Worker | null = null
let last = 0
const waiting = new Map<number, Waiting>()

/** Whether this machine has a typesetter: Typst's packages exist for Linux on x64 only, at the version that writes tagged PDF. */
export const typesetterIsHere = (): boolean => (here ??= resolves())

let here: boolean | undefined
const resolves = (): boolean => {
  try {
    createRequire(import.meta.url).resolve('@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu')
    return true
  } catch {
    return false
  }
}

const notHere = (): Refusal =>
  new Refusal(501, 'pdf_unavailable', {
    id: 'Server ini tidak dapat membuat PDF. Cetak dari peramban (Ctrl+P), lalu pilih “Simpan sebagai PDF”.',
    en: 'This server cannot make PDFs. Print from the browser (Ctrl+P) and choose “Save as PDF”.',
  })

const busy = (): Refusal =>
  new Refusal(503, 'pdf_busy', {
    id: 'Pembuat PDF sedang sibuk. Coba lagi sebentar.',
    en: 'The PDF maker is busy. Try again in a moment.',
  })

/** Everybody who waits is told; the next document starts a new thread. */
function drop(error: Error): void {
  void thread?.terminate()
  thread = null
  for (const one of waiting.values()) one.fail(error)
  waiting.clear()
}

function theThread(): Worker {
  if (thread) return thread
  const made = new Worker(new URL('./setting.ts', import.meta.url), { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 256 } })
  made.unref()
  made.on('message', (answer: Made) => {
    waiting.get(answer.id)?.done(answer)
    waiting.delete(answer.id)
    if (waiting.size === 0) made.unref()
  })
  made.on('error', (error) => made === thread && drop(error))
  made.on('exit', () => made === thread && drop(busy()))
  thread = made
  return made
}

/**
 * Sets `data` by a template, the address of a file of ours (`new URL('./letter.typ', import.meta.url)`); answers the bytes of a PDF/A-2a.
 * `at`: seconds since 1970 that the file says it was made: the same data at the same moment are the same bytes.
 * Throws 501 where there is no typesetter, 503 when it does not keep up.
 */
export const typeset = (template: URL, data: unknown, at: number): Promise<Uint8Array<ArrayBuffer>> => set('pdf', template, data, at)

/** The same as one picture (SVG, pages under each other), for looking at while it is written: browsers show it everywhere. */
export const typesetPicture = (template: URL, data: unknown): Promise<Uint8Array<ArrayBuffer>> => set('svg', template, data, 0)

async function set(as: Order['as'], template: URL, data: unknown, at: number): Promise<Uint8Array<ArrayBuffer>> {
  if (!typesetterIsHere()) throw notHere()
  if (waiting.size >= WAITING_MAX) throw busy()
  const order: Order = { id: ++last, as, template: template.href, data: JSON.stringify(data), at }
  const answer = await new Promise<Made>((done, fail) => {
    const late = setTimeout(() => drop(busy()), PATIENCE_MS)
    late.unref()
    const settled =
      <T>(then: (value: T) => void) =>
      (value: T): void => {
        clearTimeout(late)
        then(value)
      }
    waiting.set(order.id, { done: settled(done), fail: settled(fail) })
    const worker = theThread()
    worker.ref()
    worker.postMessage(order)
  })
  if (!answer.bytes) throw new Error(`A page was not set: ${answer.failure ?? 'unknown'}`)
  return answer.bytes
}
