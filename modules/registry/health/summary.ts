// The health of the village in numbers: how many records, how many were seen this year, how people are insured, what ails them most.
import { shown } from '#kernel/resource/columns.ts'
import type { Stored } from '#kernel/resource/action.ts'
import { query } from '#kernel/resource/query.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { addMonths } from '../ledger/days.ts'
import { healthRecords } from '../resources/health-records.ts'
import { INSURANCE_TYPE } from './codes.ts'
import { say } from '#kernel/words.ts'

/** Fewer people than this are not told apart: an illness of one or two is a name. */
const FEW = 5

const tally = (of: Iterable<string>): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const one of of) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}

export const healthSummary = query<Record<string, never>>({
  name: 'registry.health-summary',
  label: { id: 'Ringkasan kesehatan', en: 'Health summary' },
  doc: `Totals over the health records the caller may see: records, check-ups of the last twelve months, insurance, chronic diseases.
A disease or insurance of fewer than five people is told as null.`,
  permission: 'registry.health_records:reveal',
  noticed: { kind: 'health_read' },
  input: {},
  async run(ctx) {
    const { values, param } = paramsOf(ctx.tenant.id)
    const { rows } = await ctx.db.query<Stored>(
      `select t.id, t.version, t.last_checkup, t.insurance_type, t.chronic_diseases from registry.health_records t
       where t.tenant_id = $1 and t.deleted_at is null and ${ctx.sees(healthRecords.name, param)}`,
      values,
    )
    const opened = (row: Stored, name: string): unknown => shown(ctx.seal, healthRecords, name, row[name], true)
    const since = addMonths(ctx.today, -12)
    const told = (n: number): number | null => (n < FEW ? null : n)
    const insured = tally(rows.flatMap((row) => (opened(row, 'insurance_type') as string | null) ?? []))
    const ills = tally(
      rows.flatMap((row) => [
        ...new Set(((opened(row, 'chronic_diseases') as string[] | null) ?? []).map((ill) => ill.toLocaleLowerCase('id'))),
      ]),
    )
    return {
      records: rows.length,
      seen_this_year: rows.filter((row) => String(opened(row, 'last_checkup') ?? '') >= since).length,
      insurance: Object.entries(INSURANCE_TYPE).map(([code, label]) => ({
        code,
        label: say(label, ctx.locale),
        count: told(insured.get(code) ?? 0),
      })),
      chronic_diseases: [...ills]
        .filter(([, n]) => n >= FEW)
        .toSorted((a, b) => b[1] - a[1])
        .slice(0, 20)
        .map(([name, count]) => ({ name, count })),
    }
  },
})
