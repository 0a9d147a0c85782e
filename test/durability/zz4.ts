import { openDatabase } from '#kernel/db/open.ts'
const db = await openDatabase({ dataDir: process.argv[2]! })
let n = 0, last = ''
for (let i = 0; i < 60000 && n < 3; i++) { const e = await db.owner.query(i % 3 ? 'select 1/0' : "do $$ begin perform 1/0; end $$").catch((e) => e.code); if (e !== '22012') { n++; last = e; console.log(i, e) } }
console.log('done', last); await db.close()
