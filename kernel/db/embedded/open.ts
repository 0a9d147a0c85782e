// Opens the embedded database: lock, files, gate, and the two pools through which everybody speaks to it.
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { Database, OpenOptions } from '#kernel/db/open.ts'
import { DatabaseUnavailable } from '#kernel/db/unavailable.ts'
import { boot, type BootOptions } from './boot.ts'
import { EmbeddedSocket } from './bridge.ts'
import { copyDatabase, hasDatabase, make } from './files.ts'
import { openGate } from './gate.ts'
import { takeLock } from './lock.ts'
import { startUpkeep } from './upkeep.ts'

const IDLE_IN_TRANSACTION = 30_000
/** How long `close()` waits for connections that somebody still holds. */
const PATIENCE = 10_000

export async function openEmbedded(options: OpenOptions): Promise<Database> {
  const { dataDir, onProgress } = options
  const settings: BootOptions = {
    dataDir,
    durable: options.durable ?? true,
    cacheDirs: [path.resolve(import.meta.dirname, '../../../node_modules/.cache/balai'), path.join(dataDir, 'cache')],
  }
  prepareFolder(dataDir)
  const release = takeLock(dataDir)
  try {
    if (!hasDatabase(dataDir)) {
      onProgress?.({ id: 'Menyiapkan basis data untuk pertama kali …', en: 'Preparing the database for the first time …' })
      if (options.template !== undefined) await copyDatabase(options.template, dataDir)
      else await make(dataDir, async () => (await boot(settings)).backend.close(), settings.durable)
    }
    onProgress?.({ id: 'Membuka basis data …', en: 'Opening the database …' })
    const { backend, version } = await boot(settings)
    const gate = openGate(backend, { idleInTransaction: IDLE_IN_TRANSACTION, revive: async () => (await boot(settings)).backend })
    const stopUpkeep = startUpkeep(gate)
    const parameters = { server_version: version, client_encoding: 'UTF8', DateStyle: 'ISO, MDY', TimeZone: 'UTC' }
    const pool = (role: string | null): pg.Pool => {
      const opened = new pg.Pool({
        stream: () => new EmbeddedSocket(gate, role, parameters) as never,
        host: 'embedded',
        user: 'postgres',
        database: 'postgres',
        password: '',
        ssl: false,
        max: options.poolSize ?? 10,
        idleTimeoutMillis: 0,
      })
      // An idle connection that ends (after a crash) is replaced by the pool; without a listener it would end the process.
      opened.on('error', () => {})
      return opened
    }
    const [owner, app] = [pool(null), pool('balai_app')]
    let closed: Promise<void> | null = null
    const close = async (): Promise<void> => {
      stopUpkeep()
      let patience: NodeJS.Timeout | undefined
      const enough = new Promise<void>((resolve) => void (patience = setTimeout(resolve, PATIENCE)))
      await Promise.race([Promise.all([owner.end(), app.end()]), enough])
      clearTimeout(patience)
      try {
        await gate.close()
      } finally {
        release()
      }
    }
    return { kind: 'embedded', owner, app, close: () => (closed ??= close()) }
  } catch (error) {
    release()
    throw error
  }
}

function prepareFolder(dataDir: string): void {
  try {
    fs.mkdirSync(dataDir, { recursive: true })
    fs.accessSync(dataDir, fs.constants.W_OK)
  } catch (cause) {
    throw new DatabaseUnavailable(
      {
        id: 'Folder data {dir} tidak dapat ditulis. Beri izin tulis, atau pilih folder lain dengan BALAI_DATA.',
        en: 'The data folder {dir} cannot be written. Allow writing to it, or choose another folder with BALAI_DATA.',
      },
      { dir: dataDir },
      cause,
    )
  }
}
