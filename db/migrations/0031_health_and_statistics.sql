-- Health records under seal, the monthly statistics of the ledger, and the last runs of upkeep.

create table registry.health_records (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  citizen_id uuid not null,
  height_cm bytea,
  weight_kg bytea,
  blood_pressure bytea,
  chronic_diseases bytea,
  allergies bytea,
  medications bytea,
  vaccinations bytea,
  insurance_type bytea,
  insurance_number bytea,
  emergency_contact bytea,
  emergency_phone bytea,
  last_checkup bytea,
  notes bytea,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint health_records_pkey primary key (tenant_id, id)
);
comment on table registry.health_records is 'Health facts of a resident, one record each. All of them are encrypted, and reading one is noted in the security log.
Lists say only whose record it is and when it last changed.';
create index health_records_by_created_at on registry.health_records (tenant_id, created_at, id);
create index health_records_by_citizen_id on registry.health_records (tenant_id, citizen_id);
create unique index health_records_citizen_id_key on registry.health_records (tenant_id, citizen_id) where deleted_at is null;
select core.wall('registry.health_records');
alter table registry.health_records add constraint health_records_citizen_id_fkey foreign key (tenant_id, citizen_id) references registry.citizens (tenant_id, id);

create table registry.health_measurements (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  citizen_id uuid not null,
  measured_on date not null,
  weight_kg bytea,
  height_cm bytea,
  head_cm bytea,
  notes bytea,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint health_measurements_pkey primary key (tenant_id, id),
  constraint health_measurements_measured_on_check check (measured_on >= '1900-01-01'),
  constraint health_measurements_something_check check (weight_kg is not null or height_cm is not null or head_cm is not null)
);
comment on table registry.health_measurements is 'Weight, height and head circumference of a resident on a day, as weighed at the posyandu. The values are encrypted, and reading them is
noted in the security log; the days are not.';
create index health_measurements_by_measured_on on registry.health_measurements (tenant_id, measured_on, id);
create index health_measurements_by_created_at on registry.health_measurements (tenant_id, created_at, id);
create index health_measurements_by_citizen_id on registry.health_measurements (tenant_id, citizen_id);
create unique index health_measurements_day_key on registry.health_measurements (tenant_id, citizen_id, measured_on) where deleted_at is null;
select core.wall('registry.health_measurements');
alter table registry.health_measurements add constraint health_measurements_citizen_id_fkey foreign key (tenant_id, citizen_id) references registry.citizens (tenant_id, id);

create table registry.population_statistics (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  period date not null,
  year integer not null,
  month integer not null,
  total_male integer not null,
  total_female integer not null,
  total_families integer not null,
  births integer not null,
  deaths integer not null,
  arrivals integer not null,
  departures integer not null,
  migrations integer not null,
  age_0_4 integer not null,
  age_5_9 integer not null,
  age_10_14 integer not null,
  age_15_19 integer not null,
  age_20_24 integer not null,
  age_25_29 integer not null,
  age_30_34 integer not null,
  age_35_39 integer not null,
  age_40_44 integer not null,
  age_45_49 integer not null,
  age_50_54 integer not null,
  age_55_59 integer not null,
  age_60_64 integer not null,
  age_65_69 integer not null,
  age_70_74 integer not null,
  age_75_up integer not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint population_statistics_pkey primary key (tenant_id, id),
  constraint population_statistics_period_check check (period >= '1900-01-01'),
  constraint population_statistics_year_check check (year >= 1900 and year <= 2999),
  constraint population_statistics_month_check check (month >= 1 and month <= 12),
  constraint population_statistics_total_male_check check (total_male >= 0),
  constraint population_statistics_total_female_check check (total_female >= 0),
  constraint population_statistics_total_families_check check (total_families >= 0),
  constraint population_statistics_births_check check (births >= 0),
  constraint population_statistics_deaths_check check (deaths >= 0),
  constraint population_statistics_arrivals_check check (arrivals >= 0),
  constraint population_statistics_departures_check check (departures >= 0),
  constraint population_statistics_migrations_check check (migrations >= 0),
  constraint population_statistics_age_0_4_check check (age_0_4 >= 0),
  constraint population_statistics_age_5_9_check check (age_5_9 >= 0),
  constraint population_statistics_age_10_14_check check (age_10_14 >= 0),
  constraint population_statistics_age_15_19_check check (age_15_19 >= 0),
  constraint population_statistics_age_20_24_check check (age_20_24 >= 0),
  constraint population_statistics_age_25_29_check check (age_25_29 >= 0),
  constraint population_statistics_age_30_34_check check (age_30_34 >= 0),
  constraint population_statistics_age_35_39_check check (age_35_39 >= 0),
  constraint population_statistics_age_40_44_check check (age_40_44 >= 0),
  constraint population_statistics_age_45_49_check check (age_45_49 >= 0),
  constraint population_statistics_age_50_54_check check (age_50_54 >= 0),
  constraint population_statistics_age_55_59_check check (age_55_59 >= 0),
  constraint population_statistics_age_60_64_check check (age_60_64 >= 0),
  constraint population_statistics_age_65_69_check check (age_65_69 >= 0),
  constraint population_statistics_age_70_74_check check (age_70_74 >= 0),
  constraint population_statistics_age_75_up_check check (age_75_up >= 0)
);
comment on table registry.population_statistics is 'The population at the end of a month and what happened in it, counted from the ledger. Ages are those of the last day.';
create index population_statistics_by_period on registry.population_statistics (tenant_id, period, id);
create index population_statistics_by_created_at on registry.population_statistics (tenant_id, created_at, id);
create unique index population_statistics_period_key on registry.population_statistics (tenant_id, period) where deleted_at is null;
select core.wall('registry.population_statistics');
-- Derived rows are not corrected: they are taken away and counted again.
grant delete on registry.population_statistics to balai_app;

-- A month is never told wrongly: what is booked in it or before it takes its row away, until it is counted again.
create function registry.forget_statistics() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  -- Not while the months are being counted: neither would see what the other has just written. Only for months that may be over.
  perform pg_advisory_xact_lock_shared(hashtextextended(f.tenant_id::text, 7211031)) from fresh f
    where date_trunc('month', f.booked_on) + interval '1 month' <= current_date + 1 group by f.tenant_id;
  delete from registry.population_statistics s
    using (select f.tenant_id, min(f.booked_on) as since from fresh f group by f.tenant_id) x
    where s.tenant_id = x.tenant_id and s.period >= date_trunc('month', x.since)::date;
  return null;
end $$;
create trigger forget_statistics after insert on registry.citizen_spans
  referencing new table as fresh for each statement execute function registry.forget_statistics();

-- What the installation does by itself (balai upkeep): when each duty last ran and what came of it. Global: duties belong to the house.
create table core.upkeep_runs (
  name text primary key constraint upkeep_runs_name_check check (length(name) between 1 and 100),
  started_at timestamptz not null,
  ended_at timestamptz not null,
  failed boolean not null,
  result jsonb not null
);
comment on table core.upkeep_runs is 'The last run of each duty of upkeep: when, whether it went well, and counts. No personal data.';
