// The words of notifications for administrators: what each kind says here and by default, and how a draft would look where it arrives.
// Writing them is the generic API of core.notification_words.
import { Hono } from 'hono'
import { z } from 'zod'
import type { Tenant } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { readJson } from '#kernel/http/body.ts'
import { type Env, whoOf } from '#kernel/http/env.ts'
import { toResponse } from '#kernel/http/once.ts'
import { invalid, notFound } from '#kernel/http/refusal.ts'
import { says, words } from '#kernel/http/says.ts'
import { checked } from '#kernel/identity/read-body.ts'
import { allow } from '#kernel/resource/to-routes.ts'
import { checkInput } from '#kernel/resource/to-schema.ts'
import { reading } from '#kernel/tenancy/as-tenant.ts'
import { LOCALES, type Locale, say } from '#kernel/words.ts'
import { kindsOf } from './choices.ts'
import { COMMUNITY, type NotificationKind } from './kind.ts'
import { choicesPage } from './places.ts'
import { contentOf, mailOf, type Said, smsOf } from './say-notice.ts'
import { notificationWords, wordProblems } from './words.ts'

type Row = {
  id: string
  version: number
  kind: string
  title_id: string
  text_id: string
  title_en: string
  text_en: string
  alive: boolean
}

const previewSchema = z.strictObject({
  kind: z.string().max(100),
  title_id: z.string().max(1_000),
  text_id: z.string().max(5_000),
  title_en: z.string().max(1_000),
  text_en: z.string().max(5_000),
})

const fourTexts = { title_id: z.string(), text_id: z.string(), title_en: z.string(), text_en: z.string() }
const wordsPage = z.strictObject({
  data: z.array(
    z.strictObject({
      kind: z.string(),
      module: z.string(),
      label: words,
      doc: words,
      places: z.array(z.strictObject({ name: z.string(), label: words, example: words })),
      default: z.strictObject(fourTexts),
      own: z.strictObject({ id: z.uuid(), version: z.int(), kind: z.string(), ...fourTexts, alive: z.literal(true) }).nullable(),
      history_id: z.uuid().nullable(),
    }),
  ),
  may: z.array(z.enum(['create', 'update', 'delete'])),
})
const oneLanguage = z.strictObject({
  title: z.string(),
  text: z.string(),
  mail: z.strictObject({ subject: z.string(), text: z.string() }),
  sms: z.string(),
})
const previewShape = z.strictObject({ id: oneLanguage, en: oneLanguage })

const wordsOf = ({ title, text }: Said): object => ({ title_id: title.id, text_id: text.id, title_en: title.en, text_en: text.en })

/** `GET /notification-words`, `POST /notification-words/preview`; to be mounted at `/api/{tenant}`. */
export function wordRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  app.get(
    '/notification-words',
    says({
      summary: 'What each kind of notification says here, and by default',
      who: 'member',
      permission: 'core.notification_words:read',
      answers: { 200: { doc: 'Every kind, with its places and the community’s own words.', shape: wordsPage } },
    }),
    async (c) => {
      const ctx = await reading(house, whoOf(c))
      allow(ctx, notificationWords, 'read')
      const { rows } = await ctx.db.query<Row>(
        `select id, version, kind, title_id, text_id, title_en, text_en, deleted_at is null as alive
         from core.notification_words where tenant_id = $1 order by created_at, id`,
        [ctx.tenant.id],
      )
      const newest = new Map(rows.map((row) => [row.kind, row]))
      const data = kindsOf(house, ctx).map((kind) => ({
        kind: kind.name,
        module: kind.name.split('.')[0],
        label: kind.label,
        doc: kind.doc,
        places: [...Object.entries(kind.places), [COMMUNITY, COMMUNITY_PLACE(ctx.tenant)] as const].map(([name, place]) => ({
          name,
          label: place.label,
          example: place.example,
        })),
        default: wordsOf(kind),
        own: newest.get(kind.name)?.alive ? newest.get(kind.name) : null,
        // What it said before it went back to the default is remembered too.
        history_id: newest.get(kind.name)?.id ?? null,
      }))
      return toResponse({
        status: 200,
        body: { data, may: ['create', 'update', 'delete'].filter((verb) => ctx.can(`${notificationWords.name}:${verb}`)) },
      })
    },
  )

  app.post(
    '/notification-words/preview',
    says({
      summary: 'How a draft would look where it arrives',
      who: 'member',
      permission: 'core.notification_words:read',
      body: previewSchema,
      answers: { 200: { doc: 'In both languages: the bell, the mail and the SMS.', shape: previewShape } },
    }),
    async (c) => {
      const ctx = await reading(house, whoOf(c))
      allow(ctx, notificationWords, 'read')
      const draft = checked((await readJson(c)).json, previewSchema)
      const kind = kindsOf(house, ctx).find((one) => one.name === draft.kind)
      if (!kind) throw notFound()
      const { values, problems } = checkInput(notificationWords.fields, draft, 'create', ctx.today)
      const all = [...problems, ...wordProblems(kind, values)]
      if (all.length) throw invalid(all)
      const said = { title: { id: draft.title_id, en: draft.title_en }, text: { id: draft.text_id, en: draft.text_en } }
      return toResponse({
        status: 200,
        body: Object.fromEntries(LOCALES.map((locale) => [locale, previewIn(house, ctx.tenant, kind, said, locale)])),
      })
    },
  )
  return app
}

const COMMUNITY_PLACE = (tenant: Tenant) => ({
  label: { id: 'nama komunitas', en: 'name of the community' },
  example: { id: tenant.name, en: tenant.name },
})

function previewIn(house: House, tenant: Tenant, kind: NotificationKind, said: Said, locale: Locale): object {
  const data = Object.fromEntries(Object.entries(kind.places).map(([name, place]) => [name, place.example]))
  const content = contentOf(kind, said, data, tenant)
  const { baseUrl } = house.config
  const told = { title: say(content.title, locale), text: say(content.message, locale), url: `${baseUrl}/app/${tenant.code}/…` }
  return {
    title: told.title,
    text: told.text,
    mail: mailOf(told, tenant.name, choicesPage(baseUrl, tenant.code), locale),
    sms: smsOf(told, tenant.name),
  }
}
