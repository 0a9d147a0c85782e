// Opens a PostgreSQL server, and tells the person who starts Balai what is missing there.
import pg from 'pg'
import type { Database, OpenOptions } from './open.ts'
import { DatabaseUnavailable } from './unavailable.ts'

export const APP_ROLE = 'balai_app'
const OLDEST = 15
const EXTENSIONS = ['postgis', 'pg_trgm', 'btree_gist', 'btree_gin', 'pgcrypto', 'unaccent']

/** Opens both pools and checks the server. Connections of the app pool are made on first use: its role may not exist yet. */
export async function openServer(url: string, options: Pick<OpenOptions, 'appUrl' | 'poolSize' | 'onProgress'>): Promise<Database> {
  const { poolSize = 10, onProgress } = options
  onProgress?.({ id: 'Menghubungi server basis data …', en: 'Connecting to the database server …' })
  const pool = (connectionString: string, application_name: string, max: number, settings: Record<string, string>): pg.Pool => {
    const all = { search_path: 'core,public', TimeZone: 'UTC', ...settings }
    const opened = new pg.Pool({
      connectionString,
      max,
      application_name,
      connectionTimeoutMillis: 10_000,
      options: Object.entries(all)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
    })
    opened.on('error', () => {})
    return opened
  }
  const owner = pool(url, 'balai owner', Math.min(poolSize, 4), { idle_in_transaction_session_timeout: '10min' })
  const app = pool(options.appUrl ?? url, 'balai', poolSize, {
    role: APP_ROLE,
    statement_timeout: '30s',
    idle_in_transaction_session_timeout: '30s',
  })
  try {
    await checkServer(owner)
  } catch (error) {
    await owner.end()
    throw error
  }
  let closed: Promise<void> | null = null
  const close = async (): Promise<void> => {
    await Promise.all([owner.end(), app.end()])
  }
  return { kind: 'server', owner, app, close: () => (closed ??= close()) }
}

/** Throws DatabaseUnavailable when the server cannot be reached, is older than PostgreSQL 15, or lacks an extension's files. */
export async function checkServer(owner: pg.Pool): Promise<void> {
  let found: { version: string; number: number; available: string[] } | undefined
  try {
    const { rows } = await owner.query(
      `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
              array(select name::text from pg_available_extensions where name = any($1::text[])) as available`,
      [EXTENSIONS],
    )
    found = rows[0]
  } catch (cause) {
    throw unreachable(cause)
  }
  if (found === undefined || found.number < OLDEST * 10_000) {
    throw new DatabaseUnavailable(
      {
        id:
          'Server basis data memakai PostgreSQL {version}; Balai memerlukan versi {oldest} atau lebih baru. Perbarui ' +
          'server, atau arahkan DATABASE_URL ke server lain.',
        en:
          'The database server runs PostgreSQL {version}; Balai needs version {oldest} or newer. Upgrade it, or point ' +
          'DATABASE_URL to another server.',
      },
      { version: found?.version ?? '?', oldest: OLDEST },
    )
  }
  const { available } = found
  const missing = EXTENSIONS.filter((name) => !available.includes(name))
  if (missing.length === 0) return
  throw new DatabaseUnavailable(
    {
      id:
        'Server basis data belum memiliki ekstensi {missing}. Pasang paketnya di server (Debian/Ubuntu: ' +
        'postgresql-{major}-postgis-3 dan postgresql-contrib), lalu jalankan lagi.',
      en:
        'The database server lacks the extensions {missing}. Install their packages on the server (Debian/Ubuntu: ' +
        'postgresql-{major}-postgis-3 and postgresql-contrib), then start again.',
    },
    { missing: missing.join(', '), major: Math.floor(found.number / 10_000) },
  )
}

/** Why a connection failed, without the URL: it carries the password. */
function unreachable(cause: unknown): DatabaseUnavailable {
  const { code, message } = cause as { code?: string; message?: string }
  return new DatabaseUnavailable(
    {
      id:
        'Server basis data tidak dapat dihubungi ({reason}). Pastikan server menyala dan alamat, nama pengguna, kata ' +
        'sandi, dan nama basis data di DATABASE_URL benar.',
      en:
        'The database server cannot be reached ({reason}). Check that it is running and that the address, user, password ' +
        'and database name in DATABASE_URL are right.',
    },
    { reason: message || code || '?' },
    cause,
  )
}
