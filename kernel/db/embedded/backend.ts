// Drives the PostgreSQL inside PGlite with protocol bytes. PGlite's own loop swallows every exception and tries again,
// so a trap in the WebAssembly would spin for ever; here a trap or an exit ends the backend and is reported once.
import type { PGlite } from '@electric-sql/pglite'
import { errorIn, query, rowsIn } from './messages.ts'

/** How PGlite's build says "an ERROR was raised; unwind to the main loop": its longjmp in disguise. */
const LONG_JUMP = 100
const READ_STATUS = -2
/** Signature of both callbacks: (pointer, length) → length, all 32-bit integers. */
const TRANSFER = 'iii'

/** The backend is gone: a trap (out of stack, out of bounds), a PANIC, or a FATAL error. Nothing acknowledged is lost. */
export class BackendCrashed extends Error {
  constructor(cause: unknown) {
    super('The embedded database stopped unexpectedly', { cause })
    this.name = 'BackendCrashed'
  }
}

export type Backend = {
  /** Runs one unit of messages and returns everything the server answered. Throws BackendCrashed. */
  run(unit: Uint8Array): Buffer
  /** Whether a transaction block is open (or failed and waiting for its ROLLBACK). */
  inTransaction(): boolean
  /** For the house's own statements: rows as texts. Throws on an SQL error. */
  ask(sql: string): string[][]
  /** Shuts down in order, with a final checkpoint. Safe after a crash. */
  close(): Promise<void>
}

/** Takes over a booted PGlite; nothing else may query it afterwards. */
export function takeOver(db: PGlite): Backend {
  const { Module } = db
  const stack = (Module as unknown as { ___stack_pointer: { value: number } }).___stack_pointer
  let input: Uint8Array = new Uint8Array(0)
  let offset = 0
  let answer: Buffer[] = []
  let crashed: BackendCrashed | null = null

  const write = Module.addFunction((pointer: number, length: number) => {
    answer.push(Buffer.from(Module.HEAPU8.subarray(pointer, pointer + length)))
    return length
  }, TRANSFER)
  const read = Module.addFunction((pointer: number, room: number) => {
    const length = Math.min(room, input.length - offset)
    Module.HEAPU8.set(input.subarray(offset, offset + length), pointer)
    offset += length
    return length
  }, TRANSFER)
  Module._pgl_set_rw_cbs(read, write)

  const crash = (cause: unknown): BackendCrashed => {
    crashed = new BackendCrashed(cause)
    return crashed
  }

  const turn = (): void => {
    const top = stack.value
    try {
      Module._PostgresMainLoopOnce()
    } catch (cause) {
      // The build's longjmp leaves the stack pointer where the ERROR was raised: without this, a few hundred errors
      // use up the stack and every later statement fails with "stack depth limit exceeded".
      stack.value = top
      if (Module._pgl_setPGliteExitStatus(READ_STATUS) !== LONG_JUMP) throw crash(cause)
      Module._PostgresMainLongJmp()
    }
  }

  const run = (unit: Uint8Array): Buffer => {
    if (crashed !== null) throw crashed
    input = unit
    offset = 0
    answer = []
    try {
      while (offset < input.length || Module._pq_buffer_remaining_data() > 0) turn()
      Module._PostgresSendReadyForQueryIfNecessary()
      Module._pgl_pq_flush()
    } catch (cause) {
      throw cause instanceof BackendCrashed ? cause : crash(cause)
    }
    const [only] = answer
    const whole = only !== undefined && answer.length === 1 ? only : Buffer.concat(answer)
    answer = []
    return whole
  }

  return {
    run,
    inTransaction: () => Module._IsTransactionBlock() !== 0,
    ask(sql) {
      const said = run(query(sql))
      const error = errorIn(said)
      if (error !== null) throw new Error(`${error} in: ${sql}`)
      return rowsIn(said)
    },
    async close() {
      if (crashed !== null) return
      try {
        run(query('checkpoint'))
      } finally {
        await db.close()
      }
    },
  }
}
