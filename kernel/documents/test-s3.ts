// A real S3 server on this machine, for as long as a test runs.
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { filesConfig } from './storage/config.ts'
import { openStorage } from './storage/open.ts'
import type { Storage } from './storage/storage.ts'

type Running = {
  run(): Promise<{ port: number }>
  httpServer: { close(done: (error?: Error) => void): unknown; closeAllConnections(): void }
}
// The package brings no types.
const S3rver = createRequire(import.meta.url)('s3rver') as new (options: object) => Running

export type TestS3 = {
  readonly storage: Storage
  /** Nobody answers any more. */
  stop(): Promise<void>
  /** A folder that is removed with it, behind the storage. */
  readonly near: string
}

/** Starts it with a bucket, and opens our storage on it by the same setting an operator writes. */
export async function startS3(): Promise<TestS3> {
  const folder = mkdtempSync(join(tmpdir(), 'balai-s3-'))
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: join(folder, 'far'),
    configureBuckets: [{ name: 'berkas', configs: [] }],
  })
  const { port } = await server.run()
  const { storage } = filesConfig({ BALAI_STORAGE: `s3://S3RVER:S3RVER@127.0.0.1:${port}/berkas?region=us-east-1&tls=false` }, (words) => {
    throw new Error(words)
  })
  const near = join(folder, 'near')
  return {
    storage: openStorage(storage, near),
    near,
    async stop() {
      const closed = new Promise((resolve) => server.httpServer.close(resolve))
      server.httpServer.closeAllConnections()
      await closed
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
