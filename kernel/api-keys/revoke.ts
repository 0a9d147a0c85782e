// Ending a key from outside a request: for the operator, who has no member to act as.
import { type Said, transaction } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'

/** Answers the key's name, or null when no active key has this mark. */
export const revokeKey = (house: Pick<House, 'database'>, tenantId: string, prefix: string, said: Said): Promise<string | null> =>
  transaction(house.database.app, tenantId, said, async (db) => {
    const { rows } = await db.query<{ name: string }>(
      `update core.api_keys set status = 'revoked', revoked_at = now()
        where tenant_id = $1 and prefix = $2 and status = 'active' and deleted_at is null returning name`,
      [tenantId, prefix],
    )
    return rows[0]?.name ?? null
  })
