// When a community works, as its settings and holidays say.
import { type Weekday, WEEKDAYS } from '#kernel/access/rules.ts'
import type { Ctx } from '#kernel/ctx.ts'
import { defaultOf } from '#kernel/settings/fact.ts'
import { HOURS, problemOf, windowsIn } from './hours.ts'
import type { Calendar, Window } from './working-time.ts'

/** The working hours and holidays of the actor's community, read in two statements. */
export async function calendarOf(ctx: Pick<Ctx, 'db' | 'tenant'>): Promise<Calendar> {
  const { rows: set } = await ctx.db.query<{ key: string; value: string | null }>(
    `select key, value from core.settings where tenant_id = $1 and module = 'core' and key like 'hours\\_%' and deleted_at is null`,
    [ctx.tenant.id],
    true,
  )
  const { rows: free } = await ctx.db.query<{ day: string; yearly: boolean }>(
    `select to_char(date, 'YYYY-MM-DD') as day, yearly from core.holidays where tenant_id = $1 and deleted_at is null`,
    [ctx.tenant.id],
    true,
  )
  const days = new Set(free.map((h) => h.day))
  const dates = new Set(free.filter((h) => h.yearly).map((h) => h.day.slice(5)))
  const hours = Object.fromEntries(
    WEEKDAYS.map((day) => {
      const found = set.find((s) => s.key === `hours_${day}`)
      const written = found ? found.value : (defaultOf(HOURS[day].field) as string | null)
      return [day, problemOf(written) ? [] : windowsIn(written)]
    }),
  ) as Record<Weekday, Window[]>
  return { timeZone: ctx.tenant.timeZone, hours, isHoliday: (day) => days.has(day) || dates.has(day.slice(5)) }
}
