// Checks of places: who has none, what lies outside the village, and what points to something that was deleted.
import { ACTIVE, type Rule, rulesOf, seen } from './rule.ts'

const CITIZENS = 'registry.citizens'
const places = rulesOf('places')
/** No village reaches so far from its office: km, and the same in degrees, which near the equator is the same both ways. */
const [FAR_KM, FAR] = [30, 0.27]

const away = (axis: 'st_x' | 'st_y'): string => `abs(${axis}(t.location::geometry) - ${axis}(p.location::geometry)) > ${FAR}`
const deleted = (table: string, id: string): string =>
  `exists (select 1 from registry.${table} x where x.tenant_id = $1 and x.id = ${id} and x.deleted_at is not null)`
const ORPHAN: Rule['doc'] = { id: 'Pulihkan yang dihapus, atau pilih yang lain.', en: 'Restore what was deleted, or choose another.' }

export const placeRules: readonly Rule[] = [
  places(
    'no_area',
    'doubt',
    CITIZENS,
    { id: 'Warga tanpa RT/RW/dusun', en: 'Residents without RT/RW/hamlet' },
    {
      id: 'Tidak terhitung di wilayah mana pun, dan tidak terlihat oleh kepala dusun. Lengkapi alamatnya.',
      en: 'Counted in no area, and seen by no hamlet head. Complete their address.',
    },
    (param, ctx) => `select t.id, t.name as title, null as detail from registry.citizens t
      where t.tenant_id = $1 and ${seen(ctx, CITIZENS, param)} and ${ACTIVE} and t.area_id is null order by t.name, t.id`,
  ),
  places(
    'outside',
    'doubt',
    'registry.addresses',
    { id: 'Alamat di luar desa', en: 'Addresses outside the village' },
    {
      id: `Nama desanya lain dari profil desa, atau titiknya lebih dari ${FAR_KM} km dari kantor.`,
      en: `Another village than that of the profile, or a point more than ${FAR_KM} km from the office.`,
    },
    (param, ctx) => `select t.id, coalesce(a.name, t.village, '—') as title, t.village as detail from registry.addresses t
      join registry.village_profiles p on p.tenant_id = $1 and p.deleted_at is null
      left join registry.areas a on a.tenant_id = $1 and a.id = t.area_id
      where t.tenant_id = $1 and ${seen(ctx, 'registry.addresses', param)}
        and (lower(t.village) <> lower(p.name) or ${away('st_x')} or ${away('st_y')})
      order by t.created_at, t.id`,
  ),
  places(
    'orphan_people',
    'error',
    CITIZENS,
    { id: 'Warga di keluarga atau alamat yang dihapus', en: 'Residents of a deleted family or address' },
    ORPHAN,
    (param, ctx) => `select t.id, t.name as title, null as detail from registry.citizens t
      where t.tenant_id = $1 and ${seen(ctx, CITIZENS, param)} and ${ACTIVE} and (${deleted('families', 't.family_id')} or ${deleted('addresses', 't.address_id')}) order by t.name, t.id`,
  ),
  places(
    'orphan_families',
    'error',
    'registry.families',
    { id: 'Keluarga di alamat yang dihapus', en: 'Families at a deleted address' },
    ORPHAN,
    (param, ctx) => `select t.id, coalesce(nullif(t.head_name, ''), '—') as title, null as detail from registry.families t
      where t.tenant_id = $1 and ${seen(ctx, 'registry.families', param)} and ${deleted('addresses', 't.address_id')} order by t.head_name, t.id`,
  ),
  places(
    'orphan_areas',
    'error',
    'registry.areas',
    { id: 'Wilayah di wilayah yang dihapus', en: 'Areas in a deleted area' },
    ORPHAN,
    (param, ctx) => `select t.id, t.name as title, null as detail from registry.areas t
      where t.tenant_id = $1 and ${seen(ctx, 'registry.areas', param)} and ${deleted('areas', 't.parent_id')} order by t.path, t.id`,
  ),
]
