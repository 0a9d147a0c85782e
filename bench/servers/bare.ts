// The least there can be around the same statements: Hono, the same driver and wall, rows as JSON. No session, rights, masks or log.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { scopedDb } from '#kernel/db/scoped.ts'
import { openServer } from '#kernel/db/server.ts'
import { newId } from '#kernel/resource/id.ts'
import type { Statement } from '../statements.ts'
import { FIELDS } from '../subject.ts'

type Given = { tenantId: string; one: Statement; list: Statement; wide: Statement; deep: Statement; search: Statement }
const given = JSON.parse(process.env['BENCH_STATEMENTS']!, revive) as Given
const database = await openServer(process.env['BENCH_URL']!, {})
const db = scopedDb(database.app, given.tenantId)

/** Bytes travelled as `{ type: 'Buffer' }`. */
function revive(_key: string, value: unknown): unknown {
  return value && typeof value === 'object' && (value as { type?: string }).type === 'Buffer'
    ? Buffer.from((value as { data: number[] }).data)
    : value
}

/** Rows as JSON; what is sealed stays sealed, as text. */
const plain = (row: Record<string, unknown>): Record<string, unknown> => {
  for (const name in row) if (row[name] instanceof Uint8Array) row[name] = (row[name] as Buffer).toString('base64')
  return row
}

/** The fields that were asked for, as Balai answers them. */
const SHOWN = ['id', 'version', ...FIELDS, 'deleted_at']
const narrow = (row: Record<string, unknown>): Record<string, unknown> => plain(Object.fromEntries(SHOWN.map((name) => [name, row[name]])))
const many = async (s: Statement, form: typeof plain): Promise<{ data: unknown[] }> => ({
  data: (await db.query<Record<string, unknown>>(s.text, s.values, s.prepared)).rows.map(form),
})
const INSERT = `insert into registry.citizens as t (tenant_id, id, name, gender, birth_place, birth_date, religion, education, occupation, marital_status, citizenship, residency)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'WNI', 'TETAP') returning t.*`

const app = new Hono()
app.get('/one/:id', async (c) => {
  const { rows } = await db.query(given.one.text, [given.tenantId, c.req.param('id')], true)
  return rows[0] ? c.json(plain(rows[0])) : c.json({ code: 'not_found' }, 404)
})
app.get('/list', async (c) => c.json(await many(given.list, narrow)))
app.get('/wide', async (c) => c.json(await many(given.wide, plain)))
app.get('/deep', async (c) => c.json(await many(given.deep, narrow)))
app.get('/search', async (c) => c.json(await many(given.search, narrow)))
app.post('/create', async (c) => {
  const b = (await c.req.json()) as Record<string, string>
  const values = [
    given.tenantId,
    newId(),
    b['name'],
    b['gender'],
    b['birth_place'],
    b['birth_date'],
    b['religion'],
    b['education'],
    b['occupation'],
    b['marital_status'],
  ]
  const { rows } = await db.query<Record<string, unknown>>(INSERT, values, true)
  return c.json(plain(rows[0]!), 201)
})

serve({ fetch: app.fetch, port: 0 }, (info) => process.send?.({ port: info.port }))
process.on('message', (message) => {
  if (message === 'stop') process.exit(0)
})
process.on('disconnect', () => process.exit(0))
