// What every table keeps to, so that the wall has no gap and the way to many machines stays open. Each rule answers what is wrong.
import type { Catalog, Table } from './catalog.ts'

/** Tables that belong to no community, each for a reason written in its migration. */
export const GLOBAL = [
  'core.tenants',
  'core.users',
  'core.sessions',
  'core.accounts',
  'core.verifications',
  'core.rate_limits',
  'core.sign_in_challenges',
  'core.recovery_codes',
  'core.two_factors',
  'core.one_time_codes',
  'core.outbox',
  'core.push_subscriptions',
  'public.schema_migrations',
  'core.operators',
  'core.operator_confirmations',
  'core.plans',
  'core.platform_work',
  'core.deletions',
  'core.upkeep_runs',
]

const tenantTables = (c: Catalog): Table[] => c.tables.filter((t) => t.tenant)

/** A table has a tenant or is on the short list of those that have none. */
export const hasTenantOrReason = (c: Catalog): string[] =>
  c.tables
    .filter((t) => !t.tenant && !GLOBAL.includes(t.name))
    .map((t) => `${t.name} has no tenant_id: give it one, or say here why it is global`)

/** Row security is on, for the owner too. */
export const walled = (c: Catalog): string[] =>
  tenantTables(c).flatMap((t) => [
    ...(t.enabled ? [] : [`${t.name}: row security is off; select core.wall(…)`]),
    ...(t.forced ? [] : [`${t.name}: row security does not hold for its owner`]),
  ])

// The one exception: without a tenant, a person finds their own memberships.
const OWN_MEMBERSHIPS =
  /^\(\(tenant_id = (core\.)?tenant_id\(\)\) OR \(\((core\.)?tenant_id\(\) IS NULL\) AND \(user_id = (core\.)?user_id\(\)\)\)\)$/
const WALL = /^\(tenant_id = (core\.)?tenant_id\(\)\)$/

/** Exactly one policy, permissive, for every command: the row's tenant is the transaction's. */
export const onePolicy = (c: Catalog): string[] =>
  tenantTables(c).flatMap((t) => {
    const [policy, ...more] = t.policies
    if (!policy || more.length) return [`${t.name} has ${t.policies.length} policies, not one`]
    const right = WALL.test(policy.using ?? '') || (t.name === 'core.memberships' && OWN_MEMBERSHIPS.test(policy.using ?? ''))
    return [
      ...(policy.permissive ? [] : [`${t.name}: a restrictive policy alone shows nothing, and two cannot be sharded`]),
      ...(policy.command === '*' ? [] : [`${t.name}: the policy is not for every command`]),
      ...(right ? [] : [`${t.name}: the policy is ${policy.using}`]),
      ...(policy.check === null || WALL.test(policy.check) ? [] : [`${t.name}: what may be written is ${policy.check}`]),
    ]
  })

/** The primary key begins with the tenant. */
export const keyBeginsWithTenant = (c: Catalog): string[] =>
  tenantTables(c)
    .filter((t) => t.key[0] !== 'tenant_id')
    .map((t) => `${t.name}: the primary key is (${t.key.join(', ')}), not (tenant_id, …)`)

/** Nothing is unique across communities: that would tell one of the other's rows, and could not be sharded. */
export const uniqueWithinTenant = (c: Catalog): string[] => {
  const names = tenantTables(c).map((t) => t.name)
  return c.indexes
    .filter((i) => i.unique && names.includes(i.table) && !i.columns.includes('tenant_id'))
    .map((i) => `${i.name} on ${i.table} is unique across tenants`)
}

/** An index that does not begin with the tenant is read in full by everybody. */
const ACROSS_TENANTS = ['memberships_by_user']
export const indexesBeginWithTenant = (c: Catalog): string[] => {
  const names = tenantTables(c).map((t) => t.name)
  return c.indexes
    .filter((i) => names.includes(i.table) && i.columns[0] !== 'tenant_id' && !ACROSS_TENANTS.includes(i.name))
    .map((i) => `${i.name} on ${i.table} does not begin with tenant_id`)
}

/** A reference between tenant tables carries the tenant: foreign keys do not see policies. */
export const referencesCarryTenant = (c: Catalog): string[] => {
  const names = tenantTables(c).map((t) => t.name)
  return c.references
    .filter((r) => names.includes(r.table) && names.includes(r.to) && (r.columns[0] !== 'tenant_id' || r.toColumns[0] !== 'tenant_id'))
    .map((r) => `${r.name} on ${r.table} refers to ${r.to} without the tenant`)
}

/** SET NULL would null the tenant; neither it nor ON UPDATE CASCADE can be sharded. */
export const plainReferences = (c: Catalog): string[] =>
  c.references
    .filter((r) => r.onDelete.startsWith('set') || r.onUpdate !== 'no action')
    .map((r) => `${r.name} on ${r.table}: on delete ${r.onDelete}, on update ${r.onUpdate}`)

/** Ids are made by whoever makes the row, never counted by one machine. */
export const noCounters = (c: Catalog): string[] =>
  c.columns
    .filter((col) => col.identity || /\bnextval\(/.test(col.default ?? ''))
    .map((col) => `${col.table}.${col.name} counts: use core.new_id() or an id from the application`)

/** A sharded database adds a number to every name, and PostgreSQL cuts at 63 bytes. */
export const shortNames = (c: Catalog): string[] =>
  c.names
    .map((name) => name.split('.').at(-1) ?? '')
    .filter((name) => Buffer.byteLength(name) > 50)
    .map((name) => `${name} has ${Buffer.byteLength(name)} bytes, at most 50`)

// Plain SQL of one expression: a SET clause would keep it from being inlined into every policy and default.
const INLINED = ['core.tenant_id', 'core.user_id', 'core.new_id', 'core.sort_key']
/** A function that looks names up in the caller's path can be led astray. */
export const searchPathSet = (c: Catalog): string[] =>
  c.routines
    .filter((r) => !INLINED.includes(r.name) && !r.settings.some((s) => s.startsWith('search_path=')))
    .map((r) => `${r.name}: add set search_path = pg_catalog`)

/** Nothing runs with its owner's rights: the owner stands outside the wall. */
export const noDefiners = (c: Catalog): string[] => c.routines.filter((r) => r.definer).map((r) => `${r.name} runs with its owner's rights`)

/** Triggers neither shout nor write where everybody does. */
export const quietTriggers = (c: Catalog): string[] => {
  const used = new Set(c.triggers.map((t) => t.routine))
  return c.routines
    .filter((r) => used.has(r.name))
    .flatMap((r) => [
      ...(/\bnotify\b/i.test(r.body) ? [`${r.name} notifies: a queue does that after commit`] : []),
      ...GLOBAL.filter((g) => new RegExp(`\\b(into|update|from only|delete from)\\s+${g.replace('.', '\\.')}\\b`, 'i').test(r.body)).map(
        (g) => `${r.name} writes ${g}, which is global`,
      ),
    ])
}

const LOGGED = /^core\.log_/
/** The change log is told the logical name: a shard's own name would differ. */
export const logicalNames = (c: Catalog): string[] =>
  c.triggers
    .filter((t) => LOGGED.test(t.routine) && (t.args.length !== 1 || t.args[0] !== t.table))
    .map((t) => `${t.name} on ${t.table} logs as ${t.args.join() || 'nothing'}`)

/** Every trigger is on. */
export const triggersOn = (c: Catalog): string[] =>
  c.triggers.filter((t) => !t.enabled).map((t) => `${t.name} on ${t.table} is switched off`)
