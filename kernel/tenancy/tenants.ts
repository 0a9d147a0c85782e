// The directory of communities: found by every request, changed only by the operator.
import { rolesOf } from '#kernel/access/templates.ts'
import type { Tenant } from '#kernel/ctx.ts'
import type { Db } from '#kernel/db/db.ts'
import { proposeDocumentTypes } from '#kernel/documents/first-types.ts'
import { globalDb, transaction } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { newId } from '#kernel/resource/id.ts'
import type { Model } from '#kernel/resource/model.ts'
import { createTenantKey } from '#kernel/secrets/keyring.ts'
import type { Locale } from '#kernel/words.ts'

type Directory = Pick<House, 'database'>
type Row = {
  id: string
  code: string
  name: string
  kind: Tenant['kind']
  modules: string[]
  locale: Locale
  time_zone: string
  currency: string
  status: Tenant['status']
}

const COLUMNS = 'id, code, name, kind, modules, locale, time_zone, currency, status'
const KEPT_MS = 5_000
type Kept = { tenant: Tenant; until: number }
const kept = new WeakMap<object, { found: Map<string, Kept>; drops: number }>()
const keptBy = (house: Directory): { found: Map<string, Kept>; drops: number } => {
  const known = kept.get(house.database)
  if (known) return known
  const made = { found: new Map<string, Kept>(), drops: 0 }
  kept.set(house.database, made)
  return made
}

const toTenant = ({ time_zone, ...row }: Row): Tenant => ({ ...row, timeZone: time_zone })

async function found(house: Directory, by: 'id' | 'code', value: string): Promise<Tenant | null> {
  const cache = keptBy(house)
  const known = cache.found.get(value)
  if (known && known.until > Date.now()) return known.tenant
  const { drops } = cache
  const { rows } = await globalDb(house.database.app).query<Row>(`select ${COLUMNS} from core.tenants where ${by} = $1`, [value])
  const tenant = rows[0] ? toTenant(rows[0]) : null
  // Unknown codes are not kept: anybody can invent them. Nor is what was read while something changed.
  if (tenant && drops === cache.drops) cache.found.set(value, { tenant, until: Date.now() + KEPT_MS })
  return tenant
}

export const tenantById = (house: Directory, id: string): Promise<Tenant | null> => found(house, 'id', id)
export const tenantByCode = async (house: Directory, code: string): Promise<Tenant | null> =>
  /^[a-z][a-z0-9-]{1,49}$/.test(code) ? found(house, 'code', code) : null

/** Forgets what is known about a community (null: about all) in this process; `announceTenant` tells every process. */
export function forgetTenant(house: Directory, id: string | null): void {
  const cache = keptBy(house)
  cache.drops++
  for (const [key, { tenant }] of cache.found) if (id === null || tenant.id === id) cache.found.delete(key)
}

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
export const RESERVED_CODES = [
  ...[
    'api',
    'app',
    'assets',
    'auth',
    'healthz',
    'readyz',
    'metrics',
    'static',
    'admin',
    'www',
    'docs',
    'favicon',
    'session',
    'me',
    'outbox',
    'password-reset',
    'email-verification',
    'invitation',
    'sign-in',
    'forgot',
    'reset',
    'verify',
  ],
  ...['platform', 'me', 'session', 'sign-in', 'outbox', 'settings', 'password-reset', 'reset', 'invitation', 'invitations', 'forgot'],
]

const badCode = (): Refusal =>
  new Refusal(
    422,
    'invalid_tenant_code',
    {
      id: 'Kode komunitas: huruf kecil, angka dan tanda hubung, mulai dengan huruf, dan bukan kata yang sudah dipakai alamat lain.',
      en: 'A community code has lower-case letters, digits and hyphens, starts with a letter, and is not a word addresses already use.',
    },
    [
      {
        field: 'code',
        code: 'invalid',
        message: {
          id: 'Huruf kecil, angka, tanda hubung; mulai dengan huruf.',
          en: 'Lower-case letters, digits, hyphens; a letter first.',
        },
      },
    ],
  )

const codeUsed = (): Refusal =>
  new Refusal(409, 'tenant_code_used', { id: 'Kode komunitas ini sudah dipakai.', en: 'This community code is already used.' }, [
    { field: 'code', code: 'already_used', message: { id: 'Kode ini sudah dipakai.', en: 'This code is already used.' } },
  ])

export const unknownModule = (unknown: readonly string[]): Refusal =>
  new Refusal(422, 'unknown_module', { id: 'Modul tidak dikenal: {unknown}.', en: 'Unknown module: {unknown}.' }, [], {
    more: { unknown: unknown.join(', ') },
  })

/**
 * Makes a community with its keys and the roles its modules propose, in one transaction as the owner of the database.
 * `also` belongs to the same transaction: a first administrator, a plan. Throws 422 `invalid_tenant_code`, `unknown_module`, 409 `tenant_code_used`.
 */
export async function createTenant(
  house: Pick<House, 'database' | 'master' | 'model'>,
  asked: NewTenant,
  also: (db: Db, tenant: Tenant) => Promise<void> = async () => {},
): Promise<Tenant> {
  if (RESERVED_CODES.includes(asked.code) || !/^[a-z][a-z0-9-]{1,49}$/.test(asked.code)) throw badCode()
  const unknown = asked.modules.filter((m) => !house.model.modules.some((known) => known.name === m))
  if (unknown.length) throw unknownModule(unknown)
  const id = newId()
  const said = { user: null, doing: 'created', request: 'tenant', ip: null, agent: null }
  return transaction(house.database.owner, id, said, async (db) => {
    const { rows } = await db.query<Row>(
      `insert into core.tenants (id, code, name, kind, modules, locale, time_zone, currency) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (code) do nothing returning ${COLUMNS}`,
      [
        ...[id, asked.code, asked.name, asked.kind, [...asked.modules]],
        ...[asked.locale ?? 'id', asked.timeZone ?? 'Asia/Jakarta', asked.currency ?? 'IDR'],
      ],
    )
    if (!rows[0]) throw codeUsed()
    const tenant = toTenant(rows[0])
    await createTenantKey(db, house.master, id)
    await settleModules(db, house.model, id, asked.modules)
    await proposeDocumentTypes(db, tenant)
    await also(db, tenant)
    return tenant
  })
}

/**
 * What modules bring into a community: the roles they propose and it does not have yet, and the rows they start with. A built-in role it has
 * already gains what a module proposes for it, unless it says something about that module. Runs inside the tenant.
 */
export async function settleModules(db: Db, model: Model, tenantId: string, modules: readonly string[]): Promise<void> {
  const joining = model.modules.filter((m) => modules.includes(m.name))
  for (const role of rolesOf(joining))
    await db.query(
      `insert into core.roles (tenant_id, id, name, description, permissions, visibility, is_system)
       values ($1, $2, $3, $4, $5, $6, true) on conflict (tenant_id, name) where deleted_at is null do nothing`,
      [tenantId, newId(), role.name, role.description.id, [...role.permissions], JSON.stringify(role.visibility ?? {})],
    )
  for (const m of joining) {
    for (const role of m.roles)
      await db.query(
        `update core.roles set permissions = permissions || $3::text[], visibility = $4::jsonb || visibility
          where tenant_id = $1 and name = $2 and is_system and deleted_at is null
            and not exists (select 1 from unnest(permissions) p where starts_with(p, $5) or starts_with(p, '*'))`,
        [tenantId, role.name, [...role.permissions], JSON.stringify(role.visibility ?? {}), `${m.name}.`],
      )
    await m.starts?.(db, tenantId)
  }
}
