// Checks of families: their heads, and whether the people in them can be what the card says they are.
import { ACTIVE, type Rule, rulesOf, seen } from './rule.ts'

const [CITIZENS, FAMILIES] = ['registry.citizens', 'registry.families']
const families = rulesOf('families')
/** Members of families who are still in the village, whether or not the actor sees them: the family itself is what they see. */
const members = `registry.citizens m where m.tenant_id = $1 and m.family_id = t.id and m.deleted_at is null and m.status in ('ALIVE', 'MISSING', 'AWAY')`
/** A parent is at least this much older, in years. */
const GENERATION = 12

export const familyRules: readonly Rule[] = [
  families(
    'no_head',
    'error',
    FAMILIES,
    { id: 'Keluarga tanpa kepala', en: 'Families without a head' },
    {
      id: 'Kepalanya meninggal atau pindah. Buka keluarga itu dan pilih "Kepala keluarga baru".',
      en: 'The head died or moved. Open the family and choose "New head".',
    },
    (param, ctx) => `select t.id, coalesce(nullif(t.head_name, ''), '—') as title, null as detail from registry.families t
      where t.tenant_id = $1 and ${seen(ctx, FAMILIES, param)} and exists (select 1 from ${members}) and not exists (select 1 from ${members} and m.is_head_of_family)
      order by t.head_name, t.id`,
  ),
  families(
    'two_heads',
    'error',
    FAMILIES,
    { id: 'Keluarga dengan beberapa kepala', en: 'Families with several heads' },
    { id: 'Satu keluarga punya satu kepala. Ganti hubungan yang lain.', en: 'A family has one head. Change the others.' },
    (param, ctx) => `select t.id, coalesce(nullif(t.head_name, ''), '—') as title, null as detail from registry.families t
      join (select m.family_id from registry.citizens m where m.tenant_id = $1 and m.deleted_at is null and m.is_head_of_family
            group by m.family_id having count(*) > 1) x on x.family_id = t.id
      where t.tenant_id = $1 and ${seen(ctx, FAMILIES, param)} order by t.head_name, t.id`,
  ),
  families(
    'head_name',
    'error',
    FAMILIES,
    { id: 'Nama kepala keluarga berbeda', en: 'Name of the head differs' },
    {
      id: 'Nama pada keluarga bukan nama kepalanya sekarang. Simpan ulang data kepala keluarga.',
      en: 'The name on the family is not that of its head now. Save the head’s record again.',
    },
    (param, ctx) => `select t.id, coalesce(nullif(t.head_name, ''), '—') as title, null as detail from registry.families t
      join registry.citizens m on m.tenant_id = $1 and m.family_id = t.id and m.is_head_of_family and m.deleted_at is null
      where t.tenant_id = $1 and ${seen(ctx, FAMILIES, param)} and m.name <> t.head_name order by t.head_name, t.id`,
  ),
  families(
    'empty',
    'doubt',
    FAMILIES,
    { id: 'Keluarga tanpa anggota', en: 'Families without members' },
    {
      id: 'Semua anggotanya meninggal atau pindah, atau belum ada yang dimasukkan.',
      en: 'All members died or moved, or none was entered yet.',
    },
    (param, ctx) => `select t.id, coalesce(nullif(t.head_name, ''), '—') as title, null as detail from registry.families t
      where t.tenant_id = $1 and ${seen(ctx, FAMILIES, param)} and not exists (select 1 from ${members}) order by t.head_name, t.id`,
  ),
  families(
    'spouse_sex',
    'error',
    CITIZENS,
    { id: 'Suami perempuan atau istri laki-laki', en: 'A husband recorded as a woman, or a wife as a man' },
    { id: 'Jenis kelamin atau hubungan keluarganya keliru.', en: 'The sex or the place in the family is wrong.' },
    (param, ctx) => `select t.id, t.name as title, null as detail from registry.citizens t
      where t.tenant_id = $1 and ${seen(ctx, CITIZENS, param)} and ${ACTIVE} and (t.family_relationship = 'SUAMI' and t.gender = 'P' or t.family_relationship = 'ISTRI' and t.gender = 'L')
      order by t.name, t.id`,
  ),
  families(
    'child_older',
    'doubt',
    CITIZENS,
    { id: 'Anak hampir setua kepala keluarga', en: 'Children almost as old as the head' },
    {
      id: `Beda umurnya kurang dari ${GENERATION} tahun. Periksa tanggal lahir keduanya, atau hubungannya.`,
      en: `Less than ${GENERATION} years apart. Check both dates of birth, or the relationship.`,
    },
    (param, ctx) => `select t.id, t.name as title, t.birth_date::text as detail from registry.citizens t
      join registry.citizens h on h.tenant_id = $1 and h.family_id = t.family_id and h.is_head_of_family and h.deleted_at is null
      where t.tenant_id = $1 and ${seen(ctx, CITIZENS, param)} and ${ACTIVE} and t.family_relationship = 'ANAK' and t.birth_date < (h.birth_date + interval '${GENERATION} years')::date
      order by t.name, t.id`,
  ),
]
