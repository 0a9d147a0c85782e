// Who may see whom, and the roles a village starts with.
import type { Param, ResourcePolicy, RoleTemplate, Visibility } from '#kernel/access/policy.ts'
import type { Actor, Tenant } from '#kernel/ctx.ts'
import { isId } from '#kernel/resource/id.ts'

type Who = { actor: Actor; tenant: Tenant }

/** The areas of a member, from their `area_id` attribute: one, or several. */
function areasOf(actor: Actor): string[] {
  const said = actor.attributes['area_id']
  return (Array.isArray(said) ? said : [said]).filter(isId)
}

/** A rule for a resource whose row stands in an area: `where(own)` gets the SQL of "the member's areas and all below". */
const ownArea = (where: (own: string, tenant: string) => string): Visibility => ({
  name: 'own_area',
  label: { id: 'Hanya wilayahnya sendiri', en: 'Only their own area' },
  rows: ({ actor, tenant }: Who, param: Param) => {
    const own = areasOf(actor)
    if (!own.length) return 'false'
    const [mine, place] = [`any(${param(own)}::uuid[])`, param(tenant.id)]
    const inside = `own.id = ${mine} or own.hamlet_id = ${mine} or own.rw_id = ${mine}`
    const below = `select own.id from registry.areas own where own.tenant_id = ${place} and (${inside})`
    return where(below, place)
  },
})

const byArea = ownArea((own) => `t.area_id in (${own})`)
/** What is kept about residents stands where they do. */
const ownResidents = ownArea(
  (own, tenant) =>
    `exists (select 1 from registry.citizens who
      where who.tenant_id = ${tenant} and who.id = t.citizen_id and who.area_id in (${own}))`,
)

export const policy: readonly ResourcePolicy[] = [
  { resource: 'registry.citizens', visibility: [byArea], sensitive: ['delete'] },
  { resource: 'registry.families', visibility: [byArea], sensitive: ['delete'] },
  { resource: 'registry.addresses', visibility: [byArea] },
  { resource: 'registry.areas', visibility: [ownArea((own) => `t.id in (${own})`)] },
  { resource: 'registry.population_events', visibility: [ownResidents] },
  { resource: 'registry.month_closings', visibility: [] },
  { resource: 'registry.population_statistics', visibility: [] },
  { resource: 'registry.health_records', visibility: [ownResidents], sensitive: ['delete'] },
  { resource: 'registry.health_measurements', visibility: [ownResidents] },
]

const PEOPLE = ['registry.citizens', 'registry.families', 'registry.addresses', 'registry.areas', 'registry.population_events']
/** All but health: that is for those who look after it, and never part of an office role by a wildcard. */
const OFFICE = [...PEOPLE, 'registry.month_closings', 'registry.population_statistics', 'registry.village_profiles']
const HEALTH = ['registry.health_records', 'registry.health_measurements']

/** Documents of the records they see; which ones follows from those records. */
const DOCUMENTS = ['core.documents:*', 'core.document_versions:*', 'core.document_links:*', 'core.document_types:read']
const DOCUMENTS_READ = [
  'core.documents:read',
  'core.document_versions:read',
  'core.document_versions:content-link',
  'core.document_links:read',
  'core.document_types:read',
]

export const VILLAGE_SECRETARY = 'Sekretaris Desa'
export const REGISTRAR = 'Operator Kependudukan'
export const HAMLET_HEAD = 'Kepala Dusun'
export const VILLAGE_HEAD = 'Kepala Desa'
export const HEALTH_CADRE = 'Kader Posyandu'

export const roles: readonly RoleTemplate[] = [
  {
    name: VILLAGE_SECRETARY,
    description: { id: 'Mengurus seluruh buku penduduk dan profil desa.', en: 'Keeps the whole register and the village profile.' },
    permissions: [
      ...OFFICE.map((p) => `${p}:*`),
      ...DOCUMENTS,
      'core.document_types:*',
      'core.audit_logs:read',
      'core.memberships:read',
      'core.roles:read',
    ],
  },
  {
    name: REGISTRAR,
    description: { id: 'Mencatat warga, keluarga, alamat dan peristiwa.', en: 'Records residents, families, addresses and events.' },
    permissions: [
      ...PEOPLE.map((p) => `${p}:*`),
      'registry.month_closings:*',
      'registry.population_statistics:*',
      'registry.village_profiles:read',
      ...DOCUMENTS,
    ],
  },
  {
    name: VILLAGE_HEAD,
    description: { id: 'Melihat dan mengunduh seluruh buku penduduk.', en: 'Sees and downloads the whole register.' },
    permissions: [...OFFICE.flatMap((p) => [`${p}:read`, `${p}:export`]), ...DOCUMENTS_READ],
  },
  {
    name: HAMLET_HEAD,
    description: { id: 'Melihat warga di wilayahnya sendiri.', en: 'Sees the residents of their own area.' },
    permissions: [...PEOPLE.map((p) => `${p}:read`), 'registry.month_closings:read', 'registry.village_profiles:read', ...DOCUMENTS_READ],
    visibility: Object.fromEntries(PEOPLE.map((p) => [p, 'own_area'])),
  },
  {
    name: HEALTH_CADRE,
    description: {
      id: 'Mencatat kesehatan dan penimbangan warga di wilayahnya sendiri.',
      en: 'Records the health and growth of the residents of their own area.',
    },
    permissions: [...HEALTH.map((p) => `${p}:*`), 'registry.citizens:read', 'registry.areas:read'],
    visibility: Object.fromEntries([...HEALTH, 'registry.citizens', 'registry.areas'].map((p) => [p, 'own_area'])),
  },
]
