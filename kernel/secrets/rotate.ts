// A new data key for a community: made, known to every process, and everything that may be changed sealed with it again.
import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '#kernel/db/db.ts'
import { transaction } from '#kernel/db/scoped.ts'
import { FILE_KEY } from '#kernel/documents/files.ts'
import type { House } from '#kernel/house.ts'
import { forgetTenantKeys, rotateTenantKey, tenantSeal } from './keyring.ts'
import { resealRows } from './reseal.ts'

export type Rotation = {
  readonly rows: number
  /** Resources whose rows nobody may change: they keep the former key, which is never thrown away. */
  readonly kept: readonly string[]
  /** Rows with a value that could not be opened. */
  readonly failed: readonly string[]
}

/** `settleSeconds`: how long other processes may still trust the keys they know; 0 when there are none. */
export async function rotateSecrets(
  house: House,
  tenantId: string,
  settleSeconds: number,
  tell: (resource: string, rows: number) => void,
): Promise<Rotation> {
  const inTransaction = <T>(work: (db: Db) => Promise<T>): Promise<T> =>
    transaction(house.database.app, tenantId, { user: null, doing: 'resealed', request: 'key rotation', ip: null, agent: null }, work)
  await inTransaction((db) => rotateTenantKey(db, house.master, tenantId, settleSeconds))
  forgetTenantKeys(house.master, tenantId)
  if (settleSeconds) await pause((settleSeconds + 1) * 1000)
  forgetTenantKeys(house.master, tenantId)
  const seal = await tenantSeal(house, tenantId)
  let rows = 0
  const kept: string[] = []
  const failed: string[] = []
  for (const r of house.model.resources.values()) {
    const fields = Object.entries(r.fields).flatMap(([column, f]) => (f.secret ? [{ column, field: `${r.name}.${column}` }] : []))
    if (!fields.length) continue
    if (!(await mayChange(house, r.table))) {
      kept.push(r.name)
      continue
    }
    const counts = await resealRows(inTransaction, seal, { table: r.table, tenantId, fields, progress: (so) => tell(r.plural, so.rows) })
    rows += counts.rows
    failed.push(...counts.failed)
  }
  // The keys of files are sealed like values; the files themselves stay as they are.
  const fileKeys = [{ column: 'wrapped_key', field: FILE_KEY }]
  const files = await resealRows(inTransaction, seal, {
    table: 'core.files',
    tenantId,
    fields: fileKeys,
    progress: (so) => tell('files', so.rows),
  })
  rows += files.rows
  failed.push(...files.failed)
  return { rows, kept, failed }
}

async function mayChange(house: House, table: string): Promise<boolean> {
  const { rows } = await house.database.owner.query<{ may: boolean }>(`select has_table_privilege('balai_app', $1, 'UPDATE') as may`, [
    table,
  ])
  return rows[0]?.may ?? false
}
