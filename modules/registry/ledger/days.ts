// Days and months as the books count them: text `YYYY-MM-DD`, no clocks, no zones.

const utc = (day: string): Date => new Date(`${day}T00:00:00Z`)
const text = (date: Date): string => date.toISOString().slice(0, 10)

/** The first day of the month that a day lies in. */
export const monthOf = (day: string): string => `${day.slice(0, 7)}-01`

export function addDays(day: string, days: number): string {
  const date = utc(day)
  date.setUTCDate(date.getUTCDate() + days)
  return text(date)
}

/** The first day of the month `months` later. */
export function addMonths(month: string, months: number): string {
  const date = utc(monthOf(month))
  date.setUTCMonth(date.getUTCMonth() + months)
  return text(date)
}

/** First and last day of a month, and the eve of it: what a month opens with is what the eve closed with. */
export const spanOf = (month: string): { first: string; last: string; eve: string } => ({
  first: monthOf(month),
  last: addDays(addMonths(month, 1), -1),
  eve: addDays(monthOf(month), -1),
})

/** Whole years between two days, as people count their age: somebody born on 29 February is a year older on 1 March. */
export function ageOn(born: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4))
  return day.slice(5) < born.slice(5) ? years - 1 : years
}
