// The health of a demo village, invented: children weighed every month at the posyandu and vaccinated by the programme, and some grown-ups.
import type { Ctx } from '#kernel/ctx.ts'
import { newId } from '#kernel/resource/id.ts'
import { insertRows } from '#kernel/resource/store.ts'
import type { VACCINE } from '../health/codes.ts'
import { growthStandard, type Measure, MONTH_DAYS, type Sex } from '../health/who-growth.ts'
import { addDays, addMonths } from '../ledger/days.ts'
import { healthMeasurements, healthRecords } from '../resources/index.ts'
import { dice } from './people.ts'

type Person = { id: string; gender: Sex; birth_date: string }
type Roll = () => number

/** Age in months at which the national programme gives them (Permenkes 12/2017 and later additions). */
const SCHEDULE: readonly (readonly [number, readonly (keyof typeof VACCINE)[]])[] = [
  [0, ['HB0']],
  [1, ['BCG', 'POLIO_1']],
  [2, ['DPT_HB_HIB_1', 'POLIO_2', 'PCV_1', 'ROTAVIRUS_1']],
  [3, ['DPT_HB_HIB_2', 'POLIO_3', 'PCV_2', 'ROTAVIRUS_2']],
  [4, ['DPT_HB_HIB_3', 'POLIO_4', 'IPV_1', 'ROTAVIRUS_3']],
  [9, ['MR', 'IPV_2']],
  [12, ['PCV_3']],
  [18, ['DPT_HB_HIB_LANJUTAN', 'MR_LANJUTAN']],
]
const POSYANDU = 'Posyandu Melati'
/** The day of the month on which children are weighed. */
const WEIGHING_DAY = 9
const AILMENTS = [
  { ill: 'Hipertensi', takes: 'Amlodipin 5 mg', pressure: '150/95' },
  { ill: 'Diabetes melitus', takes: 'Metformin 500 mg', pressure: '130/85' },
  { ill: 'Asam urat', takes: 'Allopurinol 100 mg', pressure: '125/80' },
  { ill: 'Asma', takes: 'Salbutamol hirup', pressure: '120/80' },
] as const

const one = <T>(list: readonly T[], roll: Roll): T => list[Math.floor(roll() * list.length)]!
const monthsBetween = (from: string, until: string): number => Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000 / MONTH_DAYS)

/** The value so many standard deviations from the median (one side of the curve serves for both). */
function grown(sex: Sex, measure: Measure, month: number, z: number): number {
  const { median, minus2 } = growthStandard(sex, measure)[Math.min(month, 60)]!
  return median + (z * (median - minus2)) / 2
}

export async function demoHealth(ctx: Ctx, seed: number): Promise<void> {
  const { rows } = await ctx.db.query<Person>(
    `select t.id, t.gender, t.birth_date from registry.citizens t
     where t.tenant_id = $1 and t.status = 'ALIVE' and t.deleted_at is null order by t.birth_date desc, t.name_sort, t.id`,
    [ctx.tenant.id],
  )
  const roll = dice(seed)
  const small = rows.filter((who) => who.birth_date > addMonths(ctx.today, -60))
  const grownUp = rows.filter((who) => who.birth_date < addMonths(ctx.today, -12 * 35)).filter(() => roll() < 0.25)
  const children = small.map((who, nth) => childhood(ctx, who, nth, roll))
  await insertRows(
    ctx,
    healthMeasurements,
    children.flatMap((child) => child.measured),
  )
  await insertRows(ctx, healthRecords, [
    ...children.map((child) => child.record),
    ...grownUp.map((who) => ({ ...nobody(who), ...ailing(ctx, roll) })),
  ])
}

/** Every month until two years old, then every third. Each child keeps its own line; one in six slips below it from the first birthday on. */
function childhood(ctx: Ctx, who: Person, nth: number, roll: Roll) {
  const [own, slips] = [roll() * 2.2 - 1.3, nth % 6 === 1]
  const measured: { month: number; values: Record<string, unknown> }[] = []
  for (
    let day = addDays(addMonths(who.birth_date, 1), WEIGHING_DAY - 1);
    day <= ctx.today;
    day = addDays(addMonths(day, 1), WEIGHING_DAY - 1)
  ) {
    const month = monthsBetween(who.birth_date, day)
    if (month > 60 || (month > 24 && month % 3 !== 0) || roll() < 0.08) continue
    const z = own - (slips ? Math.max(0, month - 9) * 0.09 : 0)
    const weight = grown(who.gender, 'weight_kg', month, Math.max(z, -3.2) + roll() * 0.3 - 0.15)
    const height = grown(who.gender, 'height_cm', month, Math.max(z * 0.8, -2.6) + roll() * 0.1)
    const values = { weight_kg: weight.toFixed(2), height_cm: height.toFixed(1) }
    measured.push({ month, values: { id: newId(), citizen_id: who.id, measured_on: day, ...values, notes: null } })
  }
  const age = monthsBetween(who.birth_date, ctx.today)
  const vaccinations = SCHEDULE.filter(([month]) => month < age).flatMap(([month, given]) => {
    const given_on = addDays(who.birth_date, month === 0 ? 0 : Math.round(month * MONTH_DAYS) + Math.floor(roll() * 12))
    return given_on > ctx.today || roll() < 0.06
      ? []
      : given.map((vaccine) => ({ vaccine, given_on, place: month === 0 ? 'Puskesmas' : POSYANDU }))
  })
  const last = measured.at(-1)?.values
  const seen = {
    last_checkup: last?.['measured_on'] ?? null,
    height_cm: last?.['height_cm'] ?? null,
    weight_kg: last?.['weight_kg'] ?? null,
  }
  const record = {
    ...nobody(who),
    ...seen,
    vaccinations,
    notes: slips && age > 14 ? 'Berat tidak naik tiga bulan: rujuk ke puskesmas.' : null,
  }
  return { measured: measured.map((one) => one.values), record }
}

function ailing(ctx: Ctx, roll: Roll): Record<string, unknown> {
  const { ill, takes, pressure } = one(AILMENTS, roll)
  return {
    height_cm: (148 + roll() * 24).toFixed(1),
    weight_kg: (46 + roll() * 32).toFixed(2),
    blood_pressure: pressure,
    chronic_diseases: [ill],
    medications: [takes],
    allergies: roll() < 0.2 ? [one(['Udang', 'Penisilin', 'Debu'], roll)] : [],
    last_checkup: addDays(ctx.today, -Math.floor(roll() * 300 + 2)),
    emergency_phone: `08000${1_000_000 + Math.floor(roll() * 8_999_999)}`,
  }
}

/** A record of which only the insurance is known yet. */
const nobody = (who: Person): Record<string, unknown> => ({ id: newId(), citizen_id: who.id, insurance_type: 'BPJS_KESEHATAN' })

/** The hamlet whose cadre has most to do, for the example account of one. */
export async function cadresHamlet(ctx: Ctx): Promise<string | null> {
  const { rows } = await ctx.db.query<{ hamlet_id: string }>(
    `select t.hamlet_id from registry.health_measurements m
     join registry.citizens t on t.tenant_id = $1 and t.id = m.citizen_id
     where m.tenant_id = $1 and t.hamlet_id is not null group by t.hamlet_id order by count(distinct t.id) desc, t.hamlet_id limit 1`,
    [ctx.tenant.id],
  )
  return rows[0]?.hamlet_id ?? null
}
