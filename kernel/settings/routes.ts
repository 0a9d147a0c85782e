// Settings over HTTP: all of them for whoever may see them, one by its name, and the public ones for anybody.
import { Hono } from 'hono'
import { z } from 'zod'
import type { Ctx } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { readJson } from '#kernel/http/body.ts'
import { type C, type Env, whoOf } from '#kernel/http/env.ts'
import { API_HEADERS } from '#kernel/http/headers.ts'
import { type Reply, toResponse, writeOnce } from '#kernel/http/once.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { moment, says, words } from '#kernel/http/says.ts'
import { allow, sentBy, versionIn } from '#kernel/resource/to-routes.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import { reading } from '#kernel/tenancy/as-tenant.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import { CATEGORIES, defaultOf, type SettingFact } from './fact.ts'
import { forgetSettings, type KeptSetting, settingsOf } from './kept.ts'
import { settings } from './resource.ts'
import { resetSetting, setSetting, settingId } from './set.ts'
import { misfits, needsSomebody, valueOf } from './setting-of.ts'
import { type DataType, typed } from './text-form.ts'

const HIDDEN = '••••••••'

/** Settings of the kernel and of the modules that this community uses. */
export const factsOf = (house: Pick<House, 'model'>, modules: readonly string[]): SettingFact[] =>
  [...house.model.settings.values()].filter(({ name }) => ['core', ...modules].includes(name.split('.')[0] ?? ''))

/** One setting as a page shows it. `version` is 0 when nothing was ever set. */
async function shownSetting(house: House, tenantId: string, fact: SettingFact, row: KeptSetting | undefined, version: number) {
  const secret = fact.field.secret !== undefined
  return {
    id: settingId(fact.name),
    name: fact.name,
    category: fact.category,
    field: fact.field,
    public: fact.public ?? false,
    value: secret ? (row?.secret_value ? HIDDEN : null) : await valueOf(house, tenantId, fact, row),
    default: secret ? null : defaultOf(fact.field),
    set: row !== undefined,
    misfits: row !== undefined && misfits(fact, row),
    needed: needsSomebody(fact, row),
    version,
    updated_at: row?.updated_at ?? null,
  }
}

const settingShape = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  category: z.string(),
  field: z.looseObject({ kind: z.string(), label: words, required: z.boolean() }).describe('Type, limits and words of the value.'),
  public: z.boolean(),
  value: z.unknown(),
  default: z.unknown(),
  set: z.boolean(),
  misfits: z.boolean(),
  needed: z.boolean(),
  version: z.int(),
  updated_at: moment.nullable(),
})

/** Versions of all rows, also of settings that were reset: whoever sets one again must know it. */
async function versionsIn(ctx: Ctx): Promise<Map<string, number>> {
  const { rows } = await ctx.db.query<{ name: string; version: number }>(
    `select t.module || '.' || t.key as name, t.version from core.settings t where t.tenant_id = $1 and t.module <> 'custom'`,
    [ctx.tenant.id],
  )
  return new Map(rows.map((row) => [row.name, row.version]))
}

/** `GET /settings`, `PUT|DELETE /settings/{module.key}`; to be mounted at `/api/{tenant}`. */
export function settingRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  app.get(
    '/settings',
    says({
      summary: 'Every setting of the community, as the page shows it',
      who: 'member',
      permission: 'core.settings:read',
      answers: {
        200: {
          doc: 'A secret’s value is never in it.',
          shape: z.strictObject({
            categories: z.record(z.string(), words),
            data: z.array(settingShape),
            may: z.array(z.literal('update')),
          }),
        },
      },
    }),
    async (c) => {
      const ctx = await reading(house, whoOf(c))
      allow(ctx, settings, 'read')
      const [kept, versions] = [await settingsOf(house, ctx.tenant.id, ctx.db), await versionsIn(ctx)]
      const shown = await Promise.all(
        factsOf(house, ctx.tenant.modules).map((fact) =>
          shownSetting(house, ctx.tenant.id, fact, kept.get(fact.name), versions.get(fact.name) ?? 0),
        ),
      )
      return toResponse({
        status: 200,
        body: { categories: CATEGORIES, data: shown, may: ctx.can('core.settings:update') ? ['update'] : [] },
      })
    },
  )

  const write = async (
    c: C,
    doing: string,
    work: (ctx: Ctx, fact: SettingFact, json: unknown, version: number) => Promise<number>,
  ): Promise<Response> => {
    const who = whoOf(c)
    allow(who, settings, 'update')
    const name = c.req.param('name' as never) as string
    const fact = factsOf(house, who.tenant.modules).find((f) => f.name === name)
    if (!fact) throw notFound()
    const version = versionIn(c) ?? 0
    const { json, text } = await readJson(c)
    const sent = sentBy(c, text)
    // A secret is not sent under a key: even the hash of a short one would tell it to whoever reads the kept answers.
    const response = await writeOnce(
      house,
      who,
      doing,
      fact.field.secret ? { ...sent, key: undefined } : sent,
      async (ctx): Promise<Reply> => {
        const next = await work(ctx, fact, json, version)
        const row = (await settingsOf(house, ctx.tenant.id, ctx.db)).get(fact.name)
        return { status: 200, body: await shownSetting(house, ctx.tenant.id, fact, row, next), headers: { etag: `"${next}"` } }
      },
    )
    await forgetSettings(house, who.tenant.id)
    void noteSecurity(house, {
      kind: 'setting_changed',
      tenantId: who.tenant.id,
      userId: who.actor.userId,
      actorName: who.actor.name,
      origin: who.origin,
      detail: { setting: fact.name },
    })
    return response
  }
  app.put(
    '/settings/:name',
    says({
      summary: 'Set a setting',
      doc: 'The version is the one that was read, 0 when nothing was ever set. Which value fits is said by the setting’s own `field`.',
      who: 'member',
      permission: 'core.settings:update',
      body: z.strictObject({ value: z.unknown() }),
      headers: ['IfMatch', 'IdempotencyKey'],
      answers: { 200: { doc: 'As it is now.', shape: settingShape } },
      problems: { 403: ['pin_required', 'pin_not_set'], 412: ['version_stale'] },
    }),
    (c) => write(c, 'changed', setSetting),
  )
  app.delete(
    '/settings/:name',
    says({
      summary: 'Reset a setting to its default',
      who: 'member',
      permission: 'core.settings:update',
      headers: ['IfMatch', 'IdempotencyKey'],
      answers: { 200: { doc: 'As it is now.', shape: settingShape } },
      problems: { 403: ['pin_required', 'pin_not_set'], 412: ['version_stale'] },
    }),
    (c) => write(c, 'reset', (ctx, fact, _json, version) => resetSetting(ctx, fact, version)),
  )
  return app
}

/** What strangers may know of a community's settings: name → value. Nothing is said of a community that is not open. */
export function publicSettings(house: House): Hono<Env> {
  const app = new Hono<Env>()
  app.get(
    '/',
    says({
      summary: 'Settings that strangers may know',
      who: 'anybody',
      answers: { 200: { doc: 'Name → value.', shape: z.strictObject({ data: z.record(z.string(), z.unknown()) }) } },
      problems: { 404: ['not_found'] },
    }),
    async (c) => {
      const tenant = await tenantByCode(house, c.req.param('tenant' as never) as string)
      if (!tenant || tenant.status !== 'active' || (house.config.standalone && tenant.code !== house.config.standalone)) throw notFound()
      const kept = await settingsOf(house, tenant.id)
      const said: Record<string, unknown> = {}
      for (const fact of factsOf(house, tenant.modules))
        if (fact.public) said[fact.name] = await valueOf(house, tenant.id, fact, kept.get(fact.name))
      for (const row of kept.values())
        if (row.is_public && row.name.startsWith('custom.'))
          said[row.name] = row.value === null ? null : (typed(row.data_type as DataType, row.value) ?? null)
      return new Response(JSON.stringify({ data: said }), {
        headers: { ...API_HEADERS, 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=60' },
      })
    },
  )
  return app
}
