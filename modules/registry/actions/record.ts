// How actions write events, and the fields that every event asks for.
import type { Ctx } from '#kernel/ctx.ts'
import { type FieldProblem, invalid } from '#kernel/http/refusal.ts'
import type { Stored } from '#kernel/resource/action.ts'
import { day, longText, optional, text } from '#kernel/resource/field.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { insertRow, paramsOf, seekRow } from '#kernel/resource/store.ts'
import { ACTIVE_STATUSES, type EventKind } from '../codes.ts'
import { populationEvents } from '../resources/index.ts'

/** When it happened, when it was reported, what proves it. */
export const EVENT_FIELDS = {
  occurred_on: day({ id: 'Tanggal peristiwa', en: 'Happened on' }, { from: '1900-01-01', until: 'today' }),
  reported_on: optional(
    day(
      { id: 'Tanggal lapor', en: 'Reported on' },
      { from: '1900-01-01', until: 'today', help: { id: 'Kosong berarti hari ini.', en: 'Empty means today.' } },
    ),
  ),
  evidence_number: optional(text({ id: 'Nomor surat/akta', en: 'Number of letter/certificate' }, { max: 50 })),
  notes: optional(longText({ id: 'Catatan', en: 'Notes' }, { max: 2000 })),
}

export type EventInput = { occurred_on: string; reported_on: string | null; evidence_number: string | null; notes: string | null }

export const isActive = (row: Stored): boolean => (ACTIVE_STATUSES as readonly unknown[]).includes(row['status'])

export const problem = (field: string, code: string, message: FieldProblem['message']) => invalid([{ field, code, message }])

/** Writes an event about a resident whose row is locked; the database derives the status from it. */
export async function recordEvent(ctx: Ctx, citizen: Stored, kind: EventKind, details: Record<string, unknown>): Promise<Stored> {
  const occurred = details['occurred_on'] as string
  const reported = (details['reported_on'] as string | null) ?? ctx.today
  if (occurred < (citizen['birth_date'] as string))
    throw problem('occurred_on', 'before_birth', { id: 'Tanggal ini mendahului tanggal lahir.', en: 'This is before the date of birth.' })
  if (reported < occurred)
    throw problem('reported_on', 'before_event', { id: 'Tanggal lapor mendahului peristiwanya.', en: 'Reported before it happened.' })
  return insertRow(ctx, populationEvents, {
    ...details,
    kind,
    citizen_id: citizen.id,
    family_id: citizen['family_id'] ?? null,
    occurred_on: occurred,
    reported_on: reported,
  })
}

/** The row that an input field refers to, locked; a problem of that field when it is gone or hidden from the actor. */
export async function chosen(ctx: Ctx, r: Resource, id: string, field: string): Promise<Stored> {
  const row = await seekRow(ctx, r, id, { lock: true })
  if (row) return row
  throw problem(field, 'reference_not_found', { id: 'Tidak ditemukan. Pilih lagi.', en: 'Not found. Choose again.' })
}

/** Members of a family who still belong to the village, locked in the order of their ids, so that two actions never wait for each other. */
export async function membersOf(ctx: Ctx, familyId: string): Promise<Member[]> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const { rows } = await ctx.db.query<Member>(
    `select t.id, t.name, t.gender, t.status, t.family_id, t.family_relationship, t.is_head_of_family,
       t.birth_date, t.religion, t.address_id, t.version
     from registry.citizens t
     where t.tenant_id = $1 and t.family_id = ${param(familyId)} and t.status = any(${param([...ACTIVE_STATUSES])})
       and t.deleted_at is null and ${ctx.sees('registry.citizens', param)}
     order by t.id for no key update of t`,
    values,
  )
  return rows
}

export type Member = Stored & {
  name: string
  gender: 'L' | 'P'
  status: string
  family_id: string
  family_relationship: string
  is_head_of_family: boolean
  birth_date: string
  religion: string
  address_id: string | null
}

/**
 * Tells the database what to write into the event that the next edit of a resident makes: its kind, dates, evidence and reason.
 * `null` ends it. The edit itself is seen by a trigger, so that no edit goes unrecorded.
 */
export async function sayEvent(ctx: Ctx, details: Readonly<Record<string, unknown>> | null): Promise<void> {
  const said = details && Object.fromEntries(Object.entries(details).filter(([, value]) => value !== null && value !== undefined))
  await ctx.db.query('select registry.say_event($1)', [said ? JSON.stringify(said) : ''])
}
