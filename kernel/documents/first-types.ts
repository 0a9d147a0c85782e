// The kinds of document a village starts with; it may change them, and add its own.
import type { Tenant } from '#kernel/ctx.ts'
import type { Db } from '#kernel/db/db.ts'
import { newId } from '#kernel/resource/id.ts'

/** Codes as offices know them: name, category, what it is. */
const VILLAGE: readonly (readonly [string, string, string])[] = [
  ['KTP', 'IDENTITAS', 'Kartu Tanda Penduduk'],
  ['KK', 'IDENTITAS', 'Kartu Keluarga'],
  ['AKTA_LAHIR', 'IDENTITAS', 'Akta Kelahiran'],
  ['IJAZAH', 'PENDIDIKAN', 'Ijazah'],
  ['SERTIFIKAT', 'PENDIDIKAN', 'Sertifikat'],
  ['LAINNYA', 'LAINNYA', 'Dokumen lainnya'],
]

/** Makes those a community of this kind does not have yet. Runs inside the tenant; safe to run again. */
export async function proposeDocumentTypes(db: Db, tenant: Pick<Tenant, 'id' | 'kind'>): Promise<void> {
  if (tenant.kind !== 'village') return
  for (const [name, category, description] of VILLAGE)
    await db.query(
      `insert into core.document_types (tenant_id, id, name, category, description) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id, name, category) where deleted_at is null do nothing`,
      [tenant.id, newId(), name, category, description],
    )
}
