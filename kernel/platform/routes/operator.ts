// Who may come to `/api/platform`: an operator, from our own pages. For everybody else it looks like a community that does not exist.
import type { Context, MiddlewareHandler } from 'hono'
import type { House } from '#kernel/house.ts'
import type { Env } from '#kernel/http/env.ts'
import { notFound } from '#kernel/http/refusal.ts'
import { notSignedIn, type Session } from '#kernel/identity/identity.ts'
import { isOperator } from '../operators.ts'

export type PlatformC = Context<Env>

/** The operator's session; only behind `onlyOperators`. */
export function sessionOf(c: PlatformC): Session {
  const session = c.get('session')
  if (!session) throw notSignedIn()
  return session
}

/** 401 for whoever is not signed in, 404 for whoever is no operator: as any address of a community would answer. */
export const onlyOperators =
  (house: House): MiddlewareHandler<Env> =>
  async (c, next) => {
    const session = await house.identity.sessionOf(c.req.raw.headers)
    if (!session) throw notSignedIn()
    c.set('locale', session.user.locale)
    if (!(await isOperator(house, session.userId))) throw notFound()
    c.set('session', session)
    c.header('Cache-Control', 'no-store')
    await next()
  }
