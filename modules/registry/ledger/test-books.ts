// A village whose books begin in 2025, and short words for what its ledger is asked.
import type { Client, World } from '#test/world.ts'
import { ok, type Village, villageIn } from '../test-village.ts'

export type Books = Village & {
  report(month: string, area?: string): Promise<any>
  /** A row of the monthly report, by its key. */
  row(month: string, key: string, area?: string): Promise<any>
  statistics(breakdown: string, more?: string): Promise<any>
  events(citizen: string): Promise<any[]>
  undo(event: string, reported: string): Promise<any>
}

/** Siti opens the books of her village on the first of January 2025: who is entered later counts from the eve of it. */
export async function booksIn(world: World): Promise<Books> {
  const village = await villageIn(world)
  const andi: Client = await world.as('andi')
  ok(
    await andi.post('/registry/village_profiles', {
      name: 'Sukamaju',
      code: '9902042001',
      head_name: 'Ibu Lurah',
      books_from: '2025-01-01',
    }),
    201,
  )
  const { siti } = village
  const report: Books['report'] = async (month, area) =>
    ok(await siti.get(`/registry/population-report?month=${month}-01${area ? `&area_id=${area}` : ''}`))
  return {
    ...village,
    report,
    row: async (month, key, area) => (await report(month, area)).rows.find((r: any) => r.key === key).cells,
    statistics: async (breakdown, more = '') => ok(await siti.get(`/registry/statistics?breakdown=${breakdown}${more}`)),
    events: async (citizen) => ok(await siti.get(`/registry/population_events?citizen_id=${citizen}&sort=created_at`)).data,
    undo: (event, reported) =>
      siti.post(`/registry/population_events/${event}/undoing`, { notes: 'Keliru dicatat.', reported_on: reported }),
  }
}
