// What the register already knows of the people, families and places in a workbook. A few statements for any number of rows.
import type { Ctx } from '#kernel/ctx.ts'
import { ACTIVE_STATUSES } from '../codes.ts'
import { folded } from './cells.ts'

export type KnownPerson = {
  readonly id: string
  readonly name: string
  readonly birth_place: string
  readonly birth_date: string
  readonly status: string
}
export type KnownFamily = { readonly id: string; readonly address_id: string; readonly has_head: boolean }
export type KnownArea = {
  readonly id: string
  readonly kind: 'hamlet' | 'rw' | 'rt'
  readonly code: string
  readonly parent_id: string | null
}
export type KnownAddress = { readonly id: string; readonly area_id: string; readonly street: string | null }

const CHUNK = 2000

/** Finds rows by blind index: plain value → row. */
async function byBlind<Row extends { blind: Buffer }>(
  ctx: Ctx,
  field: string,
  plains: readonly string[],
  sql: string,
): Promise<Map<string, Row>> {
  const found = new Map<string, Row>()
  for (let start = 0; start < plains.length; start += CHUNK) {
    const blinds = new Map(plains.slice(start, start + CHUNK).map((plain) => [ctx.seal.blind(plain, field).toString('base64'), plain]))
    const { rows } = await ctx.db.query<Row>(sql, [ctx.tenant.id, [...blinds.keys()].map((b) => Buffer.from(b, 'base64'))])
    for (const row of rows) {
      const plain = blinds.get(row.blind.toString('base64'))
      if (plain !== undefined && !found.has(plain)) found.set(plain, row)
    }
  }
  return found
}

/** Residents of any status by NIK; who still lives here comes before who left. */
export const peopleByNik = (ctx: Ctx, niks: readonly string[]): Promise<Map<string, KnownPerson>> =>
  byBlind<KnownPerson & { blind: Buffer }>(
    ctx,
    'registry.citizens.nik',
    niks,
    `select c.id, c.name, c.birth_place, c.birth_date, c.status, c.nik_bidx as blind from registry.citizens c
     where c.tenant_id = $1 and c.nik_bidx = any($2::bytea[]) and c.deleted_at is null
     order by c.status in (${ACTIVE_STATUSES.map((s) => `'${s}'`).join(', ')}) desc, c.id`,
  )

/** What tells two people without a NIK apart. */
export const personKey = (p: { name: unknown; birth_place: unknown; birth_date: unknown }): string =>
  [folded(String(p.name)), folded(String(p.birth_place)), String(p.birth_date)].join(' ')

/** Residents without a NIK by name, place and date of birth. */
export async function peopleWithoutNik(ctx: Ctx): Promise<Map<string, KnownPerson>> {
  const { rows } = await ctx.db.query<KnownPerson>(
    `select c.id, c.name, c.birth_place, c.birth_date, c.status from registry.citizens c
     where c.tenant_id = $1 and c.nik is null and c.deleted_at is null order by c.id`,
    [ctx.tenant.id],
  )
  return new Map(rows.map((p) => [personKey(p), p]))
}

export const familiesByNumber = (ctx: Ctx, numbers: readonly string[]): Promise<Map<string, KnownFamily>> =>
  byBlind<KnownFamily & { blind: Buffer }>(
    ctx,
    'registry.families.family_number',
    numbers,
    `select f.id, f.address_id, f.family_number_bidx as blind, exists (
       select 1 from registry.citizens c
       where c.tenant_id = $1 and c.family_id = f.id and c.is_head_of_family and c.deleted_at is null) as has_head
     from registry.families f where f.tenant_id = $1 and f.family_number_bidx = any($2::bytea[]) and f.deleted_at is null`,
  )

export async function knownAreas(ctx: Ctx): Promise<readonly KnownArea[]> {
  const { rows } = await ctx.db.query<KnownArea>(
    'select a.id, a.kind, a.code, a.parent_id from registry.areas a where a.tenant_id = $1 and a.deleted_at is null order by a.id',
    [ctx.tenant.id],
  )
  return rows
}

/** Addresses in areas, with their streets in clear (they are compared, never shown). */
export async function knownAddresses(ctx: Ctx): Promise<readonly KnownAddress[]> {
  const { rows } = await ctx.db.query<{ id: string; area_id: string; street: Buffer | null }>(
    `select a.id, a.area_id, a.street from registry.addresses a
     where a.tenant_id = $1 and a.area_id is not null and a.deleted_at is null order by a.id`,
    [ctx.tenant.id],
  )
  return rows.map((a) => ({ ...a, street: a.street === null ? null : ctx.seal.open(a.street, 'registry.addresses.street') }))
}
