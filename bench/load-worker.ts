// The load generator for machines without wrk: keep-alive connections, each asking again as soon as it is answered.
// It costs more than wrk does, so compare only numbers that came from the same generator.
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'

const [base = '', file = '', connections = '32', seconds = '5'] = process.argv.slice(2)
const { hostname, port } = new URL(base)
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) })
const headers: Record<string, string> = {}
const asks: { method: string; path: string; body: string }[] = []
for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
  const [method = '', path = '', body = ''] = line.split('\t')
  if (method === 'HEADER') headers[path] = body
  else asks.push({ method, path, body })
}

let at = 0
let serial = 100_000_000_000 + Math.floor(Math.random() * 1e6) * 10_000
let failed = 0
const times: number[] = []

function ask(): Promise<void> {
  const a = asks[at++ % asks.length]!
  const body = a.body && a.body.replaceAll('@', String(++serial))
  const began = performance.now()
  return new Promise((resolve) => {
    const sent = request(
      {
        agent,
        hostname,
        port,
        method: a.method,
        path: a.path,
        headers: body ? { ...headers, 'content-length': Buffer.byteLength(body) } : headers,
      },
      (answer) => {
        if ((answer.statusCode ?? 500) >= 400) failed++
        answer.resume()
        answer.on('end', () => {
          times.push(performance.now() - began)
          resolve()
        })
      },
    )
    sent.on('error', () => {
      failed++
      resolve()
    })
    sent.end(body || undefined)
  })
}

const began = performance.now()
const until = began + Number(seconds) * 1000
await Promise.all(
  Array.from({ length: Number(connections) }, async () => {
    while (performance.now() < until) await ask()
  }),
)
const took = (performance.now() - began) / 1000
const sorted = Float64Array.from(times).sort()
const part = (p: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0
console.log(`BENCH ${JSON.stringify({ requests: times.length, seconds: took, p50: part(0.5), p95: part(0.95), p99: part(0.99), failed })}`)
process.exit(0)
