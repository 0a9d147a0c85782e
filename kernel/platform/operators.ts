// Who runs the installation. Asked by every platform route; known for a few seconds.
import { globalDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'

type Home = Pick<House, 'database'>
const KEPT_MS = 5_000
const kept = new WeakMap<object, Map<string, { is: boolean; until: number }>>()

const cacheOf = (house: Home): Map<string, { is: boolean; until: number }> => {
  const known = kept.get(house.database)
  if (known) return known
  const made = new Map<string, { is: boolean; until: number }>()
  kept.set(house.database, made)
  return made
}

/** Whether a person is an operator. Another process may believe so for five seconds more. */
export async function isOperator(house: Home, userId: string): Promise<boolean> {
  const cache = cacheOf(house)
  const known = cache.get(userId)
  if (known && known.until > Date.now()) return known.is
  const { rows } = await globalDb(house.database.owner).query('select 1 from core.operators where user_id = $1', [userId])
  if (cache.size > 10_000) cache.clear()
  cache.set(userId, { is: rows.length === 1, until: Date.now() + KEPT_MS })
  return rows.length === 1
}

/** Makes a person an operator; false when they are one already. */
export async function addOperator(house: Home, userId: string): Promise<boolean> {
  const { rowCount } = await globalDb(house.database.owner).query(
    'insert into core.operators (user_id) values ($1) on conflict do nothing',
    [userId],
  )
  cacheOf(house).delete(userId)
  return rowCount === 1
}

export async function removeOperator(house: Home, userId: string): Promise<boolean> {
  const { rowCount } = await globalDb(house.database.owner).query('delete from core.operators where user_id = $1', [userId])
  cacheOf(house).delete(userId)
  return rowCount === 1
}

export type Operator = { readonly id: string; readonly name: string; readonly username: string | null; readonly added_at: Date }

export async function operatorsOf(house: Home): Promise<Operator[]> {
  const { rows } = await globalDb(house.database.owner).query<Operator>(
    'select u.id, u.name, u.username, o.added_at from core.operators o join core.users u on u.id = o.user_id order by o.added_at, u.id',
  )
  return rows
}
