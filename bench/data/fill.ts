// Fills one community with residents by a few large statements. Triggers rest meanwhile, so what they would derive is written here.
import type pg from 'pg'
import type { Seal } from '#kernel/secrets/seal.ts'
import { CITIES, GIVEN, JOBS, LAST, STREETS } from './people.ts'

/** Residents of each community whose NIK is really theirs: found by it, and revealed as it. The others share a few sealed ones. */
export const REAL_NIKS = 300
const SHARED = 200
const RTS = 100

/** The NIK of resident `i` of community `no`, as any NIK: 16 digits, the first not 0. */
export const nikOf = (no: number, i: number): string => `3204${String(no).padStart(3, '0')}${String(i).padStart(9, '0')}`
const cardOf = (no: number, f: number): string => `3299${String(no).padStart(3, '0')}${String(f).padStart(9, '0')}`

/** What the loading transaction begins with: an id that sorts like the row it belongs to, and a number that only looks random. */
export const SESSION = `
  set local session_replication_role = replica; set local maintenance_work_mem = '512MB'; set local jit = off;
  create function pg_temp.bid(kind int, no int, i bigint) returns uuid language sql immutable as $$
    select (lpad(to_hex(1750000000000 + i), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8' || lpad(to_hex(no), 3, '0')
      || substr(md5(kind || ':' || no || ':' || i), 1, 12))::uuid $$;
  create function pg_temp.h(i bigint, salt int, below int) returns int language sql immutable as $$
    select (hashint8(i * 7919 + salt) & 2147483647) % below $$;
  create temp table streets (n int primary key, sealed bytea, words bytea[]) on commit drop;`

const AREAS = `
  insert into registry.areas (tenant_id, id, kind, code, parent_id, name, path, hamlet_id, rw_id)
  select $1::uuid, pg_temp.bid(1, $2::int, h), 'hamlet', 'Dusun ' || h, null::uuid, 'Dusun ' || h, 'Dusun ' || h, null::uuid, null::uuid from generate_series(1, 5) h
  union all
  select $1::uuid, pg_temp.bid(2, $2::int, w), 'rw', lpad(w::text, 3, '0'), pg_temp.bid(1, $2::int, (w - 1) / 4 + 1),
    'RW ' || lpad(w::text, 3, '0') || ' Dusun ' || (w - 1) / 4 + 1, 'Dusun ' || (w - 1) / 4 + 1 || '/' || lpad(w::text, 5, '0'), pg_temp.bid(1, $2::int, (w - 1) / 4 + 1), null
    from generate_series(1, 20) w
  union all
  select $1::uuid, pg_temp.bid(3, $2::int, r), 'rt', lpad(r::text, 3, '0'), pg_temp.bid(2, $2::int, (r - 1) / 5 + 1),
    'RT ' || lpad(r::text, 3, '0') || ' / RW ' || lpad(((r - 1) / 5 + 1)::text, 3, '0') || ' Dusun ' || (r - 1) / 20 + 1,
    'Dusun ' || (r - 1) / 20 + 1 || '/' || lpad(((r - 1) / 5 + 1)::text, 5, '0') || '/' || lpad(r::text, 5, '0'),
    pg_temp.bid(1, $2::int, (r - 1) / 20 + 1), pg_temp.bid(2, $2::int, (r - 1) / 5 + 1)
    from generate_series(1, ${RTS}) r`

const ADDRESSES = `
  insert into registry.addresses (tenant_id, id, street, street_bidx, area_id, hamlet, rw, rt, village, district, regency, province, postal_code, location, created_at)
  select $1::uuid, pg_temp.bid(4, $2::int, f), s.sealed, s.words, pg_temp.bid(3, $2::int, rt), 'Dusun ' || (rt - 1) / 20 + 1, lpad(((rt - 1) / 5 + 1)::text, 3, '0'), lpad(rt::text, 3, '0'),
    'Desa Contoh ' || $2::int, 'Contoh', 'Contoh', 'Contoh', '40000',
    st_setsrid(st_makepoint(107 + $2::int * 0.05 + pg_temp.h(f, 1, 10000) / 500000.0, -7 + pg_temp.h(f, 2, 10000) / 500000.0), 4326)::geography,
    now() - f * interval '1 second'
  from (select f, f % ${RTS} + 1 as rt, pg_temp.h(f, 3, (select count(*)::int from streets)) as street from generate_series(1, $3::int) f) a join streets s on s.n = a.street`

/** Four people to a family: head, wife, two children. $4 given names, $5 family names, $6 cities, $7 jobs, $8 sealed NIKs. */
const CITIZENS = `
  insert into registry.citizens (tenant_id, id, name, nik, nik_bidx, nik_status, gender, birth_place, birth_date, religion, education, occupation, marital_status,
    blood_type, status, family_id, family_relationship, is_head_of_family, address_id, area_id, hamlet_id, father_name, mother_name, created_at)
  select $1::uuid, pg_temp.bid(6, $2::int, i), ($4::text[])[1 + pg_temp.h(i, $2::int, cardinality($4::text[]))] || ' ' || ($5::text[])[1 + pg_temp.h(i, $2::int + 100, cardinality($5::text[]))]
      || case when i % 5 = 0 then ' ' || ($5::text[])[1 + pg_temp.h(i, $2::int + 200, cardinality($5::text[]))] else '' end,
    ($8::bytea[])[1 + i % ${SHARED}], decode(md5($2::int || ':nik:' || i), 'hex'), 'PERMANENT',
    case place when 0 then 'L' when 1 then 'P' else case i % 3 when 0 then 'L' else 'P' end end,
    ($6::text[])[1 + pg_temp.h(i, 5, cardinality($6::text[]))],
    case when place < 2 then date '1965-01-01' + pg_temp.h(i, 6, 10000) else date '1995-01-01' + pg_temp.h(i, 6, 10000) end,
    (array['ISLAM', 'ISLAM', 'ISLAM', 'KRISTEN', 'KATOLIK', 'HINDU'])[1 + pg_temp.h(i, 7, 6)],
    (array['SD', 'SMP', 'SMA', 'D3', 'S1'])[1 + pg_temp.h(i, 8, 5)], ($7::text[])[1 + pg_temp.h(i, 9, cardinality($7::text[]))],
    case when place < 2 then 'KAWIN' else 'BELUM_KAWIN' end, (array['A', 'B', 'AB', 'O'])[1 + pg_temp.h(i, 10, 4)], 'ALIVE',
    pg_temp.bid(5, $2::int, f), (array['KEPALA_KELUARGA', 'ISTRI', 'ANAK', 'ANAK'])[1 + place], place = 0, pg_temp.bid(4, $2::int, f), pg_temp.bid(3, $2::int, rt), pg_temp.bid(1, $2::int, (rt - 1) / 20 + 1),
    ($4::text[])[1 + pg_temp.h(i, 11, cardinality($4::text[]))], ($4::text[])[1 + pg_temp.h(i, 12, cardinality($4::text[]))], now() - i * interval '1 second'
  from (select i, (i - 1) / 4 + 1 as f, (i - 1) % 4 as place, ((i - 1) / 4 + 1) % ${RTS} + 1 as rt from generate_series(1, $3::int) i) p`

const FAMILIES = `
  insert into registry.families (tenant_id, id, family_number, family_number_bidx, head_name, address_id, area_id, hamlet_id, social_status, registered_on, created_at)
  select $1::uuid, pg_temp.bid(5, $2::int, f), ($4::bytea[])[1 + f % ${SHARED}], decode(md5($2::int || ':kk:' || f), 'hex'), c.name, c.address_id, c.area_id, c.hamlet_id,
    (array['MAMPU', 'KURANG_MAMPU', 'MISKIN'])[1 + pg_temp.h(f, 1, 3)], date '2010-01-01' + pg_temp.h(f, 2, 5000), c.created_at
  from generate_series(1, $3::int) f join registry.citizens c on c.tenant_id = $1 and c.id = pg_temp.bid(6, $2::int, (f - 1) * 4::bigint + 1)`

const EVENTS = `
  insert into registry.population_events (tenant_id, id, citizen_id, kind, occurred_on, reported_on, status_after, family_id, created_at)
  select $1::uuid, pg_temp.bid(7, $2::int, i), pg_temp.bid(6, $2::int, i), 'OPENING', date '2024-01-02', date '2024-01-02', 'ALIVE', pg_temp.bid(5, $2::int, (i - 1) / 4 + 1), now() - i * interval '1 second'
  from generate_series(1, $3::int) i`

/** What the events make of people: everybody from their first entry on; every fortieth found other work since, on some later day. */
const SPANS = `
  insert into registry.citizen_spans (tenant_id, citizen_id, seq, event_id, kind, occurred_on, booked_on, until, status, gender, birth_date, religion, education, occupation,
    marital_status, blood_type, citizenship, residency, family_id, family_relationship, is_head_of_family, area_id, hamlet_id, rw_id, has_birth_certificate, has_marriage_certificate,
    has_death_certificate, has_labour_insurance, social_status)
  select c.tenant_id, c.id, s.seq, pg_temp.bid(case s.seq when 1 then 7 else 8 end, $2::int, e.i), case s.seq when 1 then 'OPENING' else 'CHANGE' end, s.booked_on, s.booked_on, s.until, c.status, c.gender,
    c.birth_date, c.religion, c.education, case when s.until = 'infinity' then c.occupation else 'LAINNYA' end, c.marital_status, c.blood_type, c.citizenship, c.residency, c.family_id,
    c.family_relationship, c.is_head_of_family, c.area_id, c.hamlet_id, a.rw_id, false, false, false, false, f.social_status
  from (select c.*, n.i from registry.citizens c, lateral (select ('x' || substr(replace(c.id::text, '-', ''), 1, 12))::bit(48)::bigint - 1750000000000 as i) n where c.tenant_id = $1) c
  cross join lateral (select c.i, c.i % 40 = 0 as moved, date '2024-02-01' + pg_temp.h(c.i, 13, 900) as on_day) e
  join registry.areas a on a.tenant_id = $1 and a.id = c.area_id
  left join registry.families f on f.tenant_id = $1 and f.id = c.family_id and c.is_head_of_family
  cross join lateral (
    select 1 as seq, date '2024-01-02' as booked_on, case when e.moved then e.on_day else 'infinity'::date end as until
    union all select 2, e.on_day, 'infinity'::date where e.moved) s`

const CHANGES = `
  insert into registry.population_events (tenant_id, id, citizen_id, kind, occurred_on, reported_on, status_after, family_id, changes, created_at)
  select s.tenant_id, s.event_id, s.citizen_id, s.kind, s.occurred_on, s.booked_on, s.status, s.family_id, jsonb_build_object('occupation', jsonb_build_array('LAINNYA', s.occupation)), now()
  from registry.citizen_spans s where s.tenant_id = $1 and s.seq = 2`

/** Writes one community: `no` numbers it, `residents` is a multiple of four. The transaction must have run `SESSION`. */
export async function fill(client: pg.ClientBase, tenantId: string, no: number, residents: number, seal: Seal): Promise<void> {
  const sealed = (field: string, value: (i: number) => string): Buffer[] =>
    Array.from({ length: SHARED }, (_, i) => seal.seal(value(i), field))
  const streets = STREETS.flatMap((street) => Array.from({ length: 40 }, (_, n) => `${street} No. ${n + 1}`))
  await client.query('truncate streets')
  for (const [n, street] of streets.entries())
    await client.query({
      name: 'street',
      text: 'insert into streets values ($1, $2, $3)',
      values: [n, seal.seal(street, 'registry.addresses.street'), seal.blindWords(street, 'registry.addresses.street')],
    })
  await client.query(AREAS, [tenantId, no])
  await client.query(ADDRESSES, [tenantId, no, residents / 4])
  await client.query(CITIZENS, [tenantId, no, residents, GIVEN, LAST, CITIES, JOBS, sealed('registry.citizens.nik', (i) => nikOf(no, i))])
  await client.query(FAMILIES, [tenantId, no, residents / 4, sealed('registry.families.family_number', (f) => cardOf(no, f))])
  await client.query(EVENTS, [tenantId, no, residents])
  // Nothing is analysed yet: without a word, whole tables would be walked for every person.
  await client.query('set local enable_nestloop = off')
  await client.query(SPANS, [tenantId, no])
  await client.query(CHANGES, [tenantId])
  await client.query('set local enable_nestloop = on')
  const real = Array.from({ length: Math.min(REAL_NIKS, residents) }, (_, i) => nikOf(no, i + 1))
  await client.query(
    `update registry.citizens t set nik = v.sealed, nik_bidx = v.blind
       from (select pg_temp.bid(6, $2::int, i) as id, sealed, blind from unnest($3::bytea[], $4::bytea[]) with ordinality as u (sealed, blind, i)) v where t.tenant_id = $1 and t.id = v.id`,
    [tenantId, no, real.map((n) => seal.seal(n, 'registry.citizens.nik')), real.map((n) => seal.blind(n, 'registry.citizens.nik'))],
  )
}
