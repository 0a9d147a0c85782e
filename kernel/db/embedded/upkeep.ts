// What background processes do on a server and nobody does inside one process: checkpoints (else the log grows without
// end and a start after a crash takes ever longer), and vacuum and analyze (else tables swell and plans go wrong).
import type { Gate } from './gate.ts'

const LOOK_EVERY = 5_000
/** Work waits for a pause this long, so that nobody notices it. */
const PAUSE = 1_000
const LOG_WHEN_IDLE = 1 << 20
/** From here on a checkpoint is made between two transactions even when nobody pauses. */
const LOG_WHEN_BUSY = 64 << 20
const TABLES_AT_ONCE = 5

/** Bytes of log that a start after a crash would replay. */
const LOG = `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::bigint from pg_control_checkpoint()`

/** The thresholds of PostgreSQL's own autovacuum, with its defaults. */
const TIRED = `
  select format('%I.%I', schemaname, relname),
         n_dead_tup > 50 + 0.2 * n_live_tup or n_ins_since_vacuum > 1000 + 0.2 * n_live_tup
  from pg_stat_user_tables
  where n_dead_tup > 50 + 0.2 * n_live_tup or n_ins_since_vacuum > 1000 + 0.2 * n_live_tup
     or n_mod_since_analyze > 50 + 0.1 * n_live_tup
  order by n_mod_since_analyze + n_dead_tup desc
  limit ${TABLES_AT_ONCE}`

/** Looks after the database until the returned function is called. Costs nothing while nobody works. */
export function startUpkeep(gate: Gate): () => void {
  let seen = 0
  let looking = false
  const look = async (): Promise<void> => {
    const { units, idleFor } = gate.activity()
    if (looking || units === seen) return
    looking = true
    try {
      const paused = idleFor > PAUSE
      const tired = paused ? await gate.aside((db) => db.ask(TIRED)) : []
      for (const [table, vacuum] of tired) await gate.aside((db) => db.ask(`${vacuum === 't' ? 'vacuum (analyze)' : 'analyze'} ${table}`))
      const log = Number((await gate.aside((db) => db.ask(LOG)))[0]?.[0] ?? 0)
      if (log > (paused ? LOG_WHEN_IDLE : LOG_WHEN_BUSY)) await gate.aside((db) => db.ask('checkpoint'))
      if (paused && tired.length < TABLES_AT_ONCE) seen = units
    } catch {
      // Tried again at the next look; a database that fell is the gate's business.
    } finally {
      looking = false
    }
  }
  const timer = setInterval(() => void look(), LOOK_EVERY)
  timer.unref()
  return () => clearInterval(timer)
}
