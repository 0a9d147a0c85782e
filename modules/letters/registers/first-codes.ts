// The main groups of the classification of archives, as a community starts with them.
import type { Db } from '#kernel/db/db.ts'
import { newId } from '#kernel/resource/id.ts'

/** The ten main groups (Permendagri 83/2022, on the classification code of archives). What lies below them, a village imports as it needs it. */
const MAIN_GROUPS: readonly (readonly [code: string, name: string])[] = [
  ['000', 'Umum'],
  ['100', 'Pemerintahan'],
  ['200', 'Politik'],
  ['300', 'Keamanan dan Ketertiban'],
  ['400', 'Kesejahteraan Rakyat'],
  ['500', 'Perekonomian'],
  ['600', 'Pekerjaan Umum dan Ketenagakerjaan'],
  ['700', 'Pengawasan'],
  ['800', 'Kepegawaian'],
  ['900', 'Keuangan'],
]

/** Runs as the owner of the database, inside the tenant. A code that is there, or ever was, stays as it is. */
export async function firstCodes(db: Db, tenantId: string): Promise<void> {
  await db.query(
    `insert into letters.classification_codes (tenant_id, id, code, name)
     select $1, n.id::uuid, n.code, n.name from jsonb_to_recordset($2::jsonb) as n (id text, code text, name text)
     where not exists (select 1 from letters.classification_codes known where known.tenant_id = $1 and known.code = n.code)`,
    [tenantId, JSON.stringify(MAIN_GROUPS.map(([code, name]) => ({ id: newId(), code, name })))],
  )
}
