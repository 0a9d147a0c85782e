// One month of the population, counted from the ledger: the same figures as the monthly report and the age pyramid of its last day.
import type { Ctx } from '#kernel/ctx.ts'
import { FIVE_YEARS } from '../ledger/ages.ts'
import { monthOf, spanOf } from '../ledger/days.ts'
import { askFilter } from '../ledger/filter.ts'
import { FIVES } from '../ledger/pyramid.ts'
import { NO_FILTER, reportOf } from '../ledger/report.ts'
import { count } from '../ledger/statistics.ts'
import { ageColumn } from '../resources/population-statistics.ts'

/** A row of `registry.population_statistics`, of the month that `day` lies in. */
export async function countMonth(ctx: Ctx, day: string): Promise<Record<string, string | number>> {
  const period = monthOf(day)
  const { rows } = await reportOf(ctx, period, null)
  const cells = (key: (typeof rows)[number]['key']) => rows.find((row) => row.key === key)!.cells
  const ages = await count(ctx, FIVES, await askFilter(ctx, { ...NO_FILTER, day: spanOf(period).last }))
  const [closing, arrivals, departures] = [cells('closing'), cells('arrival').total, cells('departure').total]
  return {
    period,
    year: Number(period.slice(0, 4)),
    month: Number(period.slice(5, 7)),
    total_male: closing.male,
    total_female: closing.female,
    total_families: closing.heads,
    births: cells('birth').total,
    deaths: cells('death').total,
    arrivals,
    departures,
    migrations: arrivals + departures,
    ...Object.fromEntries(
      FIVE_YEARS.map((band) => {
        const { male, female } = ages.get(band.key) ?? { male: 0, female: 0 }
        return [ageColumn(band), male + female]
      }),
    ),
  }
}
