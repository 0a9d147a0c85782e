// Files in a folder of the installation's data: each written beside its place, flushed, and moved there whole.
import { createReadStream } from 'node:fs'
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newId } from '#kernel/resource/id.ts'
import { type Storage, storageDown, type StoredObject } from './storage.ts'

const gone = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes((error as { code?: string }).code ?? '')
const isSystem = (error: unknown): boolean => typeof (error as { syscall?: string }).syscall === 'string'
const PART = '.part'

/** `folder` is made when something is first kept. */
export function openFolder(folder: string): Storage {
  const at = (key: string): string => {
    if (!/^[0-9a-f-]{36}\/[0-9a-f-]{36}$/.test(key)) throw new Error('A key is {tenant}/{file}.')
    return join(folder, key)
  }
  return {
    provider: 'folder',
    async put(key, body) {
      const file = at(key)
      const part = `${file}.${newId()}${PART}`
      let bytes = 0
      try {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 })
        const out = await open(part, 'wx', 0o600)
        try {
          for await (const chunk of body) {
            await out.writeFile(chunk)
            bytes += chunk.length
          }
          await out.sync()
        } finally {
          await out.close()
        }
        await rename(part, file)
        return bytes
      } catch (error) {
        await rm(part, { force: true }).catch(() => {})
        // What the stream itself refused passes on; what the disk refused is told as ours.
        throw isSystem(error) ? storageDown(error) : error
      }
    },
    async get(key, range) {
      const file = at(key)
      try {
        const handle = await open(file)
        return createReadStream('', {
          fd: handle,
          highWaterMark: 1 << 17,
          ...(range ? { start: range.from, end: range.to } : {}),
        }) as AsyncIterable<Buffer>
      } catch (error) {
        if (gone(error)) return null
        throw storageDown(error)
      }
    },
    async size(key) {
      try {
        return (await stat(at(key))).size
      } catch (error) {
        if (gone(error)) return null
        throw storageDown(error)
      }
    },
    async remove(key) {
      await rm(at(key), { force: true }).catch((error: unknown) => {
        throw storageDown(error)
      })
    },
    list: (prefix) => walk(folder, '', prefix),
  }
}

async function* walk(folder: string, under: string, prefix: string): AsyncGenerator<StoredObject> {
  let found
  try {
    found = await opendir(join(folder, under))
  } catch (error) {
    if (gone(error)) return
    throw storageDown(error)
  }
  for await (const entry of found) {
    const key = under ? `${under}/${entry.name}` : entry.name
    if (entry.isDirectory()) {
      if (key.startsWith(prefix) || prefix.startsWith(`${key}/`)) yield* walk(folder, key, prefix)
    } else if (key.startsWith(prefix)) {
      const facts = await stat(join(folder, key)).catch(() => null)
      if (!facts) continue
      // What an interrupted upload left is nobody's: it goes as soon as it is certainly not being written.
      if (key.endsWith(PART)) {
        if (Date.now() - facts.mtimeMs > 86_400_000) await rm(join(folder, key), { force: true }).catch(() => {})
      } else yield { key, bytes: facts.size, at: facts.mtime }
    }
  }
}
