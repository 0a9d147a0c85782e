// Starts PostgreSQL inside this process: its files, its settings, its extensions.
import { PGlite } from '@electric-sql/pglite'
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import path from 'node:path'
import { takeOver, type Backend } from './backend.ts'
import { DURABLE, DurableFiles, type FsyncCount } from './durable-files.ts'
import { slimPostgis } from './postgis.ts'

export type Booted = { readonly backend: Backend; readonly count: FsyncCount; readonly version: string }

export type BootOptions = {
  /** The data directory; the database is its `db` folder. Created when missing. */
  readonly dataDir: string
  /** false only where losing the data is fine (tests): commits do not wait for the disk. */
  readonly durable: boolean
  /** Where the slim PostGIS bundle may be kept, best first. */
  readonly cacheDirs: readonly string[]
}

/** One session, one office: small caches (the operating system caches the files again), and no threads to plan for. */
const SETTINGS = [
  'search_path=core,public',
  'TimeZone=UTC',
  'shared_buffers=32MB',
  'wal_buffers=1MB',
  'work_mem=16MB',
  'maintenance_work_mem=64MB',
  'max_wal_size=256MB',
  'jit=off',
  // Deeper, the WebAssembly runs out of stack before PostgreSQL notices, and that ends it. Measured: 400 kB is too much.
  'max_stack_depth=192kB',
  // Its timer would go on for ever and keep the process from ending.
  'log_startup_progress_interval=0',
  'random_page_cost=1.1',
  'effective_cache_size=256MB',
]

/** Boots the database of a data directory, running crash recovery or initdb as needed. */
export async function boot(options: BootOptions): Promise<Booted> {
  const files = new DurableFiles(path.join(options.dataDir, 'db'))
  const settings = [...SETTINGS, ...(options.durable ? DURABLE : ['fsync=off'])]
  const db = await PGlite.create({
    fs: files,
    extensions: { postgis: slimPostgis(options.cacheDirs), pg_trgm, btree_gist, btree_gin, pgcrypto, unaccent },
    // Stock parameters switch fsync off (-F) and let system tables be changed (-O).
    startParams: [
      ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F' && parameter !== '-O'),
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
  })
  const backend = takeOver(db)
  return { backend, count: files.count, version: backend.ask('show server_version')[0]?.[0] ?? '' }
}
