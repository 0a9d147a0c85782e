// The whole HTTP side, told in order of trust: health, identity, the member's community, its records; pages last.
import { Hono } from 'hono'
import { forgetMembers } from '#kernel/access/members.ts'
import { auditRoutes, recordLogRoutes } from '#kernel/audit/routes.ts'
import { homeRoutes } from '#kernel/home/routes.ts'
import type { House } from '#kernel/house.ts'
import { type Env, whoOf } from '#kernel/http/env.ts'
import { metricsPage } from '#kernel/http/metrics.ts'
import { toResponse } from '#kernel/http/once.ts'
import { enterTenant, pipeline } from '#kernel/http/pipeline.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { identityRoutes } from '#kernel/identity/routes.ts'
import { importRoutes } from '#kernel/imports/routes.ts'
import { jobRoutes } from '#kernel/jobs/routes.ts'
import { toActions } from '#kernel/resource/to-actions.ts'
import { toBatch } from '#kernel/resource/to-batch.ts'
import { toExport } from '#kernel/resource/to-export.ts'
import { permissionsOf, toModel } from '#kernel/resource/to-model.ts'
import { toOpenApi } from '#kernel/resource/to-openapi.ts'
import { toQueries } from '#kernel/resource/to-queries.ts'
import { toRoutes } from '#kernel/resource/to-routes.ts'
import { searchRoutes } from '#kernel/search/routes.ts'
import { reading } from '#kernel/tenancy/as-tenant.ts'
import { VERSION } from './version.ts'

/** Everything under one Hono app; `site` adds the pages after it. */
export function api(house: House): Hono<Env> {
  const app = pipeline(house)

  // Anybody: is it alive, and what does it speak.
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    const ready = await house.database.app.query('select 1').then(() => true, () => false)
    return c.json({ status: ready ? 'ready' : 'database_unavailable' }, ready ? 200 : 503)
  })
  app.get('/metrics', () => metricsPage(house))
  const description = JSON.stringify(toOpenApi(house.model, VERSION))
  app.get('/api/openapi.json', () => new Response(description, { headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=300' } }))

  // A person: signing in and out, their own sessions.
  app.route('/', identityRoutes(house) as unknown as Hono<Env>)

  // A member of a community.
  enterTenant(house, app)
  app.get('/api/:tenant/model', async (c) => toResponse({ status: 200, body: toModel(await reading(house, whoOf(c)), house.model) }))
  app.get('/api/:tenant/permissions', async (c) => toResponse({ status: 200, body: { data: permissionsOf(await reading(house, whoOf(c)), house.model) } }))
  app.route('/api/:tenant/jobs', jobRoutes(house))
  app.route('/api/:tenant', importRoutes(house))
  app.route('/api/:tenant', searchRoutes(house))
  app.route('/api/:tenant', homeRoutes(house))
  app.route('/api/:tenant/core/audit_logs', auditRoutes(house))

  // The records of its modules.
  app.use('/api/:tenant/:module/*', async (c, next) => {
    const { tenant } = whoOf(c)
    const name = c.req.param('module')
    if (name !== 'core' && !tenant.modules.includes(name)) throw notFound()
    await next()
  })
  for (const module of house.model.modules) app.route(`/api/:tenant/${module.name}`, toQueries(house, module))
  for (const r of house.model.resources.values()) {
    const path = `/api/:tenant/${r.module}/${r.plural}`
    const after = r.module === 'core' ? (tenantId: string): void => forgetMembers(house, tenantId) : undefined
    app.route(path, toExport(house, r))
    app.route(path, toBatch(house, r, after))
    app.route(path, toActions(house, r, after))
    app.route(path, recordLogRoutes(house, r))
    app.route(path, toRoutes(house, r, after))
  }
  return app
}
