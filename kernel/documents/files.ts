// Files of a community: bytes in the storage under a key of their own, a row in core.files. The bytes come first: a row without them is never made.
import type { Ctx } from '#kernel/ctx.ts'
import { notFound, Refusal } from '#kernel/http/refusal.ts'
import { takeRoom } from '#kernel/platform/room.ts'
import { isId, newId } from '#kernel/resource/id.ts'
import type { Seal } from '#kernel/secrets/seal.ts'
import { FileDamaged, newFileKey, openFile, openPieces, sealFile, storedRange, storedSize } from './cipher.ts'
import type { Storage } from './storage/storage.ts'

/** What the key of a file is sealed as. */
export const FILE_KEY = 'core.files.wrapped_key'

export type FileRow = {
  readonly id: string
  readonly provider: string
  readonly name: string
  readonly mime_type: string
  /** Bytes of the file itself. */
  readonly size: number
  readonly sha256: string
  readonly thumbnail_id: string | null
  /** `unclaimed`: uploaded, and part of nothing yet. */
  readonly state: 'unclaimed' | 'kept'
  readonly metadata: Readonly<Record<string, unknown>>
  readonly wrapped_key: Buffer
  readonly created_by: string | null
}

const COLUMNS = 'id, provider, name, mime_type, size, sha256, thumbnail_id, state, metadata, wrapped_key, created_by'

export const objectKey = (tenantId: string, fileId: string): string => `${tenantId}/${fileId}`

/** Bytes that lie in the storage and that no row speaks of yet. */
export type Written = { readonly id: string; readonly key: Buffer; readonly stored: number }

/** Writes the bytes under a new key of their own. What it throws, it has cleaned up; the caller keeps the row, or takes the bytes back. */
export async function writeBytes(storage: Storage, tenantId: string, body: AsyncIterable<Uint8Array>): Promise<Written> {
  const id = newId()
  const key = newFileKey()
  return { id, key, stored: await storage.put(objectKey(tenantId, id), sealFile(body, key, id)) }
}

export type FileFacts = {
  readonly name: string
  readonly mime: string
  readonly size: number
  readonly sha256: string
  readonly thumbnailId?: string | null
  readonly state: FileRow['state']
  readonly metadata?: Readonly<Record<string, unknown>>
}

type Inside = Pick<Ctx, 'db' | 'seal' | 'tenant' | 'actor'>

/** The row of bytes that were written, and their room in the community's plan; in the caller's transaction. Throws 413 `storage_full`. */
export async function insertFile(ctx: Inside, provider: Storage['provider'], written: Written, facts: FileFacts): Promise<void> {
  await takeRoom(ctx, written.stored)
  await ctx.db.query(
    `insert into core.files (tenant_id, id, provider, name, mime_type, size, stored_size, sha256, thumbnail_id, state, metadata, wrapped_key, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[ctx.tenant.id, written.id, provider, facts.name, facts.mime, facts.size, written.stored, facts.sha256, facts.thumbnailId ?? null],
      ...[facts.state, JSON.stringify(facts.metadata ?? {}), ctx.seal.seal(written.key.toString('base64'), FILE_KEY), ctx.actor.userId],
    ],
  )
}

/** The row of a file. `lock`: held until the transaction ends. Throws 404. */
export async function fileRow(ctx: Pick<Ctx, 'db' | 'tenant'>, id: string, lock = false): Promise<FileRow> {
  if (!isId(id)) throw notFound()
  const { rows } = await ctx.db.query<FileRow>(
    `select ${COLUMNS} from core.files where tenant_id = $1 and id = $2${lock ? ' for update' : ''}`,
    [ctx.tenant.id, id],
  )
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** So small a file is proven whole before its first byte leaves; of a larger one each piece is. */
const PROVEN = 4_000_000

export type Range = { readonly from: number; readonly to: number }

/** The plain bytes of a file, or a part of them (inclusive). Throws 503 `storage_unavailable`, 500 `file_lost`. */
export async function openBytes(
  storage: Storage,
  ctx: { readonly tenant: { readonly id: string }; readonly seal: Seal },
  file: Pick<FileRow, 'id' | 'size' | 'wrapped_key'>,
  range?: Range,
): Promise<AsyncIterable<Buffer>> {
  const at = objectKey(ctx.tenant.id, file.id)
  const key = Buffer.from(ctx.seal.open(file.wrapped_key, FILE_KEY), 'base64')
  const found = await storage.size(at)
  if (found !== storedSize(file.size)) throw lost()
  if (range) {
    const part = storedRange(file.size, range.from, range.to)
    const stored = await storage.get(at, part)
    if (!stored) throw lost()
    return proven(openPieces(stored, key, file.id, file.size, range.from, range.to), range.to - range.from + 1)
  }
  const stored = await storage.get(at)
  if (!stored) throw lost()
  return proven(openFile(stored, key, file.id, file.size), file.size)
}

/** Reads a small file to its end, of a larger one the first piece: what is damaged there is told with words instead of a broken answer. */
async function proven(plain: AsyncGenerator<Buffer>, size: number): Promise<AsyncIterable<Buffer>> {
  const held: Buffer[] = []
  try {
    for (let got = 0; got < size && (held.length === 0 || size <= PROVEN); ) {
      const next = await plain.next()
      if (next.done) break
      held.push(next.value)
      got += next.value.length
    }
  } catch (error) {
    if (error instanceof FileDamaged) throw lost()
    throw error
  }
  return (async function* () {
    yield* held
    yield* plain
  })()
}

/** What lies in the storage is not, or no longer, what was put there. */
const lost = (): Refusal =>
  new Refusal(500, 'file_lost', {
    id: 'Berkas ini rusak atau hilang di tempat penyimpanan. Isinya tidak ditampilkan. Sampaikan kepada pengelola: pulihkan dari cadangan.',
    en: 'This file is damaged or missing in the storage. Nothing of it is shown. Tell the operator: restore it from a backup.',
  })
