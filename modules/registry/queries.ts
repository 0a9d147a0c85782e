// What the register is asked beyond its lists: households on the map, a family card as it is printed, doubts about a NIK.
import type { Ctx } from '#kernel/ctx.ts'
import type { Stored } from '#kernel/resource/action.ts'
import { presentFields, selectList } from '#kernel/resource/columns.ts'
import { ref } from '#kernel/resource/field.ts'
import { query, type Query } from '#kernel/resource/query.ts'
import { findRow, paramsOf } from '#kernel/resource/store.ts'
import { say } from '#kernel/words.ts'
import { ACTIVE_STATUSES, RELATIONSHIP } from './codes.ts'
import { ledgerQueries } from './ledger/index.ts'
import { nikWarnings } from './nik.ts'
import { addresses, citizens, families } from './resources/index.ts'
import { withSheets } from './sheets/index.ts'

/** More points than this help nobody on a screen. */
const MAP_MAX = 20_000

const householdMap = query<Record<string, never>>({
  name: 'registry.household-map',
  label: { id: 'Peta rumah tangga', en: 'Map of households' },
  doc: `GeoJSON points of families: where the address lies, else where the head or another member was placed.
Properties: id, title, head, hamlet, area, members.`,
  permission: 'registry.families:read',
  input: {},
  async run(ctx) {
    const { values, param } = paramsOf(ctx.tenant.id)
    const { rows } = await ctx.db.query<HouseholdRow>(
      `with members as (
         select t.family_id, count(*) as members,
           (array_agg(t.location order by t.is_head_of_family desc, t.id) filter (where t.location is not null))[1] as location
         from registry.citizens t
         where t.tenant_id = $1 and t.family_id is not null and t.status = any(${param([...ACTIVE_STATUSES])}) and t.deleted_at is null
           and ${ctx.sees('registry.citizens', param)}
         group by t.family_id)
       select t.id, t.head_name, hamlet.code as hamlet, area.name as area, m.members,
         st_x(coalesce(a.location, m.location)::geometry) as lng, st_y(coalesce(a.location, m.location)::geometry) as lat
       from members m
       join registry.families t on t.tenant_id = $1 and t.id = m.family_id
       join registry.addresses a on a.tenant_id = $1 and a.id = t.address_id
       left join registry.areas area on area.tenant_id = $1 and area.id = t.area_id
       left join registry.areas hamlet on hamlet.tenant_id = $1 and hamlet.id = t.hamlet_id
       where t.tenant_id = $1 and t.deleted_at is null and coalesce(a.location, m.location) is not null
         and ${ctx.sees('registry.families', param)}
       order by t.head_name_sort, t.id limit ${MAP_MAX}`,
      values,
    )
    return { type: 'FeatureCollection', features: rows.map(feature) }
  },
})

type HouseholdRow = { id: string; head_name: string; hamlet: string | null; area: string | null; members: number; lng: number; lat: number }

const feature = ({ id, head_name, hamlet, area, members, lng, lat }: HouseholdRow) => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: [lng, lat] },
  properties: { id, title: head_name || area || '', head: head_name, hamlet, area, members },
})

const CARD_COLUMNS = [
  'name',
  'nik',
  'gender',
  'birth_place',
  'birth_date',
  'religion',
  'education',
  'occupation',
  'marital_status',
  'family_relationship',
  'is_head_of_family',
  'citizenship',
  'passport_number',
  'stay_permit_number',
  'father_name',
  'mother_name',
  'blood_type',
  'status',
] as const

const familyCard = query<{ family_id: string }>({
  name: 'registry.family-card',
  label: { id: 'Kartu keluarga', en: 'Family card' },
  doc: `A family with its address and members in the order of the printed card: head first, then by place in the family and age.
Secrets are masked.`,
  permission: 'registry.families:read',
  input: { family_id: ref(families.name, { id: 'Keluarga', en: 'Family' }) },
  async run(ctx, { family_id }) {
    const family = await findRow(ctx, families, family_id)
    const address = await findRow(ctx, addresses, String(family['address_id'])).catch(() => null)
    return {
      ...presentFields(ctx, families, family),
      address: address && presentFields(ctx, addresses, address),
      members: ctx.can('registry.citizens:read') ? await cardMembers(ctx, family_id) : [],
    }
  },
})

async function cardMembers(ctx: Ctx, familyId: string): Promise<Record<string, unknown>[]> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const { rows } = await ctx.db.query<Stored>(
    `select ${selectList(citizens)} from registry.citizens t
     where t.tenant_id = $1 and t.family_id = ${param(familyId)} and t.deleted_at is null and ${ctx.sees('registry.citizens', param)}
     order by t.is_head_of_family desc, array_position(${param(Object.keys(RELATIONSHIP))}::text[], t.family_relationship),
       t.birth_date, t.id`,
    values,
  )
  return rows.map((row) => {
    const shown = presentFields(ctx, citizens, row)
    return { id: row.id, version: row.version, ...Object.fromEntries(CARD_COLUMNS.map((c) => [c, shown[c]])) }
  })
}

const nikDoubts = query<{ citizen_id: string }>({
  name: 'registry.nik-warnings',
  label: { id: 'Pemeriksaan NIK', en: 'NIK check' },
  doc: `Where the NIK of a resident disagrees with their date of birth, gender or the district of the village.
Reasons to look again, not errors.`,
  permission: 'registry.citizens:read',
  input: { citizen_id: ref(citizens.name, { id: 'Warga', en: 'Resident' }) },
  async run(ctx, { citizen_id }) {
    const citizen = await findRow(ctx, citizens, citizen_id)
    const sealed = citizen['nik'] as Buffer | null
    if (!sealed) return { data: [] }
    const { rows } = await ctx.db.query<{ district_code: string | null }>(
      'select p.district_code from registry.village_profiles p where p.tenant_id = $1 and p.deleted_at is null',
      [ctx.tenant.id],
    )
    const facts = { birthDate: String(citizen['birth_date']), gender: String(citizen['gender']), district: rows[0]?.district_code ?? null }
    const warnings = nikWarnings(ctx.seal.open(sealed, 'registry.citizens.nik'), facts)
    return { data: warnings.map(({ code, message }) => ({ code, message: say(message, ctx.locale) })) }
  },
})

export const queries = [...([householdMap, familyCard, nikDoubts] as unknown as readonly Query<never>[]), ...withSheets(ledgerQueries)]
