// Writes the plan: places, families, people and the event that brought each into the register. The caller's transaction holds it all.
import type { Ctx } from '#kernel/ctx.ts'
import type { Tell } from '#kernel/imports/importer.ts'
import { newId } from '#kernel/resource/id.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { insertRows } from '#kernel/resource/store.ts'
import { addresses, areas, citizens, families, populationEvents } from '../resources/index.ts'
import type { Plan, Values } from './check.ts'

const WRITING = { id: 'Menulis data', en: 'Writing' }
const BATCH = 500

/** Answers how many of each were added. */
export async function apply(ctx: Ctx, plan: Plan, tell: Tell): Promise<Readonly<Record<string, number>>> {
  const days = await openingDays(ctx, plan.citizens)
  const events = plan.citizens.map((c, i) => opening(c, days[i] ?? ctx.today))
  const total = plan.areas.length + plan.addresses.length + plan.families.length + plan.citizens.length + events.length
  let done = 0
  const write = async (r: Resource, rows: readonly Values[]): Promise<void> => {
    for (let start = 0; start < rows.length; start += BATCH) {
      tell(done, total, WRITING)
      const some = rows.slice(start, start + BATCH)
      await insertRows(ctx, r, some)
      done += some.length
    }
  }
  for (const kind of ['hamlet', 'rw', 'rt'] as const)
    await write(
      areas,
      plan.areas.filter((a) => a.kind === kind),
    )
  await write(addresses, plan.addresses)
  await write(families, plan.families)
  await write(citizens, plan.citizens)
  await write(populationEvents, events)
  tell(total, total, WRITING)
  const count = (kind: string): number => plan.areas.filter((a) => a.kind === kind).length
  return {
    citizens: plan.citizens.length,
    families: plan.families.length,
    addresses: plan.addresses.length,
    hamlets: count('hamlet'),
    rws: count('rw'),
    rts: count('rt'),
  }
}

/** Import knows no history: everyone enters with the status they have now, on the day the books open for them. */
const opening = (citizen: Values, day: string): Values => ({
  id: newId(),
  citizen_id: citizen['id'],
  kind: 'OPENING',
  occurred_on: day,
  reported_on: day,
  status_after: citizen['status'],
  family_id: citizen['family_id'] ?? null,
})

/** The day on which each of these people enters the books: for almost all the same; for who was born after the books began, another. */
async function openingDays(ctx: Ctx, people: readonly Values[]): Promise<string[]> {
  const ask = async (births: readonly string[]): Promise<Map<string, string>> => {
    const { rows } = await ctx.db.query<{ born: string; day: string }>(
      `select born, registry.opening_day($1, born) as day from unnest($2::date[]) as b (born)`,
      [ctx.tenant.id, births],
    )
    return new Map(rows.map((r) => [r.born, r.day]))
  }
  const births = people.map((c) => String(c['birth_date']))
  const usual = (await ask(['1900-01-01'])).get('1900-01-01') ?? ctx.today
  const young = await ask([...new Set(births.filter((born) => born > usual))])
  return births.map((born) => young.get(born) ?? usual)
}
