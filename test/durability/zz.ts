import { openDatabase } from '#kernel/db/open.ts'
const dir = process.argv[2]!
let t = performance.now()
const lap = (n: string) => { console.log(n, (performance.now() - t).toFixed(0), 'ms', (process.memoryUsage().rss / 1e6).toFixed(0), 'MB'); t = performance.now() }
const db = await openDatabase({ dataDir: dir, onProgress: (w) => console.log(w.en) })
lap('open')
await db.owner.query('create schema if not exists core; create extension if not exists postgis with schema public; create table if not exists core.t(a int)')
await db.owner.query("do $$ begin create role balai_app; exception when duplicate_object then null; end $$; grant usage on schema core to balai_app; grant all on core.t to balai_app")
lap('setup')
const bad: string[] = []
await Promise.all(Array.from({ length: 400 }, async (_, i) => {
  const pool = i % 2 ? db.owner : db.app, want = i % 2 ? 'postgres' : 'balai_app'
  if (i % 7 === 0) await pool.query('select 1/0').catch(() => 0)
  if (i % 11 === 0) { const c = await pool.connect(); await c.query('begin'); const u = (await c.query('select current_user u')).rows[0].u; if (u !== want) bad.push(u); if (i % 22 === 0) c.release(true); else { await c.query('commit'); c.release() } }
  if (i % 13 === 0) { const c = await pool.connect(); await c.query("set search_path = nowhere"); c.release() }
  const { rows } = await pool.query({ text: 'select current_user u, $1::int n', values: [i], ...(i % 3 ? { name: 'n' } : {}) })
  if (rows[0].u !== want || rows[0].n !== i) bad.push(rows[0].u + i)
}))
console.log('bad', bad); lap('mix')
for (const [n, pool] of [['owner', db.owner], ['app', db.app]] as const) { t = performance.now(); for (let i = 0; i < 3000; i++) await pool.query({ name: 'x', text: 'select $1::int', values: [i] }); console.log(n, 'ms/query', ((performance.now() - t) / 3000).toFixed(3)) }
t = performance.now(); await Promise.all(Array.from({ length: 5000 }, (_, i) => db.app.query({ name: 'x', text: 'select $1::int', values: [i] }))); console.log('concurrent ms/query', ((performance.now() - t) / 5000).toFixed(3))
t = performance.now(); await Promise.all(Array.from({ length: 2000 }, (_, i) => (i % 2 ? db.app : db.owner).query({ name: 'x', text: 'select $1::int', values: [i] }))); console.log('alternating roles ms/query', ((performance.now() - t) / 2000).toFixed(3))
t = performance.now(); for (let i = 0; i < 500; i++) await db.app.query('insert into core.t values ($1)', [i]); console.log('commit ms', ((performance.now() - t) / 500).toFixed(3))
const big = 'é'.repeat(2_500_000); t = performance.now(); console.log('5MB', (await db.app.query('select $1::text t', [big])).rows[0].t === big, (await db.owner.query("select repeat('x',20000) x from generate_series(1,500)")).rows.length); lap('large')
console.log(await db.owner.query('copy core.t from stdin').catch((e) => e.code + e.message))
console.log(await db.owner.query('create or replace function core.rec(i int) returns int language plpgsql as $$ begin return core.rec(i+1); end $$').then(() => db.app.query('select core.rec(1)')).catch((e) => e.code + e.message)); lap('crash?')
console.log((await db.app.query('select count(*) from core.t').catch((e) => e.message)).rows ?? 'failed'); lap('after')
await db.close(); lap('close')
console.log('exit', process.exitCode)
