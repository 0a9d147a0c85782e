// What is served beside the API: the app, its files, and the public pages.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import type { Hono } from 'hono'
import type { House } from '#kernel/house.ts'
import type { C, Env } from '#kernel/http/env.ts'
import { PAGE_HEADERS } from '#kernel/http/headers.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { toOpenApi } from '#kernel/resource/to-openapi.ts'
import { publicPageSettings } from '#kernel/settings/public-facts.ts'
import { reading, systemActor } from '#kernel/tenancy/as-tenant.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import { VERSION } from '../version.ts'
import { closedPage, communityPage, docsPage } from './pages.ts'
import { verificationRoutes } from './verification.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
}

const pageHeaders = (more: Record<string, string> = {}): Record<string, string> => ({
  ...PAGE_HEADERS,
  'content-type': 'text/html; charset=utf-8',
  ...more,
})

/** A path as it was meant; 404 when it is no address at all (`/app/%`). */
function pathIn(text: string): string {
  try {
    return normalize(decodeURIComponent(text))
  } catch {
    throw notFound()
  }
}

/** A file of the built app, compressed if the browser takes it and the build made a compressed copy. */
function fileResponse(c: C, file: string, cache: string): Response {
  const accepted = c.req.header('accept-encoding') ?? ''
  const encoding = (
    [
      ['br', '.br'],
      ['gzip', '.gz'],
    ] as const
  ).find(([name, ending]) => accepted.includes(name) && existsSync(file + ending))
  const sent = encoding ? file + encoding[1] : file
  return new Response(Readable.toWeb(createReadStream(sent)) as ReadableStream, {
    headers: {
      ...PAGE_HEADERS,
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-length': String(statSync(sent).size),
      'cache-control': cache,
      vary: 'accept-encoding',
      ...(encoding ? { 'content-encoding': encoding[0] } : {}),
    },
  })
}

/** Adds the app and the public pages to `app`, after every API route. `dist`: the built app. */
export function site(house: House, app: Hono<Env>, dist: string): Hono<Env> {
  const shell = join(dist, 'index.html')
  const shellResponse = (c: C): Response => {
    if (!existsSync(shell)) throw new Error('The web app is not built: run `npm run build`.')
    return fileResponse(c, shell, 'no-cache')
  }
  app.get('/', (c) => c.redirect(house.config.standalone ? `/${house.config.standalone}` : '/app/', 302))
  app.get('/app', (c) => c.redirect('/app/', 301))
  app.get('/app/*', (c) => {
    const wanted = pathIn(c.req.path.slice('/app/'.length))
    const file = join(dist, wanted)
    const inside = file.startsWith(dist + sep) && !wanted.startsWith('.')
    if (!inside || !extname(file) || !existsSync(file) || !statSync(file).isFile()) {
      if (wanted.startsWith('assets')) throw notFound()
      return shellResponse(c)
    }
    if (extname(file) === '.html') return shellResponse(c)
    // Built files carry a hash of their content in their name.
    const kept = wanted.startsWith('assets') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600'
    return fileResponse(c, file, kept)
  })
  app.get(
    '/api/docs',
    async () =>
      new Response(String(await docsPage(toOpenApi(house.model, VERSION, app.routes) as never)), {
        headers: pageHeaders({ 'cache-control': 'public, max-age=300' }),
      }),
  )
  verificationRoutes(house, app)
  app.get('/:tenant', async (c) => {
    const tenant = await tenantByCode(house, c.req.param('tenant'))
    if (!tenant || (house.config.standalone && tenant.code !== house.config.standalone)) throw notFound()
    const locale = c.req.query('lang') === 'en' ? 'en' : c.req.query('lang') === 'id' ? 'id' : tenant.locale
    // Suspended for now, or on its way out for good: neither says anything of its people.
    if (tenant.status !== 'active')
      return new Response(String(await closedPage(tenant, locale)), {
        status: tenant.status === 'suspended' ? 503 : 410,
        headers: pageHeaders({ 'cache-control': 'no-store' }),
      })
    const ctx = await reading(house, { tenant, actor: systemActor(house.model), origin: c.get('origin'), locale })
    const parts = await Promise.all(
      house.model.modules.flatMap((m) => (m.publicFacts && tenant.modules.includes(m.name) ? [m.publicFacts(ctx)] : [])),
    )
    const numbers = parts.flatMap((p) => p.numbers ?? [])
    parts.push(await publicPageSettings(house, tenant))
    const updated = parts.flatMap((p) => p.updated ?? []).toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null
    const body = await communityPage(
      tenant,
      parts.flatMap((p) => p.facts),
      updated,
      locale,
      numbers,
    )
    return new Response(String(body), { headers: pageHeaders({ 'cache-control': 'public, max-age=60' }) })
  })
  return app
}
