-- The operator above the communities: who they are, plans and subscriptions, usage by day, long work that outlives a community, and
-- certificates of deletion. Global tables here hold no resident's data; what belongs to one community stays behind its wall.

-- ── The life of a community ──────────────────────────────────────────────────────────────────────────────────────────

alter table core.tenants drop constraint tenants_status_check;
alter table core.tenants
  add column suspended_at timestamptz,
  add column suspended_reason text constraint tenants_suspended_reason_check check (length(suspended_reason) <= 500),
  add column deletion_asked_at timestamptz,
  add column deletion_asked_by uuid,
  add column delete_after timestamptz,
  add column removal_began_at timestamptz,
  add column status_before text constraint tenants_status_before_check check (status_before in ('active', 'suspended')),
  add constraint tenants_status_check check (status in ('active', 'suspended', 'deleting')),
  add constraint tenants_deletion_check check ((status = 'deleting') = (delete_after is not null and status_before is not null));
create index tenants_by_name on core.tenants (lower(name), id);
comment on column core.tenants.delete_after is 'The end of the time in which a deletion can still be called back.';
comment on column core.tenants.removal_began_at is 'Rows have begun to go: from here there is no way back.';

-- ── Operators ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Not granted to the application role: only the house itself reads it, as the owner.
create table core.operators (
  user_id uuid primary key references core.users (id) on delete cascade,
  added_at timestamptz not null default now()
);
comment on table core.operators is 'Who runs the installation: makes, suspends and deletes communities. Not a member of any by that.';

create table core.operator_confirmations (
  session_id uuid primary key,
  user_id uuid not null references core.users (id) on delete cascade,
  confirmed_at timestamptz not null default now()
);
comment on table core.operator_confirmations is 'When an operator last gave their password again, per session: grave acts ask for the last ten minutes.';

-- ── Plans ────────────────────────────────────────────────────────────────────────────────────────────────────────────

create table core.plans (
  id uuid primary key,
  code text not null constraint plans_code_key unique constraint plans_code_check check (code ~ '^[a-z][a-z0-9-]{1,49}$'),
  name text not null constraint plans_name_check check (length(name) between 1 and 100),
  description text constraint plans_description_check check (length(description) <= 500),
  price numeric(18,2) not null default 0 constraint plans_price_check check (price >= 0),
  currency text not null default 'IDR' constraint plans_currency_check check (currency ~ '^[A-Z]{3}$'),
  period text not null default 'month' constraint plans_period_check check (period in ('month', 'year')),
  limits jsonb not null default '{}' constraint plans_limits_check check (jsonb_typeof(limits) = 'object'),
  modules text[],
  offered boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table core.plans is 'What the installation offers. Global: the same for every community.';
comment on column core.plans.limits is 'users, rows, storage_mb, api_calls_per_day; what is absent has no limit.';
comment on column core.plans.modules is 'Modules that may be switched on; null = all.';
grant select on core.plans to balai_app;

alter table core.tenants add column plan_id uuid references core.plans (id);
create index tenants_by_plan on core.tenants (plan_id);
comment on column core.tenants.plan_id is 'The plan whose limits hold now; null = no limits. Since when, and until: core.subscriptions.';

create table core.subscriptions (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  plan_id uuid not null references core.plans (id),
  status text not null default 'active' constraint subscriptions_status_check check (status in ('trial', 'active', 'past_due', 'cancelled')),
  period_start date not null,
  period_end date,
  usage jsonb not null default '{}',
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  created_by uuid,
  constraint subscriptions_pkey primary key (tenant_id, id),
  constraint subscriptions_period_check check (period_end is null or period_end >= period_start)
);
create unique index subscriptions_current_key on core.subscriptions (tenant_id) where ended_at is null;
create index subscriptions_by_start on core.subscriptions (tenant_id, started_at);
comment on table core.subscriptions is 'Which plan a community has had since when. At most one is not ended; none = no limits.';
comment on column core.subscriptions.usage is 'What was in use when it was last counted, as in usage_days.';
select core.wall('core.subscriptions', false);
grant select on core.subscriptions to balai_app;

create table core.usage_days (
  tenant_id uuid not null references core.tenants (id),
  day date not null,
  users int not null default 0,
  rows jsonb not null default '{}',
  row_total bigint not null default 0,
  storage_bytes bigint not null default 0,
  api_calls bigint not null default 0,
  counted_at timestamptz,
  constraint usage_days_pkey primary key (tenant_id, day)
);
comment on table core.usage_days is 'What a community uses, a line per day in its own time zone: members, rows by module, bytes, requests.';
select core.wall('core.usage_days', false);
grant select, insert, update on core.usage_days to balai_app;

-- A community has at most as many active members as its plan allows, whoever adds them. Two at once wait for each other.
create function core.keep_plan_users() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
declare
  most int;
  there int;
begin
  if tg_op = 'UPDATE' and old.status = 'active' and old.deleted_at is null then
    return new;
  end if;
  select (p.limits ->> 'users')::int into most from core.tenants t join core.plans p on p.id = t.plan_id where t.id = new.tenant_id;
  if most is null then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('core.memberships ' || new.tenant_id::text, 0));
  select count(*) into there from core.memberships m
    where m.tenant_id = new.tenant_id and m.status = 'active' and m.deleted_at is null and m.id <> new.id;
  if there >= most then
    raise exception 'the plan allows % members', most using errcode = 'PL409', detail = json_build_object('limit', 'users', 'most', most)::text;
  end if;
  return new;
end $$;
create trigger keep_plan_users before insert or update of status, deleted_at on core.memberships
  for each row when (new.status = 'active' and new.deleted_at is null) execute function core.keep_plan_users();

-- ── Long work of the operator ────────────────────────────────────────────────────────────────────────────────────────

-- Not the jobs of a community: those pause with it and go with it.
create table core.platform_work (
  id uuid primary key,
  kind text not null constraint platform_work_kind_check check (kind in ('export', 'erase')),
  community_id uuid not null,
  status text not null default 'queued' constraint platform_work_status_check check (status in ('queued', 'running', 'succeeded', 'failed')),
  done bigint not null default 0,
  total bigint not null default 0,
  doing jsonb,
  input jsonb not null default '{}',
  result jsonb,
  error jsonb,
  attempts int not null default 0,
  lease_by uuid,
  lease_until timestamptz,
  asked_by uuid,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index platform_work_by_community on core.platform_work (community_id, id);
create index platform_work_open on core.platform_work (created_at) where status in ('queued', 'running');
create unique index platform_work_one_at_a_time on core.platform_work (community_id, kind) where status in ('queued', 'running');
comment on table core.platform_work is 'Exports and deletions of whole communities. Whoever works on one holds a lease; when it runs out another process goes on.';

create table core.deletions (
  id uuid primary key,
  community_id uuid not null constraint deletions_community_key unique,
  code_hash bytea not null,
  asked_at timestamptz not null,
  asked_by uuid,
  began_at timestamptz not null,
  deleted_at timestamptz,
  counts jsonb not null default '{}',
  row_total bigint not null default 0,
  seal_head text,
  master_key_ids text[] not null default '{}',
  digest bytea
);
comment on table core.deletions is 'Certificates: that a community was deleted, when, by whom, how many rows of which table. Holds no name and no code.';
comment on column core.deletions.code_hash is 'SHA-256 of the community''s code: proves which one it was to whoever knows the code.';
comment on column core.deletions.seal_head is 'The last seal of its change log, to be compared with a copy kept elsewhere.';
comment on column core.deletions.digest is 'SHA-256 of the certificate as it was issued; from then on it does not change.';

-- A certificate grows while rows are being removed, and is closed by its digest.
create function core.keep_certificate() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  if tg_op = 'DELETE' or old.digest is not null then
    raise exception 'a certificate of deletion does not change' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger keep_certificate before update or delete on core.deletions for each row execute function core.keep_certificate();
create trigger refuse_truncate before truncate on core.deletions for each statement execute function core.refuse_change('core.deletions');
