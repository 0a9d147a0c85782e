// What the pipeline has found out about a request by the time a route runs.
import type { Context } from 'hono'
import type { Origin } from '#kernel/ctx.ts'
import type { Session } from '#kernel/identity/identity.ts'
import type { Who } from '#kernel/tenancy/as-tenant.ts'
import type { Locale } from '#kernel/words.ts'

export type Env = { Variables: { origin: Origin; locale: Locale; session: Session | null; who: Who } }
export type C = Context<Env>

/** The member who asks; only inside `/api/{tenant}`. */
export const whoOf = (c: C): Who => c.get('who')
