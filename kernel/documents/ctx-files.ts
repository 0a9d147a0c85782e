// What an act, a query or a job may do with files: the part of `ctx` that speaks to the storage.
import { createHash } from 'node:crypto'
import type { Ctx } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { fileRow, insertFile, openBytes, writeBytes } from './files.ts'

export type MadeFile = {
  /** With its ending: `surat-keterangan.pdf`. */
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
}

export type KeptFile = { readonly id: string; readonly size: number; readonly sha256: string }

export type CtxFiles = {
  /** Keeps a file that we made ourselves: its bytes at once, its row in the transaction. Rolled back, the bytes are swept up later. Throws 503. */
  keep(file: MadeFile): Promise<KeptFile>
  /** The plain bytes of a file. The caller has made sure that the actor may read it. Throws 404, 500 `file_lost`, 503. */
  open(fileId: string): Promise<AsyncIterable<Buffer>>
  /** Whether rows of this resource may have documents. */
  mayHold(resource: string): boolean
  /** Whether what people bring is scanned before it is shown. */
  readonly scanned: boolean
  /** Starts what is done with every new version after the commit: the scan, and reading its text. */
  arrived(versionId: string, mime: string): Promise<void>
}

/** `ctx`: asked when a function is called, because it is made together with it. */
export function ctxFiles(house: House, ctx: () => Ctx): CtxFiles {
  return {
    async keep({ name, mime, bytes }) {
      const { tenant } = ctx()
      const written = await writeBytes(house.storage, tenant.id, once(bytes))
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      await insertFile(ctx(), house.storage.provider, written, { name, mime, size: bytes.byteLength, sha256, state: 'kept' })
      return { id: written.id, size: bytes.byteLength, sha256 }
    },
    open: async (fileId) => openBytes(house.storage, ctx(), await fileRow(ctx(), fileId)),
    mayHold: (resource) => house.model.resources.get(resource)?.attachable === true,
    scanned: house.config.files.clamd !== null,
    async arrived(versionId, mime) {
      if (house.config.files.clamd) await house.jobs.enqueue(ctx(), 'core.scan_file', { version_id: versionId })
      if (mime.startsWith('image/')) await house.jobs.enqueue(ctx(), 'core.read_text', { version_id: versionId })
    },
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
