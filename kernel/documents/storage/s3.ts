// Files in an S3-compatible storage: small ones in one request, larger ones in parts, so that memory stays the same.
import { S3mini } from 's3mini'
import { type Storage, storageDown } from './storage.ts'

export type S3Config = {
  /** With the bucket: `https://s3.example.id/balai`. */
  readonly endpoint: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** S3 takes parts from 5 MiB on; the last may be smaller. */
const PART = 8 * 1024 * 1024
/** Nothing answers for so long: it is down. Milliseconds; sending a part counts, receiving a body does not. */
const PATIENCE = 60_000
const LISTED = 1_000

/** Gives up when no answer begins; a body that has begun may take as long as it flows. */
const patientFetch: typeof fetch = async (input, init) => {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(new Error('The storage does not answer.')), PATIENCE)
  try {
    return await fetch(input, { ...init, signal: patience.signal })
  } finally {
    clearTimeout(timer)
  }
}

const missing = (error: unknown): boolean =>
  (error as { status?: number }).status === 404 && (error as { serviceCode?: string }).serviceCode !== 'NoSuchBucket'

/** Nothing is asked of the storage before the first use. */
export function openS3(config: S3Config): Storage {
  const s3 = new S3mini({ ...config, fetch: patientFetch })
  /** What goes wrong while speaking to the storage is its own; what the file's own stream refuses is not. */
  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw storageDown(error)
    }
  }
  return {
    provider: 's3',
    async put(key, body) {
      let held: Buffer[] = []
      let size = 0
      let total = 0
      let upload: string | null = null
      const parts: { partNumber: number; etag: string }[] = []
      const flush = async (): Promise<void> => {
        upload ??= await asked(() => s3.getMultipartUploadId(key, 'application/octet-stream'))
        const id = upload
        const bytes = Buffer.concat(held)
        held = []
        size = 0
        parts.push(await asked(() => s3.uploadPart(key, id, bytes, parts.length + 1)))
      }
      try {
        for await (const chunk of body) {
          held.push(chunk)
          size += chunk.length
          total += chunk.length
          if (size >= PART) await flush()
        }
        if (upload === null) await asked(() => s3.putObject(key, Buffer.concat(held), 'application/octet-stream'))
        else {
          if (size) await flush()
          const id: string = upload
          await asked(() => s3.completeMultipartUpload(key, id, parts))
        }
        return total
      } catch (error) {
        if (upload !== null) await s3.abortMultipartUpload(key, upload).catch(() => {})
        throw error
      }
    },
    async get(key, range) {
      const response = await asked(() =>
        // The end of a range is exclusive there.
        s3.getObjectRaw(key, !range, range?.from, range && range.to + 1).catch((error: unknown) => {
          if (missing(error)) return null
          throw error
        }),
      )
      return response?.body ? received(response.body as unknown as AsyncIterable<Uint8Array>) : null
    },
    size: (key) => asked(async () => ((await s3.objectExists(key)) ? s3.getContentLength(key) : null)),
    remove: (key) => asked(async () => void (await s3.deleteObject(key))),
    async *list(prefix) {
      for (let next: string | undefined, more = true; more; ) {
        const page = await asked(() => s3.listObjectsPaged('/', prefix, LISTED, next))
        for (const found of page?.objects ?? []) yield { key: found.Key, bytes: Number(found.Size), at: new Date(found.LastModified) }
        next = page?.nextContinuationToken
        more = next !== undefined
      }
    },
  }
}

async function* received(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  } catch (error) {
    throw storageDown(error)
  }
}
