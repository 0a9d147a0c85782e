-- When and from where a role may come in; how a membership begins, changes and ends; and the PIN of its member (docs/decisions/0012).

-- ── Access rules ─────────────────────────────────────────────────────────────────────────────────────────────────────

create table core.access_rules (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  description text not null,
  role_id uuid not null,
  weekdays text[] not null default '{}',
  from_time text,
  until_time text,
  networks text[] not null default '{}',
  is_active boolean not null default true,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint access_rules_pkey primary key (tenant_id, id),
  constraint access_rules_description_check check (length(description) between 1 and 100),
  constraint access_rules_from_time_check check (length(from_time) <= 5 and from_time ~ '^(([01][0-9]|2[0-3]):[0-5][0-9])$'),
  constraint access_rules_until_time_check check (length(until_time) <= 5 and until_time ~ '^(([01][0-9]|2[0-3]):[0-5][0-9])$'),
  constraint access_rules_weekdays_check check (weekdays <@ array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
  constraint access_rules_hours_check check (from_time <> until_time)
);
comment on table core.access_rules is 'When and from where the members of a role may come in. A role without active rules is free; with rules, one of them must fit.';
create index access_rules_by_created_at on core.access_rules (tenant_id, created_at, id);
create index access_rules_by_role_id on core.access_rules (tenant_id, role_id);
select core.wall('core.access_rules');
alter table core.access_rules add constraint access_rules_role_id_fkey foreign key (tenant_id, role_id) references core.roles (tenant_id, id);

-- ── Memberships: suspended with a reason, or until a day ─────────────────────────────────────────────────────────────

alter table core.memberships
  add column role_reason text constraint memberships_role_reason_check check (length(role_reason) <= 500),
  add column suspended_reason text constraint memberships_suspended_reason_check check (length(suspended_reason) <= 500),
  add column expires_on date constraint memberships_expires_on_check check (expires_on >= '2000-01-01'),
  drop constraint memberships_status_check,
  add constraint memberships_status_check check (status in ('active', 'inactive', 'suspended')),
  add constraint memberships_suspended_why_check check (status <> 'suspended' or suspended_reason is not null);
comment on column core.memberships.role_reason is 'Why the member has their present role; core.role_history keeps the former ones.';
comment on column core.memberships.expires_on is 'The last day of the membership, in the time zone of the community; null = without end.';

-- ── Every change of a role ───────────────────────────────────────────────────────────────────────────────────────────

create table core.role_history (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  membership_id uuid not null,
  from_role_id uuid,
  to_role_id uuid not null,
  reason text,
  changed_by_id uuid,
  automatic boolean not null default false,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint role_history_pkey primary key (tenant_id, id),
  constraint role_history_reason_check check (length(reason) <= 500)
);
comment on table core.role_history is 'Who had which role from when, why, and by whom it was given. Written by the database with the change itself; never updated or deleted.';
create index role_history_by_created_at on core.role_history (tenant_id, created_at, id);
create index role_history_by_membership_id on core.role_history (tenant_id, membership_id);
create index role_history_by_from_role_id on core.role_history (tenant_id, from_role_id) where from_role_id is not null;
create index role_history_by_to_role_id on core.role_history (tenant_id, to_role_id);
create index role_history_by_changed_by_id on core.role_history (tenant_id, changed_by_id) where changed_by_id is not null;
select core.wall('core.role_history');
revoke update on core.role_history from balai_app;
create trigger refuse_change before update or delete on core.role_history for each row execute function core.refuse_change('core.role_history');
alter table core.role_history
  add constraint role_history_membership_id_fkey foreign key (tenant_id, membership_id) references core.memberships (tenant_id, id),
  add constraint role_history_from_role_id_fkey foreign key (tenant_id, from_role_id) references core.roles (tenant_id, id),
  add constraint role_history_to_role_id_fkey foreign key (tenant_id, to_role_id) references core.roles (tenant_id, id),
  add constraint role_history_changed_by_id_fkey foreign key (tenant_id, changed_by_id) references core.memberships (tenant_id, id);

-- Those who are members already had their role from the day they came. Row by row: the wall stands for the owner too.
do $$
declare
  place uuid;
  m record;
begin
  for place in select id from core.tenants loop
    perform core.enter(place);
    for m in select id, role_id, created_at from core.memberships where tenant_id = place loop
      insert into core.role_history (tenant_id, id, membership_id, to_role_id, automatic, created_at)
      values (place, core.new_id(), m.id, m.role_id, true, m.created_at);
    end loop;
  end loop;
  perform core.enter(null);
end $$;

-- The history of roles follows the membership itself, so no way of changing a role can forget it.
create function core.note_role() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
declare
  said jsonb := nullif(current_setting('app.context', true), '')::jsonb;
  person uuid := nullif(said ->> 'user', '')::uuid;
  giver uuid;
begin
  select m.id into giver from core.memberships m where m.tenant_id = new.tenant_id and m.user_id = person and m.deleted_at is null;
  insert into core.role_history (tenant_id, id, membership_id, from_role_id, to_role_id, reason, changed_by_id, automatic, created_by)
  values (new.tenant_id, core.new_id(), new.id, case when tg_op = 'UPDATE' then old.role_id end, new.role_id, new.role_reason, giver, person is null, person);
  return null;
end $$;
create trigger note_role after insert on core.memberships for each row execute function core.note_role();
create trigger note_new_role after update on core.memberships for each row when (old.role_id is distinct from new.role_id) execute function core.note_role();

-- ── PINs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Beside the membership, not in it: neither its answers nor the change log may ever carry a hash, and counting tries must not make new versions.
create table core.member_pins (
  tenant_id uuid not null references core.tenants (id),
  membership_id uuid not null,
  hash text not null,
  failures int not null default 0,
  locked_until timestamptz,
  set_at timestamptz not null default now(),
  constraint member_pins_pkey primary key (tenant_id, membership_id),
  constraint member_pins_membership_fkey foreign key (tenant_id, membership_id) references core.memberships (tenant_id, id),
  constraint member_pins_failures_check check (failures >= 0)
);
comment on table core.member_pins is 'The PIN of a member: argon2id with a pepper made of the master key. failures counts tries since the last right one, before they are looked at.';
select core.wall('core.member_pins', false);
grant select, insert, update, delete on core.member_pins to balai_app;
