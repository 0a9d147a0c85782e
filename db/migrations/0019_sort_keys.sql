-- Names in the order people expect: capitals and accents do not count, and every database agrees (docs/decisions/0017-names-in-order.md).

-- What a text is ordered by. ASCII letters are folded by collation "C" and the accented Latin ones by this list, never by the database's own
-- locale: the embedded database and servers differ there. Two strings, sign for sign. Plain SQL without SET, so that it is inlined into
-- the columns made of it. Never change it: those columns would keep the old keys. Make another one and new columns.
create function core.sort_key(value text) returns text language sql immutable parallel safe
as $$
  select case
    when pg_catalog.octet_length(value) = pg_catalog.length(value) then pg_catalog.lower(value collate "C")
    else pg_catalog.lower(pg_catalog.translate(value,
        'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢ'
        || 'ģĤĥĦħĨĩĪīĬĭĮįİıĲĳĴĵĶķĸĹĺĻļĽľĿŀŁłŃńŅņŇňŉŊŋŌōŎŏŐőŒœŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŦŧŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžſȘșȚț',
        'aaaaaaaceeeeiiiidnoooooouuuuytsaaaaaaaceeeeiiiidnoooooouuuuytyaaaaaaccccccccddddeeeeeeeeeeggggggg'
        || 'ghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzssstt') collate "C")
  end
$$;

-- The change log leaves out what is computed from other columns, as it leaves out blind indexes: it says nothing to a person.
create or replace function core.log_insert() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
declare
  said jsonb := nullif(current_setting('app.context', true), '')::jsonb;
  silent text[] := array['tenant_id', 'id', 'version', 'created_at', 'updated_at', 'created_by', 'updated_by']
    || (select coalesce(array_agg(a.attname::text), '{}') from pg_attribute a
        where a.attrelid = tg_relid and (right(a.attname, 5) = '_bidx' or a.attgenerated <> ''));
begin
  insert into core.audit_logs (tenant_id, actor_id, action, resource, resource_id, version, after, ip_address, user_agent, request_id)
  select n.tenant_id, nullif(said ->> 'user', '')::uuid, 'created', tg_argv[0], n.id, n.version, jsonb_strip_nulls(to_jsonb(n) - silent),
    said ->> 'ip', said ->> 'agent', said ->> 'request'
  from fresh n;
  return null;
end $$;

-- By suffix, not from the catalogue: this one runs for every changed row.
create or replace function core.log_change() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
declare
  said jsonb := nullif(current_setting('app.context', true), '')::jsonb;
  was jsonb;
  is_now jsonb;
  done text;
begin
  if tg_op = 'UPDATE' then
    select jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value) into was, is_now
      from jsonb_each(to_jsonb(old)) o join jsonb_each(to_jsonb(new)) n using (key)
      where o.value is distinct from n.value and right(o.key, 5) not in ('_bidx', '_sort') and o.key not in ('version', 'updated_at', 'updated_by');
    if is_now is null then
      return null;
    end if;
    done := case
      when was ? 'deleted_at' and is_now -> 'deleted_at' <> 'null' then 'deleted'
      when was ? 'deleted_at' then 'restored'
      else coalesce(said ->> 'doing', 'changed')
    end;
  else
    done := 'purged';
    select jsonb_object_agg(o.key, o.value) into was from jsonb_each(to_jsonb(old)) o where right(o.key, 5) not in ('_bidx', '_sort');
  end if;
  insert into core.audit_logs (tenant_id, actor_id, action, resource, resource_id, version, before, after, ip_address, user_agent, request_id)
  values (coalesce(new.tenant_id, old.tenant_id), nullif(said ->> 'user', '')::uuid, done, tg_argv[0], coalesce(new.id, old.id),
    case when tg_op = 'DELETE' then old.version else new.version end, was, is_now, said ->> 'ip', said ->> 'agent', said ->> 'request');
  return null;
end $$;

-- Every text field that a list may be ordered by has its key, and its index is made of the key.
drop index core.roles_by_name;
alter table core.roles add column name_sort text collate "C" generated always as (core.sort_key(name)) stored not null;
create index roles_by_name on core.roles (tenant_id, name_sort, id);

drop index core.memberships_by_name;
alter table core.memberships add column name_sort text collate "C" generated always as (core.sort_key(name)) stored not null;
create index memberships_by_name on core.memberships (tenant_id, name_sort, id);

drop index core.saved_views_by_name;
alter table core.saved_views add column name_sort text collate "C" generated always as (core.sort_key(name)) stored not null;
create index saved_views_by_name on core.saved_views (tenant_id, name_sort, id);

drop index registry.citizens_by_name;
alter table registry.citizens add column name_sort text collate "C" generated always as (core.sort_key(name)) stored not null;
create index citizens_by_name on registry.citizens (tenant_id, name_sort, id);

drop index registry.families_by_head_name;
alter table registry.families add column head_name_sort text collate "C" generated always as (core.sort_key(head_name)) stored not null;
create index families_by_head_name on registry.families (tenant_id, head_name_sort, id);

drop index registry.areas_by_path, registry.areas_by_name;
alter table registry.areas
  add column path_sort text collate "C" generated always as (core.sort_key(path)) stored not null,
  add column name_sort text collate "C" generated always as (core.sort_key(name)) stored not null;
create index areas_by_path on registry.areas (tenant_id, path_sort, id);
create index areas_by_name on registry.areas (tenant_id, name_sort, id);

drop index registry.village_profiles_by_name;
alter table registry.village_profiles add column name_sort text collate "C" generated always as (core.sort_key(name)) stored not null;
create index village_profiles_by_name on registry.village_profiles (tenant_id, name_sort, id);
