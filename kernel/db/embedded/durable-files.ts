// The embedded database's files on the real disk, with an fsync that reaches it: the stock file layer has none,
// so a commit would be acknowledged before it is safe.
import fs from 'node:fs'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { PGlite } from '@electric-sql/pglite'

/** What Emscripten's Node file layer gives a stream operation. Directories are opened without a descriptor (`nfd`). */
type FileStream = { readonly nfd?: number | null; readonly node: object }
type NodeFiles = {
  realPath(node: object): string
  stream_ops: { fsync?: (stream: FileStream) => number }
}
type FilesystemOptions = Parameters<NodeFS['init']>[1]

/** WASI's number for "input/output error": PostgreSQL panics on it, as it should when the disk refuses. */
const IO_ERROR = 29

/** Counts of what reached the disk, for tests and measurements. */
export type FsyncCount = { calls: number; failures: number }

/**
 * Start parameters under which a commit waits for the disk. `wal_sync_method` must be `fsync`: the default, fdatasync,
 * is a no-op in this build whatever the file layer does.
 */
export const DURABLE = ['fsync=on', 'wal_sync_method=fsync', 'synchronous_commit=on', 'full_page_writes=on']

export class DurableFiles extends NodeFS {
  readonly count: FsyncCount = { calls: 0, failures: 0 }

  override async init(pg: PGlite, options: FilesystemOptions) {
    const { emscriptenOpts } = await super.init(pg, options)
    const hook = (module: { FS: { filesystems: unknown } }): void => {
      const files = (module.FS.filesystems as { NODEFS: NodeFiles }).NODEFS
      files.stream_ops.fsync = (stream) => this.#sync(files, stream)
    }
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), hook] } }
  }

  /** Never throws: an exception here would unwind through PostgreSQL's own frames. A failure is an error number. */
  #sync(files: NodeFiles, stream: FileStream): number {
    try {
      this.count.calls++
      if (stream.nfd !== undefined && stream.nfd !== null) fs.fsyncSync(stream.nfd)
      else syncPath(files.realPath(stream.node))
      return 0
    } catch {
      this.count.failures++
      return IO_ERROR
    }
  }
}

/** Flushes a file or directory by its path. Windows cannot flush a directory, and needs no such thing. */
export function syncPath(path: string): void {
  if (process.platform === 'win32' && fs.statSync(path).isDirectory()) return
  const descriptor = fs.openSync(path, 'r')
  try {
    fs.fsyncSync(descriptor)
  } finally {
    fs.closeSync(descriptor)
  }
}
