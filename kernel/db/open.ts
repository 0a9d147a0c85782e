// Opens the database, whichever kind it is: two pools over one driver, so that nothing above knows the difference.
import type pg from 'pg'
import type { Words } from '#kernel/words.ts'
import { openEmbedded } from './embedded/open.ts'
import { openServer } from './server.ts'

export { checkServer } from './server.ts'
export { copyDatabase } from './embedded/files.ts'
export { DatabaseUnavailable } from './unavailable.ts'

export type Database = {
  readonly kind: 'embedded' | 'server'
  /** Owns the schema: migrations and the house's own work. `search_path` is core, public. */
  readonly owner: pg.Pool
  /** Owns nothing: every connection's role is `balai_app`, which the first migration makes. */
  readonly app: pg.Pool
  /** Waits for running work, writes everything down, and lets go of the lock. Safe to call twice. */
  close(): Promise<void>
}

export type OpenOptions = {
  /** `postgres://…` of a PostgreSQL 15+ server; without it the embedded database in `dataDir` is opened. */
  readonly url?: string | undefined
  /** The login that requests use on a server, a member of `balai_app` and of nothing else; without it they use that of `url`. */
  readonly appUrl?: string | undefined
  readonly dataDir: string
  /** Connections per pool (default 10). */
  readonly poolSize?: number
  readonly onProgress?: (words: Words) => void
  /** A closed data directory whose database a new one starts from (embedded only). */
  readonly template?: string
  /** false where losing the data is fine, as in most tests: commits do not wait for the disk (embedded only). */
  readonly durable?: boolean
}

/** Opens the database. Throws DatabaseUnavailable, which says in words what to do. */
export const openDatabase = (options: OpenOptions): Promise<Database> =>
  options.url ? openServer(options.url, options) : openEmbedded(options)
