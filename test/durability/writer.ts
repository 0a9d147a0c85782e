// The process that gets killed: opens the embedded database, says what it finds there, then writes without pause and
// says which transactions were confirmed. Spoken line by line, straight to the pipe, so that a kill loses no word.
import fs from 'node:fs'
import { openDatabase } from '#kernel/db/open.ts'

const HANDS = 4
const [dataDir = '', round = '0'] = process.argv.slice(2)
const speak = (...words: unknown[]): void => void fs.writeSync(1, `${words.join(' ')}\n`)

const db = await openDatabase({ dataDir })
process.on('SIGTERM', () => {
  stopping = true
})
let stopping = false

await db.owner.query(`
  create schema if not exists core;
  create table if not exists core.families (batch text primary key, members int not null);
  create table if not exists core.residents (
    batch text not null references core.families, position int not null, name text, primary key (batch, position));
  create index if not exists residents_name on core.residents (name)`)
const { rows } = await db.owner.query<{ batch: string; whole: boolean }>(`
  select f.batch, f.members = 3 and (select count(*) from core.residents r where r.batch = f.batch) = 3
                  and (select count(*) from core.residents r where r.name = 'Warga ' || f.batch) = 3 as whole
  from core.families f`)
for (const { batch, whole } of rows) speak('found', batch, whole ? 'whole' : 'torn')
speak('ready')

/** A family of three in one transaction of several trips; said to be there only once COMMIT was answered. */
async function write(batch: string): Promise<void> {
  const client = await db.owner.connect()
  await client.query('begin')
  await client.query('insert into core.families values ($1, 0)', [batch])
  for (const position of [1, 2, 3]) {
    await client.query('insert into core.residents values ($1, $2, $3)', [batch, position, `Warga ${batch}`])
    await client.query('update core.families set members = members + 1 where batch = $1', [batch])
  }
  await client.query('commit')
  client.release()
  speak('wrote', batch)
}

const hand = async (name: number): Promise<void> => {
  for (let n = 0; !stopping; n++) {
    await write(`${round}.${name}.${n}`)
    if (name === 0 && n % 25 === 24) await db.owner.query(n % 50 === 49 ? 'checkpoint' : 'vacuum core.families')
  }
}
await Promise.all(Array.from({ length: HANDS }, (_, name) => hand(name)))
await db.close()
speak('closed')
