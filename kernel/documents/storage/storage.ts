// Where the bytes of files lie: one interface, whatever is behind it. Keys are `{tenant}/{file}`; what is stored is always encrypted already.
import { Refusal } from '#kernel/http/refusal.ts'

export type StoredObject = { readonly key: string; readonly bytes: number; readonly at: Date }

export type Storage = {
  readonly provider: 'folder' | 's3'
  /** Keeps the whole stream or nothing; constant memory. Answers how many bytes were kept. Throws 503 `storage_unavailable`. */
  put(key: string, body: AsyncIterable<Buffer>): Promise<number>
  /** Bytes `from` to `to` (inclusive), or all. Null when nothing lies there. Throws 503 `storage_unavailable`. */
  get(key: string, range?: { readonly from: number; readonly to: number }): Promise<AsyncIterable<Buffer> | null>
  /** How many bytes lie there; null when nothing does. */
  size(key: string): Promise<number | null>
  /** Removes it; nothing happens when it is not there. */
  remove(key: string): Promise<void>
  /** Everything whose key begins so, in no order. */
  list(prefix: string): AsyncIterable<StoredObject>
}

/** The storage does not answer, is full, or does not let us in. Nothing was kept, and nothing is lost. */
export const storageDown = (cause: unknown): Refusal =>
  Object.assign(
    new Refusal(
      503,
      'storage_unavailable',
      {
        id: 'Tempat penyimpanan berkas sedang tidak dapat dipakai. Tidak ada yang tersimpan setengah; coba lagi sebentar.',
        en: 'The storage for files cannot be used just now. Nothing is half kept; try again in a moment.',
      },
      [],
      { headers: { 'retry-after': '30' } },
    ),
    { cause },
  )
