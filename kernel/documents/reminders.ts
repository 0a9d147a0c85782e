// When people are reminded that a document ends: 90, 60, 30, 14, 7 and 1 days before, on the day, then every week.

const BEFORE = [90, 60, 30, 14, 7, 1, 0]

/**
 * The step that is due with so many days left (negative: days since): the last one whose day has come, so that a day on which nothing ran is
 * made up for, and only the latest of several is told. Steps after the end are -7, -14, … Null: none yet.
 */
export function stepOn(days: number): number | null {
  if (days < 0) return days > -7 ? 0 : -Math.floor(-days / 7) * 7
  return BEFORE.findLast((step) => days <= step) ?? null
}
