// Every request, in order of trust: limits and headers first, then who it is, then which community, then the routes.
import { Hono } from 'hono'
import { enter } from '#kernel/access/enter.ts'
import { findMember } from '#kernel/access/members.ts'
import { openDoor } from '#kernel/api-keys/door.ts'
import { bearerOf } from '#kernel/api-keys/token.ts'
import type { House } from '#kernel/house.ts'
import { notSignedIn } from '#kernel/identity/identity.ts'
import { requireSameOrigin } from '#kernel/identity/same-origin.ts'
import { newId } from '#kernel/resource/id.ts'
import { withinModules } from '#kernel/tenancy/open-modules.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import { preferredLocale } from '#kernel/words.ts'
import { noteRefusal } from '#kernel/security-log/refusals.ts'
import { type C, type Env, whoOf } from './env.ts'
import { clientAddress } from './client-address.ts'
import { API_HEADERS } from './headers.ts'
import { observe } from './metrics.ts'
import { problemResponse, refusalOf, UNEXPECTED } from './problem.ts'
import { rateLimit } from './rate-limit.ts'
import { closed } from '#kernel/tenancy/closed.ts'
import { notFound, Refusal } from './refusal.ts'

/** RFC 9110 request-target limits: more than any honest filter needs. */
const URL_MAX = 8_000

const tooMany = (seconds: number): Refusal =>
  new Refusal(
    429,
    'too_many_requests',
    { id: 'Terlalu banyak permintaan. Coba lagi dalam {seconds} detik.', en: 'Too many requests. Try again in {seconds} seconds.' },
    [],
    {
      more: { seconds },
      headers: { 'retry-after': String(seconds) },
    },
  )

/** An app with everything a request passes before it reaches a route. */
export function pipeline(house: House): Hono<Env> {
  const { config } = house
  const app = new Hono<Env>()
  const limit = rateLimit({ perMinute: config.requestsPerMinute, burst: Math.ceil(config.requestsPerMinute / 4) })
  app.onError((error, c) => answer(house, c as C, error))
  app.notFound((c) => answer(house, c as C, notFound()))
  app.use(async (c, next) => {
    const began = performance.now()
    const ip = clientAddress(c, config.trustProxy)
    c.set('origin', { requestId: newId(), ip, userAgent: c.req.header('user-agent')?.slice(0, 300) ?? null })
    c.set('locale', preferredLocale(c.req.header('accept-language'), config.locale))
    c.set('session', null)
    // Before next(): headers touched afterwards rebuild the whole response.
    for (const [name, value] of Object.entries(API_HEADERS)) c.header(name, value)
    c.header('x-request-id', c.get('origin').requestId)
    if (c.req.url.length > URL_MAX)
      throw new Refusal(414, 'address_too_long', { id: 'Alamat terlalu panjang.', en: 'The address is too long.' })
    const wait = limit.take(ip ?? 'unknown')
    if (wait) throw tooMany(wait)
    await next()
    observe(house, c, performance.now() - began)
  })
  return app
}

/** Signed in, a member of this community, in the person's language, within the modules it has: what every `/api/{tenant}/…` route may rely on. */
export function enterTenant(house: House, app: Hono<Env>): void {
  const door = openDoor(house)
  const sameOrigin = requireSameOrigin(house.config)
  app.use('/api/:tenant/*', async (c, next) => {
    const token = bearerOf(c.req.raw.headers)
    if (token === null) return sameOrigin(c, next)
    // A key proves itself and no browser sends it unasked: no check of the origin is needed, and cookies are not looked at.
    c.set('who', await door.enter(c.req.param('tenant'), token, c.get('origin'), c.get('locale')))
    await next()
  })
  app.use('/api/:tenant/*', async (c, next) => {
    if (bearerOf(c.req.raw.headers) !== null) return next()
    const session = await house.identity.sessionOf(c.req.raw.headers)
    if (!session) throw notSignedIn()
    c.set('session', session)
    // What the screen is in just now; who does not say gets the language of their account.
    const locale = preferredLocale(c.req.header('accept-language'), session.user.locale)
    c.set('locale', locale)
    const tenant = await tenantByCode(house, c.req.param('tenant'))
    const here = tenant && (!house.config.standalone || tenant.code === house.config.standalone)
    // A community one does not belong to looks like one that does not exist.
    if (!tenant || !here || (tenant.status !== 'active' && !(await findMember(house, tenant, session.userId)))) throw notFound()
    if (tenant.status !== 'active') throw closed(tenant)
    const actor = await enter(house, tenant, session, c.get('origin'), c.req.raw.headers)
    c.set('who', { tenant, actor, origin: c.get('origin'), locale })
    await next()
  })
  // What is switched off is gone for everybody who came in, a person or a key.
  app.use('/api/:tenant/*', async (c, next) => {
    const who = whoOf(c)
    c.set('who', { ...who, actor: withinModules(who.tenant, who.actor) })
    await next()
  })
}

function answer(house: House, c: C, error: unknown): Response {
  const { requestId } = c.get('origin') ?? { requestId: newId() }
  const refusal = refusalOf(error, house.model)
  if (refusal) noteRefusal(house, c, refusal)
  else {
    // The message of a database error may quote a value: only its kind is logged.
    const { name, stack, code } = error as Error & { code?: string }
    house.log.error({ request: requestId, error: name, code, at: stack?.split('\n').slice(1, 6).join(' | ') }, 'unexpected error')
  }
  return problemResponse(refusal ?? UNEXPECTED, c.get('locale') ?? house.config.locale, requestId)
}
