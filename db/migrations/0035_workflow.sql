-- How records move: only by declared moves, each written down by the database itself; clocks for deadlines, and the days nobody works
-- (docs/decisions/0023).

-- Moves are told as module.resource.noun: letters.letter_requests.refusal.
alter table core.events
  drop constraint events_name_check,
  add constraint events_name_check check (name ~ '^[a-z_]+(\.[a-z_-]+){1,2}$');

-- ── Every change of a state ──────────────────────────────────────────────────────────────────────────────────────────

create table core.status_history (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null default core.new_id(),
  resource text not null,
  resource_id uuid not null,
  from_state text,
  to_state text not null,
  move text,
  actor_id uuid,
  note text,
  occurred_at timestamptz not null default clock_timestamp(),
  constraint status_history_pkey primary key (tenant_id, id),
  constraint status_history_note_check check (length(note) <= 20000)
);
comment on table core.status_history is 'Which record was in which state from when, by which move and by whom; no actor = by itself, no move = how it began. Written by the database with the change itself; never updated or deleted.';
create index status_history_by_row on core.status_history (tenant_id, resource, resource_id, occurred_at, id);
select core.wall('core.status_history', false);
grant select, insert on core.status_history to balai_app;
create trigger refuse_change before update or delete on core.status_history for each row execute function core.refuse_change('core.status_history');
create trigger refuse_truncate before truncate on core.status_history for each statement execute function core.refuse_change('core.status_history');
-- Written by the triggers below and by nothing else.
create trigger refuse_insert before insert on core.status_history for each row when (pg_trigger_depth() = 0) execute function core.refuse_change('core.status_history');

-- ── Clocks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Beside the record, not in it: a holiday that is added must not make a new version of every record that waits.
create table core.workflow_clocks (
  tenant_id uuid not null references core.tenants (id),
  resource text not null,
  resource_id uuid not null,
  state text not null,
  entered_at timestamptz not null,
  clock_state text,
  started_at timestamptz,
  due_at timestamptz,
  paused_at timestamptz,
  told_for timestamptz,
  next_at timestamptz,
  next_move text,
  constraint workflow_clocks_pkey primary key (tenant_id, resource, resource_id),
  constraint workflow_clocks_started_check check ((clock_state is null) = (started_at is null))
);
comment on table core.workflow_clocks is 'What a record waits for: its state, the clock that state started, and when there is something to do. Follows from the status history, the declared workflow, the hours and the holidays; next_at = -infinity asks for it to be worked out (again).';
create index workflow_clocks_by_next_at on core.workflow_clocks (tenant_id, next_at) where next_at is not null;
create index workflow_clocks_by_due_at on core.workflow_clocks (tenant_id, resource, due_at) where due_at is not null;
select core.wall('core.workflow_clocks', false);
grant select, insert, update on core.workflow_clocks to balai_app;

-- Says which move a row is about to make and what its maker noted, for the rest of the transaction. A command, not set_config(): see core.enter.
create function core.announce_move(row_id uuid, move text, note text) returns void language plpgsql
  set search_path = pg_catalog
as $$
begin
  execute format('set local app.move = %L', jsonb_build_object('row', row_id, 'move', move, 'note', note)::text);
end $$;

-- Keeps a workflow. Arguments: logical name of the resource, column, first state, then noun:from>to for each way there is.
create function core.keep_workflow() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
declare
  said jsonb := nullif(current_setting('app.move', true), '')::jsonb;
  context jsonb := nullif(current_setting('app.context', true), '')::jsonb;
  was text;
  is_now text;
  ways text[];
  way text;
  moment timestamptz := clock_timestamp();
begin
  execute format('select ($1).%I::text', tg_argv[1]) into is_now using new;
  if (said ->> 'row')::uuid is distinct from new.id then
    said := null;
  end if;
  if tg_op = 'INSERT' then
    if is_now is distinct from tg_argv[2] then
      raise exception '% begins as %, not as %', tg_argv[0], tg_argv[2], is_now
        using errcode = 'check_violation', constraint = split_part(tg_argv[0], '.', 2) || '_moves';
    end if;
  else
    execute format('select ($1).%I::text', tg_argv[1]) into was using old;
    -- An array in a trigger's arguments begins at 0.
    select coalesce(array_agg(split_part(a, ':', 1)), '{}') into ways from unnest(tg_argv[3:]) a where split_part(a, ':', 2) = was || '>' || is_now;
    if cardinality(ways) = 0 then
      raise exception 'no move of % leads from % to %', tg_argv[0], was, is_now
        using errcode = 'check_violation', constraint = split_part(tg_argv[0], '.', 2) || '_moves';
    end if;
    way := case
      when said ->> 'move' = any (ways) then said ->> 'move'
      when context ->> 'doing' = any (ways) then context ->> 'doing'
      else ways[1]
    end;
  end if;
  insert into core.status_history (tenant_id, resource, resource_id, from_state, to_state, move, actor_id, note, occurred_at)
  values (new.tenant_id, tg_argv[0], new.id, was, is_now, way, nullif(context ->> 'user', '')::uuid, said ->> 'note', moment);
  insert into core.workflow_clocks (tenant_id, resource, resource_id, state, entered_at, next_at)
  values (new.tenant_id, tg_argv[0], new.id, is_now, moment, '-infinity')
  on conflict (tenant_id, resource, resource_id) do update
    set state = excluded.state, entered_at = excluded.entered_at, next_at = excluded.next_at, next_move = null,
      clock_state = null, started_at = null, due_at = null, paused_at = null;
  return null;
end $$;

-- ── Days nobody works ────────────────────────────────────────────────────────────────────────────────────────────────

create table core.holidays (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  date date not null,
  name text not null,
  yearly boolean not null default false,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint holidays_pkey primary key (tenant_id, id),
  constraint holidays_date_check check (date >= '2000-01-01'),
  constraint holidays_name_check check (length(name) between 1 and 100)
);
comment on table core.holidays is 'A day on which nobody works: deadlines in working hours pass over it.';
create index holidays_by_date on core.holidays (tenant_id, date, id);
create index holidays_by_created_at on core.holidays (tenant_id, created_at, id);
create index holidays_search_name on core.holidays using gin (tenant_id, name gin_trgm_ops);
create unique index holidays_date_key on core.holidays (tenant_id, date) where deleted_at is null;
select core.wall('core.holidays');

-- Another holiday, other hours or another deadline: every clock that runs or stands is worked out again within minutes.
create function core.ask_for_clocks() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  update core.workflow_clocks set next_at = '-infinity'
   where tenant_id = new.tenant_id and (clock_state is not null or next_at is not null) and next_at is distinct from '-infinity';
  return null;
end $$;
create trigger ask_for_clocks after insert or update on core.holidays for each row execute function core.ask_for_clocks();
create trigger ask_for_clocks after insert or update on core.settings for each row execute function core.ask_for_clocks();
