// The gate into a tenant: every statement behind it runs inside the wall, as the application role.
import type { Actor, Ctx, Origin, Tenant } from '#kernel/ctx.ts'
import { dayIn } from '#kernel/ctx.ts'
import { visibleRows } from '#kernel/access/visible-rows.ts'
import { ctxFiles } from '#kernel/documents/ctx-files.ts'
import type { Db } from '#kernel/db/db.ts'
import { scopedDb, transaction } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { notifier } from '#kernel/notifications/notify.ts'
import { isId, newId } from '#kernel/resource/id.ts'
import { resolvePermissions } from '#kernel/resource/model.ts'
import { tenantSeal } from '#kernel/secrets/keyring.ts'
import type { Seal } from '#kernel/secrets/seal.ts'
import { settingOf } from '#kernel/settings/setting-of.ts'
import type { Locale } from '#kernel/words.ts'

/** Everything known about who asks before a statement is run. */
export type Who = { readonly tenant: Tenant; readonly actor: Actor; readonly origin: Origin; readonly locale: Locale }

/** A context for reading: each statement is its own implicit transaction, in one round trip. */
export async function reading(house: House, who: Who): Promise<Ctx> {
  return contextOf(house, who, scopedDb(house.database.app, who.tenant.id), await tenantSeal(house, who.tenant.id))
}

/** Runs `work` in one transaction as `who`; `doing` is the verb the change log remembers. Rolled back when it throws. */
export async function writing<T>(house: House, who: Who, doing: string, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const said = { user: who.actor.userId, doing, request: who.origin.requestId, ip: who.origin.ip, agent: who.origin.userAgent }
  // Before the transaction: reading the keys takes a connection of its own, which on the embedded database would wait for this one.
  const seal = await tenantSeal(house, who.tenant.id)
  let rung = new Set<string>()
  const answer = await transaction(house.database.app, who.tenant.id, said, (db) => {
    // Run again after a deadlock, the work tells again.
    rung = new Set()
    return work(contextOf(house, who, db, seal, { db, rung }))
  })
  if (rung.size) await house.jobs.ring(who.tenant.id, [...rung])
  return answer
}

/** `within`: the transaction that everything must stay in, and whose bells ring after it. */
function contextOf(house: House, who: Who, db: Db, seal: Seal, within?: { readonly db: Db; readonly rung: Set<string> }): Ctx {
  const now = new Date()
  const ctx: Ctx = {
    ...who,
    db,
    now,
    today: dayIn(who.tenant.timeZone, now),
    seal,
    can: (permission) => who.actor.permissions.has(permission),
    sees: (resource, param) => visibleRows(house.model, who, resource, param),
    setting: (fact) => settingOf(house, who.tenant.id, fact, within?.db),
    mayGrant: (patterns) => resolvePermissions(house.model, patterns).isSubsetOf(who.actor.permissions),
    createAccount: ({ email, ...input }) =>
      house.identity.createUser({ ...input, locale: who.tenant.locale, ...(email ? { email } : {}) }, db),
    messages: {
      carries: (channel) => house.outbox.carries(channel),
      send: (message) => house.outbox.send({ ...message, tenantId: who.tenant.id }, db),
    },
    notify: notifier({ house, who, db, seal, now }, within?.rung),
    files: ctxFiles(house, () => ctx),
    jobs: { start: (kind, input, options) => house.jobs.enqueue(ctx, kind, input, options) },
    baseUrl: house.config.baseUrl,
    emit: (event, resource, id, data = {}) => emit(db, who, event, resource, id, data),
  }
  return ctx
}

async function emit(db: Db, who: Who, event: string, resource: string, id: string, data: object): Promise<void> {
  if (!isId(id)) throw new Error(`An event is about a row, not "${id}".`)
  await db.query(
    `insert into core.events (tenant_id, id, name, resource, resource_id, data, actor_id) values ($1, $2, $3, $4, $5, $6, $7)`,
    [who.tenant.id, newId(), event, resource, id, JSON.stringify(data), who.actor.userId],
  )
}

/** The system itself, for jobs without a person and the command line: may do everything, sees everything. */
export const systemActor = (model: { permissions: ReadonlySet<string> }): Actor => ({
  userId: null,
  membershipId: null,
  name: 'Balai',
  role: 'system',
  permissions: model.permissions,
  visibility: {},
  attributes: {},
  guarded: new Set(),
})
