// The whole HTTP side, told in order of trust: health, identity, the member's community, its records; pages last.
import { Hono } from 'hono'
import { z } from 'zod'
import { doorOf } from '#kernel/access/enter.ts'
import { afterCoreWrite } from '#kernel/access/after-write.ts'
import { keyNotes } from '#kernel/api-keys/notes.ts'
import { logRoutes } from '#kernel/audit/log-routes.ts'
import { auditRoutes, recordLogRoutes } from '#kernel/audit/routes.ts'
import { contentRoutes, thumbnailRoutes } from '#kernel/documents/content.ts'
import { uploadRoutes } from '#kernel/documents/upload.ts'
import { homeRoutes } from '#kernel/home/routes.ts'
import type { House } from '#kernel/house.ts'
import { type Env, whoOf } from '#kernel/http/env.ts'
import { metricsPage } from '#kernel/http/metrics.ts'
import { toResponse } from '#kernel/http/once.ts'
import { enterTenant, pipeline } from '#kernel/http/pipeline.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { listOf, says } from '#kernel/http/says.ts'
import { invitationNotes } from '#kernel/identity/invitation-notes.ts'
import { messageRoutes } from '#kernel/identity/message-routes.ts'
import { identityRoutes } from '#kernel/identity/routes.ts'
import { importRoutes } from '#kernel/imports/routes.ts'
import { jobRoutes } from '#kernel/jobs/routes.ts'
import { pushRoutes } from '#kernel/notifications/push/routes.ts'
import { notificationRoutes } from '#kernel/notifications/routes.ts'
import { wordRoutes } from '#kernel/notifications/word-routes.ts'
import { messageListRoutes } from '#kernel/outbox/message-routes.ts'
import { outboxRoutes } from '#kernel/outbox/routes.ts'
import { toActions } from '#kernel/resource/to-actions.ts'
import { toBatch } from '#kernel/resource/to-batch.ts'
import { toExport } from '#kernel/resource/to-export.ts'
import { permissionsOf, toModel } from '#kernel/resource/to-model.ts'
import { toOpenApi } from '#kernel/resource/to-openapi.ts'
import { toQueries } from '#kernel/resource/to-queries.ts'
import { type After, toRoutes } from '#kernel/resource/to-routes.ts'
import { keepLimits } from '#kernel/platform/keep-limits.ts'
import { platformRoutes } from '#kernel/platform/routes/index.ts'
import { searchRoutes } from '#kernel/search/routes.ts'
import { forgetSettings } from '#kernel/settings/kept.ts'
import { publicSettings, settingRoutes } from '#kernel/settings/routes.ts'
import { stepUpRoutes } from '#kernel/step-up/routes.ts'
import { reading } from '#kernel/tenancy/as-tenant.ts'
import { tenantById } from '#kernel/tenancy/tenants.ts'
import { statusRoutes } from '#kernel/workflow/routes.ts'
import { VERSION } from './version.ts'

const modelShape = z.strictObject({
  tenant: z.looseObject({ id: z.uuid(), code: z.string() }),
  me: z.looseObject({ name: z.string(), role: z.string(), permissions: z.array(z.string()) }),
  modules: z.array(z.looseObject({ name: z.string() })),
  pdf: z.boolean().describe('Whether files can be had as PDF here.'),
})

/** Everything under one Hono app; `site` adds the pages after it. */
export function api(house: House): Hono<Env> {
  const app = pipeline(house)

  // Anybody: is it alive, and what does it speak.
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    const ready = await house.database.app.query('select 1').then(
      () => true,
      () => false,
    )
    return c.json({ status: ready ? 'ready' : 'database_unavailable' }, ready ? 200 : 503)
  })
  app.get('/metrics', () => metricsPage(house))
  let description: string | undefined
  app.get(
    '/api/openapi.json',
    says({ summary: 'This description', who: 'anybody', answers: { 200: { doc: 'OpenAPI 3.1.', type: 'application/json' } } }),
    () => {
      // Made when it is first asked for: by then every route is registered.
      description ??= JSON.stringify(toOpenApi(house.model, VERSION, app.routes))
      return new Response(description, {
        headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=300' },
      })
    },
  )

  // A person: signing in and out, their own sessions.
  app.route('/', identityRoutes(house) as unknown as Hono<Env>)
  app.route('/', messageRoutes(house) as unknown as Hono<Env>)
  app.route('/', outboxRoutes(house))
  app.route('/', pushRoutes(house))

  // Operators: the communities themselves. A house of one community has none above it.
  if (!house.config.standalone) app.route('/api/platform', platformRoutes(house))

  // Anybody: what a community says of itself.
  app.route('/api/:tenant/public-settings', publicSettings(house))

  // Whoever holds a link that was made for a member a moment ago.
  app.route('/api/:tenant/core/content', contentRoutes(house))

  // A member of a community.
  const isOpen = async (id: string): Promise<boolean> => (await tenantById(house, id))?.status === 'active'
  enterTenant(house, app)
  // The plan has the last word.
  app.use('/api/:tenant/*', keepLimits(house))
  app.get(
    '/api/:tenant/model',
    says({
      summary: 'What this member may use, as data: screens are built from it',
      who: 'member',
      answers: { 200: { doc: 'Modules with resources, actions, importers and queries.', shape: modelShape } },
    }),
    async (c) => toResponse({ status: 200, body: toModel(await reading(house, whoOf(c)), house.model) }),
  )
  app.get(
    '/api/:tenant/permissions',
    says({
      summary: 'Every permission there is here, for the editor of roles',
      who: 'member',
      answers: { 200: { doc: 'Names like `module.resource:verb`.', shape: listOf(z.string()) } },
    }),
    async (c) => toResponse({ status: 200, body: { data: permissionsOf(await reading(house, whoOf(c)), house.model) } }),
  )
  const door = doorOf(house)
  app.route(
    '/api/:tenant/jobs',
    jobRoutes(house, whoOf, { ...door, mayStay: async (c) => (await isOpen(whoOf(c).tenant.id)) && door.mayStay(c) }),
  )
  app.route('/api/:tenant', stepUpRoutes(house))
  app.route('/api/:tenant', importRoutes(house))
  app.route('/api/:tenant', searchRoutes(house))
  app.route('/api/:tenant', homeRoutes(house))
  app.route('/api/:tenant', settingRoutes(house))
  app.route('/api/:tenant', notificationRoutes(house))
  app.route('/api/:tenant', wordRoutes(house))
  app.route('/api/:tenant/core/messages', messageListRoutes(house))
  app.route('/api/:tenant/core/audit_logs', auditRoutes(house))
  app.route('/api/:tenant/core', logRoutes(house))
  app.route('/api/:tenant/core', uploadRoutes(house))
  app.route('/api/:tenant/core/document_versions', thumbnailRoutes(house))

  // The records of its modules.
  app.use('/api/:tenant/:module/*', async (c, next) => {
    const { tenant } = whoOf(c)
    const name = c.req.param('module')
    if (name !== 'core' && !tenant.modules.includes(name)) throw notFound()
    await next()
  })
  app.route('/api/:tenant/core/api_keys', keyNotes(house))
  app.route('/api/:tenant/core/invitations', invitationNotes(house))
  for (const module of house.model.modules) app.route(`/api/:tenant/${module.name}`, toQueries(house, module))
  const noteMembers = afterCoreWrite(house)
  const afterCore: After = async (who, r, verb) => {
    if (r.name === 'core.settings') await forgetSettings(house, who.tenant.id)
    await noteMembers(who, r, verb)
  }
  for (const r of house.model.resources.values()) {
    const path = `/api/:tenant/${r.module}/${r.plural}`
    const after = r.module === 'core' ? afterCore : undefined
    app.route(path, toExport(house, r))
    app.route(path, toBatch(house, r, after))
    app.route(path, toActions(house, r, after))
    app.route(path, recordLogRoutes(house, r))
    const w = house.model.workflows.get(r.name)
    if (w) app.route(path, statusRoutes(house, w))
    app.route(path, toRoutes(house, r, after))
  }
  return app
}
