// Coming into a community: a member of it, within the hours and networks of their role, with the PIN if they have just said it.
import type { Actor, Origin, Tenant } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { type C, whoOf } from '#kernel/http/env.ts'
import { notFound, type Refusal } from '#kernel/http/refusal.ts'
import type { Session } from '#kernel/identity/identity.ts'
import type { Door } from '#kernel/jobs/routes.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import { STEP_UP_HEADER, tokenHolds } from '#kernel/step-up/token.ts'
import { keptMembers } from './kept-members.ts'
import { findMember, type Member } from './members.ts'
import { outsideHours, outsideNetwork } from './outside.ts'
import { verdict } from './rules.ts'

type Home = Pick<House, 'config' | 'database' | 'model' | 'log'>
type Person = Pick<Session, 'id' | 'userId'>

/** The no of the member's access rules now and from there, or null. */
function refusedByRule(member: Member, tenant: Tenant, ip: string | null): Refusal | null {
  const found = verdict(member.rules, { at: new Date(), timeZone: tenant.timeZone, ip })
  if (found === 'open') return null
  return found === 'outside_hours' ? outsideHours(member.rules, tenant.timeZone) : outsideNetwork(member.rules)
}

/**
 * The member who comes in. Throws 404 when the person does not belong here (any more), 403 `outside_hours` or `outside_network`.
 * With a `Balai-Step-Up` token of this very session, nothing is guarded from them.
 */
export async function enter(house: Home, tenant: Tenant, person: Person, origin: Origin, headers: Headers): Promise<Actor> {
  const member = await findMember(house, tenant, person.userId)
  if (!member) throw notFound()
  const refusal = refusedByRule(member, tenant, origin.ip)
  if (refusal) {
    const { actor } = member
    void noteSecurity(house, {
      kind: 'refused_by_rule',
      tenantId: tenant.id,
      userId: actor.userId,
      actorName: actor.name,
      origin,
      detail: { code: refusal.code, role: actor.role },
    })
    throw refusal
  }
  return withPin(house, tenant, member.actor, person, headers.get(STEP_UP_HEADER))
}

const NOTHING: ReadonlySet<string> = new Set()

function withPin(house: Home, tenant: Tenant, actor: Actor, { id }: Person, token: string | null): Actor {
  if (!token || !actor.pinSetAt || !actor.membershipId) return actor
  const bearer = { tenantId: tenant.id, membershipId: actor.membershipId, sessionId: id, pinSetAt: actor.pinSetAt }
  return tokenHolds(house.config.secret, bearer, token, new Date()) ? { ...actor, guarded: NOTHING } : actor
}

/** Whether somebody who came in may still be here: for streams, which outlast the moment they were opened in. Keys are asked when they come again. */
async function mayStay(house: Home & Pick<House, 'identity'>, c: C): Promise<boolean> {
  if (!c.get('session')) return true
  const { tenant } = whoOf(c)
  const session = await house.identity.sessionOf(c.req.raw.headers)
  const member = session && (await findMember(house, tenant, session.userId))
  return Boolean(member) && refusedByRule(member!, tenant, c.get('origin').ip) === null
}

export const doorOf = (house: Home & Pick<House, 'identity'>): Door => ({
  mayStay: (c) => mayStay(house, c),
  hear: (tenantId, heard) => keptMembers(house).watch(tenantId, heard),
})
