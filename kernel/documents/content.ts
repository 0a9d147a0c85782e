// The content of a version leaves: by a short-lived link, or as a small picture beside its name. Who may see it is asked again each time.
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import type { Ctx } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { type C, type Env, whoOf } from '#kernel/http/env.ts'
import { API_HEADERS } from '#kernel/http/headers.ts'
import { says } from '#kernel/http/says.ts'
import { notFound, Refusal } from '#kernel/http/refusal.ts'
import { actingAs } from '#kernel/jobs/starter.ts'
import type { Stored } from '#kernel/resource/action.ts'
import { namesOf } from '#kernel/resource/noticed.ts'
import { findRow } from '#kernel/resource/store.ts'
import { allow } from '#kernel/resource/to-routes.ts'
import { tenantSeal } from '#kernel/secrets/keyring.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import { reading } from '#kernel/tenancy/as-tenant.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import { requireScanned } from './actions.ts'
import { readToken } from './content-token.ts'
import { fileRow, openBytes } from './files.ts'
import { rangeIn } from './range.ts'
import { documentVersions } from './resources/document-versions.ts'

const CONTENT = says({
  summary: 'The content of a document’s version, by a link made a moment ago',
  doc: 'Takes a range of bytes. The link comes from the act `content-link` and is over within minutes, or as soon as whoever it was made for may not see the document.',
  who: 'anybody',
  answers: { 200: { doc: 'The file.', type: 'application/octet-stream' }, 206: { doc: 'A part of it.', type: 'application/octet-stream' } },
  problems: {
    404: ['link_over'],
    409: ['file_pending', 'file_infected'],
    416: ['range_not_there'],
    500: ['file_lost'],
    503: ['storage_unavailable'],
  },
})

const THUMBNAIL = says({
  summary: 'A small picture of a document’s version',
  who: 'member',
  permission: 'core.document_versions:read',
  answers: { 200: { doc: 'The picture.', type: 'image/webp' } },
  problems: { 404: ['not_found'], 409: ['file_pending', 'file_infected'], 500: ['file_lost'], 503: ['storage_unavailable'] },
})

/**
 * `GET /{token}`: mounted at /api/{tenant}/core/content, before anybody is asked to sign in: the link itself says for whom it was made. That
 * person's sight is looked up anew, so a link ends with their membership, the document, or the community.
 */
export function contentRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/:token', CONTENT, async (c) => {
    const tenant = await tenantByCode(house, c.req.param('tenant' as never) as string)
    if (!tenant || tenant.status !== 'active' || (house.config.standalone && tenant.code !== house.config.standalone)) throw over()
    const token = readToken(await tenantSeal(house, tenant.id), c.req.param('token'), new Date())
    if (!token) throw over()
    const who = await actingAs(house, tenant, token.user, c.get('origin')).catch((error: unknown) => {
      throw error instanceof Refusal ? over() : error
    })
    const ctx = await reading(house, who)
    if (!ctx.can('core.document_versions:content-link')) throw over()
    const version = await findRow(ctx, documentVersions, token.version).catch((error: unknown) => {
      throw error instanceof Refusal ? over() : error
    })
    requireScanned(version)
    const response = await send(house, c, ctx, version, token.disposition)
    await note(house, ctx, version, 'content')
    return response
  })
  return app
}

/** `GET /{id}/thumbnail`: mounted at /api/{tenant}/core/document_versions, for those who are signed in. */
export function thumbnailRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/:id/thumbnail', THUMBNAIL, async (c) => {
    const ctx = await reading(house, whoOf(c))
    allow(ctx, documentVersions, 'read')
    const version = await findRow(ctx, documentVersions, c.req.param('id'))
    requireScanned(version)
    if (!version['thumbnail_id']) throw notFound()
    const file = await fileRow(ctx, String(version['thumbnail_id']))
    const body = await openBytes(house.storage, ctx, file)
    await note(house, ctx, version, 'thumbnail')
    return new Response(Readable.toWeb(Readable.from(body)) as ReadableStream, {
      headers: {
        ...API_HEADERS,
        ...headersFor('image/webp'),
        'content-type': 'image/webp',
        'content-length': String(file.size),
        // A version never changes, and whoever may not see it any more does not ask for it.
        'cache-control': 'private, max-age=300',
      },
    })
  })
  return app
}

/**
 * Nothing in a file may run or reach anything. A PDF cannot be shown in a sandbox by browsers; their readers keep it apart from our pages,
 * and it may be shown nowhere but in a window of its own.
 */
const headersFor = (mime: string): Record<string, string> => ({
  'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'${mime === 'application/pdf' ? '' : '; sandbox'}`,
  'x-content-type-options': 'nosniff',
})

const SHOWN = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp']

async function send(house: House, c: C, ctx: Ctx, version: Stored, asked: 'inline' | 'attachment'): Promise<Response> {
  const file = await fileRow(ctx, String(version['file_id']))
  // Only what a browser shows by itself is shown; everything else is handed over to be saved.
  const disposition = SHOWN.includes(file.mime_type) ? asked : 'attachment'
  const range = rangeIn(c.req.header('range'), file.size)
  const body = await openBytes(house.storage, ctx, file, range ?? undefined)
  const { from, to } = range ?? { from: 0, to: file.size - 1 }
  return new Response(Readable.toWeb(Readable.from(body)) as ReadableStream, {
    status: range ? 206 : 200,
    headers: {
      ...API_HEADERS,
      ...headersFor(file.mime_type),
      'content-type': file.mime_type,
      'content-length': String(to - from + 1),
      'content-disposition': `${disposition}; ${fileNameHeader(String(version['file_name']))}`,
      'accept-ranges': 'bytes',
      etag: `"${file.sha256}"`,
      'cache-control': 'private, no-store',
      ...(range ? { 'content-range': `bytes ${from}-${to}/${file.size}` } : {}),
    },
  })
}

/** RFC 6266 with RFC 8187: the name in any letters, and a plain one for old programs. */
export const fileNameHeader = (name: string): string =>
  `filename="${name.replace(/[^\x20-\x7e]|["\\%]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`

/** Content of a personal type is not read unnoticed: who read which document, never what it says. */
async function note(house: House, ctx: Ctx, version: Stored, what: 'content' | 'thumbnail'): Promise<void> {
  const { rows } = await ctx.db.query<{ personal: boolean }>(
    `select k.personal from core.documents d join core.document_types k on k.tenant_id = $1 and k.id = d.type_id where d.tenant_id = $1 and d.id = $2`,
    [ctx.tenant.id, version['document_id']],
    true,
  )
  if (rows[0]?.personal === false) return
  const detail = { resource: 'core.documents', record: String(version['document_id']), version: Number(version['number']), what }
  await noteSecurity(house, { ...namesOf(ctx), kind: 'document_read', detail })
}

const over = (): Refusal =>
  new Refusal(404, 'link_over', {
    id: 'Tautan ini sudah berakhir atau tidak berlaku. Buka dokumennya lagi dari Balai.',
    en: 'This link is over or not valid. Open the document again from Balai.',
  })
