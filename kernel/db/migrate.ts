// Brings a database to the newest schema: plain SQL files, forward only, each in its own transaction, each once.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type pg from 'pg'

export type Migration = { readonly name: string; readonly sql: string }

/** The migrations of a folder, in the order of their names. */
export async function migrationsIn(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted()
  return Promise.all(names.map(async (name) => ({ name, sql: await readFile(new URL(name, folder), 'utf8') })))
}

const hash = (sql: string): string => createHash('sha256').update(sql).digest('hex')

/**
 * Applies what is missing, as the owner. Two processes may try at once: one works, the other waits.
 * Throws when an applied file was edited afterwards, or when the database is newer than this Balai.
 */
export async function migrate(
  owner: pg.Pool,
  migrations: readonly Migration[],
  tell: (name: string) => void = () => {},
): Promise<string[]> {
  const client = await owner.connect()
  try {
    await client.query(`select pg_advisory_lock(7211001)`)
    await client.query(
      `create table if not exists public.schema_migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
    )
    const applied = new Map(
      (await client.query<{ name: string; sha256: string }>('select name, sha256 from public.schema_migrations')).rows.map((r) => [
        r.name,
        r.sha256,
      ]),
    )
    for (const name of applied.keys())
      if (!migrations.some((m) => m.name === name))
        throw new Error(`The database has migration ${name}, which this Balai does not know. Start a newer Balai.`)
    const done: string[] = []
    for (const { name, sql } of migrations) {
      const known = applied.get(name)
      if (known === hash(sql)) continue
      if (known) throw new Error(`Migration ${name} was edited after it had been applied. Add a new migration instead.`)
      tell(name)
      try {
        await client.query('begin')
        await client.query(sql)
        await client.query('insert into public.schema_migrations (name, sha256) values ($1, $2)', [name, hash(sql)])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error })
      }
      done.push(name)
    }
    await client.query('grant select on public.schema_migrations to balai_app').catch(() => {})
    return done
  } finally {
    await client.query(`select pg_advisory_unlock(7211001)`).catch(() => {})
    client.release()
  }
}
