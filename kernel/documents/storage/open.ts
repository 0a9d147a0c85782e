// Opens the storage that the installation was given: a folder, or S3 with the folder behind it.
import { openFolder } from './folder.ts'
import { openS3, type S3Config } from './s3.ts'
import type { Storage } from './storage.ts'

export type StorageConfig = { readonly kind: 'folder' } | ({ readonly kind: 's3' } & S3Config)

/** The storage of an installation. With S3, what is not found there is looked for in the folder: so files move over one by one. */
export function openStorage(config: StorageConfig, folder: string): Storage {
  const near = openFolder(folder)
  if (config.kind === 'folder') return near
  const far = openS3(config)
  return {
    ...far,
    get: async (key, range) => (await far.get(key, range)) ?? near.get(key, range),
    size: async (key) => (await far.size(key)) ?? near.size(key),
    async remove(key) {
      await far.remove(key)
      await near.remove(key)
    },
    async *list(prefix) {
      yield* far.list(prefix)
      yield* near.list(prefix)
    },
  }
}
