-- The ground every module stands on: the wall between tenants, the change log, idempotency.

create extension if not exists postgis;
create extension if not exists pg_trgm;
create extension if not exists btree_gist;
create extension if not exists btree_gin;
create extension if not exists unaccent;

-- The role every request runs as. It owns nothing and cannot bypass the wall. It may exist already: roles belong to the cluster.
do $$
begin
  create role balai_app nologin nosuperuser nocreatedb nocreaterole nobypassrls;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  execute format('grant balai_app to %I', current_user);
exception when others then null; -- a superuser needs no grant; two migrations at once may collide on it
end $$;

create schema core;
grant usage on schema core to balai_app;

-- ── Who is asking ────────────────────────────────────────────────────────────────────────────────────────────────────

-- The tenant of this transaction; null when none is set, which no row equals. Plain SQL without SET, so that it is inlined into every policy.
create function core.tenant_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;

create function core.user_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;

-- Opens a tenant for the rest of the transaction. SET LOCAL is a command, not set_config(): only commands are forwarded by Citus.
-- context: json {user, doing, request, ip, agent}, kept by the change log.
create function core.enter(tenant uuid, context text default '') returns void language plpgsql
  set search_path = pg_catalog
as $$
begin
  execute format('set local app.tenant_id = %L', coalesce(tenant::text, ''));
  if context <> '' then
    execute format('set local app.context = %L', context);
  end if;
end $$;

-- Opens only what belongs to one person, across tenants: their own memberships.
create function core.enter_as_user(person uuid) returns void language plpgsql
  set search_path = pg_catalog
as $$
begin
  execute format('set local app.tenant_id = %L', '');
  execute format('set local app.user_id = %L', person::text);
end $$;

-- UUID version 7 (RFC 9562): ids made by the database sort by time like those made by the application.
create function core.new_id() returns uuid language sql volatile parallel safe
as $$
  select encode(
    set_byte(
      set_byte(
        overlay(uuid_send(gen_random_uuid()) placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
        6, (b'0111' || get_byte(uuid_send(gen_random_uuid()), 6)::bit(4))::bit(8)::int),
      8, (b'10' || get_byte(uuid_send(gen_random_uuid()), 8)::bit(6))::bit(8)::int),
    'hex')::uuid
$$;

-- ── What every row does by itself ────────────────────────────────────────────────────────────────────────────────────

-- Counts versions and stamps the change. The tenant, id and creation of a row never change.
create function core.touch() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  new.tenant_id := old.tenant_id;
  new.id := old.id;
  new.created_at := old.created_at;
  new.created_by := old.created_by;
  new.version := old.version + 1;
  new.updated_at := clock_timestamp();
  new.updated_by := nullif(nullif(current_setting('app.context', true), '')::jsonb ->> 'user', '')::uuid;
  return new;
end $$;

create table core.audit_logs (
  tenant_id uuid not null,
  id uuid not null default core.new_id(),
  occurred_at timestamptz not null default clock_timestamp(),
  actor_id uuid,
  action text not null,
  resource text not null,
  resource_id uuid not null,
  version bigint,
  before jsonb,
  after jsonb,
  ip_address text,
  user_agent text,
  request_id text,
  transaction_id xid8 not null default pg_current_xact_id(),
  constraint audit_logs_pkey primary key (tenant_id, occurred_at, id)
) partition by range (occurred_at);
comment on table core.audit_logs is 'Every change of every row: what was, what is, who, when, from where. Never updated or deleted; dropped by whole months.';
create table core.audit_logs_rest partition of core.audit_logs default;
create index audit_logs_by_row on core.audit_logs (tenant_id, resource, resource_id, occurred_at desc, id desc);
create index audit_logs_by_time on core.audit_logs (tenant_id, occurred_at desc, id desc);

-- Makes the month partitions from this month on. Run by the owner at start and daily; the default partition stays empty.
create function core.make_partitions(months int default 3) returns int language plpgsql
  set search_path = pg_catalog
as $$
declare
  starts date;
  made int := 0;
begin
  for m in 0 .. months loop
    starts := (date_trunc('month', now() at time zone 'UTC') + make_interval(months => m))::date;
    if to_regclass(format('core.audit_logs_%s', to_char(starts, 'YYYYMM'))) is null then
      execute format('create table core.%I partition of core.audit_logs for values from (%L) to (%L)',
        'audit_logs_' || to_char(starts, 'YYYYMM'), starts::timestamp at time zone 'UTC', (starts + interval '1 month') at time zone 'UTC');
      execute format('alter table core.%I enable row level security', 'audit_logs_' || to_char(starts, 'YYYYMM'));
      execute format('alter table core.%I force row level security', 'audit_logs_' || to_char(starts, 'YYYYMM'));
      execute format('create policy wall on core.%I using (tenant_id = core.tenant_id())', 'audit_logs_' || to_char(starts, 'YYYYMM'));
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;

create function core.refuse_change() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  raise exception '% is append-only', coalesce(tg_argv[0], tg_table_name) using errcode = 'insufficient_privilege';
end $$;

-- The writers of the change log. Argument: the logical name of the resource (a shard's own name would differ).
-- Blind indexes and bookkeeping columns are left out: they say nothing to a person.
-- New rows are logged once per statement: an import of thousands pays a tenth of what a trigger per row costs (measured).
create function core.log_insert() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
declare
  said jsonb := nullif(current_setting('app.context', true), '')::jsonb;
  silent text[] := array['tenant_id', 'id', 'version', 'created_at', 'updated_at', 'created_by', 'updated_by']
    || (select coalesce(array_agg(a.attname::text), '{}') from pg_attribute a where a.attrelid = tg_relid and right(a.attname, 5) = '_bidx');
begin
  insert into core.audit_logs (tenant_id, actor_id, action, resource, resource_id, version, after, ip_address, user_agent, request_id)
  select n.tenant_id, nullif(said ->> 'user', '')::uuid, 'created', tg_argv[0], n.id, n.version, jsonb_strip_nulls(to_jsonb(n) - silent),
    said ->> 'ip', said ->> 'agent', said ->> 'request'
  from fresh n;
  return null;
end $$;

create function core.log_change() returns trigger language plpgsql
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
      where o.value is distinct from n.value and right(o.key, 5) <> '_bidx' and o.key not in ('version', 'updated_at', 'updated_by');
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
    was := to_jsonb(old);
  end if;
  insert into core.audit_logs (tenant_id, actor_id, action, resource, resource_id, version, before, after, ip_address, user_agent, request_id)
  values (coalesce(new.tenant_id, old.tenant_id), nullif(said ->> 'user', '')::uuid, done, tg_argv[0], coalesce(new.id, old.id),
    case when tg_op = 'DELETE' then old.version else new.version end, was, is_now, said ->> 'ip', said ->> 'agent', said ->> 'request');
  return null;
end $$;

-- Puts a table behind the wall: the same few lines for every tenant table, called once by its migration.
create function core.wall(logical text, logged boolean default true) returns void language plpgsql
  set search_path = pg_catalog
as $$
declare
  schema_name text := split_part(logical, '.', 1);
  table_name text := split_part(logical, '.', 2);
begin
  execute format('alter table %I.%I enable row level security', schema_name, table_name);
  execute format('alter table %I.%I force row level security', schema_name, table_name);
  execute format('create policy wall on %I.%I using (tenant_id = core.tenant_id()) with check (tenant_id = core.tenant_id())', schema_name, table_name);
  if logged then
    execute format('grant select, insert, update on %I.%I to balai_app', schema_name, table_name);
    execute format('create trigger touch before update on %I.%I for each row execute function core.touch()', schema_name, table_name);
    execute format('create trigger log_insert after insert on %I.%I referencing new table as fresh for each statement execute function core.log_insert(%L)', schema_name, table_name, logical);
    execute format('create trigger log_change after update or delete on %I.%I for each row execute function core.log_change(%L)', schema_name, table_name, logical);
  end if;
end $$;

select core.wall('core.audit_logs', false);
alter table core.audit_logs_rest enable row level security;
alter table core.audit_logs_rest force row level security;
create policy wall on core.audit_logs_rest using (tenant_id = core.tenant_id());
grant select, insert on core.audit_logs to balai_app;
create trigger refuse_change before update or delete on core.audit_logs for each row execute function core.refuse_change('core.audit_logs');
create trigger refuse_truncate before truncate on core.audit_logs for each statement execute function core.refuse_change('core.audit_logs');
select core.make_partitions();

-- ── Tenants (global: the directory of communities) ───────────────────────────────────────────────────────────────────

create table core.tenants (
  id uuid primary key,
  code text not null constraint tenants_code_key unique constraint tenants_code_check check (code ~ '^[a-z][a-z0-9-]{1,49}$'),
  name text not null constraint tenants_name_check check (length(name) between 1 and 200),
  kind text not null constraint tenants_kind_check check (kind in ('village', 'estate', 'practice', 'business', 'city')),
  modules text[] not null default '{}',
  description text,
  address text,
  contact_info jsonb not null default '{}',
  settings jsonb not null default '{}',
  logo text,
  locale text not null default 'id' constraint tenants_locale_check check (locale in ('id', 'en')),
  time_zone text not null default 'Asia/Jakarta',
  currency text not null default 'IDR' constraint tenants_currency_check check (currency ~ '^[A-Z]{3}$'),
  status text not null default 'active' constraint tenants_status_check check (status in ('active', 'suspended')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table core.tenants is 'The communities of this installation. Global: read by every request to find its tenant, written only by the operator.';
grant select on core.tenants to balai_app;

-- Data keys of a tenant, wrapped by the master key. Version 0 is the index key, which never rotates.
create table core.tenant_keys (
  tenant_id uuid not null references core.tenants (id),
  version int not null constraint tenant_keys_version_check check (version >= 0),
  wrapped bytea not null,
  master_key_id text not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  constraint tenant_keys_pkey primary key (tenant_id, version)
);
comment on table core.tenant_keys is 'Keys that encrypt personal data, themselves encrypted by the master key, which is not in the database.';
select core.wall('core.tenant_keys', false);
grant select, insert, update on core.tenant_keys to balai_app;

-- ── What happened, in words ──────────────────────────────────────────────────────────────────────────────────────────

create table core.events (
  tenant_id uuid not null,
  id uuid not null,
  name text not null constraint events_name_check check (name ~ '^[a-z_]+\.[a-z_]+$'),
  resource text not null,
  resource_id uuid not null,
  data jsonb not null default '{}',
  actor_id uuid,
  occurred_at timestamptz not null default clock_timestamp(),
  transaction_id xid8 not null default pg_current_xact_id(),
  constraint events_pkey primary key (tenant_id, id)
);
comment on table core.events is 'What people did, in words (registry.citizen_died), written by actions and heard by jobs after commit.';
create index events_by_row on core.events (tenant_id, resource, resource_id, id);
select core.wall('core.events', false);
grant select, insert on core.events to balai_app;
create trigger refuse_change before update or delete on core.events for each row execute function core.refuse_change('core.events');

-- ── Writes that may be sent twice ────────────────────────────────────────────────────────────────────────────────────

create table core.idempotency_keys (
  tenant_id uuid not null,
  user_id uuid not null,
  key text not null constraint idempotency_keys_key_check check (length(key) between 1 and 200),
  request_hash bytea not null,
  status int,
  headers jsonb,
  body text,
  created_at timestamptz not null default now(),
  constraint idempotency_keys_pkey primary key (tenant_id, user_id, key)
);
comment on table core.idempotency_keys is 'Answers already given to a write, by the key its client made: sent again, it is answered again and done once.';
create index idempotency_keys_by_age on core.idempotency_keys (tenant_id, created_at);
select core.wall('core.idempotency_keys', false);
grant select, insert, update, delete on core.idempotency_keys to balai_app;
