// Whoever works on the operator's queue in this process: takes what waits, holds its lease, writes how it ended; and what falls due by itself.
import { statSync } from 'node:fs'
import type { House } from '#kernel/house.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { noteSecurity, PLATFORM } from '#kernel/security-log/security-log.ts'
import { tenantById } from '#kernel/tenancy/tenants.ts'
import { exportTenant, hashOfFile, type Relocked } from './archive/export.ts'
import { eraseTenant } from './erase.ts'
import { exportFile, sweepExports } from './exports.ts'
import { askWork, endWork, holdWork, takeWork, type WorkRow } from './work.ts'

/** How often a process looks for work that another asked for, in milliseconds. */
const LOOK_EVERY = 10_000
const HOLD_EVERY = 10_000

export type Platform = {
  /** Starts working in this process. */
  work(): void
  /** There is something new. */
  nudge(): void
  /** Works off what is queued, here and now; for tests and the command line. */
  drain(): Promise<void>
  /** Work as it is at this moment, when it runs in this process. */
  latest(work: WorkRow): WorkRow
  /** Asks for the removal of what is due, and tidies old archives; daily. */
  upkeep(): Promise<void>
  /** Lets what runs come to its end. */
  stop(): Promise<void>
}

/** Opens the operator's work of an installation; nothing happens before the first call. */
export function openPlatform(house: () => House): Platform {
  const running = new Map<string, WorkRow>()
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let loop: Promise<void> | null = null
  const owner = (): House['database']['owner'] => house().database.owner

  async function runOne(work: WorkRow): Promise<void> {
    let at: WorkRow = work
    running.set(work.id, at)
    // Never waited for: on the embedded database a transaction of the work itself may be open, and this write stands behind it.
    const hold = setInterval(() => void holdWork(owner(), work.id, at).catch(() => {}), HOLD_EVERY)
    try {
      const result = await (work.kind === 'export' ? runExport : runErase)(house(), work, (done, total, doing) => {
        at = { ...at, done, total, doing }
        running.set(work.id, at)
      })
      clearInterval(hold)
      await endWork(owner(), work.id, at, { result })
    } catch (error) {
      clearInterval(hold)
      const e = error as Error & { code?: string }
      const refused = error instanceof Refusal
      if (!refused)
        house().log.error(
          { work: work.id, kind: work.kind, error: e.name, code: e.code, at: e.stack?.split('\n').slice(1, 6).join(' | ') },
          'platform work failed',
        )
      await endWork(
        owner(),
        work.id,
        at,
        refused ? { error: { code: error.code, message: error.words } } : { againInSeconds: 30 * 2 ** work.attempts },
      )
    } finally {
      running.delete(work.id)
    }
  }

  async function drain(): Promise<void> {
    for (let work = await takeWork(owner()); work && !stopped; work = await takeWork(owner())) await runOne(work)
  }

  const look = (): void => {
    if (stopped) return
    loop ??= drain()
      .catch((error: Error) => house().log.error({ error: error.name }, 'platform work has trouble'))
      .finally(() => (loop = null))
  }

  return {
    work() {
      timer ??= setInterval(look, LOOK_EVERY).unref()
      look()
    },
    nudge() {
      if (timer) look()
    },
    drain,
    latest: (work) => (work.status === 'running' ? (running.get(work.id) ?? work) : work),
    async upkeep() {
      const { rows } = await owner().query<{ id: string; by: string | null }>(
        `select id, deletion_asked_by as by from core.tenants where status = 'deleting' and delete_after <= now()`,
      )
      for (const { id, by } of rows) await askWork(owner(), 'erase', id, {}, by)
      sweepExports(house())
      if (timer) look()
    },
    async stop() {
      stopped = true
      clearInterval(timer)
      await loop
    },
  }
}

type Tell = Parameters<typeof eraseTenant>[2]

async function runExport(house: House, work: WorkRow, tell: Tell): Promise<object> {
  const tenant = await tenantById(house, work.community_id)
  if (!tenant) throw new Refusal(404, 'tenant_gone', { id: 'Komunitas ini sudah tidak ada.', en: 'This community is gone.' })
  const file = exportFile(house, tenant.id, work.id)
  const manifest = await exportTenant(house, tenant, file, (work.input['relocked'] as Relocked | undefined) ?? null, tell)
  const rows = Object.values(manifest.tables).reduce((sum, t) => sum + t.rows, 0)
  return {
    rows,
    tables: Object.keys(manifest.tables).length,
    bytes: statSync(file).size,
    sha256: await hashOfFile(file),
    locked_with: manifest.keys.locked_with,
  }
}

async function runErase(house: House, work: WorkRow, tell: Tell): Promise<object> {
  await eraseTenant(house, work.community_id, tell)
  const { rows } = await house.database.owner.query<{ n: number }>(
    'select row_total::int as n from core.deletions where community_id = $1',
    [work.community_id],
  )
  const origin = { requestId: work.id, ip: null, userAgent: null }
  await noteSecurity(house, {
    kind: 'tenant_deleted',
    tenantId: PLATFORM,
    userId: work.asked_by,
    origin,
    detail: { community: work.community_id, rows: rows[0]?.n ?? 0 },
  })
  return { rows: rows[0]?.n ?? 0 }
}
