// The letters a community starts with: written when it gets the module, never over what it has.
import type { Db } from '#kernel/db/db.ts'
import { newId } from '#kernel/resource/id.ts'
import { SHIPPED, wordsOf } from './templates/index.ts'

/** Runs as the owner of the database, inside the tenant. A template whose name is taken, or was ever taken, stays as it is. */
export async function starts(db: Db, tenantId: string): Promise<void> {
  const made = SHIPPED.map((one) => ({
    id: newId(),
    ...one,
    template: wordsOf(one),
    validity_unit: one.validity_count === null ? null : 'MONTH',
  }))
  await db.query(
    `insert into letters.letter_templates (tenant_id, id, name, heading, code, letter_type, description, is_active, self_service, template,
       variables, subjects, paper, letterhead, holder_signs, district_acknowledges, qr, classification_code, validity_count, validity_unit, requirements)
     select $1, n.id, n.name, n.heading, n.code, n.letter_type, n.description, true, n.self_service, n.template,
       n.variables, n.subjects, 'F4', true, n.holder_signs, n.district_acknowledges, true, n.classification_code, n.validity_count, n.validity_unit,
       array(select jsonb_array_elements_text(n.requirements))
     from jsonb_to_recordset($2::jsonb) as n (id uuid, name text, heading text, code text, letter_type text, description text, self_service boolean,
       template text, variables jsonb, subjects jsonb, holder_signs boolean, district_acknowledges boolean, classification_code text,
       validity_count integer, validity_unit text, requirements jsonb)
     where not exists (select 1 from letters.letter_templates known where known.tenant_id = $1 and known.name = n.name)`,
    [tenantId, JSON.stringify(made)],
  )
}
