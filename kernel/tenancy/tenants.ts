// The directory of communities: found by every request, changed only by the operator.
import { MASTER_ROLES } from '#kernel/access/templates.ts'
import type { Tenant } from '#kernel/ctx.ts'
import { globalDb, scopedDb, transaction } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { newId } from '#kernel/resource/id.ts'
import type { Model } from '#kernel/resource/model.ts'
import { createTenantKey } from '#kernel/secrets/keyring.ts'
import type { Locale } from '#kernel/words.ts'

type Directory = Pick<House, 'database'>
type Row = { id: string; code: string; name: string; kind: Tenant['kind']; modules: string[]; locale: Locale; time_zone: string; currency: string; status: Tenant['status'] }

const COLUMNS = 'id, code, name, kind, modules, locale, time_zone, currency, status'
const KEPT_MS = 5_000
const kept = new WeakMap<object, Map<string, { tenant: Tenant | null; until: number }>>()

const toTenant = ({ time_zone, ...row }: Row): Tenant => ({ ...row, timeZone: time_zone })

async function found(house: Directory, by: 'id' | 'code', value: string): Promise<Tenant | null> {
  const cache = kept.get(house.database) ?? new Map<string, { tenant: Tenant | null; until: number }>()
  kept.set(house.database, cache)
  const known = cache.get(value)
  if (known && known.until > Date.now()) return known.tenant
  const { rows } = await globalDb(house.database.app).query<Row>(`select ${COLUMNS} from core.tenants where ${by} = $1`, [value])
  const tenant = rows[0] ? toTenant(rows[0]) : null
  // Unknown codes are not kept: anybody can invent them.
  if (tenant) cache.set(value, { tenant, until: Date.now() + KEPT_MS })
  return tenant
}

export const tenantById = (house: Directory, id: string): Promise<Tenant | null> => found(house, 'id', id)
export const tenantByCode = async (house: Directory, code: string): Promise<Tenant | null> =>
  /^[a-z][a-z0-9-]{1,49}$/.test(code) ? found(house, 'code', code) : null

export async function allTenants(house: Directory): Promise<Tenant[]> {
  const { rows } = await globalDb(house.database.app).query<Row>(`select ${COLUMNS} from core.tenants order by name`)
  return rows.map(toTenant)
}

export type NewTenant = {
  readonly code: string
  readonly name: string
  readonly kind: Tenant['kind']
  readonly modules: readonly string[]
  readonly locale?: Locale
  readonly timeZone?: string
  readonly currency?: string
}

/** Words an address already uses; a community cannot be called so. */
export const RESERVED_CODES = ['api', 'app', 'assets', 'auth', 'healthz', 'readyz', 'metrics', 'static', 'admin', 'www', 'docs', 'favicon']

/** Makes a community with its keys and the roles its modules propose. Run as the owner of the database. */
export async function createTenant(house: Pick<House, 'database' | 'master' | 'model'>, asked: NewTenant): Promise<Tenant> {
  if (RESERVED_CODES.includes(asked.code) || !/^[a-z][a-z0-9-]{1,49}$/.test(asked.code))
    throw new Refusal(422, 'invalid_tenant_code', {
      id: 'Kode komunitas: huruf kecil, angka dan tanda hubung, mulai dengan huruf, dan bukan kata yang sudah dipakai alamat lain.',
      en: 'A community code has lower-case letters, digits and hyphens, starts with a letter, and is not a word addresses already use.',
    })
  const unknown = asked.modules.filter((m) => !house.model.modules.some((known) => known.name === m))
  if (unknown.length) throw new Refusal(422, 'unknown_module', { id: 'Modul tidak dikenal: {unknown}.', en: 'Unknown module: {unknown}.' }, [], { more: { unknown: unknown.join(', ') } })
  const id = newId()
  const { rows } = await globalDb(house.database.owner).query<Row>(
    `insert into core.tenants (id, code, name, kind, modules, locale, time_zone, currency) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (code) do nothing returning ${COLUMNS}`,
    [id, asked.code, asked.name, asked.kind, [...asked.modules], asked.locale ?? 'id', asked.timeZone ?? 'Asia/Jakarta', asked.currency ?? 'IDR'],
  )
  if (!rows[0]) throw new Refusal(409, 'tenant_code_used', { id: 'Kode komunitas ini sudah dipakai.', en: 'This community code is already used.' })
  await createTenantKey(scopedDb(house.database.app, id), house.master, id)
  await createRoles(house, id, asked.modules)
  return toTenant(rows[0])
}

async function createRoles(house: { database: House['database']; model: Model }, tenantId: string, modules: readonly string[]): Promise<void> {
  const roles = [...MASTER_ROLES, ...house.model.modules.filter((m) => modules.includes(m.name)).flatMap((m) => m.roles)]
  const said = { user: null, doing: 'created', request: 'tenant', ip: null, agent: null }
  await transaction(house.database.app, tenantId, said, async (db) => {
    for (const role of roles)
      await db.query(
        `insert into core.roles (tenant_id, id, name, description, permissions, visibility, is_system) values ($1, $2, $3, $4, $5, $6, true)`,
        [tenantId, newId(), role.name, role.description.id, [...role.permissions], JSON.stringify(role.visibility ?? {})],
      )
  })
}
