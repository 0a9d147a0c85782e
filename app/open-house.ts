// Opens an installation: database, migrations, keys, identity, jobs. Everything that runs starts here and ends with close().
import { join } from 'node:path'
import { pino } from 'pino'
import { hearMembers } from '#kernel/access/kept-members.ts'
import { startSealing } from '#kernel/audit/seals/sealing.ts'
import { documentJobs } from '#kernel/documents/jobs.ts'
import { openStorage } from '#kernel/documents/storage/open.ts'
import { openDatabase } from '#kernel/db/open.ts'
import { migrate, migrationsIn } from '#kernel/db/migrate.ts'
import type { House } from '#kernel/house.ts'
import { openIdentity } from '#kernel/identity/identity.ts'
import { importersOf } from '#kernel/imports/importers.ts'
import { importJobs } from '#kernel/imports/jobs.ts'
import { openJobs } from '#kernel/jobs/jobs.ts'
import { prepareQueue } from '#kernel/jobs/queue.ts'
import { hearTenants } from '#kernel/tenancy/changes.ts'
import { closeMeters } from '#kernel/platform/meter.ts'
import { openPlatform } from '#kernel/platform/runner.ts'
import { freshNotices } from '#kernel/notifications/deliver.ts'
import { loadPushKeys } from '#kernel/notifications/push/keys.ts'
import { contactOf, pushAdapter } from '#kernel/notifications/push/sender.ts'
import { openOutbox } from '#kernel/outbox/outbox.ts'
import type { Module } from '#kernel/module.ts'
import { modelOf } from '#kernel/resource/model.ts'
import { prepareSearch } from '#kernel/search/leakproof.ts'
import { loadMasterKey } from '#kernel/secrets/master-key.ts'
import { closeSecurityLog } from '#kernel/security-log/security-log.ts'
import { startOften } from '#kernel/upkeep/often.ts'
import { keepHouse } from '#kernel/upkeep/upkeep.ts'
import type { Words } from '#kernel/words.ts'
import type { Settings } from './config.ts'
import { MODULES } from './modules.ts'

export type OpenHouse = House & { close(): Promise<void> }

export type HouseOptions = {
  readonly modules?: readonly Module[]
  readonly migrations?: readonly URL[]
  readonly tell?: (words: Words) => void
  /** Tests only: a closed database to start from, and commits that do not wait for the disk. */
  readonly template?: string
  readonly durable?: boolean
  readonly quiet?: boolean
}

const DAY_MS = 86_400_000

/** Opens everything but starts neither server nor worker. Throws errors whose message says what to do. */
export async function openHouse(settings: Settings, options: HouseOptions = {}): Promise<OpenHouse> {
  const tell = options.tell ?? (() => {})
  const log = pino(
    { level: options.quiet ? 'fatal' : 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  )
  const database = await openDatabase({
    url: settings.databaseUrl,
    appUrl: settings.databaseAppUrl,
    dataDir: settings.dataDir,
    poolSize: settings.poolSize,
    onProgress: tell,
    ...(options.template ? { template: options.template } : {}),
    ...(options.durable === undefined ? {} : { durable: options.durable }),
  })
  try {
    const folders = options.migrations ?? [new URL('../db/migrations/', import.meta.url)]
    const migrations = (await Promise.all(folders.map(migrationsIn))).flat()
    await migrate(database.owner, migrations, (name) =>
      tell({ id: `Menyiapkan basis data: ${name}`, en: `Preparing the database: ${name}` }),
    )
    await prepareQueue(database.owner)
    const search = await prepareSearch(database.owner)
    if (search.missing.length)
      log.warn({ missing: search.missing }, 'search will be slow: let a superuser run db/leakproof.sql (docs/operations.md)')
    await database.owner.query('select core.make_partitions()')
    const model = modelOf(options.modules ?? MODULES)
    const master = loadMasterKey({ env: settings.masterKey, file: join(settings.dataDir, 'master.key') })
    const identity = openIdentity({ app: database.app, config: settings, master, house: () => house })
    const pushKeys = loadPushKeys({ env: settings.pushKey, file: join(settings.dataDir, 'push.key') })
    const outbox = openOutbox({
      app: database.app,
      kind: database.kind,
      config: settings.outbox,
      baseUrl: settings.baseUrl,
      master,
      log,
      push: pushAdapter({ app: database.app, master, keys: pushKeys, config: settings.push, contact: contactOf(settings) }),
      fresh: freshNotices(() => house),
    })
    const storage = openStorage(settings.files.storage, join(settings.dataDir, 'files'))
    let house: OpenHouse
    let stopSealing = async (): Promise<void> => {}
    const jobs = openJobs({
      database,
      kinds: [...importJobs((name) => importersOf(model).get(name)), ...documentJobs(settings.files), ...model.jobs],
      house: () => house,
    })
    const ears = [identity.listen(database), hearMembers({ database }), hearTenants({ database })]
    const platform = openPlatform(() => house)
    const keepUp = (): void => void keepHouse(house).catch((error: Error) => log.error({ error: error.name }, 'daily upkeep failed'))
    const soon = setTimeout(keepUp, 60_000).unref()
    const daily = setInterval(keepUp, DAY_MS).unref()
    const stopOften = startOften(() => house)
    const close = async (): Promise<void> => {
      clearTimeout(soon)
      clearInterval(daily)
      await stopOften()
      await platform.stop()
      await jobs.stop()
      await stopSealing()
      await outbox.stop()
      for (const ear of ears) await ear.stop()
      await closeMeters(house)
      await closeSecurityLog(house)
      await database.close()
    }
    house = { config: settings, database, model, master, log, identity, jobs, outbox, pushKeys, storage, platform, close }
    stopSealing = startSealing(house)
    return house
  } catch (error) {
    await database.close()
    throw error
  }
}
