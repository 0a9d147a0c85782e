// Whoever takes a list or a report away is remembered: in the change log before it leaves, and among the security events.
import type { House } from '#kernel/house.ts'
import { newId } from '#kernel/resource/id.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import { type Who, writing } from '#kernel/tenancy/as-tenant.ts'

/** `facts`: names of things (format, columns, query), never a person's own values. */
export async function noteTaken(
  house: House,
  who: Who,
  resource: string,
  facts: { readonly format: string } & Readonly<Record<string, unknown>>,
): Promise<void> {
  await writing(house, who, 'exported', async (w) => {
    await w.db.query(
      `insert into core.audit_logs (tenant_id, actor_id, action, resource, resource_id, after, ip_address, user_agent, request_id)
       values ($1, $2, 'exported', $3, $4, $5, $6, $7, $8)`,
      [w.tenant.id, w.actor.userId, resource, newId(), JSON.stringify(facts), w.origin.ip, w.origin.userAgent, w.origin.requestId],
    )
  })
  const { tenant, actor, origin } = who
  const detail = { resource, format: facts.format, ...(typeof facts['query'] === 'string' ? { query: facts['query'] } : {}) }
  void noteSecurity(house, { kind: 'exported', tenantId: tenant.id, userId: actor.userId, actorName: actor.name, origin, detail })
}
