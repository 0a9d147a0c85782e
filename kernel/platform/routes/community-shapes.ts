// What `/api/platform/communities…` says of a community, for the description of the API.
import { z } from 'zod'
import { count, moment, words } from '#kernel/http/says.ts'
import { workShape } from './jobs.ts'

export const communityShape = z.strictObject({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  kind: z.string(),
  status: z.enum(['active', 'suspended', 'deleting']),
  modules: z.array(z.string()),
  locale: z.string(),
  time_zone: z.string(),
  currency: z.string(),
  description: z.string().nullable(),
  plan_id: z.uuid().nullable(),
  plan_name: z.string().nullable(),
  created_at: moment,
  suspended_at: moment.nullable(),
  suspended_reason: z.string().nullable(),
  deletion_asked_at: moment.nullable(),
  delete_after: moment.nullable(),
  removal_began_at: moment.nullable(),
})

export const usageShape = z.strictObject({
  day: z.iso.date(),
  users: count,
  rows: z.record(z.string(), count),
  row_total: count,
  storage_bytes: count,
  api_calls: count,
  counted_at: moment.nullable(),
})

export const administrationShape = z.strictObject({
  administrators: count,
  invitation: z.strictObject({ name: z.string(), sent_at: moment, expires_at: moment }).nullable(),
})

/** The record page: the community with everything around it. */
export const wholeShape = communityShape.extend({
  ...administrationShape.shape,
  modules: z.array(
    z.strictObject({
      name: z.string(),
      label: words,
      doc: z.string(),
      uses: z.array(z.string()),
      on: z.boolean(),
      in_plan: z.boolean(),
    }),
  ),
  subscriptions: z.array(
    z.strictObject({
      plan_id: z.uuid(),
      plan_name: z.string(),
      status: z.string(),
      period_start: z.iso.date(),
      period_end: z.iso.date().nullable(),
      started_at: moment,
      ended_at: moment.nullable(),
    }),
  ),
  work: z.array(workShape),
  usage: usageShape.nullable(),
})
