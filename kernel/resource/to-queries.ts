// A module's hand-written reads → endpoints: permission, checked input, answer; or the answer as a file.
import { Hono } from 'hono'
import type { House } from '#kernel/house.ts'
import { readJson } from '#kernel/http/body.ts'
import { type Env, whoOf } from '#kernel/http/env.ts'
import { API_HEADERS } from '#kernel/http/headers.ts'
import { toResponse } from '#kernel/http/once.ts'
import { forbidden, invalid } from '#kernel/http/refusal.ts'
import type { Module } from '#kernel/module.ts'
import { reading } from '#kernel/tenancy/as-tenant.ts'
import type { Field } from './field.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import { namesOf } from './noticed.ts'
import type { Query } from './query.ts'
import { takeAway, wantedFormat } from './query-sheet.ts'
import { checkInput } from './to-schema.ts'

/** Query strings are text: what the fields expect is made of it before it is checked. */
export function typed(fields: Readonly<Record<string, Field>>, asked: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(asked).map(([name, raw]) => {
      const kind = Object.hasOwn(fields, name) ? fields[name]?.kind : undefined
      return [name, kind === 'boolean' ? (raw === 'true' ? true : raw === 'false' ? false : raw) : kind === 'tags' ? raw.split(',') : raw]
    }),
  )
}

export function toQueries(house: House, module: Module): Hono<Env> {
  const app = new Hono<Env>()
  for (const q of module.queries ?? []) {
    app.on(q.by ?? 'GET', `/${q.name.split('.')[1]}`, async (c) => {
      const ctx = await reading(house, whoOf(c))
      if (!ctx.can(q.permission)) throw forbidden(q.permission)
      const { wanted, rest } = q.sheet ? wantedFormat(c.req.query()) : { wanted: null, rest: c.req.query() }
      const asked = q.by === 'POST' ? (await readJson(c)).json : typed(q.input, rest)
      const { values, problems } = checkInput(q.input, asked, 'create', ctx.today)
      if (problems.length) throw invalid(problems)
      if (q.noticed)
        await noteSecurity(house, {
          ...namesOf(ctx),
          kind: q.noticed.kind,
          detail: { query: q.name, ...(q.noticed.about ? { record: String(values[q.noticed.about]) } : {}) },
        })
      if (wanted) return takeAway(house, whoOf(c), ctx, q, values as never, wanted)
      const answer = await q.run(ctx, values as never)
      return q.file ? asFile(q.file, answer as Uint8Array<ArrayBuffer>) : toResponse({ status: 200, body: answer })
    })
  }
  return app
}

const asFile = ({ mime, name }: NonNullable<Query['file']>, bytes: Uint8Array<ArrayBuffer>): Response =>
  new Response(bytes, {
    headers: { ...API_HEADERS, 'content-type': mime, 'content-disposition': `inline; filename="${name}"`, 'cache-control': 'no-store' },
  })
