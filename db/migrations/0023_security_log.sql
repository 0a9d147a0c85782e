-- Security events beside the change log, and the seals over both: hashes of every row, chained, which the application can only read.

-- ── What happened at the doors ───────────────────────────────────────────────────────────────────────────────────────

create table core.security_events (
  tenant_id uuid not null,
  id uuid not null default core.new_id(),
  occurred_at timestamptz not null default clock_timestamp(),
  kind text not null constraint security_events_kind_check check (kind ~ '^[a-z_]{2,40}$'),
  times int not null default 1 constraint security_events_times_check check (times >= 1),
  user_id uuid,
  actor_name text,
  ip text,
  user_agent text,
  request_id text,
  detail jsonb not null default '{}',
  transaction_id xid8 not null default pg_current_xact_id(),
  constraint security_events_pkey primary key (tenant_id, occurred_at, id)
) partition by range (occurred_at);
comment on table core.security_events is
  'Sign-ins, refusals, lockouts, reads of secrets, exports. The platform''s own are kept under the nil UUID. Never updated or deleted; dropped by whole months.';
comment on column core.security_events.times is 'How often, when many alike were counted instead of written.';
comment on column core.security_events.detail is 'Names of things, never values of people.';
create table core.security_events_rest partition of core.security_events default;
create index security_events_by_kind on core.security_events (tenant_id, kind, occurred_at, id);
create index security_events_by_user on core.security_events (tenant_id, user_id, occurred_at, id) where user_id is not null;
create index security_events_by_transaction on core.security_events (tenant_id, transaction_id, id);
select core.wall('core.security_events', false);
alter table core.security_events_rest enable row level security;
alter table core.security_events_rest force row level security;
create policy wall on core.security_events_rest using (tenant_id = core.tenant_id());
grant select, insert on core.security_events to balai_app;
create trigger refuse_change before update or delete on core.security_events for each row execute function core.refuse_change('core.security_events');
create trigger refuse_truncate before truncate on core.security_events for each statement execute function core.refuse_change('core.security_events');

-- In the order in which changes became final: what sealing, sync and every other reader with a cursor goes by.
create index audit_logs_by_transaction on core.audit_logs (tenant_id, transaction_id, id);

-- Makes the month partitions of both logs from this month on. Run by the owner at start and daily; the default partitions stay empty.
create or replace function core.make_partitions(months int default 3) returns int language plpgsql
  set search_path = pg_catalog
as $$
declare
  log text;
  part text;
  starts date;
  made int := 0;
begin
  foreach log in array array['audit_logs', 'security_events'] loop
    for m in 0 .. months loop
      starts := (date_trunc('month', now() at time zone 'UTC') + make_interval(months => m))::date;
      part := log || '_' || to_char(starts, 'YYYYMM');
      if to_regclass(format('core.%I', part)) is null then
        execute format('create table core.%I partition of core.%I for values from (%L) to (%L)',
          part, log, starts::timestamp at time zone 'UTC', (starts + interval '1 month') at time zone 'UTC');
        execute format('alter table core.%I enable row level security', part);
        execute format('alter table core.%I force row level security', part);
        execute format('create policy wall on core.%I using (tenant_id = core.tenant_id())', part);
        made := made + 1;
      end if;
    end loop;
  end loop;
  return made;
end $$;
select core.make_partitions();

-- ── Seals ────────────────────────────────────────────────────────────────────────────────────────────────────────────

create table core.audit_seals (
  tenant_id uuid not null,
  log text not null constraint audit_seals_log_check check (log in ('core.audit_logs', 'core.security_events')),
  sequence bigint not null constraint audit_seals_sequence_check check (sequence >= 1),
  act text not null constraint audit_seals_act_check check (act in ('sealed', 'dropped', 'restored')),
  era int not null constraint audit_seals_era_check check (era >= 1),
  era_from timestamptz,
  month date not null,
  from_transaction xid8,
  from_id uuid,
  to_transaction xid8,
  to_id uuid,
  through xid8,
  row_count int not null constraint audit_seals_row_count_check check (row_count >= 0),
  entries bytea not null,
  rows_digest bytea not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  constraint audit_seals_pkey primary key (tenant_id, log, sequence)
);
comment on table core.audit_seals is
  'Seals over the change log and the security log: what every row was, and the seal before. Written by the owner only; docs/decisions/0013 says how.';
comment on column core.audit_seals.era is 'Grows when a database was restored into a server whose transaction numbers began anew.';
comment on column core.audit_seals.era_from is 'Rows of this era occurred after this moment; null in the first.';
comment on column core.audit_seals.month is 'First day of the UTC month whose rows it seals.';
comment on column core.audit_seals.through is 'Every transaction before this one was over and is sealed; null when more rows were waiting.';
comment on column core.audit_seals.entries is 'For every row, in order: its id (16 bytes) and the first half of the SHA-256 of its canonical form.';
comment on column core.audit_seals.rows_digest is 'SHA-256 of the whole hashes of the rows, one after the other.';
alter table core.audit_seals alter column entries set storage external;
create index audit_seals_by_month on core.audit_seals (tenant_id, log, month, sequence);
select core.wall('core.audit_seals', false);
grant select on core.audit_seals to balai_app;
create trigger refuse_change before update or delete on core.audit_seals for each row execute function core.refuse_change('core.audit_seals');
create trigger refuse_truncate before truncate on core.audit_seals for each statement execute function core.refuse_change('core.audit_seals');
