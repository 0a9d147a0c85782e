-- Long work that a person can watch, and imports: what was uploaded, what a dry run said of every row, what came of it.
-- The queue itself (schema jobs) belongs to pg-boss and is prepared by kernel/jobs/queue.ts.

create table core.jobs (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  name text not null constraint jobs_name_check check (length(name) between 1 and 100),
  label jsonb not null,
  status text not null default 'queued' constraint jobs_status_check
    check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  done int not null default 0,
  total int not null default 0,
  doing jsonb,
  input jsonb not null default '{}',
  result jsonb,
  error jsonb,
  key text constraint jobs_key_length check (length(key) between 1 and 200),
  queue_id uuid not null,
  started_by uuid,
  origin jsonb not null default '{}',
  attempts int not null default 0,
  cancel_requested boolean not null default false,
  started_at timestamptz,
  finished_at timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint jobs_pkey primary key (tenant_id, id)
);
comment on table core.jobs is 'Long work: who started it, how far it is, what came of it. Input and result carry no personal data.';
comment on column core.jobs.key is 'Started again with the same key, it is the same job.';
comment on column core.jobs.queue_id is 'The turn in the queue that may run it: an older turn finds itself overtaken and does nothing.';
create unique index jobs_key_key on core.jobs (tenant_id, key) where key is not null;
create index jobs_by_person on core.jobs (tenant_id, started_by, id);
select core.wall('core.jobs', false);
create trigger touch before update on core.jobs for each row execute function core.touch();
grant select, insert, update, delete on core.jobs to balai_app;

create table core.imports (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  importer text not null constraint imports_importer_check check (length(importer) between 1 and 100),
  file_name text not null constraint imports_file_name_check check (length(file_name) between 1 and 255),
  status text not null default 'uploaded' constraint imports_status_check
    check (status in ('uploaded', 'checking', 'checked', 'applying', 'applied', 'failed', 'cancelled')),
  sheet jsonb not null,
  mapping jsonb not null,
  counts jsonb,
  totals jsonb,
  error jsonb,
  rounds int not null default 0,
  digest bytea,
  job_id uuid,
  notes bytea,
  file bytea,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint imports_pkey primary key (tenant_id, id),
  constraint imports_job_id_fkey foreign key (tenant_id, job_id) references core.jobs (tenant_id, id)
);
comment on table core.imports is
  'Files people import. The file is sealed and leaves when it was applied or is a week old; the verdicts leave after a month.';
comment on column core.imports.rounds is 'How many dry runs were asked for: the work of an earlier round no longer counts.';
comment on column core.imports.digest is 'What the dry run said, in short: applying it must find the same.';
create index imports_by_job on core.imports (tenant_id, job_id);
select core.wall('core.imports', false);
create trigger touch before update on core.imports for each row execute function core.touch();
grant select, insert, update, delete on core.imports to balai_app;

create table core.import_verdicts (
  tenant_id uuid not null,
  import_id uuid not null,
  row int not null,
  outcome text not null constraint import_verdicts_outcome_check check (outcome in ('new', 'unchanged', 'rejected')),
  warned boolean not null default false,
  said bytea not null,
  constraint import_verdicts_pkey primary key (tenant_id, import_id, row),
  constraint import_verdicts_import_id_fkey foreign key (tenant_id, import_id) references core.imports (tenant_id, id) on delete cascade
);
comment on column core.import_verdicts.said is 'Sealed: the row''s title, errors and warnings. They name people.';
create index import_verdicts_by_outcome on core.import_verdicts (tenant_id, import_id, outcome, row);
select core.wall('core.import_verdicts', false);
grant select, insert, delete on core.import_verdicts to balai_app;
