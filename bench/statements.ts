// The statements Balai really sends for a scenario, taken from its own code while it runs: the bare comparisons use exactly these.
import type { Db } from '#kernel/db/db.ts'
import type { House } from '#kernel/house.ts'
import type { Who } from '#kernel/tenancy/as-tenant.ts'
import { reading } from '#kernel/tenancy/as-tenant.ts'
import { readListQuery } from '#kernel/resource/list-query.ts'
import { resourceNamed } from '#kernel/resource/model.ts'
import { readList, readOne } from '#kernel/resource/read.ts'
import { systemActor } from '#kernel/tenancy/as-tenant.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'

export type Statement = { readonly text: string; readonly values: readonly unknown[]; readonly prepared: boolean }

/** The clerk's view of a community, without a request. */
export async function whoIn(house: House, code: string): Promise<Who> {
  const tenant = await tenantByCode(house, code)
  if (!tenant) throw new Error(`There is no community ${code}.`)
  return { tenant, actor: systemActor(house.model), origin: { requestId: 'bench', ip: null, userAgent: null }, locale: tenant.locale }
}

/** Runs a read and answers the statements it sent. */
async function sentBy(
  house: House,
  code: string,
  work: (ctx: Awaited<ReturnType<typeof reading>>) => Promise<unknown>,
): Promise<Statement[]> {
  const ctx = await reading(house, await whoIn(house, code))
  const sent: Statement[] = []
  const db: Db = {
    query: (text, values = [], prepared = false) => {
      sent.push({ text, values, prepared })
      return ctx.db.query(text, values, prepared)
    },
  }
  await work({ ...ctx, db })
  return sent
}

export const statementOfOne = async (house: House, code: string, id: string): Promise<Statement> =>
  (await sentBy(house, code, (ctx) => readOne(ctx, house.model, resourceNamed(house.model, 'registry.citizens'), id)))[0]!

/** `query`: what stands after `?` in the address of the list. */
export const statementOfList = async (house: House, code: string, query: string, resource = 'registry.citizens'): Promise<Statement> => {
  const r = resourceNamed(house.model, resource)
  return (
    await sentBy(house, code, (ctx) => readList(ctx, house.model, r, readListQuery(house.model, r, new URLSearchParams(query), ctx.today)))
  )[0]!
}
