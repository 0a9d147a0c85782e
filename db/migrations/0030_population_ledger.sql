-- The population ledger: every change of what is counted is an event, and spans say what everybody was on any day of the books.

alter table registry.population_events add column changes jsonb;
alter table registry.population_events drop constraint population_events_kind_check;
alter table registry.population_events add constraint population_events_kind_check
  check (kind in ('OPENING', 'BIRTH', 'DEATH', 'ARRIVAL', 'DEPARTURE', 'MISSING', 'AWAY', 'RETURN', 'CORRECTION', 'CHANGE', 'REMOVED', 'RESTORED'));
-- An event is locked while it is being undone. Locking asks for the right to update something; what refuses every update still stands.
grant update (version) on registry.population_events to balai_app;
alter table registry.village_profiles add column books_from date;
alter table registry.village_profiles add constraint village_profiles_books_from_check check (books_from >= '1900-01-01');

create table registry.month_closings (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  month date not null,
  residents integer not null,
  men integer not null,
  women integer not null,
  families integer not null,
  notes text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint month_closings_pkey primary key (tenant_id, id),
  constraint month_closings_month_check check (month >= '1900-01-01'),
  constraint month_closings_residents_check check (residents >= 0),
  constraint month_closings_men_check check (men >= 0),
  constraint month_closings_women_check check (women >= 0),
  constraint month_closings_families_check check (families >= 0),
  constraint month_closings_notes_check check (length(notes) <= 2000)
);
comment on table registry.month_closings is 'A month whose books are closed: its closing figures, and no event may be booked in it or before it.';
create index month_closings_by_month on registry.month_closings (tenant_id, month, id);
create index month_closings_by_created_at on registry.month_closings (tenant_id, created_at, id);
create unique index month_closings_month_key on registry.month_closings (tenant_id, month) where deleted_at is null;
select core.wall('registry.month_closings');

-- ── Spans: what somebody was, from the booking of one event to the booking of the next ───────────────────────────────

create table registry.citizen_spans (
  tenant_id uuid not null references core.tenants (id),
  citizen_id uuid not null,
  seq integer not null,
  event_id uuid not null,
  kind text not null,
  occurred_on date not null,
  booked_on date not null,
  until date not null default 'infinity',
  status text not null,
  gender text not null,
  birth_date date not null,
  religion text not null,
  education text not null,
  schooling text,
  occupation text not null,
  marital_status text not null,
  blood_type text,
  rhesus text,
  citizenship text not null,
  residency text not null,
  family_id uuid,
  family_relationship text,
  is_head_of_family boolean not null,
  area_id uuid,
  hamlet_id uuid,
  rw_id uuid,
  identity_card text,
  card_stage text,
  has_birth_certificate boolean not null,
  has_marriage_certificate boolean not null,
  has_death_certificate boolean not null,
  has_labour_insurance boolean not null,
  disability text,
  insurance text,
  ethnicity text,
  literacy text,
  social_status text,
  welfare_class text,
  constraint citizen_spans_pkey primary key (tenant_id, citizen_id, seq),
  constraint citizen_spans_until_check check (until >= booked_on),
  constraint citizen_spans_citizen_id_fkey foreign key (tenant_id, citizen_id) references registry.citizens (tenant_id, id)
);
comment on table registry.citizen_spans is 'What a resident was from the day an event was booked until the next was. Derived from the events; never written by hand.
The state at the end of day D: booked_on <= D and until > D. Status REMOVED: taken out of the register.';
create index citizen_spans_by_day on registry.citizen_spans (tenant_id, until, booked_on);
create index citizen_spans_by_booking on registry.citizen_spans (tenant_id, booked_on);
select core.wall('registry.citizen_spans', false);
grant select, insert, update (until) on registry.citizen_spans to balai_app;

create function registry.keep_spans() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  if pg_trigger_depth() = 1 then
    raise exception 'registry.citizen_spans is written by events only' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create trigger keep_spans before insert or update or delete on registry.citizen_spans
  for each statement execute function registry.keep_spans();

-- ── What follows from what ───────────────────────────────────────────────────────────────────────────────────────────

-- Events that make a status. The others (CORRECTION, CHANGE, REMOVED, RESTORED) leave it or restore it.
create function registry.moves(kind text) returns boolean language sql immutable parallel safe
  set search_path = pg_catalog
as $$ select kind in ('OPENING', 'BIRTH', 'DEATH', 'ARRIVAL', 'DEPARTURE', 'MISSING', 'AWAY', 'RETURN') $$;

-- Whether this can happen to somebody of that status; null: not in the register yet.
create function registry.fits(kind text, status text) returns boolean language sql immutable parallel safe
  set search_path = pg_catalog
as $$
  select coalesce(case kind
    when 'ARRIVAL' then status is null or status in ('MOVED', 'INVALID')
    when 'RETURN' then status in ('MISSING', 'AWAY')
    when 'AWAY' then status = 'ALIVE'
    when 'MISSING' then status in ('ALIVE', 'AWAY')
    else status in ('ALIVE', 'MISSING', 'AWAY')
  end, false)
$$;

create or replace function registry.status_of(tenant uuid, citizen uuid, except_id uuid default null) returns text language sql stable
  set search_path = pg_catalog
as $$
  select e.status_after from registry.population_events e
  where e.tenant_id = tenant and e.citizen_id = citizen and registry.moves(e.kind) and e.id is distinct from except_id
    and not exists (select 1 from registry.population_events u where u.tenant_id = tenant and u.undoes_id = e.id)
  order by e.created_at desc, e.id desc limit 1
$$;

-- The first event after which the rest does not follow when `undone` is taken away; null when everything still fits.
create function registry.blocked_by(tenant uuid, citizen uuid, undone uuid) returns uuid language plpgsql stable
  set search_path = pg_catalog
  set enable_seqscan = off
as $$
declare
  e record;
  at text;
begin
  for e in
    select x.id, x.kind, x.status_after from registry.population_events x
    where x.tenant_id = tenant and x.citizen_id = citizen and registry.moves(x.kind) and x.id <> undone
      and not exists (select 1 from registry.population_events u where u.tenant_id = tenant and u.undoes_id = x.id)
    order by x.created_at, x.id
  loop
    if e.kind not in ('OPENING', 'BIRTH') and not registry.fits(e.kind, at) then
      return e.id;
    end if;
    at := e.status_after;
  end loop;
  return null;
end $$;

create or replace function registry.place_citizen() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  new.status := coalesce(new.status, 'ALIVE');
  if tg_op = 'UPDATE' and new.status <> old.status
    and new.status is distinct from coalesce(registry.status_of(new.tenant_id, new.id), 'INVALID') then
    perform registry.refuse('citizens_status_rule');
  end if;
  new.nik_status := case when new.nik is null then 'TEMPORARY' else 'PERMANENT' end;
  new.is_head_of_family := new.family_id is not null and new.family_relationship is not distinct from 'KEPALA_KELUARGA'
    and new.status in ('ALIVE', 'MISSING', 'AWAY');
  if new.family_id is not null and (tg_op = 'INSERT' and new.address_id is null
    or tg_op = 'UPDATE' and new.family_id is distinct from old.family_id and new.address_id is not distinct from old.address_id) then
    select f.address_id into new.address_id from registry.families f where f.tenant_id = new.tenant_id and f.id = new.family_id;
  end if;
  if new.address_id is null then
    new.area_id := null;
    new.hamlet_id := null;
  else
    select a.area_id, a.hamlet_id into new.area_id, new.hamlet_id
      from registry.addresses a where a.tenant_id = new.tenant_id and a.id = new.address_id;
  end if;
  return new;
end $$;

create or replace function registry.judge_event() returns trigger language plpgsql
  set search_path = pg_catalog
  set enable_seqscan = off
as $$
declare
  person record;
  undone registry.population_events;
begin
  new.created_at := clock_timestamp();
  if new.kind in ('OPENING', 'BIRTH') then
    -- A unique index keeps it the only one. It takes the status the person was entered with.
    select c.status into new.status_after from registry.citizens c where c.tenant_id = new.tenant_id and c.id = new.citizen_id;
    return new;
  end if;
  select c.status, c.birth_date into person from registry.citizens c
    where c.tenant_id = new.tenant_id and c.id = new.citizen_id for no key update;
  if not found then
    return new; -- the foreign key says so
  end if;
  if new.kind in ('CHANGE', 'REMOVED', 'RESTORED') then
    new.status_after := person.status;
    return new;
  end if;
  if new.occurred_on < person.birth_date then
    perform registry.refuse('population_events_birth_rule');
  end if;
  if new.kind = 'CORRECTION' then
    select * into undone from registry.population_events
      where tenant_id = new.tenant_id and citizen_id = new.citizen_id and id = new.undoes_id;
    if undone.id is null or not (registry.moves(undone.kind) or undone.kind = 'CHANGE') then
      perform registry.refuse('population_events_order_rule');
    elsif undone.kind = 'CHANGE' then
      new.status_after := person.status;
    elsif registry.blocked_by(new.tenant_id, new.citizen_id, undone.id) is not null then
      perform registry.refuse('population_events_order_rule');
    else
      new.status_after := coalesce(registry.status_of(new.tenant_id, new.citizen_id, undone.id), 'INVALID');
    end if;
    return new;
  end if;
  if not registry.fits(new.kind, case when registry.status_of(new.tenant_id, new.citizen_id) is null then null else person.status end) then
    perform registry.refuse('population_events_order_rule');
  end if;
  new.status_after := case new.kind
    when 'DEATH' then 'DECEASED'
    when 'DEPARTURE' then 'MOVED'
    when 'MISSING' then 'MISSING'
    when 'AWAY' then 'AWAY'
    else 'ALIVE'
  end;
  return new;
end $$;

drop trigger apply_event on registry.population_events;
create trigger apply_event after insert on registry.population_events
  for each row when (new.kind not in ('OPENING', 'BIRTH', 'CHANGE', 'REMOVED', 'RESTORED')) execute function registry.apply_event();

-- The day on which somebody who was always here enters the books: the eve of the day they begin, unless that month is closed.
create function registry.opening_day(tenant uuid, born date) returns date language sql stable
  set search_path = pg_catalog
as $$
  select case
    when p.books_from is null or exists (
      select 1 from registry.month_closings m where m.tenant_id = tenant and m.deleted_at is null and greatest(p.books_from - 1, born) < m.month + interval '1 month')
      then d.today
    else least(d.today, greatest(p.books_from - 1, born))
  end
  from (select (now() at time zone t.time_zone)::date as today from core.tenants t where t.id = tenant) d
  left join registry.village_profiles p on p.tenant_id = tenant and p.deleted_at is null
$$;

create or replace function registry.first_event() returns trigger language plpgsql
  set search_path = pg_catalog
  set enable_seqscan = off
as $$
declare
  opened date;
begin
  if exists (select 1 from registry.population_events e where e.tenant_id = new.tenant_id and e.citizen_id = new.id) then
    return null;
  end if;
  opened := registry.opening_day(new.tenant_id, new.birth_date);
  insert into registry.population_events (tenant_id, id, citizen_id, kind, occurred_on, reported_on, status_after, family_id, created_by, updated_by)
  values (new.tenant_id, core.new_id(), new.id, 'OPENING', opened, opened, new.status, new.family_id, new.created_by, new.created_by);
  return null;
end $$;

-- ── Events write spans ───────────────────────────────────────────────────────────────────────────────────────────────

-- Once per statement: refuses what the books do not take, closes the last span of everybody concerned and opens the next.
-- One statement serves one death and an import of thousands. It is planned each time: many rows are hashed, a few are looked up by key;
-- the planner, which has no numbers yet while a village is being imported, would look all of them up by the tenant alone.
create function registry.write_spans() returns trigger language plpgsql
  set search_path = pg_catalog
  set enable_seqscan = off
  set enable_nestloop = on
as $$
begin
  if exists (select 1 from fresh e join registry.month_closings m
      on m.tenant_id = e.tenant_id and m.deleted_at is null and m.month >= date_trunc('month', e.reported_on)) then
    perform registry.refuse('population_events_closed_rule');
  end if;
  if exists (select 1 from fresh e where e.kind not in ('OPENING', 'BIRTH')) then
    if exists (select 1 from fresh e join registry.citizen_spans s
        on s.tenant_id = e.tenant_id and s.citizen_id = e.citizen_id and s.until = 'infinity' and s.booked_on > e.reported_on) then
      perform registry.refuse('population_events_booking_rule');
    end if;
    update registry.citizen_spans s set until = e.reported_on from fresh e
      where s.tenant_id = e.tenant_id and s.citizen_id = e.citizen_id and s.until = 'infinity';
  end if;
  if (select count(*) from fresh) > 20 then
    perform set_config('enable_nestloop', 'off', true);
  end if;
  execute $sql$
    insert into registry.citizen_spans (tenant_id, citizen_id, seq, event_id, kind, occurred_on, booked_on, status, gender, birth_date, religion,
      education, schooling, occupation, marital_status, blood_type, rhesus, citizenship, residency, family_id, family_relationship,
      is_head_of_family, area_id, hamlet_id, rw_id, identity_card, card_stage, has_birth_certificate, has_marriage_certificate,
      has_death_certificate, has_labour_insurance, disability, insurance, ethnicity, literacy, social_status, welfare_class)
    select e.tenant_id, e.citizen_id,
      case when e.kind in ('OPENING', 'BIRTH') then 1 else coalesce((select max(s.seq) from registry.citizen_spans s
        where s.tenant_id = e.tenant_id and s.citizen_id = e.citizen_id), 0) + 1 end,
      e.id, e.kind, e.occurred_on, e.reported_on, case when c.deleted_at is null then c.status else 'REMOVED' end, c.gender, c.birth_date,
      c.religion, c.education, c.schooling, c.occupation, c.marital_status, c.blood_type, c.rhesus, c.citizenship, c.residency, c.family_id,
      c.family_relationship, c.is_head_of_family and c.deleted_at is null, c.area_id, c.hamlet_id, case a.kind when 'rw' then a.id else a.rw_id end,
      c.identity_card, c.card_stage, c.birth_certificate is not null, c.marriage_certificate is not null,
      e.kind = 'DEATH' and e.evidence_number is not null, c.labour_insurance_number is not null,
      c.disability, c.insurance, c.ethnicity, c.literacy, f.social_status, f.welfare_class
    from fresh e
    join registry.citizens c on c.tenant_id = e.tenant_id and c.id = e.citizen_id
    left join registry.areas a on a.tenant_id = c.tenant_id and a.id = c.area_id
    left join registry.families f on f.tenant_id = c.tenant_id and f.id = c.family_id and c.is_head_of_family
  $sql$;
  return null;
end $$;
create trigger write_spans after insert on registry.population_events
  referencing new table as fresh for each statement execute function registry.write_spans();

-- ── Edits write events ───────────────────────────────────────────────────────────────────────────────────────────────

-- What an action says about the edit it is going to make: {citizen_id, kind, occurred_on, reported_on, evidence_number, notes, undoes_id}.
create function registry.say_event(details text) returns void language plpgsql
  set search_path = pg_catalog
as $$
begin
  execute format('set local app.event = %L', details);
end $$;

-- What is counted about a person, out of a whole row. Status and headship follow from events and are not edited.
create function registry.counted(whole jsonb) returns jsonb language sql immutable
  set search_path = pg_catalog
as $$
  select jsonb_object_agg(k, whole -> k) || jsonb_build_object('labour_insurance', whole -> 'labour_insurance_number' <> 'null')
  from unnest(array['gender', 'birth_date', 'religion', 'education', 'schooling', 'occupation', 'marital_status', 'blood_type', 'rhesus',
    'citizenship', 'residency', 'family_id', 'family_relationship', 'address_id', 'area_id', 'hamlet_id', 'identity_card', 'card_stage',
    'birth_certificate', 'marriage_certificate', 'disability', 'insurance', 'ethnicity', 'literacy']) k
$$;

-- Whoever entered the books gets an event for every edit of what is counted; who has no first event yet will be counted by it as they are then.
create function registry.note_changes() returns trigger language plpgsql
  set search_path = pg_catalog
  set enable_seqscan = off
as $$
declare
  said jsonb := nullif(current_setting('app.event', true), '')::jsonb;
begin
  if not exists (select 1 from fresh) then
    return null;
  end if;
  insert into registry.population_events (tenant_id, id, citizen_id, kind, occurred_on, reported_on, status_after, family_id, changes,
    evidence_number, notes, undoes_id, created_by, updated_by)
  select e.tenant_id, core.new_id(), e.id,
    case when e.gone <> e.was_gone then case when e.gone then 'REMOVED' else 'RESTORED' end when e.mine then said ->> 'kind' else 'CHANGE' end,
    least(coalesce(case when e.mine then (said ->> 'occurred_on')::date end, e.today), e.booked), e.booked, e.status, e.family_id,
    (select jsonb_object_agg(k.key, jsonb_build_array(k.value, e.is_now -> k.key))
      from jsonb_each(e.was) k where k.value is distinct from e.is_now -> k.key),
    case when e.mine then said ->> 'evidence_number' end, case when e.mine then said ->> 'notes' end,
    case when e.mine then (said ->> 'undoes_id')::uuid end, e.author, e.author
  from (
    select d.*, registry.counted(d.old_row) as was, registry.counted(d.new_row) as is_now,
      case when d.mine and said ->> 'reported_on' is not null then (said ->> 'reported_on')::date else greatest(d.today, d.last_booked) end as booked
    from (
      select n.tenant_id, n.id, n.status, n.family_id, n.updated_by as author, o.deleted_at is not null as was_gone, n.deleted_at is not null as gone,
        to_jsonb(o) as old_row, to_jsonb(n) as new_row, s.booked_on as last_booked, (now() at time zone t.time_zone)::date as today,
        coalesce(said ->> 'citizen_id' = n.id::text, false) as mine
      from fresh n
      join was o on o.tenant_id = n.tenant_id and o.id = n.id
      join registry.citizen_spans s on s.tenant_id = n.tenant_id and s.citizen_id = n.id and s.until = 'infinity'
      join core.tenants t on t.id = n.tenant_id
      where (o.deleted_at is null, o.gender, o.birth_date, o.religion, o.education, o.schooling, o.occupation, o.marital_status, o.blood_type,
          o.rhesus, o.citizenship, o.residency, o.family_id, o.family_relationship, o.area_id, o.hamlet_id, o.identity_card, o.card_stage,
          o.birth_certificate, o.marriage_certificate, o.labour_insurance_number is null, o.disability, o.insurance, o.ethnicity, o.literacy)
        is distinct from (n.deleted_at is null, n.gender, n.birth_date, n.religion, n.education, n.schooling, n.occupation, n.marital_status,
          n.blood_type, n.rhesus, n.citizenship, n.residency, n.family_id, n.family_relationship, n.area_id, n.hamlet_id, n.identity_card,
          n.card_stage, n.birth_certificate, n.marriage_certificate, n.labour_insurance_number is null, n.disability, n.insurance, n.ethnicity,
          n.literacy)
    ) d
  ) e;
  return null;
end $$;
create trigger note_changes after update on registry.citizens
  referencing old table as was new table as fresh for each statement execute function registry.note_changes();

-- A family counts where its head does: what is counted about the family is booked with the head.
create function registry.note_family_changes() returns trigger language plpgsql
  set search_path = pg_catalog
  set enable_seqscan = off
as $$
begin
  if not exists (select 1 from fresh n join was o on o.tenant_id = n.tenant_id and o.id = n.id
      where (o.social_status, o.welfare_class) is distinct from (n.social_status, n.welfare_class)) then
    return null;
  end if;
  insert into registry.population_events (tenant_id, id, citizen_id, kind, occurred_on, reported_on, status_after, family_id, changes, created_by, updated_by)
  select n.tenant_id, core.new_id(), c.id, 'CHANGE', d.day, d.day, c.status, n.id,
    jsonb_build_object('social_status', jsonb_build_array(o.social_status, n.social_status), 'welfare_class', jsonb_build_array(o.welfare_class, n.welfare_class)),
    n.updated_by, n.updated_by
  from fresh n
  join was o on o.tenant_id = n.tenant_id and o.id = n.id
  join registry.citizens c on c.tenant_id = n.tenant_id and c.family_id = n.id and c.is_head_of_family and c.deleted_at is null
  join registry.citizen_spans s on s.tenant_id = c.tenant_id and s.citizen_id = c.id and s.until = 'infinity'
  join core.tenants t on t.id = n.tenant_id
  cross join lateral (select greatest((now() at time zone t.time_zone)::date, s.booked_on) as day) d
  where (o.social_status, o.welfare_class) is distinct from (n.social_status, n.welfare_class);
  return null;
end $$;
create trigger note_family_changes after update on registry.families
  referencing old table as was new table as fresh for each statement execute function registry.note_family_changes();

-- An RT that comes under another RW of its hamlet takes its people along. (Another hamlet shows in the people's own rows.)
create function registry.note_area_changes() returns trigger language plpgsql
  set search_path = pg_catalog
  set enable_seqscan = off
as $$
begin
  if not exists (select 1 from fresh n join was o on o.tenant_id = n.tenant_id and o.id = n.id
      where o.rw_id is distinct from n.rw_id and o.hamlet_id is not distinct from n.hamlet_id) then
    return null;
  end if;
  insert into registry.population_events (tenant_id, id, citizen_id, kind, occurred_on, reported_on, status_after, family_id, changes, created_by, updated_by)
  select n.tenant_id, core.new_id(), c.id, 'CHANGE', d.day, d.day, c.status, c.family_id,
    jsonb_build_object('rw_id', jsonb_build_array(o.rw_id, n.rw_id)), n.updated_by, n.updated_by
  from fresh n
  join was o on o.tenant_id = n.tenant_id and o.id = n.id
  join registry.citizens c on c.tenant_id = n.tenant_id and c.area_id = n.id and c.deleted_at is null
  join registry.citizen_spans s on s.tenant_id = c.tenant_id and s.citizen_id = c.id and s.until = 'infinity'
  join core.tenants t on t.id = n.tenant_id
  cross join lateral (select greatest((now() at time zone t.time_zone)::date, s.booked_on) as day) d
  where o.rw_id is distinct from n.rw_id and o.hamlet_id is not distinct from n.hamlet_id;
  return null;
end $$;
create trigger note_area_changes after update on registry.areas
  referencing old table as was new table as fresh for each statement execute function registry.note_area_changes();

-- ── What is in the register already ──────────────────────────────────────────────────────────────────────────────────

-- One span per event, booked no earlier than the one before it. Attributes were not kept: all spans of a person have today's.
alter table registry.citizens no force row level security;
alter table registry.population_events no force row level security;
alter table registry.families no force row level security;
alter table registry.areas no force row level security;
alter table registry.citizen_spans no force row level security;
alter table registry.citizen_spans disable trigger keep_spans;
insert into registry.citizen_spans (tenant_id, citizen_id, seq, event_id, kind, occurred_on, booked_on, until, status, gender, birth_date, religion,
  education, schooling, occupation, marital_status, blood_type, rhesus, citizenship, residency, family_id, family_relationship,
  is_head_of_family, area_id, hamlet_id, rw_id, identity_card, card_stage, has_birth_certificate, has_marriage_certificate,
  has_death_certificate, has_labour_insurance, disability, insurance, ethnicity, literacy, social_status, welfare_class)
select e.tenant_id, e.citizen_id, e.seq, e.id, e.kind, e.occurred_on, e.booked_on, coalesce(e.until, 'infinity'),
  case when c.deleted_at is not null and e.until is null then 'REMOVED' else e.status_after end, c.gender, c.birth_date, c.religion,
  c.education, c.schooling, c.occupation, c.marital_status, c.blood_type, c.rhesus, c.citizenship, c.residency, c.family_id, c.family_relationship,
  coalesce(c.family_relationship = 'KEPALA_KELUARGA', false) and e.status_after in ('ALIVE', 'MISSING', 'AWAY') and (e.until is not null or c.is_head_of_family and c.deleted_at is null),
  c.area_id, c.hamlet_id, case a.kind when 'rw' then a.id else a.rw_id end,
  c.identity_card, c.card_stage, c.birth_certificate is not null, c.marriage_certificate is not null,
  e.kind = 'DEATH' and e.evidence_number is not null, c.labour_insurance_number is not null,
  c.disability, c.insurance, c.ethnicity, c.literacy, f.social_status, f.welfare_class
from (
  select b.*, lead(b.booked_on) over (partition by b.tenant_id, b.citizen_id order by b.seq) as until
  from (
    select x.*, row_number() over w as seq, max(x.reported_on) over w as booked_on
    from registry.population_events x window w as (partition by x.tenant_id, x.citizen_id order by x.created_at, x.id)
  ) b
) e
join registry.citizens c on c.tenant_id = e.tenant_id and c.id = e.citizen_id
left join registry.areas a on a.tenant_id = c.tenant_id and a.id = c.area_id
left join registry.families f on f.tenant_id = c.tenant_id and f.id = c.family_id and c.is_head_of_family;
alter table registry.citizen_spans enable trigger keep_spans;
alter table registry.citizens force row level security;
alter table registry.population_events force row level security;
alter table registry.families force row level security;
alter table registry.areas force row level security;
alter table registry.citizen_spans force row level security;
