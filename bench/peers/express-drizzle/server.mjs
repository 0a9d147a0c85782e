// What a typical team would write: Express, Drizzle, one transaction per request that enters the tenant. All columns of the row as they are.
import { and, asc, eq, ilike, isNull, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { customType, date, integer, pgSchema, text, timestamp, uuid, boolean, bigint } from 'drizzle-orm/pg-core'
import express from 'express'
import { randomUUID } from 'node:crypto'
import pg from 'pg'

const tenantId = process.env.BENCH_TENANT
const pool = new pg.Pool({ connectionString: process.env.BENCH_URL, max: 10, options: '-c role=balai_app -c search_path=core,public' })
const db = drizzle(pool)

const bytes = customType({ dataType: () => 'bytea', fromDriver: (value) => value.toString('base64') })
const other = customType({ dataType: () => 'text' })
const KINDS = {
  uuid,
  text,
  date,
  integer,
  boolean,
  bytea: bytes,
  bigint: (n) => bigint(n, { mode: 'number' }),
  'timestamp with time zone': (n) => timestamp(n, { withTimezone: true }),
}
const { rows } = await pool.query(
  `select attname as name, format_type(atttypid, null) as type from pg_attribute where attrelid = 'registry.citizens'::regclass and attnum > 0 and not attisdropped and attname not like '%_bidx' and attgenerated = '' order by attnum`,
)
const citizens = pgSchema('registry').table('citizens', Object.fromEntries(rows.map((c) => [c.name, (KINDS[c.type] ?? other)(c.name)])))

const inTenant = (work) =>
  db.transaction(async (tx) => {
    await tx.execute(sql`select core.enter(${tenantId}::uuid, ${JSON.stringify({ user: null, doing: 'created' })})`)
    return work(tx)
  })
const ours = eq(citizens.tenant_id, tenantId)

const app = express()
app.use(express.json())
app.get('/one/:id', async (req, res) => {
  const [row] = await inTenant((tx) =>
    tx
      .select()
      .from(citizens)
      .where(and(ours, eq(citizens.id, req.params.id))),
  )
  row ? res.json(row) : res.status(404).json({ error: 'not found' })
})
const SHOWN = ['id', 'version', ...process.env.BENCH_FIELDS.split(','), 'deleted_at']
const shown = Object.fromEntries(SHOWN.map((name) => [name, citizens[name]]))
// The order that Balai has, and the index for it.
const byName = sql`name_sort asc`
const alive = and(ours, isNull(citizens.deleted_at))
app.get('/list', async (_req, res) => {
  res.json({ data: await inTenant((tx) => tx.select(shown).from(citizens).where(alive).orderBy(byName, asc(citizens.id)).limit(25)) })
})
app.get('/wide', async (_req, res) => {
  res.json({ data: await inTenant((tx) => tx.select().from(citizens).where(alive).orderBy(byName, asc(citizens.id)).limit(25)) })
})
app.get('/search', async (_req, res) => {
  res.json({
    data: await inTenant((tx) =>
      tx
        .select()
        .from(citizens)
        .where(and(ours, ilike(citizens.name, '%siti%')))
        .orderBy(byName)
        .limit(25),
    ),
  })
})
app.post('/create', async (req, res) => {
  const { name, gender, birth_place, birth_date, religion, education, occupation, marital_status } = req.body
  const row = {
    tenant_id: tenantId,
    id: randomUUID(),
    name,
    gender,
    birth_place,
    birth_date,
    religion,
    education,
    occupation,
    marital_status,
  }
  const [made] = await inTenant((tx) => tx.insert(citizens).values(row).returning())
  res.status(201).json(made)
})
const server = app.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }))
process.on('message', () => process.exit(0))
process.on('disconnect', () => process.exit(0))
