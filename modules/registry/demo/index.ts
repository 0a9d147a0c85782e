// Fills a demo village: its profile, forty families, a year of births, deaths and moves recorded as a clerk would, and what its cadres keep.
import type { Ctx } from '#kernel/ctx.ts'
import { findRow, insertRow } from '#kernel/resource/store.ts'
import { birth } from '../actions/newcomers.ts'
import { death, departure } from '../actions/status.ts'
import { apply } from '../importer/apply.ts'
import { addDays, addMonths } from '../ledger/days.ts'
import { citizens, families, villageProfiles } from '../resources/index.ts'
import { demoHealth } from './health.ts'
import { demoPlan, dice } from './people.ts'
import { villageOf } from './villages.ts'

const FAMILIES = 40
const DAY = 86_400_000

export async function demo(ctx: Ctx): Promise<void> {
  const village = villageOf(ctx.tenant.code)
  // The books begin a year ago, so that every month since has a report.
  await insertRow(ctx, villageProfiles, { ...village.profile, location: village.center, books_from: addMonths(ctx.today, -12) })
  const plan = demoPlan(village, FAMILIES, ctx.today)
  await apply(ctx, plan, () => {})
  const roll = dice(village.seed + 1)
  const recently = (): string => new Date(Date.parse(ctx.today) - Math.floor(roll() * 300 + 3) * DAY).toISOString().slice(0, 10)
  const paper = { reported_on: null, evidence_number: null, notes: null }
  /** Most things are reported within the week. */
  const happened = (): { occurred_on: string; reported_on: string } => {
    const occurred_on = recently()
    const reported_on = addDays(occurred_on, Math.floor(roll() * 7))
    return { occurred_on, reported_on: reported_on < ctx.today ? reported_on : ctx.today }
  }

  const young = plan.families.filter((f) => plan.citizens.some((c) => c['family_id'] === f['id'] && c['family_relationship'] === 'ISTRI'))
  for (const [i, f] of young.slice(0, 3).entries()) {
    const family = await findRow(ctx, families, String(f['id']), { lock: true })
    const mother = plan.citizens.find((c) => c['family_id'] === f['id'] && c['family_relationship'] === 'ISTRI')
    const girl = i % 2 === 0
    const born = happened()
    await birth.run(ctx, family, {
      ...paper,
      ...born,
      name: girl ? `${village.women[i]} ${village.family[i]}` : `${village.men[i]} ${village.family[i]}`,
      gender: girl ? 'P' : 'L',
      birth_place: village.birthplaces[0],
      birth_date: born.occurred_on,
      father_id: null,
      mother_id: mother ? String(mother['id']) : null,
      family_relationship: 'ANAK',
      birth_kind: 'TUNGGAL',
      birth_attendant: 'BIDAN',
    })
  }
  const person = async (as: string, nth: number) => {
    const byAge = plan.citizens
      .filter((c) => c['family_relationship'] === as)
      .toSorted((a, b) => (String(a['birth_date']) < String(b['birth_date']) ? -1 : 1))
    const found = byAge[nth]
    return found ? findRow(ctx, citizens, String(found['id']), { lock: true }) : null
  }
  // The oldest head has died: the family waits for a new one, which is what the first page shows.
  const oldest = await person('KEPALA_KELUARGA', 0)
  if (oldest) await death.run(ctx, oldest, { ...paper, ...happened(), evidence_number: 'AM-01' })
  const grandmother = await person('ORANG_TUA', 0)
  if (grandmother) await death.run(ctx, grandmother, { ...paper, ...happened() })
  const grownUp = await person('ANAK', 0)
  const move = { move_kind: 'ANTAR_KABUPATEN', destination: 'Kota Contoh', whole_family: false }
  if (grownUp) await departure.run(ctx, grownUp, { ...paper, ...move, ...happened() })
  await demoHealth(ctx, village.seed + 2)
}
