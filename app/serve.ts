// Serves an installation over HTTP until it is told to stop, then lets what runs finish.
import { serve as listen } from '@hono/node-server'
import type { Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { api } from './api.ts'
import type { OpenHouse } from './open-house.ts'
import { site } from './site/site.ts'

export const DIST = fileURLToPath(new URL('../web/dist', import.meta.url))

export type Serving = { readonly port: number; stop(): Promise<void> }

/** Throws the socket's error (`EADDRINUSE` …) when the port cannot be had. */
export async function serve(house: OpenHouse, work: boolean): Promise<Serving> {
  const app = site(house, api(house), DIST)
  const { port, server } = await new Promise<{ port: number; server: Server }>((resolve, reject) => {
    const server = listen({ fetch: app.fetch, port: house.config.port }, (info) => resolve({ port: info.port, server })) as Server
    server.once('error', reject)
    // A large file over a village's line takes its time; who sends nothing is given up sooner (kernel/documents/upload.ts).
    server.requestTimeout = 1_800_000
    server.headersTimeout = 15_000
    server.keepAliveTimeout = 65_000
  })
  if (work) await house.jobs.work()
  if (work) house.platform.work()
  if (work) house.outbox.work()
  return {
    port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      // Streams of events never end by themselves.
      setTimeout(() => server.closeAllConnections(), 3_000).unref()
      await closed
      await house.close()
    },
  }
}
