// Who asks, for which community, in which transaction: the first argument of everything that touches data.
import type { Param } from '#kernel/access/policy.ts'
import type { Db } from '#kernel/db/db.ts'
import type { Seal } from '#kernel/secrets/seal.ts'
import type { Locale } from '#kernel/words.ts'

export type Tenant = {
  readonly id: string
  /** The community's name in addresses: `/app/{code}`. */
  readonly code: string
  readonly name: string
  readonly kind: 'village' | 'estate' | 'practice' | 'business' | 'city'
  readonly modules: readonly string[]
  readonly locale: Locale
  /** IANA zone, `Asia/Jakarta`: decides what "today" is. */
  readonly timeZone: string
  /** ISO 4217. */
  readonly currency: string
  readonly status: 'active' | 'suspended'
}

/** Who acts: a member of the tenant, or the system itself (jobs, the command line). */
export type Actor = {
  readonly userId: string | null
  readonly membershipId: string | null
  readonly name: string
  readonly role: string
  /** `module.resource:verb`, wildcards resolved. */
  readonly permissions: ReadonlySet<string>
  /** Resource → name of the visibility rule that limits its rows; absent = all rows. */
  readonly visibility: Readonly<Record<string, string>>
  /** Facts about the member that visibility rules use, such as `area_id`. */
  readonly attributes: Readonly<Record<string, unknown>>
}

/** Where a request came from; ends up in the change log. */
export type Origin = { readonly requestId: string; readonly ip: string | null; readonly userAgent: string | null }

export type Ctx = {
  readonly tenant: Tenant
  readonly actor: Actor
  /** Statements as the application role, inside the tenant's wall. In a write it is one transaction. */
  readonly db: Db
  readonly now: Date
  /** Today in the tenant's time zone, `YYYY-MM-DD`. */
  readonly today: string
  readonly locale: Locale
  readonly origin: Origin
  readonly seal: Seal
  readonly can: (permission: string) => boolean
  /** The rows of a resource this actor may see, as SQL over the alias `t`; `true` when all. Part of every statement that reads or counts. */
  readonly sees: (resource: string, param: Param) => string
  /** Whether a role made of these patterns would hold nothing the actor does not hold: nobody gives away what they do not have. */
  readonly mayGrant: (patterns: readonly string[]) => boolean
  /** Makes a person's account, in the same transaction. Throws 422. */
  readonly createAccount: (input: { name: string; username: string; email?: string | null; password: string }) => Promise<{ id: string }>
  /** Records what happened, in words, in the same transaction; jobs hear it after commit. */
  readonly emit: (event: string, resource: string, id: string, data?: Record<string, unknown>) => Promise<void>
}

/** The calendar day of an instant in a time zone, `YYYY-MM-DD`. */
export function dayIn(timeZone: string, at: Date): string {
  let format = calendars.get(timeZone)
  if (!format) calendars.set(timeZone, (format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })))
  return format.format(at)
}

// Asked in every request: making a formatter costs more than the rest of a request's own work.
const calendars = new Map<string, Intl.DateTimeFormat>()
