-- What the declarations of the register cannot say: rules between rows, kept by triggers.
-- Every function touches only rows of the row's own tenant, names its schema, and raises check_violation with a constraint
-- name that the declaration gives words to (checks, unique, rules).

create function registry.refuse(rule text, detail text default null) returns void language plpgsql
  set search_path = pg_catalog
as $$
begin
  raise exception 'rule % is broken', rule using errcode = 'check_violation', constraint = rule, detail = coalesce(detail, '');
end $$;

-- ── Areas: hamlet → RW → RT ──────────────────────────────────────────────────────────────────────────────────────────

-- Places an area in the tree: its hamlet and RW, the name people use, and a text that sorts like the tree.
create function registry.place_area() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
declare
  above registry.areas;
begin
  if new.parent_id is null then
    if new.kind <> 'hamlet' then
      perform registry.refuse('areas_parent_check');
    end if;
    new.hamlet_id := null;
    new.rw_id := null;
    new.name := new.code;
    new.path := new.code;
    return new;
  end if;
  select * into above from registry.areas where tenant_id = new.tenant_id and id = new.parent_id;
  if not found then
    return new; -- the foreign key says so
  end if;
  if not (new.kind = 'rw' and above.kind = 'hamlet' or new.kind = 'rt' and above.kind in ('hamlet', 'rw')) then
    perform registry.refuse('areas_parent_check');
  end if;
  new.hamlet_id := case above.kind when 'hamlet' then above.id else above.hamlet_id end;
  new.rw_id := case above.kind when 'rw' then above.id end;
  new.name := case
    when new.kind = 'rw' then 'RW ' || new.code || ' ' || above.name
    when above.kind = 'rw' then 'RT ' || new.code || ' / ' || above.name
    else 'RT ' || new.code || ' ' || above.name
  end;
  new.path := above.path || case when new.kind = 'rt' and above.kind = 'hamlet' then '/00000/' else '/' end || lpad(new.code, 5, '0');
  return new;
end $$;
create trigger place_area before insert or update of kind, code, parent_id on registry.areas
  for each row execute function registry.place_area();

-- A change of an area reaches what hangs on it: the areas below, and the addresses in it.
create function registry.spread_area() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  update registry.areas set parent_id = parent_id where tenant_id = new.tenant_id and parent_id = new.id;
  update registry.addresses set area_id = area_id where tenant_id = new.tenant_id and area_id = new.id;
  return null;
end $$;
create trigger spread_area after update on registry.areas for each row
  when (old.kind is distinct from new.kind or old.path is distinct from new.path or old.hamlet_id is distinct from new.hamlet_id or old.rw_id is distinct from new.rw_id)
  execute function registry.spread_area();

create function registry.keep_used_area() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  if exists (select 1 from registry.areas a where a.tenant_id = new.tenant_id and a.parent_id = new.id and a.deleted_at is null)
    or exists (select 1 from registry.addresses a where a.tenant_id = new.tenant_id and a.area_id = new.id and a.deleted_at is null) then
    perform registry.refuse('areas_used_rule');
  end if;
  return new;
end $$;
create trigger keep_used before update on registry.areas for each row
  when (old.deleted_at is null and new.deleted_at is not null) execute function registry.keep_used_area();

-- ── Addresses ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- RT, RW and hamlet follow the area; village and beyond are those of the village profile when left empty.
create function registry.place_address() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
declare
  profile record;
begin
  if new.area_id is not null then
    select case here.kind when 'rt' then here.code end,
      case here.kind when 'rw' then here.code else rw.code end,
      case here.kind when 'hamlet' then here.code else hamlet.code end,
      coalesce(hamlet.id, here.id)
      into new.rt, new.rw, new.hamlet, new.hamlet_id
      from registry.areas here
      left join registry.areas rw on rw.tenant_id = here.tenant_id and rw.id = here.rw_id
      left join registry.areas hamlet on hamlet.tenant_id = here.tenant_id and hamlet.id = here.hamlet_id
      where here.tenant_id = new.tenant_id and here.id = new.area_id;
  else
    new.hamlet_id := null;
  end if;
  if tg_op = 'INSERT' and new.village is null then
    select p.name, p.district, p.regency, p.province, p.postal_code into profile
      from registry.village_profiles p where p.tenant_id = new.tenant_id and p.deleted_at is null;
    new.village := profile.name;
    new.district := coalesce(new.district, profile.district);
    new.regency := coalesce(new.regency, profile.regency);
    new.province := coalesce(new.province, profile.province);
    new.postal_code := coalesce(new.postal_code, profile.postal_code);
  end if;
  return new;
end $$;
create trigger place_address before insert or update on registry.addresses
  for each row execute function registry.place_address();

create function registry.spread_address() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  update registry.families set address_id = address_id where tenant_id = new.tenant_id and address_id = new.id;
  update registry.citizens set address_id = address_id where tenant_id = new.tenant_id and address_id = new.id;
  return null;
end $$;
create trigger spread_address after update on registry.addresses for each row
  when (old.area_id is distinct from new.area_id or old.hamlet_id is distinct from new.hamlet_id)
  execute function registry.spread_address();

create function registry.keep_used_address() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  if exists (select 1 from registry.families f where f.tenant_id = new.tenant_id and f.address_id = new.id and f.deleted_at is null)
    or exists (select 1 from registry.citizens c where c.tenant_id = new.tenant_id and c.address_id = new.id and c.deleted_at is null) then
    perform registry.refuse('addresses_used_rule');
  end if;
  return new;
end $$;
create trigger keep_used before update on registry.addresses for each row
  when (old.deleted_at is null and new.deleted_at is not null) execute function registry.keep_used_address();

-- ── Families ─────────────────────────────────────────────────────────────────────────────────────────────────────────

create function registry.place_family() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  select a.area_id, a.hamlet_id into new.area_id, new.hamlet_id
    from registry.addresses a where a.tenant_id = new.tenant_id and a.id = new.address_id;
  return new;
end $$;
create trigger place_family before insert or update of address_id on registry.families
  for each row execute function registry.place_family();

-- Who lives with the family moves with it; who lives elsewhere, has died or moved away stays.
create function registry.spread_family() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  update registry.citizens set address_id = new.address_id
    where tenant_id = new.tenant_id and family_id = new.id and deleted_at is null
      and status in ('ALIVE', 'MISSING', 'AWAY') and address_id is not distinct from old.address_id;
  return null;
end $$;
create trigger spread_family after update on registry.families for each row
  when (old.address_id is distinct from new.address_id) execute function registry.spread_family();

create function registry.keep_used_family() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  if exists (select 1 from registry.citizens c where c.tenant_id = new.tenant_id and c.family_id = new.id and c.deleted_at is null) then
    perform registry.refuse('families_used_rule');
  end if;
  return new;
end $$;
create trigger keep_used before update on registry.families for each row
  when (old.deleted_at is null and new.deleted_at is not null) execute function registry.keep_used_family();

-- ── Residents ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- The status that a resident's events give: that of the last event which was not undone.
-- `except_id`: as if that event had been undone too.
create function registry.status_of(tenant uuid, citizen uuid, except_id uuid default null) returns text language sql stable
  set search_path = pg_catalog
as $$
  select e.status_after from registry.population_events e
  where e.tenant_id = tenant and e.citizen_id = citizen and e.kind <> 'CORRECTION' and e.id is distinct from except_id
    and not exists (select 1 from registry.population_events u where u.tenant_id = tenant and u.undoes_id = e.id)
  order by e.created_at desc, e.id desc limit 1
$$;

create function registry.place_citizen() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  new.status := coalesce(new.status, 'ALIVE');
  if tg_op = 'UPDATE' and new.status <> old.status and new.status is distinct from registry.status_of(new.tenant_id, new.id) then
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
create trigger place_citizen before insert or update on registry.citizens
  for each row execute function registry.place_citizen();

-- A family card is known by its head: the name is kept with the family, so that families can be found and sorted by it.
-- A family with members and no head says so.
create function registry.name_head_of(tenant uuid, family uuid) returns void language plpgsql
  set search_path = pg_catalog
  set enable_seqscan = off
as $$
declare
  called text;
  headless boolean;
begin
  select c.name into called from registry.citizens c
    where c.tenant_id = tenant and c.family_id = family and c.is_head_of_family and c.deleted_at is null limit 1;
  headless := called is null and exists (select 1 from registry.citizens c
    where c.tenant_id = tenant and c.family_id = family and c.status in ('ALIVE', 'MISSING', 'AWAY') and c.deleted_at is null);
  update registry.families f set head_name = coalesce(called, ''), needs_head = headless
    where f.tenant_id = tenant and f.id = family and (f.head_name <> coalesce(called, '') or f.needs_head <> headless);
end $$;

create function registry.name_head() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  perform registry.name_head_of(new.tenant_id, new.family_id);
  if old.family_id is distinct from new.family_id then
    perform registry.name_head_of(new.tenant_id, old.family_id);
  end if;
  return null;
end $$;
create trigger name_head after update on registry.citizens for each row
  when ((old.family_id, old.is_head_of_family, old.status, old.deleted_at) is distinct from (new.family_id, new.is_head_of_family, new.status, new.deleted_at)
    or new.is_head_of_family and old.name <> new.name)
  execute function registry.name_head();

create function registry.name_head_of_new() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  if new.is_head_of_family then
    update registry.families f set head_name = new.name, needs_head = false
      where f.tenant_id = new.tenant_id and f.id = new.family_id and (f.head_name <> new.name or f.needs_head);
  else
    update registry.families f set needs_head = true
      where f.tenant_id = new.tenant_id and f.id = new.family_id and f.head_name = '' and not f.needs_head;
  end if;
  return null;
end $$;
create trigger name_head_of_new after insert on registry.citizens for each row
  when (new.family_id is not null and new.status in ('ALIVE', 'MISSING', 'AWAY')) execute function registry.name_head_of_new();

-- Nobody is in the register without an event that says how they came into it: who has none at commit gets "first entry".
create function registry.first_event() returns trigger language plpgsql
  set search_path = pg_catalog
  set enable_seqscan = off
as $$
declare
  today date;
begin
  if exists (select 1 from registry.population_events e where e.tenant_id = new.tenant_id and e.citizen_id = new.id) then
    return null;
  end if;
  select (now() at time zone t.time_zone)::date into today from core.tenants t where t.id = new.tenant_id;
  insert into registry.population_events (tenant_id, id, citizen_id, kind, occurred_on, reported_on, status_after, family_id, created_by, updated_by)
  values (new.tenant_id, core.new_id(), new.id, 'OPENING', today, today, new.status, new.family_id, new.created_by, new.created_by);
  return null;
end $$;
create constraint trigger first_event after insert on registry.citizens deferrable initially deferred
  for each row execute function registry.first_event();

-- ── Events ───────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Checks that an event follows from the person's present status, and says what the status is afterwards.
create function registry.judge_event() returns trigger language plpgsql
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
  if new.occurred_on < person.birth_date then
    perform registry.refuse('population_events_birth_rule');
  end if;
  if new.kind = 'CORRECTION' then
    select * into undone from registry.population_events
      where tenant_id = new.tenant_id and citizen_id = new.citizen_id and id = new.undoes_id;
    -- Only the last event that stands, and never the one that brought the person into the register.
    if undone.id is null or undone.kind = 'CORRECTION' or exists (
        select 1 from registry.population_events e
        where e.tenant_id = new.tenant_id and e.citizen_id = new.citizen_id and e.kind <> 'CORRECTION'
          and (e.created_at, e.id) > (undone.created_at, undone.id)
          and not exists (select 1 from registry.population_events u where u.tenant_id = new.tenant_id and u.undoes_id = e.id)) then
      perform registry.refuse('population_events_order_rule');
    end if;
    new.status_after := registry.status_of(new.tenant_id, new.citizen_id, undone.id);
    if new.status_after is null then
      perform registry.refuse('population_events_order_rule');
    end if;
    return new;
  end if;
  if not (case new.kind
    when 'ARRIVAL' then person.status = 'MOVED' or registry.status_of(new.tenant_id, new.citizen_id) is null
    when 'RETURN' then person.status in ('MISSING', 'AWAY')
    when 'AWAY' then person.status = 'ALIVE'
    when 'MISSING' then person.status in ('ALIVE', 'AWAY')
    else person.status in ('ALIVE', 'MISSING', 'AWAY')
  end) then
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
create trigger judge_event before insert on registry.population_events
  for each row execute function registry.judge_event();

-- The one writer of a resident's status.
create function registry.apply_event() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  update registry.citizens set status = new.status_after
    where tenant_id = new.tenant_id and id = new.citizen_id and status <> new.status_after;
  return null;
end $$;
create trigger apply_event after insert on registry.population_events
  for each row when (new.kind not in ('OPENING', 'BIRTH')) execute function registry.apply_event();

revoke update on registry.population_events from balai_app;
create trigger refuse_change before update or delete on registry.population_events
  for each row execute function core.refuse_change('registry.population_events');
create trigger refuse_truncate before truncate on registry.population_events
  for each statement execute function core.refuse_change('registry.population_events');
