// How somebody grew: every measurement with its values in clear, for the chart. Asking is noted like any reading of health facts.
import { shown } from '#kernel/resource/columns.ts'
import type { Stored } from '#kernel/resource/action.ts'
import { ref } from '#kernel/resource/field.ts'
import { query } from '#kernel/resource/query.ts'
import { findRow, paramsOf } from '#kernel/resource/store.ts'
import { citizens } from '../resources/citizens.ts'
import { addMonths } from '../ledger/days.ts'
import { healthMeasurements } from '../resources/health-measurements.ts'
import { growthStandard, type Sex } from './who-growth.ts'

/** Every month of a long childhood, and more: older ones are left to the list. */
const MOST = 400
const VALUES = ['weight_kg', 'height_cm', 'head_cm', 'notes'] as const

export const growth = query<{ citizen_id: string }>({
  name: 'registry.growth',
  label: { id: 'Pertumbuhan', en: 'Growth' },
  doc: `The measurements of a resident, oldest first, with their values in clear (kg and cm as decimals in text). Noted in the security log.
"standard": for a child who was last measured before five years old, the WHO's median and −2 and −3 standard deviations for every month.`,
  permission: 'registry.health_measurements:reveal',
  noticed: { kind: 'health_read', about: 'citizen_id' },
  input: { citizen_id: ref(citizens.name, { id: 'Warga', en: 'Resident' }) },
  async run(ctx, { citizen_id }) {
    const citizen = await findRow(ctx, citizens, citizen_id)
    const { values, param } = paramsOf(ctx.tenant.id)
    const { rows } = await ctx.db.query<Stored>(
      `select t.id, t.version, t.measured_on, t.weight_kg, t.height_cm, t.head_cm, t.notes from registry.health_measurements t
       where t.tenant_id = $1 and t.citizen_id = ${param(citizen_id)} and t.deleted_at is null and ${ctx.sees(healthMeasurements.name, param)}
       order by t.measured_on desc, t.id desc limit ${MOST}`,
      values,
    )
    const [born, sex] = [String(citizen['birth_date']), citizen['gender'] as Sex]
    const last = rows[0]?.['measured_on']
    const small = last !== undefined && String(last) <= addMonths(born, 61)
    return {
      birth_date: born,
      gender: sex,
      standard: small ? { weight_kg: growthStandard(sex, 'weight_kg'), height_cm: growthStandard(sex, 'height_cm') } : null,
      data: rows.toReversed().map((row) => ({
        id: row.id,
        measured_on: row['measured_on'],
        ...Object.fromEntries(VALUES.map((name) => [name, shown(ctx.seal, healthMeasurements, name, row[name], true)])),
      })),
    }
  },
})
