// The rows of a table as lines of JSON, exactly: written by the database itself, in one order, so that equal rows give equal bytes.
import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { TenantTable } from '../catalog.ts'
import type { FileFacts } from './manifest.ts'

/** What is read at once: rows are of very different sizes, an uploaded file beside a line of a log. */
const PAGE_BYTES = 4_000_000
const PAGE_ROWS = 1_000

const selected = ({ columns }: TenantTable): string =>
  columns.map(({ name, spatial }) => (spatial ? `"${name}"::text as "${name}"` : `"${name}"`)).join(', ')

/** The statement whose column `line` is a row as JSON; its one parameter is the tenant. */
export const linesOfTable = (table: TenantTable): string =>
  `select to_jsonb(x)::text as line from (select ${selected(table)} from ${table.name} where tenant_id = $1 order by ${table.order.join(', ')}) x`

/** Reads a statement by and by, inside the transaction of `client`; its column must be called `line`. */
export async function* readLines(client: pg.PoolClient, statement: string, params: readonly unknown[]): AsyncGenerator<string[]> {
  await client.query(`declare lines no scroll cursor for ${statement}`, [...params])
  let page = 1
  try {
    for (;;) {
      const { rows } = await client.query<{ line: string }>(`fetch ${page} from lines`)
      if (!rows.length) return
      const lines = rows.map((r) => r.line)
      yield lines
      const each = lines.reduce((sum, line) => sum + line.length, 0) / lines.length
      page = Math.max(1, Math.min(page * 4, Math.floor(PAGE_BYTES / each), PAGE_ROWS))
    }
  } finally {
    await client.query('close lines').catch(() => {})
  }
}

/** Counts and hashes lines as they pass. */
export function tally(): { add(text: string): void; facts(): FileFacts } {
  const hash = createHash('sha256')
  let rows = 0
  let bytes = 0
  return {
    add(text) {
      hash.update(text)
      bytes += Buffer.byteLength(text)
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) rows++
    },
    facts: () => ({ rows, bytes, sha256: hash.digest('hex') }),
  }
}

/** Puts lines back where they came from. The database checks nothing but types: the caller has checked hashes. */
export async function insertLines(client: pg.PoolClient, { name, columns }: TenantTable, lines: readonly string[]): Promise<void> {
  const list = columns.map((c) => `"${c.name}"`).join(', ')
  await client.query(`insert into ${name} (${list}) select ${list} from jsonb_populate_recordset(null::${name}, $1::jsonb)`, [
    `[${lines.join(',')}]`,
  ])
}
