import { openDatabase } from '#kernel/db/open.ts'
let t = performance.now()
const db = await openDatabase({ dataDir: process.argv[2]! })
console.log('open', (performance.now() - t).toFixed(0)); const m=process.memoryUsage(); console.log(Object.fromEntries(Object.entries(m).map(([k,v])=>[k,Math.round(v/1e6)])))
if ((globalThis as any).gc) { (globalThis as any).gc(); await new Promise(r=>setTimeout(r,300)); const m=process.memoryUsage(); console.log('gc',Object.fromEntries(Object.entries(m).map(([k,v])=>[k,Math.round(v/1e6)])))}
for (const d of process.argv.slice(3)) { console.log(d, await db.owner.query(`set max_stack_depth='${d}'; select core.rec(1)`).catch(e=>e.code+' '+e.message.slice(0,80))) ; await new Promise(r=>setTimeout(r,2500))}
t=performance.now(); await db.close(); console.log('close', (performance.now() - t).toFixed(0))
console.log(process.getActiveResourcesInfo())
