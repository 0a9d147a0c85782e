// The register's part of a person's first page: what is incomplete, and how many we are. Only of rows the person may see.
import type { Ctx } from '#kernel/ctx.ts'
import type { Home, KeyNumber, Waiting } from '#kernel/home/home.ts'
import { paramsOf } from '#kernel/resource/store.ts'

type People = { alive: number; men: number; women: number; without_nik: number }
type Families = { families: number; headless: number }

export const home: Home = async (ctx) => {
  const waiting: Waiting[] = []
  const numbers: KeyNumber[] = []
  if (ctx.can('registry.citizens:read')) {
    const people = await counted<People>(
      ctx,
      'registry.citizens',
      `count(*) filter (where t.status = 'ALIVE') as alive,
       count(*) filter (where t.status = 'ALIVE' and t.gender = 'L') as men,
       count(*) filter (where t.status = 'ALIVE' and t.gender = 'P') as women,
       count(*) filter (where t.status = 'ALIVE' and t.nik_status = 'TEMPORARY') as without_nik`,
    )
    numbers.push(
      { key: 'residents', label: { id: 'Penduduk', en: 'Residents' }, value: people.alive, to: 'registry/citizens?status=ALIVE' },
      { key: 'men_women', label: { id: 'Laki-laki / perempuan', en: 'Men / women' }, value: `${people.men} / ${people.women}` },
    )
    if (people.without_nik && ctx.can('registry.citizens:update'))
      waiting.push({
        key: 'without_nik',
        label: { id: 'warga belum punya NIK', en: 'residents without a NIK' },
        count: people.without_nik,
        to: 'registry/citizens?nik_status=TEMPORARY&status=ALIVE',
      })
  }
  if (ctx.can('registry.families:read')) {
    const found = await counted<Families>(
      ctx,
      'registry.families',
      `count(*) filter (where t.head_name <> '' or t.needs_head) as families, count(*) filter (where t.needs_head) as headless`,
    )
    numbers.push({ key: 'families', label: { id: 'Keluarga', en: 'Families' }, value: found.families, to: 'registry/families' })
    if (found.headless && ctx.can('registry.families:head'))
      waiting.unshift({
        key: 'without_head',
        label: { id: 'keluarga tanpa kepala', en: 'families without a head' },
        count: found.headless,
        to: 'registry/families?needs_head=true',
      })
  }
  return { waiting, numbers }
}

async function counted<R>(ctx: Ctx, resource: string, what: string): Promise<R> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const sql = `select ${what} from ${resource} t where t.tenant_id = $1 and t.deleted_at is null and ${ctx.sees(resource, param)}`
  return (await ctx.db.query<R>(sql, values)).rows[0]!
}
