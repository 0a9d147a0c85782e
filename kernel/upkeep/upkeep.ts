// Does the duties of the house, one after the other, and remembers when each last ran and what came of it.
import type { House } from '#kernel/house.ts'
import type { Words } from '#kernel/words.ts'
import { dutiesOf } from './duties.ts'
import type { Duty } from './duty.ts'

export type LastRun = {
  readonly started_at: Date
  readonly ended_at: Date
  readonly failed: boolean
  readonly result: Readonly<Record<string, number | string>>
}
export type Listed = { readonly name: string; readonly label: Words; readonly last: LastRun | null }

/** Every duty with its last run. */
export async function listDuties(house: Pick<House, 'model' | 'database'>): Promise<Listed[]> {
  const { rows } = await house.database.owner.query<LastRun & { name: string }>(
    'select name, started_at, ended_at, failed, result from core.upkeep_runs',
  )
  return dutiesOf(house).map(({ name, label }) => ({ name, label, last: rows.find((row) => row.name === name) ?? null }))
}

/** Does every duty, or those named. A duty that fails is logged and does not stop the others. Answers the names that failed. */
export async function keepHouse(house: House, only: readonly string[] = []): Promise<string[]> {
  const failed: string[] = []
  for (const duty of dutiesOf(house)) {
    if (only.length && !only.includes(duty.name)) continue
    if (!(await runDuty(house, duty))) failed.push(duty.name)
  }
  return failed
}

async function runDuty(house: House, duty: Duty): Promise<boolean> {
  const started = new Date()
  let result: LastRun['result'] = {}
  let ok = true
  try {
    result = (await duty.run(house)) ?? {}
  } catch (error) {
    const { name, code } = error as Error & { code?: string }
    ok = false
    result = { error: code ?? name }
    house.log.error({ duty: duty.name, error: name, code }, 'a duty of upkeep failed')
  }
  await house.database.owner.query(
    `insert into core.upkeep_runs as r (name, started_at, ended_at, failed, result) values ($1, $2, $3, $4, $5)
     on conflict (name) do update set started_at = excluded.started_at, ended_at = excluded.ended_at, failed = excluded.failed, result = excluded.result`,
    [duty.name, started, new Date(), !ok, JSON.stringify(result)],
  )
  return ok
}
