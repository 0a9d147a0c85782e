// `/api/platform/plans…`: what the installation offers.
import { Hono } from 'hono'
import { z } from 'zod'
import type { House } from '#kernel/house.ts'
import type { Env } from '#kernel/http/env.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { count, listOf, says } from '#kernel/http/says.ts'
import { isId } from '#kernel/resource/id.ts'
import { line, readBody } from '../input.ts'
import { note } from '../note.ts'
import { LIMITS } from '../plan-refusals.ts'
import { changePlan, createPlan, type PlanInput, plansOf } from '../plans.ts'

const limit = z.number().int().min(0).max(1_000_000_000_000).nullish()
const plan = z
  .strictObject({
    code: z.string().regex(/^[a-z][a-z0-9-]{1,49}$/),
    name: line(100),
    description: line(500, 0).nullish(),
    price: z
      .string()
      .regex(/^\d{1,16}(\.\d{1,2})?$/)
      .default('0'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .default('IDR'),
    period: z.enum(['month', 'year']).default('month'),
    limits: z.strictObject({ users: limit, rows: limit, storage_mb: limit, api_calls_per_day: limit }).default({}),
    modules: z.array(line(50)).max(50).nullish(),
    offered: z.boolean().default(true),
  })
  .transform(
    ({ description, modules, limits, ...rest }): PlanInput => ({
      ...rest,
      description: description || null,
      modules: modules ?? null,
      limits: Object.fromEntries(Object.entries(limits).filter(([, most]) => most !== null && most !== undefined)),
    }),
  )

const planShape = z.strictObject({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  price: z.string(),
  currency: z.string(),
  period: z.enum(['month', 'year']),
  limits: z.partialRecord(z.enum(LIMITS), count),
  modules: z.array(z.string()).nullable(),
  offered: z.boolean(),
})

export function planRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  app.get(
    '/',
    says({
      summary: 'The plans of this installation',
      who: 'operator',
      answers: { 200: { doc: 'Those on offer first.', shape: listOf(planShape.extend({ communities: count })) } },
    }),
    async (c) => c.json({ data: await plansOf(house) }),
  )
  app.post(
    '/',
    says({
      summary: 'Make a plan',
      who: 'operator',
      body: plan,
      answers: { 201: { doc: 'Made.', shape: planShape } },
      problems: { 409: ['already_used'], 422: ['unknown_module'] },
    }),
    async (c) => {
      const made = await createPlan(house, await readBody(c, plan as never))
      note(house, c, 'setting_changed', null, { what: 'plan', plan: made.code })
      return c.json(made, 201)
    },
  )
  app.put(
    '/:id',
    says({
      summary: 'Change a plan; its limits hold for everybody who has it, at once',
      who: 'operator',
      body: plan,
      answers: { 200: { doc: 'Changed.', shape: planShape } },
      problems: { 409: ['already_used', 'modules_in_use'], 422: ['unknown_module'] },
    }),
    async (c) => {
      const id = c.req.param('id')
      if (!isId(id)) throw notFound()
      const changed = await changePlan(house, id, await readBody(c, plan as never))
      note(house, c, 'setting_changed', null, { what: 'plan', plan: changed.code })
      return c.json(changed)
    },
  )
  return app
}
