// Files of a community in its archive: the stored bytes as they lie, under the keys that travel with the rows. Each is proven by its hash.
import { createHash } from 'node:crypto'
import { objectKey } from '#kernel/documents/files.ts'
import type { House } from '#kernel/house.ts'
import { isId } from '#kernel/resource/id.ts'
import type { Tell } from './export.ts'
import { tarHeader, tarPadding } from './tar.ts'

/** A file that an archive is to hold: its id, and how many bytes lie in the storage. */
export type Wanted = { readonly id: string; readonly stored_size: number }
/** A line of `files.ndjson`; a file that was not to be had is named all the same. */
export type FileLine = { readonly id: string; readonly bytes: number; readonly sha256: string | null }

export const WANTED = 'select id, stored_size from core.files where tenant_id = $1 order by id'
const ENTRY = /^file\.([0-9a-f]{32})$/

const entryName = (id: string): string => `file.${id.replaceAll('-', '')}`

/** The file that an entry of an archive holds; null when it is something else. */
export function fileOfEntry(name: string): string | null {
  const hex = ENTRY.exec(name)?.[1]
  const id = hex?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return isId(id) ? id : null
}

/** The entries of all files, one after the other, and what was written of each into `lines`. A file that is not there, or not whole, is named. */
export async function* fileEntries(
  house: Pick<House, 'storage'>,
  tenantId: string,
  wanted: readonly Wanted[],
  at: Date,
  lines: FileLine[],
  tell: Tell,
): AsyncGenerator<Buffer> {
  for (const [n, { id, stored_size }] of wanted.entries()) {
    tell(n, wanted.length, { id: 'Menyalin berkas', en: 'Copying files' })
    const key = objectKey(tenantId, id)
    const body = (await house.storage.size(key)) === stored_size ? await house.storage.get(key) : null
    if (!body) {
      lines.push({ id, bytes: stored_size, sha256: null })
      continue
    }
    yield tarHeader(entryName(id), stored_size, at)
    const hash = createHash('sha256')
    let bytes = 0
    for await (const part of body) {
      hash.update(part)
      bytes += part.length
      yield part
    }
    if (bytes !== stored_size) throw new Error('A file changed its length while it was being copied: export again.')
    yield tarPadding(stored_size)
    lines.push({ id, bytes, sha256: hash.digest('hex') })
  }
}

/** Takes the bytes of a community's files back, or away for good. */
export async function removeFiles(house: Pick<House, 'storage'>, tenantId: string, tell: Tell = () => {}): Promise<number> {
  let removed = 0
  for await (const { key } of house.storage.list(`${tenantId}/`)) {
    await house.storage.remove(key)
    tell(++removed, removed + 1, { id: 'Menghapus berkas', en: 'Removing files' })
  }
  return removed
}
