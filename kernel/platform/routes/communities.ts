// `/api/platform/communities…`: making, reading, changing, closing and removing communities, their modules, plans, usage and archives.
import { Hono } from 'hono'
import { z } from 'zod'
import type { House } from '#kernel/house.ts'
import type { Env } from '#kernel/http/env.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { askForReset } from '#kernel/identity/reset.ts'
import { lockedKeysOf } from '../archive/lock.ts'
import { changeCommunity, createCommunity, listCommunities, modulesShown, readCommunity, tenantNow } from '../communities.ts'
import { needsLink } from '../first-administrator.ts'
import { check, day, line, readBody, uuid, zone } from '../input.ts'
import { switchModule } from '../modules.ts'
import { note } from '../note.ts'
import { insideAsOwner } from '../owner-db.ts'
import { subscribe, subscriptionsOf } from '../plans.ts'
import { askDeletion, cancelDeletion, GRACE_DAYS, restore, suspend } from '../status.ts'
import { requireConfirmation } from '../sudo.ts'
import { countUsage, usageOf } from '../usage.ts'
import { askWork, workOn } from '../work.ts'
import { sessionOf } from './operator.ts'
import { shownJob } from './jobs.ts'

const kind = z.enum(['village', 'estate', 'practice', 'business', 'city'])
const facts = {
  name: line(200),
  kind,
  locale: z.enum(['id', 'en']),
  time_zone: zone,
  currency: z.string().regex(/^[A-Z]{3}$/),
}
const administrator = z.union([
  z.strictObject({ login: line(254) }),
  z.strictObject({ name: line(100), username: line(50), email: line(254).nullish(), password: z.string().max(1000).nullish() }),
])
const newCommunity = z.strictObject({
  code: line(50),
  ...facts,
  locale: facts.locale.default('id'),
  time_zone: facts.time_zone.default('Asia/Jakarta'),
  currency: facts.currency.default('IDR'),
  modules: z.array(line(50)).max(50).default([]),
  plan_id: uuid.nullish(),
  administrator: administrator.nullish(),
})
const change = z.strictObject({ ...facts, description: line(2000, 0).nullable() }).partial()
const plan = z.strictObject({
  plan_id: uuid.nullable(),
  status: z.enum(['trial', 'active', 'past_due', 'cancelled']).optional(),
  period_start: day.optional(),
  period_end: day.nullish(),
})
const listing = z.object({
  q: z.string().max(100).optional(),
  status: z.enum(['active', 'suspended', 'deleting']).optional(),
  after: uuid.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
})

export function communityRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()

  app.get('/', async (c) => {
    const asked = check(Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value !== '')), listing)
    const { data, next, total } = await listCommunities(house, { ...asked, q: asked.q?.trim() ?? '' } as never)
    return c.json({ data, page: { next, total } })
  })

  app.post('/', async (c) => {
    const { plan_id, administrator: first, time_zone, ...input } = await readBody(c, newCommunity)
    const who = first ? ('login' in first ? first : { ...first, email: first.email || null, password: first.password || null }) : null
    const tenant = await createCommunity(
      house,
      { ...input, timeZone: time_zone, plan_id: plan_id ?? null, administrator: who },
      sessionOf(c).userId,
    )
    if (needsLink(who) && who.email) await askForReset(house, who.email, c.get('origin'))
    return c.json(await readCommunity(house, tenant.code), 201, { location: `/api/platform/communities/${tenant.code}` })
  })

  app.get('/:code', async (c) => {
    const row = await readCommunity(house, c.req.param('code'))
    const [modules, subscriptions, work, usage] = [
      await modulesShown(house, row),
      await subscriptionsOf(insideAsOwner(house, row.id), row.id),
      (await workOn(house.database.owner, row.id)).map((w) => shownJob(house, w)),
      (await usageOf(house, row.id, 60)).findLast((d) => d.counted_at) ?? null,
    ]
    return c.json({ ...row, modules, subscriptions, work, usage })
  })

  app.patch('/:code', async (c) => {
    await changeCommunity(house, c.req.param('code'), (await readBody(c, change)) as never)
    note(house, c, 'setting_changed', (await readCommunity(house, c.req.param('code'))).id, { what: 'community' })
    return c.json(await readCommunity(house, c.req.param('code')))
  })

  app.put('/:code/modules/:module', async (c) => {
    const { on } = await readBody(c, z.strictObject({ on: z.boolean() }))
    const tenant = await tenantNow(house, c.req.param('code'))
    const modules = await switchModule(house, tenant, c.req.param('module'), on)
    note(house, c, 'setting_changed', tenant.id, { what: 'module', module: c.req.param('module'), on })
    return c.json({ modules })
  })

  app.put('/:code/plan', async (c) => {
    const { period_end, status, period_start, plan_id } = await readBody(c, plan)
    const tenant = await tenantNow(house, c.req.param('code'))
    const input = { plan_id, period_end: period_end ?? null, ...(status ? { status } : {}), ...(period_start ? { period_start } : {}) }
    await subscribe(house, tenant, input, sessionOf(c).userId)
    note(house, c, 'setting_changed', tenant.id, { what: 'plan' })
    return c.json(await readCommunity(house, tenant.code))
  })

  app.post('/:code/suspension', async (c) => {
    const { reason } = await readBody(c, z.strictObject({ reason: line(500, 0).nullish() }))
    const tenant = await tenantNow(house, c.req.param('code'))
    await suspend(house, tenant, reason || null)
    note(house, c, 'tenant_suspended', tenant.id)
    return c.json(await readCommunity(house, tenant.code))
  })

  app.post('/:code/restoration', async (c) => {
    const tenant = await tenantNow(house, c.req.param('code'))
    await restore(house, tenant)
    note(house, c, 'tenant_restored', tenant.id)
    return c.json(await readCommunity(house, tenant.code))
  })

  app.post('/:code/deletion', async (c) => {
    await requireConfirmation(house, sessionOf(c))
    const { code, grace_days: grace } = await readBody(
      c,
      z.strictObject({ code: z.string().max(100), grace_days: z.number().int().min(1).max(365).default(GRACE_DAYS) }),
    )
    const tenant = await tenantNow(house, c.req.param('code'))
    await askDeletion(house, tenant, code, grace, sessionOf(c).userId)
    note(house, c, 'tenant_deleted', tenant.id, { step: 'asked', grace_days: grace })
    return c.json(await readCommunity(house, tenant.code))
  })

  app.delete('/:code/deletion', async (c) => {
    const tenant = await tenantNow(house, c.req.param('code'))
    await cancelDeletion(house, tenant)
    note(house, c, 'tenant_restored', tenant.id, { step: 'deletion_cancelled' })
    return c.json(await readCommunity(house, tenant.code))
  })

  app.post('/:code/archives', async (c) => {
    await requireConfirmation(house, sessionOf(c))
    const { passphrase } = await readBody(c, z.strictObject({ passphrase: z.string().max(1000).nullish() }))
    const tenant = await tenantNow(house, c.req.param('code'))
    const row = await readCommunity(house, tenant.code)
    if (row.removal_began_at)
      throw new Refusal(409, 'too_late', {
        id: 'Penghapusan sudah dimulai; arsip tidak dapat dibuat lagi.',
        en: 'The deletion has begun; no archive can be made any more.',
      })
    const relocked = passphrase ? await lockedKeysOf(house, tenant.id, passphrase) : null
    const work = await askWork(house.database.owner, 'export', tenant.id, relocked ? { relocked } : {}, sessionOf(c).userId)
    house.platform.nudge()
    note(house, c, 'tenant_exported', tenant.id, { secrets: Boolean(relocked) })
    return c.json(shownJob(house, work), 202)
  })

  app.get('/:code/usage', async (c) => {
    const { days } = check(c.req.query(), z.object({ days: z.coerce.number().int().min(1).max(400).default(30) }))
    const { id } = await readCommunity(house, c.req.param('code'))
    return c.json({ data: await usageOf(house, id, days) })
  })

  app.post('/:code/usage', async (c) => c.json(await countUsage(house, await tenantNow(house, c.req.param('code')))))

  return app
}
