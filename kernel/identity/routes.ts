// Who is asking, over HTTP: signing in and out (`/api/session…`), and what people see and change about themselves (`/api/me…`).
// An Idempotency-Key is not kept here: PUT, PATCH and DELETE do the same when sent twice, and an answer that carries a cookie,
// a code or a secret must never be given again to whoever repeats the request.
import type { Origin } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { Hono } from 'hono'
import { meRoutes } from './me-routes.ts'
import { myFactorRoutes } from './my-factor-routes.ts'
import { requireSameOrigin } from './same-origin.ts'
import { sessionRoutes } from './session-routes.ts'

/** What the pipeline sets before these routes run. */
export type Env = { Variables: { origin: Origin } }

export function identityRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  for (const path of ['/api/session', '/api/session/*', '/api/me', '/api/me/*']) {
    app.use(path, requireSameOrigin(house.config))
    // What is said about a person is theirs alone: no cache on the way keeps it.
    app.use(path, async (c, next) => (await next(), c.header('Cache-Control', 'no-store')))
  }
  app.route('/', sessionRoutes(house))
  app.route('/', meRoutes(house))
  app.route('/', myFactorRoutes(house))
  return app
}
