// Bare SQL: the same statement through the same driver and wall, again and again, without any HTTP. Prints as the load generators do.
import { scopedDb } from '#kernel/db/scoped.ts'
import { openServer } from '#kernel/db/server.ts'
import type { Statement } from '../statements.ts'

const { tenantId, statement, connections, seconds } = JSON.parse(process.env['BENCH_SQL']!, (_key, value) =>
  value && typeof value === 'object' && value.type === 'Buffer' ? Buffer.from(value.data) : value,
) as { tenantId: string; statement: Statement; connections: number; seconds: number }
const database = await openServer(process.env['BENCH_URL']!, {})
const db = scopedDb(database.app, tenantId)

async function during(ms: number): Promise<number[]> {
  const times: number[] = []
  const until = performance.now() + ms
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        const began = performance.now()
        await db.query(statement.text, statement.values, statement.prepared)
        times.push(performance.now() - began)
      }
    }),
  )
  return times
}

await during(1_000)
const began = performance.now()
const sorted = Float64Array.from(await during(seconds * 1000)).sort()
const took = (performance.now() - began) / 1000
const part = (p: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0
console.log(
  `BENCH ${JSON.stringify({ requests: sorted.length, seconds: took, p50: part(0.5), p95: part(0.95), p99: part(0.99), failed: 0 })}`,
)
await database.close()
