// Everything under `/api/platform`, for operators only. A standalone installation does not have it.
import { Hono } from 'hono'
import { z } from 'zod'
import type { House } from '#kernel/house.ts'
import type { Env } from '#kernel/http/env.ts'
import { listOf, moment, says, words } from '#kernel/http/says.ts'
import { requireSameOrigin } from '#kernel/identity/same-origin.ts'
import { CHANNELS } from '#kernel/outbox/message.ts'
import { certificatesOf } from '../certificates.ts'
import { readBody } from '../input.ts'
import { modulesOf } from '../modules.ts'
import { confirm, confirmedUntil, requireConfirmation } from '../sudo.ts'
import { communityRoutes } from './communities.ts'
import { onlyOperators, sessionOf } from './operator.ts'
import { planRoutes } from './plans.ts'
import { securityRoutes } from './security.ts'
import { jobRoutes } from './jobs.ts'

const passwordAgain = z.strictObject({ password: z.string().min(1).max(1000) })
const moduleShape = z.strictObject({ name: z.string(), label: words, doc: z.string(), uses: z.array(z.string()) })
const certificateShape = z.strictObject({
  id: z.uuid(),
  community_id: z.uuid(),
  code_hash: z.string(),
  asked_at: moment,
  asked_by: z.uuid().nullable(),
  asked_by_name: z.string().nullable(),
  began_at: moment,
  deleted_at: moment.nullable(),
  counts: z.record(z.string(), z.int()),
  row_total: z.int(),
  seal_head: z.string().nullable(),
  master_key_ids: z.array(z.string()),
  digest: z.string().nullable(),
  intact: z.boolean(),
})

export function platformRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  app.use(requireSameOrigin(house.config))
  app.use(onlyOperators(house))
  app.get(
    '/',
    says({
      summary: 'What the installation has: modules, and whether grave acts are open',
      who: 'operator',
      answers: {
        200: {
          doc: 'Null until the password was given again in this session.',
          shape: z.strictObject({
            modules: z.array(moduleShape),
            confirmed_until: moment.nullable(),
            carries: z.array(z.enum(CHANNELS)).describe('How somebody can be invited.'),
          }),
        },
      },
    }),
    async (c) =>
      c.json({
        modules: modulesOf(house).map(({ name, label, doc, uses }) => ({ name, label, doc, uses })),
        carries: CHANNELS.filter((channel) => house.outbox.carries(channel)),
        confirmed_until: await confirmedUntil(house, sessionOf(c)),
      }),
  )
  app.post(
    '/confirmation',
    says({
      summary: 'Give my password again, to open grave acts for ten minutes',
      who: 'operator',
      body: passwordAgain,
      answers: { 200: { doc: 'Until when.', shape: z.strictObject({ confirmed_until: moment }) } },
      problems: { 429: ['too_many_attempts'] },
    }),
    async (c) => {
      const { password } = await readBody(c, passwordAgain)
      return c.json({ confirmed_until: await confirm(house, sessionOf(c), password) })
    },
  )
  // Whether the password has to be asked for, before something long begins.
  app.get(
    '/confirmation',
    says({
      summary: 'Whether grave acts are open',
      who: 'operator',
      answers: { 200: { doc: 'Until when.', shape: z.strictObject({ confirmed_until: moment }) } },
      problems: { 403: ['confirmation_needed'] },
    }),
    async (c) => {
      await requireConfirmation(house, sessionOf(c))
      return c.json({ confirmed_until: await confirmedUntil(house, sessionOf(c)) })
    },
  )
  app.route('/communities', communityRoutes(house))
  app.route('/plans', planRoutes(house))
  app.route('/jobs', jobRoutes(house))
  app.route('/', securityRoutes(house))
  app.get(
    '/deletions',
    says({
      summary: 'Certificates of deleted communities',
      who: 'operator',
      answers: { 200: { doc: 'The newest first; no name, no code.', shape: listOf(certificateShape) } },
    }),
    async (c) => c.json({ data: await certificatesOf(house) }),
  )
  return app
}
