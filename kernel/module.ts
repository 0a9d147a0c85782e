// What a module is: everything the kernel needs to know about it, gathered in its index.ts.
import type { ResourcePolicy, RoleTemplate } from '#kernel/access/policy.ts'
import type { Ctx } from '#kernel/ctx.ts'
import type { Db } from '#kernel/db/db.ts'
import type { Home, PublicFacts } from '#kernel/home/home.ts'
import type { Importer } from '#kernel/imports/importer.ts'
import type { JobKind } from '#kernel/jobs/job.ts'
import type { NotificationKind } from '#kernel/notifications/kind.ts'
import type { Action } from '#kernel/resource/action.ts'
import type { Query } from '#kernel/resource/query.ts'
import type { Guard } from '#kernel/resource/guard.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import type { SettingFact } from '#kernel/settings/fact.ts'
import type { TenantDuty } from '#kernel/upkeep/duty.ts'
import type { Workflow } from '#kernel/workflow/workflow.ts'
import type { Words } from '#kernel/words.ts'

export type Module = {
  readonly name: string
  readonly label: Words
  readonly doc: string
  /** Modules whose index this one may import. */
  readonly uses: readonly string[]
  readonly resources: readonly Resource[]
  readonly actions?: readonly Action<never>[]
  /** How its resources move from state to state; each move is an action too. */
  readonly workflows?: readonly Workflow[]
  /** Hand-written reads: `GET /api/{tenant}/{module}/{name}`. */
  readonly queries?: readonly Query<never>[]
  readonly policy: readonly ResourcePolicy[]
  /** Roles that a new tenant with this module starts with. One that another module proposes too holds the permissions of both. */
  readonly roles: readonly RoleTemplate[]
  /** Checks of generic writes that no declaration can express. */
  readonly guards?: readonly Guard[]
  readonly importers?: readonly Importer[]
  /** What a community may set differently; the module obeys it. */
  readonly settings?: readonly SettingFact[]
  /** Its part of a person's first page. */
  readonly home?: Home
  /**
   * Rows that a community starts with, written when it gets the module: as the owner of the database, inside the tenant. Runs again when
   * the module is switched on again, and then leaves what is there as it is.
   */
  readonly starts?: (db: Db, tenantId: string) => Promise<void>
  /** Fills a demo community, inside one transaction. */
  readonly demo?: (ctx: Ctx) => Promise<void>
  /** What strangers may read on the community's public page. */
  readonly publicFacts?: PublicFacts
  readonly jobs?: readonly JobKind<never>[]
  /** What it tells people: `ctx.notify`. */
  readonly notifications?: readonly NotificationKind[]
  /** What it does by itself once a day, for every community that uses it. */
  readonly upkeep?: readonly TenantDuty[]
}
