// Lets many connections share the one session of the embedded database, a unit at a time, without seeing each other:
// a connection keeps the session while its transaction is open, and each has its own role and its own settings.
import { BackendCrashed, type Backend } from './backend.ts'
import { closeStatements, errorIn, failure, query, SYNC_MESSAGE } from './messages.ts'

/** Messages that belong together: up to Sync, a simple query, or Flush. */
export type Unit = {
  readonly bytes: Uint8Array
  /** Ends without Sync: more of the same request follows. */
  readonly open: boolean
  /** Its text may change settings of the session (SET, RESET, set_config, DISCARD). */
  readonly touchesSession: boolean
}

/** A connection as the gate sees it. */
export type Caller = {
  /** Session role; null = the owner of the database. */
  readonly role: string | null
  /** What it still asks, oldest first. */
  readonly units: Unit[]
  /** Its prepared statements, to forget when it leaves. */
  readonly statements: ReadonlySet<string>
  answer(bytes: Buffer): void
  /** Says a last word and ends the connection. */
  hangUp(bytes: Buffer): void
}

export type GateOptions = {
  /** How long an open transaction may do nothing while everyone else waits, in milliseconds. */
  readonly idleInTransaction: number
  /** Brings the database back after a crash. */
  readonly revive: () => Promise<Backend>
}

export type Gate = {
  join(caller: Caller): void
  /** The caller has new units. */
  submit(caller: Caller): void
  /** The caller goes: its units still run, then its transaction is rolled back and its statements are forgotten. */
  leave(caller: Caller): void
  /** Runs the house's own work between two transactions, as the owner. */
  aside<T>(work: (backend: Backend) => T): Promise<T>
  /** Units run so far, and milliseconds since the last one (0 while someone waits or a transaction is open). */
  activity(): { readonly units: number; readonly idleFor: number }
  /** Lets waiting units finish, then closes the database. */
  close(): Promise<void>
}

const REVIVE_AGAIN_AFTER = 5_000
const CRASHED = failure('FATAL', '57P02', 'the embedded database stopped unexpectedly and starts again; nothing confirmed is lost')
const CLOSING = failure('FATAL', '57P01', 'the embedded database is closing')
const IDLE = failure('FATAL', '25P03', 'terminating connection due to idle-in-transaction timeout: everyone else was waiting for it')

/** Opens the gate on a running backend. Work runs in the event loop's check phase, one unit per turn, so requests still get in. */
export function openGate(first: Backend, options: GateOptions): Gate {
  let backend: Backend | null = first
  /** Set while the database is down and could not be started: when to try next, on the clock of performance.now(). */
  let tryAgainAt: number | null = null
  let closing = false
  let scheduled = false
  let holder: Caller | null = null
  /** Role the session has now; undefined = not known. */
  let role: string | null | undefined = null
  /** Whose own settings are on the session. */
  let tainter: Caller | null = null
  let lastWork = performance.now()
  let units = 0
  let rising: Promise<void> | null = null
  const callers = new Set<Caller>()
  const leaving = new Set<Caller>()
  /** Who has units, in the order they came. */
  const waiting = new Set<Caller>()
  const asides: (() => void)[] = []
  const emptied: (() => void)[] = []

  const quiet = (): boolean => holder === null && waiting.size === 0 && leaving.size === 0 && asides.length === 0
  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    setImmediate(step)
  }

  /** Makes the session the caller's: its role, and nobody else's settings. An error text when the role does not exist. */
  const become = (db: Backend, wanted: string | null, caller: Caller | null): string | null => {
    if (tainter !== null && tainter !== caller) {
      db.run(query('reset session authorization; reset role; reset all'))
      tainter = null
      role = null
    }
    if (role === wanted) return null
    const error = errorIn(db.run(query(wanted === null ? 'reset role' : `set role "${wanted.replaceAll('"', '""')}"`)))
    if (error === null) role = wanted
    return error
  }

  /** Ends a caller's hold and memory on the session. */
  const forget = (db: Backend, caller: Caller): void => {
    leaving.delete(caller)
    callers.delete(caller)
    waiting.delete(caller)
    if (holder === caller) {
      db.run(SYNC_MESSAGE)
      if (db.inTransaction()) db.run(query('rollback'))
      holder = null
    }
    if (caller.statements.size > 0) db.run(closeStatements(caller.statements))
  }

  /** Takes the next turn and returns what is left to say to a connection, so that nothing outside runs in between. */
  const turn = (db: Backend): (() => void) | null => {
    for (const caller of leaving) {
      if (caller.units.length > 0 || (holder !== null && holder !== caller)) continue
      forget(db, caller)
      return null
    }
    if (holder === null && asides.length > 0) {
      become(db, null, null)
      return asides.shift() ?? null
    }
    const caller = holder ?? waiting.values().next().value
    if (caller === undefined) return null
    waiting.delete(caller)
    const unit = caller.units.shift()
    if (unit === undefined) return null
    if (holder === null) {
      const refused = become(db, caller.role, caller)
      if (refused !== null) {
        caller.units.length = 0
        forget(db, caller)
        return () => caller.hangUp(failure('FATAL', '28000', refused))
      }
    }
    units++
    const answer = db.run(unit.bytes)
    if (unit.touchesSession) tainter = caller
    holder = unit.open || db.inTransaction() ? caller : null
    if (caller.units.length > 0) waiting.add(caller)
    return answer.length > 0 ? () => caller.answer(answer) : null
  }

  const step = (): void => {
    scheduled = false
    if (backend === null) return
    let say: (() => void) | null = null
    try {
      say = turn(backend)
    } catch (error) {
      if (!(error instanceof BackendCrashed)) throw error
      return fall()
    }
    lastWork = performance.now()
    const more = holder === null ? waiting.size > 0 || asides.length > 0 : holder.units.length > 0
    if (more || [...leaving].some((c) => c.units.length === 0 && (holder === null || holder === c))) schedule()
    settle()
    say?.()
  }

  /** While closing: a transaction whose owner asks nothing more is rolled back, and who waits for quiet is told. */
  const settle = (): void => {
    if (closing && holder !== null && holder.units.length === 0 && !leaving.has(holder)) {
      leaving.add(holder)
      schedule()
    }
    if (quiet()) for (const done of emptied.splice(0)) done()
  }

  /** After a crash: everyone is told and leaves, then the database starts again from its files. */
  const fall = (): void => {
    backend = null
    const told = [...callers]
    for (const set of [callers, leaving, waiting]) set.clear()
    holder = null
    tainter = null
    role = null
    rise()
    for (const caller of told) refuse(caller, CRASHED)
    settle()
  }

  const rise = (): void => {
    tryAgainAt = null
    rising = options.revive().then(
      (revived) => {
        backend = revived
        rising = null
        schedule()
      },
      () => {
        // The next unit asks again, after a pause: by then the disk may have room.
        tryAgainAt = performance.now() + REVIVE_AGAIN_AFTER
        rising = null
        for (const caller of waiting) caller.hangUp(CRASHED)
        waiting.clear()
      },
    )
  }

  const refuse = (caller: Caller, why: Buffer): void => {
    caller.units.length = 0
    caller.hangUp(why)
  }

  const watch = setInterval(
    () => {
      const idle = holder
      if (idle === null || idle.units.length > 0 || performance.now() - lastWork < options.idleInTransaction) return
      leaving.add(idle)
      schedule()
      idle.hangUp(IDLE)
    },
    Math.min(1_000, options.idleInTransaction),
  )
  watch.unref()

  return {
    join: (caller) => void callers.add(caller),
    submit(caller) {
      if (!callers.has(caller)) return
      if (tryAgainAt !== null && performance.now() < tryAgainAt) return refuse(caller, CRASHED)
      if (tryAgainAt !== null) rise()
      if (closing && holder !== caller) return refuse(caller, CLOSING)
      if (holder !== caller) waiting.add(caller)
      schedule()
    },
    leave(caller) {
      if (!callers.has(caller)) return
      leaving.add(caller)
      schedule()
    },
    aside: (work) =>
      new Promise((resolve, reject) => {
        asides.push(() => {
          try {
            if (backend === null) throw new BackendCrashed(null)
            resolve(work(backend))
          } catch (error) {
            reject(error as Error)
            if (error instanceof BackendCrashed && backend !== null) fall()
          }
        })
        schedule()
      }),
    activity: () => ({ units, idleFor: quiet() ? performance.now() - lastWork : 0 }),
    async close() {
      closing = true
      clearInterval(watch)
      await rising
      settle()
      if (backend !== null && !quiet()) await new Promise<void>((resolve) => void emptied.push(resolve))
      const db = backend
      backend = null
      await db?.close()
    },
  }
}
