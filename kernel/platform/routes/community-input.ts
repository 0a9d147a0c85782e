// What `/api/platform/communities…` takes.
import { z } from 'zod'
import { day, line, uuid, zone } from '../input.ts'
import { GRACE_DAYS } from '../status.ts'

const kind = z.enum(['village', 'estate', 'practice', 'business', 'city'])
const facts = {
  name: line(200),
  kind,
  locale: z.enum(['id', 'en']),
  time_zone: zone,
  currency: z.string().regex(/^[A-Z]{3}$/),
}
/** An e-mail address or a phone number. */
export const invitee = z.strictObject({ name: line(100), email: line(254).nullish(), phone: line(40).nullish() })
export const administrator = z.union([
  z.strictObject({ invite: invitee }),
  z.strictObject({ login: line(254) }),
  z.strictObject({ name: line(100), username: line(50), email: line(254).nullish(), password: z.string().max(1000).nullish() }),
])
export const newCommunity = z.strictObject({
  code: line(50),
  ...facts,
  locale: facts.locale.default('id'),
  time_zone: facts.time_zone.default('Asia/Jakarta'),
  currency: facts.currency.default('IDR'),
  modules: z.array(line(50)).max(50).default([]),
  plan_id: uuid.nullish(),
  administrator: administrator.nullish(),
})
export const change = z.strictObject({ ...facts, description: line(2000, 0).nullable() }).partial()
export const plan = z.strictObject({
  plan_id: uuid.nullable(),
  status: z.enum(['trial', 'active', 'past_due', 'cancelled']).optional(),
  period_start: day.optional(),
  period_end: day.nullish(),
})
export const listing = z.object({
  q: z.string().max(100).optional(),
  status: z.enum(['active', 'suspended', 'deleting']).optional(),
  after: uuid.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
})

export const switching = z.strictObject({ on: z.boolean() })
export const suspending = z.strictObject({ reason: line(500, 0).nullish() })
export const deleting = z.strictObject({ code: z.string().max(100), grace_days: z.number().int().min(1).max(365).default(GRACE_DAYS) })
export const archiving = z.strictObject({ passphrase: z.string().max(1000).nullish() })
export const usageDays = z.object({ days: z.coerce.number().int().min(1).max(400).default(30) })
