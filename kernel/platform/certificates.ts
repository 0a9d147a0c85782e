// Certificates of deletion: that a community is gone, when, by whom and how much, without its name.
import { globalDb } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'

export type Certificate = {
  readonly id: string
  readonly community_id: string
  /** SHA-256 of the code, hex. */
  readonly code_hash: string
  readonly asked_at: Date
  readonly asked_by: string | null
  readonly asked_by_name: string | null
  readonly began_at: Date
  /** Null while rows are still being removed. */
  readonly deleted_at: Date | null
  /** Rows removed, by table. */
  readonly counts: Readonly<Record<string, number>>
  readonly row_total: number
  readonly seal_head: string | null
  readonly master_key_ids: readonly string[]
  /** SHA-256 of the certificate as it was issued, hex. */
  readonly digest: string | null
  /** Whether the certificate still is what the digest says. */
  readonly intact: boolean
}

/** The newest first. */
export async function certificatesOf(house: Pick<House, 'database'>): Promise<Certificate[]> {
  const { rows } = await globalDb(house.database.owner).query<Certificate>(
    `select d.id, d.community_id, encode(d.code_hash, 'hex') as code_hash, d.asked_at, d.asked_by, u.name as asked_by_name, d.began_at, d.deleted_at, d.counts,
        d.row_total, d.seal_head, d.master_key_ids, encode(d.digest, 'hex') as digest,
        d.digest is null or d.digest = sha256(convert_to((to_jsonb(d) - 'digest')::text, 'UTF8')) as intact
       from core.deletions d left join core.users u on u.id = d.asked_by order by d.began_at desc, d.id desc limit 500`,
  )
  return rows
}
