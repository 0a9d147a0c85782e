// Who asks, for which community, in which transaction: the first argument of everything that touches data.
import type { Param } from '#kernel/access/policy.ts'
import type { CtxFiles } from '#kernel/documents/ctx-files.ts'
import type { Db } from '#kernel/db/db.ts'
import type { Notice } from '#kernel/notifications/notice.ts'
import type { Message, Outbox } from '#kernel/outbox/message.ts'
import type { Seal } from '#kernel/secrets/seal.ts'
import type { SettingFact } from '#kernel/settings/fact.ts'
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
  /** Only an active community is open to its members; one that is `deleting` can still be called back. */
  readonly status: 'active' | 'suspended' | 'deleting'
}

/** Who acts: a member of the tenant, the key of a device, or the system itself (jobs, the command line). */
export type Actor = {
  /** Whom the change log names: a person's account, a key's own id, or null for the system. */
  readonly userId: string | null
  /** The id of the API key that acts; absent for people and the system (docs/decisions/0014). */
  readonly key?: string
  readonly membershipId: string | null
  readonly name: string
  readonly role: string
  /** `module.resource:verb`, wildcards resolved. */
  readonly permissions: ReadonlySet<string>
  /** Resource → name of the visibility rule that limits its rows; absent = all rows. */
  readonly visibility: Readonly<Record<string, string>>
  /** Facts about the member that visibility rules use, such as `area_id`. */
  readonly attributes: Readonly<Record<string, unknown>>
  /** Permissions held only with the PIN said just now (kernel/step-up): a member's sensitive ones until then; none for the system. */
  readonly guarded: ReadonlySet<string>
  /** When the member made their PIN; null or absent: they have none. */
  readonly pinSetAt?: Date | null
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
  /** What a setting says in this community: what was set, or its default. */
  readonly setting: <Value>(fact: SettingFact<Value>) => Promise<Value>
  /** Whether a role made of these patterns would hold nothing the actor does not hold: nobody gives away what they do not have. */
  readonly mayGrant: (patterns: readonly string[]) => boolean
  /** Makes a person's account, in the same transaction. Throws 422. */
  readonly createAccount: (input: { name: string; username: string; email?: string | null; password: string }) => Promise<{ id: string }>
  /** Mail and SMS, queued in the same transaction and sent after it commits. */
  readonly messages: { readonly carries: Outbox['carries']; readonly send: (message: Omit<Message, 'tenantId'>) => Promise<void> }
  /** Has people told something, in the same transaction: each of them once per key, in the ways they chose. Only inside a write. */
  readonly notify: (notice: Notice) => Promise<void>
  /** Files of the community: keeping what we made, reading what is kept. */
  readonly files: CtxFiles
  /** Long work of a kind, in the same transaction and begun after it commits (kernel/jobs). `input`: ids, no personal data. */
  readonly jobs: { readonly start: (kind: string, input: unknown, options?: { readonly key?: string }) => Promise<{ id: string }> }
  /** Where people reach us, for links in messages: `https://balai.example.id`. */
  readonly baseUrl: string
  /** Records what happened, in words, in the same transaction; jobs hear it after commit. */
  readonly emit: (event: string, resource: string, id: string, data?: Record<string, unknown>) => Promise<void>
}

/** The calendar day of an instant in a time zone, `YYYY-MM-DD`. */
export function dayIn(timeZone: string, at: Date): string {
  const quarter = Math.floor(at.getTime() / QUARTER_MS)
  let kept = days.get(timeZone)
  if (!kept) {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    days.set(timeZone, (kept = { format, quarter: NaN, day: '' }))
  }
  if (kept.quarter !== quarter) {
    kept.day = kept.format.format(at)
    kept.quarter = quarter
  }
  return kept.day
}

// Asked in every request: making a formatter costs more than the rest of a request's own work, and formatting is not free either.
// Every zone is off by a whole number of quarters of an hour, so that no midnight lies inside one.
const QUARTER_MS = 15 * 60_000
const days = new Map<string, { readonly format: Intl.DateTimeFormat; quarter: number; day: string }>()
