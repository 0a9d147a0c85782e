// For tests: waits until every transaction of the server that runs now is over. Other tests share it, and what they hold open cannot be sealed yet.
import { setTimeout as pause } from 'node:timers/promises'
import type { House } from '#kernel/house.ts'
import { sealAll } from './sealing.ts'

export async function settled({ database }: Pick<House, 'database'>): Promise<void> {
  const [now] = (await database.owner.query<{ top: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as top')).rows
  for (;;) {
    const { rows } = await database.owner.query('select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as over', [now!.top])
    if (rows[0].over) return
    await pause(20)
  }
}

/** Seals everything that was written before the call. */
export async function sealEverything(house: Parameters<typeof sealAll>[0], only?: string): Promise<number> {
  await settled(house)
  return sealAll(house, only)
}
