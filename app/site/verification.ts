// `/{tenant}/v/{code}`: a stranger verifies a letter. Nothing is asked of them, nothing is kept of them, and guessing is slow and hopeless.
import type { Hono } from 'hono'
import type { Tenant } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import type { C, Env } from '#kernel/http/env.ts'
import { PAGE_HEADERS } from '#kernel/http/headers.ts'
import { rateLimit } from '#kernel/http/rate-limit.ts'
import { notFound, Refusal } from '#kernel/http/refusal.ts'
import { networkOf } from '#kernel/identity/brake.ts'
import { systemActor, writing } from '#kernel/tenancy/as-tenant.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import type { Locale, Words } from '#kernel/words.ts'
import { verifyLetter } from '#modules/letters/index.ts'
import { fileInForm } from './form-file.ts'
import { closedPage } from './pages.ts'
import { unknownPage, verificationPage, waitPage } from './verification-page.ts'

const FILE_MAX = 20_000_000
/** One address: a bank that verifies a pile of letters is served, a program that tries codes is not. */
const PER_MINUTE = 60

/** The address holds the code: no other site may learn it by a link, and nobody keeps the page. */
const HEADERS: Readonly<Record<string, string>> = {
  ...PAGE_HEADERS,
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow, noarchive',
}

const answer = async (body: unknown, status = 200, more: Record<string, string> = {}): Promise<Response> =>
  new Response(String(await body), { status, headers: { ...HEADERS, ...more } })

const localeOf = (c: C, tenant: Tenant): Locale => {
  const asked = c.req.query('lang')
  return asked === 'en' || asked === 'id' ? asked : tenant.locale
}

/** The fingerprint of the file that came along, or why there is none. */
async function sent(c: C): Promise<{ sha256: string | null; problem: Refusal | null }> {
  if (c.req.method !== 'POST') return { sha256: null, problem: null }
  try {
    return { sha256: await fileInForm(c.req.raw, FILE_MAX), problem: null }
  } catch (error) {
    if (error instanceof Refusal) return { sha256: null, problem: error }
    throw error
  }
}

/** Adds the page to `app`. */
export function verificationRoutes(house: House, app: Hono<Env>): void {
  const limit = rateLimit({ perMinute: PER_MINUTE })
  app.on(['GET', 'POST'], '/:tenant/v/:code', async (c) => {
    const tenant = await tenantByCode(house, c.req.param('tenant'))
    if (!tenant || (house.config.standalone && tenant.code !== house.config.standalone)) throw notFound()
    const locale = localeOf(c, tenant)
    if (tenant.status !== 'active') return answer(closedPage(tenant, locale), tenant.status === 'suspended' ? 503 : 410)
    if (!tenant.modules.includes('letters')) throw notFound()
    const code = c.req.param('code')
    const here = { tenant, locale, path: `/${tenant.code}/v/${encodeURIComponent(code)}` }
    const origin = c.get('origin')
    const wait = limit.take(networkOf(origin.ip))
    if (wait) return answer(waitPage(here, wait), 429, { 'retry-after': String(wait) })
    const { sha256, problem } = await sent(c)
    const who = { tenant, actor: systemActor(house.model), origin: { requestId: origin.requestId, ip: null, userAgent: null }, locale }
    const found = await writing(house, who, 'verified', (ctx) => verifyLetter(ctx, code, sha256))
    if (!found) return answer(unknownPage(here), 404)
    const words: Words | null = problem?.words ?? null
    return answer(verificationPage(here, found.letter, found.file, words), problem?.status ?? 200)
  })
}
