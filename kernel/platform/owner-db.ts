// Statements as the owner of the database: on one connection whose transaction the caller opens, or each on its own inside a community.
import pg from 'pg'
import type { Db } from '#kernel/db/db.ts'
import { scopedDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'

/** Rows as the driver gives them, except counts, which become numbers. */
export function ownerDb(client: pg.PoolClient): Db {
  return {
    async query<R>(text: string, params: readonly unknown[] = []) {
      const result = await client.query({ text, values: [...params], types: { getTypeParser } })
      return { rows: result.rows as R[], rowCount: result.rowCount ?? 0 }
    },
  }
}

const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  oid === 20 ? Number : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser']

/** Reads as the owner inside one community. */
export const insideAsOwner = (house: Pick<House, 'database'>, tenantId: string): Db => scopedDb(house.database.owner, tenantId)
