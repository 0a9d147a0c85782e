// Directus as its manual sets it up: a role whose row rule is the tenant, a static token, a pool of ten, no cache, no activity log.
// It cannot read a table with a key of two columns, so it gets a copy of one community's residents in a database of its own.
import { execFileSync } from 'node:child_process'
import pg from 'pg'

const TENANT = process.env.BENCH_TENANT
const source = new URL(process.env.BENCH_URL)
const DATABASE = `${source.pathname.slice(1)}_directus`
const target = Object.assign(new URL(source), { pathname: `/${DATABASE}` })
const TABLE = 'residents'
const TOKEN = 'bench-directus-static-token'
const ADMIN = { email: 'admin@example.com', password: 'bench-directus-admin', token: 'bench-directus-admin-token' }

const within = async (url, work) => {
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

await within(source, async (c) => {
  const { rowCount } = await c.query('select 1 from pg_database where datname = $1', [DATABASE])
  if (!rowCount) await c.query(`create database ${DATABASE}`)
})

/** Every plain column of a resident; sealed ones as text, since Directus has no bytes. */
async function columnsOf(c) {
  const { rows } = await c.query(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = 'registry.citizens'::regclass and attnum > 0 and not attisdropped and attgenerated = '' and right(attname, 5) <> '_bidx' order by attnum`,
  )
  return rows
    .filter((r) => !r.type.startsWith('geography'))
    .map((r) => (r.type === 'bytea' ? { ...r, type: 'text', read: `encode(${r.name}, 'base64') as ${r.name}` } : { ...r, read: r.name }))
}

await within(source, (from) =>
  within(target, async (to) => {
    const columns = await columnsOf(from)
    const { rows } = await from.query('select count(*)::int as n from registry.citizens where tenant_id = $1', [TENANT])
    const made = await to.query('select to_regclass($1) as it', [TABLE])
    if (
      made.rows[0].it &&
      (await to.query(`select count(*)::int as n from ${TABLE} where tenant_id = $1`, [TENANT])).rows[0].n === rows[0].n
    )
      return
    await to.query(`drop table if exists ${TABLE}`)
    const defaults = { version: 'default 1', created_at: 'default now()', updated_at: 'default now()', status: `default 'ALIVE'` }
    await to.query(
      `create table ${TABLE} (${columns.map((k) => `${k.name} ${k.type} ${k.name === 'id' ? 'primary key' : (defaults[k.name] ?? '')}`).join(', ')})`,
    )
    let after = '00000000-0000-0000-0000-000000000000'
    for (;;) {
      const page = await from.query(
        `select ${columns.map((k) => k.read).join(', ')} from registry.citizens where tenant_id = $1 and id > $2 order by id limit 5000`,
        [TENANT, after],
      )
      if (!page.rows.length) break
      after = page.rows.at(-1).id
      await to.query(`insert into ${TABLE} select * from jsonb_populate_recordset(null::${TABLE}, $1::jsonb)`, [JSON.stringify(page.rows)])
    }
    await to.query(`create index on ${TABLE} (tenant_id, name, id)`)
    await to.query(`vacuum analyze ${TABLE}`)
  }),
)

Object.assign(process.env, {
  DB_CLIENT: 'pg',
  DB_CONNECTION_STRING: target.href,
  DB_POOL__MIN: '0',
  DB_POOL__MAX: '10',
  KEY: 'bench',
  SECRET: 'a secret that only the benchmark knows',
  ADMIN_EMAIL: ADMIN.email,
  ADMIN_PASSWORD: ADMIN.password,
  ADMIN_TOKEN: ADMIN.token,
  CACHE_ENABLED: 'false',
  RATE_LIMITER_ENABLED: 'false',
  TELEMETRY: 'false',
  LOG_LEVEL: 'error',
  WEBSOCKETS_ENABLED: 'false',
  ACCOUNTABILITY: 'null',
})
execFileSync(process.execPath, ['node_modules/directus/cli.js', 'bootstrap'], { stdio: ['ignore', 'ignore', 'inherit'] })

const { createServer } = await import('@directus/api/server')
const server = await createServer()
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const base = `http://127.0.0.1:${server.address().port}`

async function asAdmin(method, path, body) {
  const answer = await fetch(base + path, {
    method,
    headers: { authorization: `Bearer ${ADMIN.token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`)
  return text ? JSON.parse(text).data : null
}

const known = await asAdmin('GET', '/users?filter[token][_nnull]=true&filter[email][_eq]=clerk@example.com')
if (!known.length) {
  await asAdmin('POST', '/collections', { collection: TABLE, meta: { accountability: null } }).catch(() =>
    asAdmin('PATCH', `/collections/${TABLE}`, { meta: { accountability: null } }),
  )
  const rule = { tenant_id: { _eq: TENANT } }
  const policy = await asAdmin('POST', '/policies', {
    name: 'Clerk',
    permissions: ['read', 'create', 'update'].map((action) => ({
      collection: TABLE,
      action,
      fields: ['*'],
      permissions: action === 'create' ? {} : rule,
      validation: action === 'create' ? rule : null,
    })),
  })
  const role = await asAdmin('POST', '/roles', { name: 'Clerk', policies: [{ policy: policy.id }] })
  await asAdmin('POST', '/users', {
    email: 'clerk@example.com',
    password: 'bench-clerk-password',
    role: role.id,
    token: TOKEN,
    status: 'active',
  })
}
process.send?.({ port: server.address().port })
process.on('message', () => process.exit(0))
process.on('disconnect', () => process.exit(0))
