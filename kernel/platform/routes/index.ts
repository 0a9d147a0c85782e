// Everything under `/api/platform`, for operators only. A standalone installation does not have it.
import { Hono } from 'hono'
import { z } from 'zod'
import type { House } from '#kernel/house.ts'
import type { Env } from '#kernel/http/env.ts'
import { requireSameOrigin } from '#kernel/identity/same-origin.ts'
import { certificatesOf } from '../certificates.ts'
import { readBody } from '../input.ts'
import { modulesOf } from '../modules.ts'
import { confirm, confirmedUntil, requireConfirmation } from '../sudo.ts'
import { communityRoutes } from './communities.ts'
import { onlyOperators, sessionOf } from './operator.ts'
import { planRoutes } from './plans.ts'
import { jobRoutes } from './jobs.ts'

export function platformRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  app.use(requireSameOrigin(house.config))
  app.use(onlyOperators(house))
  app.get('/', async (c) =>
    c.json({
      modules: modulesOf(house).map(({ name, label, doc, uses }) => ({ name, label, doc, uses })),
      confirmed_until: await confirmedUntil(house, sessionOf(c)),
    }),
  )
  app.post('/confirmation', async (c) => {
    const { password } = await readBody(c, z.strictObject({ password: z.string().min(1).max(1000) }))
    return c.json({ confirmed_until: await confirm(house, sessionOf(c), password) })
  })
  // Whether the password has to be asked for, before something long begins.
  app.get('/confirmation', async (c) => {
    await requireConfirmation(house, sessionOf(c))
    return c.json({ confirmed_until: await confirmedUntil(house, sessionOf(c)) })
  })
  app.route('/communities', communityRoutes(house))
  app.route('/plans', planRoutes(house))
  app.route('/jobs', jobRoutes(house))
  app.get('/deletions', async (c) => c.json({ data: await certificatesOf(house) }))
  return app
}
