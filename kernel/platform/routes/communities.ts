// `/api/platform/communities…`: making, reading, changing, closing and removing communities, their modules, plans, usage and archives.
import { Hono } from 'hono'
import { z } from 'zod'
import type { House } from '#kernel/house.ts'
import type { Env } from '#kernel/http/env.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { count, listOf, pageOf, says } from '#kernel/http/says.ts'
import { askForReset } from '#kernel/identity/reset.ts'
import { lockedKeysOf } from '../archive/lock.ts'
import { changeCommunity, createCommunity, listCommunities, modulesShown, readCommunity, tenantNow } from '../communities.ts'
import { needsLink } from '../first-administrator.ts'
import { administrationOf, inviteFirst } from '../first-invitation.ts'
import { check, readBody } from '../input.ts'
import { switchModule } from '../modules.ts'
import { note } from '../note.ts'
import { insideAsOwner } from '../owner-db.ts'
import { subscribe, subscriptionsOf } from '../plans.ts'
import { askDeletion, cancelDeletion, restore, suspend } from '../status.ts'
import { requireConfirmation } from '../sudo.ts'
import { countUsage, usageOf } from '../usage.ts'
import { askWork, workOn } from '../work.ts'
import { administratorOf, administratorRoutes } from './administrator.ts'
import { sessionOf } from './operator.ts'
import { archiving, change, deleting, listing, newCommunity, plan, suspending, switching, usageDays } from './community-input.ts'
import { communityShape, usageShape, wholeShape } from './community-shapes.ts'
import { shownJob, workShape } from './jobs.ts'

export function communityRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()

  app.get(
    '/',
    says({
      summary: 'The communities of this installation',
      who: 'operator',
      query: listing,
      answers: { 200: { doc: 'By name.', shape: pageOf(communityShape.extend({ users: count.nullable(), records: count.nullable() })) } },
    }),
    async (c) => {
      const asked = check(Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value !== '')), listing)
      const { data, next, total } = await listCommunities(house, { ...asked, q: asked.q?.trim() ?? '' } as never)
      return c.json({ data, page: { next, total } })
    },
  )

  app.post(
    '/',
    says({
      summary: 'Make a community, with its first administrator',
      doc: 'The administrator is somebody who has an account, a new account, or somebody who is invited by mail or SMS.',
      who: 'operator',
      body: newCommunity,
      answers: { 201: { doc: 'Made, with its roles and its plan; all or nothing.', shape: communityShape } },
      problems: {
        409: ['tenant_code_used', 'module_needs', 'module_not_in_plan', 'no_mail', 'no_sms'],
        422: ['unknown_module', 'unknown_plan'],
      },
    }),
    async (c) => {
      const { plan_id, administrator: first, time_zone, ...input } = await readBody(c, newCommunity)
      const who = first ? administratorOf(house, first) : null
      const invited = who && 'invite' in who ? who.invite : null
      const tenant = await createCommunity(
        house,
        { ...input, timeZone: time_zone, plan_id: plan_id ?? null, administrator: who },
        sessionOf(c).userId,
      )
      // The community is there: whoever could not be told now is invited from its page.
      if (invited)
        await inviteFirst(house, tenant, invited, c.get('origin')).then(
          () => note(house, c, 'invited', tenant.id, { what: 'first_administrator' }),
          (error: Error) => house.log.error({ error: error.name }, 'the first administrator could not be invited'),
        )
      if (needsLink(who) && who.email) await askForReset(house, who.email, c.get('origin'))
      return c.json(await readCommunity(house, tenant.code), 201, { location: `/api/platform/communities/${tenant.code}` })
    },
  )

  app.get(
    '/:code',
    says({
      summary: 'One community: facts about it, never what is in it',
      who: 'operator',
      answers: { 200: { doc: 'The community.', shape: wholeShape } },
    }),
    async (c) => {
      const row = await readCommunity(house, c.req.param('code'))
      const [modules, subscriptions, work, usage, people] = [
        await modulesShown(house, row),
        await subscriptionsOf(insideAsOwner(house, row.id), row.id),
        (await workOn(house.database.owner, row.id)).map((w) => shownJob(house, w)),
        (await usageOf(house, row.id, 60)).findLast((d) => d.counted_at) ?? null,
        await administrationOf(house, row.id),
      ]
      return c.json({ ...row, ...people, modules, subscriptions, work, usage })
    },
  )

  app.patch(
    '/:code',
    says({
      summary: 'Change the facts about a community',
      who: 'operator',
      body: change,
      answers: { 200: { doc: 'As it is now.', shape: communityShape } },
    }),
    async (c) => {
      await changeCommunity(house, c.req.param('code'), (await readBody(c, change)) as never)
      note(house, c, 'setting_changed', (await readCommunity(house, c.req.param('code'))).id, { what: 'community' })
      return c.json(await readCommunity(house, c.req.param('code')))
    },
  )

  app.put(
    '/:code/modules/:module',
    says({
      summary: 'Switch a module on or off; its data stays',
      who: 'operator',
      body: switching,
      answers: { 200: { doc: 'The modules that are on.', shape: z.strictObject({ modules: z.array(z.string()) }) } },
      problems: { 409: ['module_needs', 'module_not_in_plan', 'module_in_use'], 422: ['unknown_module'] },
    }),
    async (c) => {
      const { on } = await readBody(c, switching)
      const tenant = await tenantNow(house, c.req.param('code'))
      const modules = await switchModule(house, tenant, c.req.param('module'), on)
      note(house, c, 'setting_changed', tenant.id, { what: 'module', module: c.req.param('module'), on })
      return c.json({ modules })
    },
  )

  app.put(
    '/:code/plan',
    says({
      summary: 'Give a community a plan, or none',
      who: 'operator',
      body: plan,
      answers: { 200: { doc: 'As it is now.', shape: communityShape } },
      problems: { 409: ['module_not_in_plan'], 422: ['unknown_plan'] },
    }),
    async (c) => {
      const { period_end, status, period_start, plan_id } = await readBody(c, plan)
      const tenant = await tenantNow(house, c.req.param('code'))
      const input = { plan_id, period_end: period_end ?? null, ...(status ? { status } : {}), ...(period_start ? { period_start } : {}) }
      await subscribe(house, tenant, input, sessionOf(c).userId)
      note(house, c, 'setting_changed', tenant.id, { what: 'plan' })
      return c.json(await readCommunity(house, tenant.code))
    },
  )

  app.post(
    '/:code/suspension',
    says({
      summary: 'Close a community to its members; its data stays',
      who: 'operator',
      body: suspending,
      answers: { 200: { doc: 'Closed.', shape: communityShape } },
      problems: { 409: ['wrong_status'] },
    }),
    async (c) => {
      const { reason } = await readBody(c, suspending)
      const tenant = await tenantNow(house, c.req.param('code'))
      await suspend(house, tenant, reason || null)
      note(house, c, 'tenant_suspended', tenant.id)
      return c.json(await readCommunity(house, tenant.code))
    },
  )

  app.post(
    '/:code/restoration',
    says({
      summary: 'Open it again',
      who: 'operator',
      answers: { 200: { doc: 'Open.', shape: communityShape } },
      problems: { 409: ['wrong_status'] },
    }),
    async (c) => {
      const tenant = await tenantNow(house, c.req.param('code'))
      await restore(house, tenant)
      note(house, c, 'tenant_restored', tenant.id)
      return c.json(await readCommunity(house, tenant.code))
    },
  )

  app.post(
    '/:code/deletion',
    says({
      summary: 'Ask for the deletion of a community',
      doc: 'Closed at once, removed after the days of grace; until then it can be called back.',
      who: 'operator',
      body: deleting,
      answers: { 200: { doc: 'Closed, and when it will go.', shape: communityShape } },
      problems: { 403: ['confirmation_needed'], 409: ['wrong_status'] },
    }),
    async (c) => {
      await requireConfirmation(house, sessionOf(c))
      const { code, grace_days: grace } = await readBody(c, deleting)
      const tenant = await tenantNow(house, c.req.param('code'))
      await askDeletion(house, tenant, code, grace, sessionOf(c).userId)
      note(house, c, 'tenant_deleted', tenant.id, { step: 'asked', grace_days: grace })
      return c.json(await readCommunity(house, tenant.code))
    },
  )

  app.delete(
    '/:code/deletion',
    says({
      summary: 'Call a deletion back while nothing has been removed',
      who: 'operator',
      answers: { 200: { doc: 'What it was before.', shape: communityShape } },
      problems: { 409: ['too_late', 'wrong_status'] },
    }),
    async (c) => {
      const tenant = await tenantNow(house, c.req.param('code'))
      await cancelDeletion(house, tenant)
      note(house, c, 'tenant_restored', tenant.id, { step: 'deletion_cancelled' })
      return c.json(await readCommunity(house, tenant.code))
    },
  )

  app.post(
    '/:code/archives',
    says({
      summary: 'Make an archive of a whole community',
      who: 'operator',
      body: archiving,
      answers: { 202: { doc: 'Under way; follow it at /api/platform/jobs/{id}.', shape: workShape } },
      problems: { 403: ['confirmation_needed'], 409: ['too_late'] },
    }),
    async (c) => {
      await requireConfirmation(house, sessionOf(c))
      const { passphrase } = await readBody(c, archiving)
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
    },
  )

  app.get(
    '/:code/usage',
    says({
      summary: 'What a community used, day by day',
      who: 'operator',
      query: usageDays,
      answers: { 200: { doc: 'The oldest day first.', shape: listOf(usageShape) } },
    }),
    async (c) => {
      const { days } = check(c.req.query(), usageDays)
      const { id } = await readCommunity(house, c.req.param('code'))
      return c.json({ data: await usageOf(house, id, days) })
    },
  )

  app.post(
    '/:code/usage',
    says({
      summary: 'Count now what a community uses',
      who: 'operator',
      answers: { 200: { doc: 'Today’s line.', shape: usageShape } },
    }),
    async (c) => c.json(await countUsage(house, await tenantNow(house, c.req.param('code')))),
  )

  app.route('/', administratorRoutes(house))
  return app
}
