// How a person wants to be told in this community: which ways for which kind, when quiet, and whether mails are gathered.
import { z } from 'zod'
import type { Ctx } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { moduleIsOpen } from '#kernel/tenancy/open-modules.ts'
import { CHANNELS, type NotificationChannel, type NotificationKind } from './kind.ts'
import { channelsFor } from './notify.ts'
import { type Hours, isZone } from './wall-clock.ts'

const TIME = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .nullable()

export const channelsSchema = z.strictObject({
  channels: z
    .array(z.enum(CHANNELS))
    .max(CHANNELS.length)
    .transform((all) => [...new Set(all)]),
})
export const hoursSchema = z
  .strictObject({ quiet_from: TIME, quiet_until: TIME, digest_at: TIME, time_zone: z.string().max(64).refine(isZone).nullable() })
  .refine((hours) => (hours.quiet_from === null) === (hours.quiet_until === null), { path: ['quiet_until'] })
  .refine((hours) => hours.quiet_from === null || hours.quiet_from !== hours.quiet_until, { path: ['quiet_until'] })

export type Chosen = Hours & { readonly time_zone: string | null }

/** Kinds of the kernel and of the modules that this community uses. */
export const kindsOf = (house: Pick<House, 'model'>, ctx: Pick<Ctx, 'tenant'>): NotificationKind[] =>
  [...house.model.notifications.values()].filter((kind) => moduleIsOpen(ctx.tenant, kind.name))

/** Everything the page of choices shows. */
export async function readChoices(house: House, ctx: Ctx): Promise<object> {
  const mine = [ctx.tenant.id, ctx.actor.userId]
  const { rows } = await ctx.db.query<{ kind: string; channels: NotificationChannel[] }>(
    'select kind, channels from core.notification_choices where tenant_id = $1 and user_id = $2',
    mine,
  )
  const { rows: hours } = await ctx.db.query<Chosen>(
    'select quiet_from, quiet_until, digest_at, time_zone from core.notification_hours where tenant_id = $1 and user_id = $2',
    mine,
  )
  const person = await house.identity.userById(ctx.actor.userId ?? '')
  const chosen = new Map(rows.map((row) => [row.kind, row.channels]))
  return {
    // Whether a way reaches this person at all: it is set up here, and they have an address for it.
    reach: {
      mail: { carried: house.outbox.carries('mail'), address: person?.email ?? null },
      sms: { carried: house.outbox.carries('sms'), address: person?.phone ?? null },
      push: { carried: house.outbox.carries('push') },
    },
    kinds: kindsOf(house, ctx).map((kind) => ({
      name: kind.name,
      module: kind.name.split('.')[0],
      label: kind.label,
      doc: kind.doc,
      urgent: kind.urgent ?? false,
      channels: channelsFor(kind, chosen.get(kind.name) ?? null),
      default: channelsFor(kind, null),
      chosen: chosen.has(kind.name),
    })),
    hours: hours[0] ?? { quiet_from: null, quiet_until: null, digest_at: null, time_zone: null },
    time_zone: ctx.tenant.timeZone,
  }
}

/** Null goes back to what the kind proposes. */
export async function choose(ctx: Ctx, kind: string, channels: readonly NotificationChannel[] | null): Promise<void> {
  if (channels === null)
    await ctx.db.query('delete from core.notification_choices where tenant_id = $1 and user_id = $2 and kind = $3', [
      ...[ctx.tenant.id, ctx.actor.userId, kind],
    ])
  else
    await ctx.db.query(
      `insert into core.notification_choices (tenant_id, user_id, kind, channels) values ($1, $2, $3, $4)
       on conflict (tenant_id, user_id, kind) do update set channels = excluded.channels, updated_at = now()`,
      [ctx.tenant.id, ctx.actor.userId, kind, channels],
    )
}

export async function chooseHours(ctx: Ctx, hours: Chosen): Promise<void> {
  await ctx.db.query(
    `insert into core.notification_hours (tenant_id, user_id, quiet_from, quiet_until, digest_at, time_zone) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id, user_id) do update set quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
       digest_at = excluded.digest_at, time_zone = excluded.time_zone, updated_at = now()`,
    [ctx.tenant.id, ctx.actor.userId, hours.quiet_from, hours.quiet_until, hours.digest_at, hours.time_zone],
  )
}
