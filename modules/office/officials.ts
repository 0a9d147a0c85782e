// Who holds a position on a day: asked by whatever is signed in the name of the village.
import type { Ctx } from '#kernel/ctx.ts'
import { isId } from '#kernel/resource/id.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import type { Duty } from './codes.ts'

export type Official = {
  readonly id: string
  readonly name: string
  readonly position: string
  readonly duty: Duty
  readonly nip: string | null
  /** Their account, `core.users.id`. */
  readonly user_id: string | null
}

const COLUMNS = 't.id, t.name, t.position, t.duty, t.nip, t.user_id'

async function officials(ctx: Ctx, day: string, where: (param: (value: unknown) => string) => string): Promise<Official[]> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const { rows } = await ctx.db.query<Official>(
    `select ${COLUMNS} from office.apparatus t
      where t.tenant_id = $1 and t.deleted_at is null and t.start_date <= ${param(day)}::date
        and (t.end_date is null or t.end_date >= ${param(day)}::date) and ${where(param)}
      order by array_position(array['HEAD', 'SECRETARY', 'SECTION', 'AFFAIRS', 'HAMLET', 'STAFF'], t.duty), t.position, t.id`,
    values,
  )
  return rows
}

/** Everybody in office on a day, `YYYY-MM-DD`, the head first. */
export const officialsOn = (ctx: Ctx, day: string): Promise<Official[]> =>
  officials(ctx, day, (param) => ctx.sees('office.apparatus', param))

/** The head or the secretary on a day; null when nobody is. Not limited to what the actor sees: their names are on every letter. */
export const holderOf = async (ctx: Ctx, duty: 'HEAD' | 'SECRETARY', day: string): Promise<Official | null> =>
  (await officials(ctx, day, (param) => `t.duty = ${param(duty)}`))[0] ?? null

/** An official by id who is in office on that day; null otherwise. */
export const officialOn = async (ctx: Ctx, id: string, day: string): Promise<Official | null> =>
  isId(id) ? ((await officials(ctx, day, (param) => `t.id = ${param(id)} and ${ctx.sees('office.apparatus', param)}`))[0] ?? null) : null

/** The official whose account this is and who is in office on that day; null when there is none. */
export const officialOfAccount = async (ctx: Ctx, userId: string, day: string): Promise<Official | null> =>
  (await officials(ctx, day, (param) => `t.user_id = ${param(userId)} and t.is_active`))[0] ?? null
