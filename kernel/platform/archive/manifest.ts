// What an archive of a community says about itself: made from which schema, how many rows of which table, and their hashes.
import { z } from 'zod'
import type { Db } from '#kernel/db/db.ts'

export const FORMAT = 'balai-community'
export const FORMAT_VERSION = 1

const file = z.object({ rows: z.number().int().min(0), bytes: z.number().int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })

export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  made_at: z.string(),
  community: z.object({ id: z.string(), code: z.string(), name: z.string() }),
  /** Names of the migrations the schema was made by: an archive is read by the same schema. */
  migrations: z.array(z.string()),
  /** `installation`: only an installation with the same master key reads what is sealed; `passphrase`: whoever knows it. */
  keys: z.object({ locked_with: z.enum(['installation', 'passphrase']), salt: z.string().optional(), master_key_ids: z.array(z.string()) }),
  /** By the table's name: its rows, one JSON object a line, in the order of the primary key. */
  tables: z.record(z.string(), file),
  /** `community`, `people` (accounts of its members, without passwords), `plans`, `files` (what lies in the storage, each with its hash). */
  beside: z.record(z.string(), file),
})

export type Manifest = z.infer<typeof manifestSchema>
export type FileFacts = Manifest['tables'][string]

export async function migrationsApplied(db: Db): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>('select name from public.schema_migrations order by name collate "C"')
  return rows.map((r) => r.name)
}
