// Checks of the books: whether the register, its events and the ledger say the same.
import { bySql, type Rule, seen } from './rule.ts'

const CITIZENS = 'registry.citizens'
const books = (key: string, resource: string, label: Rule['label'], doc: Rule['doc'], sql: Parameters<typeof bySql>[0]): Rule => ({
  key,
  group: 'books',
  weight: 'error',
  label,
  doc,
  resource,
  find: bySql(sql),
})
const WRONG: Rule['doc'] = {
  id: 'Ini tidak boleh terjadi: laporkan kepada yang memasang Balai, dengan daftar ini.',
  en: 'This must not happen: tell whoever installed Balai, with this list.',
}

export const bookRules: readonly Rule[] = [
  books(
    'status_events',
    CITIZENS,
    { id: 'Status berbeda dari peristiwanya', en: 'Status differs from the events' },
    WRONG,
    (param, ctx) => `select t.id, t.name as title, t.status as detail from registry.citizens t
      left join (
        select distinct on (e.citizen_id) e.citizen_id, e.status_after from registry.population_events e
        where e.tenant_id = $1 and registry.moves(e.kind)
          and not exists (select 1 from registry.population_events u where u.tenant_id = $1 and u.undoes_id = e.id)
        order by e.citizen_id, e.created_at desc, e.id desc) last on last.citizen_id = t.id
      where t.tenant_id = $1 and ${seen(ctx, CITIZENS, param)} and t.status <> coalesce(last.status_after, 'INVALID') order by t.name, t.id`,
  ),
  books(
    'status_ledger',
    CITIZENS,
    { id: 'Data berbeda dari buku induk', en: 'The record differs from the ledger' },
    WRONG,
    (param, ctx) => `select t.id, t.name as title, t.status as detail from registry.citizens t
      left join registry.citizen_spans s on s.tenant_id = $1 and s.citizen_id = t.id and s.until = 'infinity'
      where t.tenant_id = $1 and ${seen(ctx, CITIZENS, param)}
        and (s.status, s.gender, s.birth_date, s.family_id, s.area_id, s.is_head_of_family)
          is distinct from (t.status, t.gender, t.birth_date, t.family_id, t.area_id, t.is_head_of_family)
      order by t.name, t.id`,
  ),
  books(
    'counts',
    'registry.areas',
    { id: 'Jumlah penduduk berbeda dari buku induk', en: 'Residents counted differ from the ledger' },
    WRONG,
    (param, ctx) => {
      const visible = ctx.sees(CITIZENS, param)
      return `select coalesce(live.hamlet_id, ledger.hamlet_id) as id, coalesce(a.name, '—') as title,
          coalesce(live.n, 0) || ' / ' || coalesce(ledger.n, 0) as detail
        from (select t.hamlet_id, count(*) as n from registry.citizens t
              where t.tenant_id = $1 and t.deleted_at is null and t.status = 'ALIVE' and ${visible} group by 1) live
        full join (select t.hamlet_id, count(*) as n from registry.citizen_spans t
              where t.tenant_id = $1 and t.until = 'infinity' and t.status = 'ALIVE' and ${visible} group by 1) ledger
          on coalesce(live.hamlet_id::text, '') = coalesce(ledger.hamlet_id::text, '')
        left join registry.areas a on a.tenant_id = $1 and a.id = coalesce(live.hamlet_id, ledger.hamlet_id)
        where coalesce(live.n, 0) <> coalesce(ledger.n, 0) order by 2`
    },
  ),
]
