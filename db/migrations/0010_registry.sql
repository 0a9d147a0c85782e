-- The village register: areas, addresses, families, residents, their events, and the village profile.

create schema registry;
grant usage on schema registry to balai_app;

create table registry.citizens (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  name text not null,
  nik bytea,
  nik_bidx bytea,
  nik_status text not null default 'TEMPORARY',
  gender text not null,
  birth_place text not null,
  birth_date date not null,
  religion text not null,
  education text not null,
  schooling text,
  occupation text not null,
  marital_status text not null,
  blood_type text,
  rhesus text,
  citizenship text not null default 'WNI',
  status text not null default 'ALIVE',
  residency text not null default 'TETAP',
  family_id uuid,
  family_relationship text,
  is_head_of_family boolean not null default false,
  address_id uuid,
  area_id uuid,
  hamlet_id uuid,
  location geography(Point,4326),
  current_address bytea,
  previous_address bytea,
  previous_family_number bytea,
  father_name text,
  father_nik bytea,
  mother_name text,
  mother_nik bytea,
  phone bytea,
  phone_bidx bytea,
  email bytea,
  email_bidx bytea,
  identity_card text,
  card_stage text,
  card_issued_at text,
  card_issued_on date,
  card_tag bytea,
  card_tag_bidx bytea,
  birth_certificate text,
  marriage_certificate text,
  married_on date,
  divorce_certificate text,
  divorced_on date,
  passport_number bytea,
  passport_expires_on date,
  stay_permit_number bytea,
  country_of_origin text,
  birth_time text,
  birthplace_kind text,
  birth_kind text,
  birth_order integer,
  birth_attendant text,
  birth_weight_g integer,
  birth_length_cm integer,
  disability text,
  chronic_illness bytea,
  contraception bytea,
  pregnancy bytea,
  insurance text,
  insurance_number bytea,
  labour_insurance_number bytea,
  ethnicity text,
  literacy text,
  notes text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint citizens_pkey primary key (tenant_id, id),
  constraint citizens_name_check check (length(name) between 1 and 100),
  constraint citizens_nik_status_check check (nik_status in ('PERMANENT', 'TEMPORARY')),
  constraint citizens_gender_check check (gender in ('L', 'P')),
  constraint citizens_birth_place_check check (length(birth_place) <= 100),
  constraint citizens_birth_date_check check (birth_date >= '1900-01-01'),
  constraint citizens_religion_check check (religion in ('ISLAM', 'KRISTEN', 'KATOLIK', 'HINDU', 'BUDDHA', 'KONGHUCU', 'KEPERCAYAAN')),
  constraint citizens_education_check check (education in ('TIDAK_SEKOLAH', 'BELUM_TAMAT_SD', 'SD', 'SMP', 'SMA', 'D1', 'D2', 'D1_D2', 'D3', 'S1', 'S2', 'S3')),
  constraint citizens_schooling_check check (schooling in ('BELUM_TK', 'TK', 'TIDAK_PERNAH', 'SD', 'TIDAK_TAMAT_SD', 'SMP', 'SMA', 'D1', 'D2', 'D3', 'S1', 'S2', 'S3', 'SLB_A', 'SLB_B', 'SLB_C', 'BUTA_HURUF', 'TIDAK_SEDANG')),
  constraint citizens_occupation_check check (length(occupation) <= 100),
  constraint citizens_marital_status_check check (marital_status in ('BELUM_KAWIN', 'KAWIN', 'CERAI_HIDUP', 'CERAI_MATI')),
  constraint citizens_blood_type_check check (blood_type in ('A', 'B', 'AB', 'O', 'TIDAK_TAHU')),
  constraint citizens_rhesus_check check (rhesus in ('POSITIF', 'NEGATIF')),
  constraint citizens_citizenship_check check (citizenship in ('WNI', 'WNA', 'DUA_KEWARGANEGARAAN')),
  constraint citizens_status_check check (status in ('ALIVE', 'DECEASED', 'MOVED', 'MISSING', 'AWAY', 'INVALID')),
  constraint citizens_residency_check check (residency in ('TETAP', 'TIDAK_TETAP')),
  constraint citizens_family_relationship_check check (family_relationship in ('KEPALA_KELUARGA', 'SUAMI', 'ISTRI', 'ANAK', 'MENANTU', 'CUCU', 'ORANG_TUA', 'MERTUA', 'FAMILI_LAIN', 'PEMBANTU', 'LAINNYA')),
  constraint citizens_father_name_check check (length(father_name) <= 100),
  constraint citizens_mother_name_check check (length(mother_name) <= 100),
  constraint citizens_identity_card_check check (identity_card in ('BELUM', 'KTP_EL', 'KIA')),
  constraint citizens_card_stage_check check (card_stage in ('BELUM_WAJIB', 'BELUM_REKAM', 'SUDAH_REKAM', 'CARD_PRINTED', 'PRINT_READY_RECORD', 'CARD_SHIPPED', 'SENT_FOR_PRINTING', 'CARD_ISSUED')),
  constraint citizens_card_issued_at_check check (length(card_issued_at) <= 150),
  constraint citizens_card_issued_on_check check (card_issued_on >= '1900-01-01'),
  constraint citizens_birth_certificate_check check (length(birth_certificate) <= 40),
  constraint citizens_marriage_certificate_check check (length(marriage_certificate) <= 40),
  constraint citizens_married_on_check check (married_on >= '1900-01-01'),
  constraint citizens_divorce_certificate_check check (length(divorce_certificate) <= 40),
  constraint citizens_divorced_on_check check (divorced_on >= '1900-01-01'),
  constraint citizens_passport_expires_on_check check (passport_expires_on >= '1900-01-01'),
  constraint citizens_country_of_origin_check check (length(country_of_origin) <= 50),
  constraint citizens_birth_time_check check (length(birth_time) <= 5 and birth_time ~ '^([0-2][0-9]:[0-5][0-9])$'),
  constraint citizens_birthplace_kind_check check (birthplace_kind in ('RUMAH_SAKIT', 'PUSKESMAS', 'POLINDES', 'RUMAH', 'LAINNYA')),
  constraint citizens_birth_kind_check check (birth_kind in ('TUNGGAL', 'KEMBAR_2', 'KEMBAR_3', 'KEMBAR_4')),
  constraint citizens_birth_order_check check (birth_order >= 1 and birth_order <= 30),
  constraint citizens_birth_attendant_check check (birth_attendant in ('DOKTER', 'BIDAN', 'DUKUN', 'LAINNYA')),
  constraint citizens_birth_weight_g_check check (birth_weight_g >= 200 and birth_weight_g <= 9999),
  constraint citizens_birth_length_cm_check check (birth_length_cm >= 10 and birth_length_cm <= 99),
  constraint citizens_disability_check check (disability in ('FISIK', 'NETRA', 'RUNGU_WICARA', 'MENTAL', 'FISIK_MENTAL', 'LAINNYA', 'TIDAK_ADA')),
  constraint citizens_insurance_check check (insurance in ('TIDAK_PUNYA', 'BPJS_PBI', 'BPJS_NON_PBI', 'BPJS_DAERAH', 'LAINNYA')),
  constraint citizens_ethnicity_check check (length(ethnicity) <= 150),
  constraint citizens_literacy_check check (literacy in ('LATIN', 'DAERAH', 'ARAB', 'ARAB_LATIN', 'ARAB_DAERAH', 'SEMUA')),
  constraint citizens_notes_check check (length(notes) <= 2000),
  constraint citizens_family_check check ((family_id is null) = (family_relationship is null)),
  constraint citizens_birth_date_past_check check (birth_date <= current_date + 1)
);
comment on table registry.citizens is 'A person of the village. NIK and contacts are encrypted.
The status (alive, deceased, moved …) follows from the population events and is never written directly.';
create index citizens_by_name on registry.citizens (tenant_id, name, id);
create index citizens_by_birth_date on registry.citizens (tenant_id, birth_date, id);
create index citizens_by_created_at on registry.citizens (tenant_id, created_at, id);
create index citizens_by_nik on registry.citizens (tenant_id, nik_bidx) where nik_bidx is not null;
create index citizens_by_family_id on registry.citizens (tenant_id, family_id) where family_id is not null;
create index citizens_by_address_id on registry.citizens (tenant_id, address_id) where address_id is not null;
create index citizens_by_area_id on registry.citizens (tenant_id, area_id) where area_id is not null;
create index citizens_by_hamlet_id on registry.citizens (tenant_id, hamlet_id) where hamlet_id is not null;
create index citizens_by_location on registry.citizens using gist (tenant_id, location) where location is not null;
create index citizens_by_phone on registry.citizens (tenant_id, phone_bidx) where phone_bidx is not null;
create index citizens_by_email on registry.citizens (tenant_id, email_bidx) where email_bidx is not null;
create index citizens_by_card_tag on registry.citizens (tenant_id, card_tag_bidx) where card_tag_bidx is not null;
create index citizens_search_name on registry.citizens using gin (tenant_id, name gin_trgm_ops);
create unique index citizens_nik_key on registry.citizens (tenant_id, nik_bidx) where deleted_at is null and (status in ('ALIVE', 'MISSING', 'AWAY'));
create unique index citizens_head_key on registry.citizens (tenant_id, family_id) where deleted_at is null and (is_head_of_family);
select core.wall('registry.citizens');
create table registry.families (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  family_number bytea not null,
  family_number_bidx bytea not null,
  head_name text not null default '',
  needs_head boolean not null default false,
  address_id uuid not null,
  area_id uuid,
  hamlet_id uuid,
  social_status text,
  welfare_class text,
  registered_on date,
  card_printed_on date,
  split_from_id uuid,
  notes text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint families_pkey primary key (tenant_id, id),
  constraint families_head_name_check check (length(head_name) <= 100),
  constraint families_social_status_check check (social_status in ('MAMPU', 'KURANG_MAMPU', 'MISKIN')),
  constraint families_welfare_class_check check (welfare_class in ('PRA_SEJAHTERA', 'SEJAHTERA_1', 'SEJAHTERA_2', 'SEJAHTERA_3', 'SEJAHTERA_3_PLUS')),
  constraint families_registered_on_check check (registered_on >= '1900-01-01'),
  constraint families_card_printed_on_check check (card_printed_on >= '1900-01-01'),
  constraint families_notes_check check (length(notes) <= 2000)
);
comment on table registry.families is 'A family as registered on one family card (KK): its number, where it lives and how it fares.';
create index families_by_head_name on registry.families (tenant_id, head_name, id);
create index families_by_created_at on registry.families (tenant_id, created_at, id);
create index families_by_family_number on registry.families (tenant_id, family_number_bidx);
create index families_by_address_id on registry.families (tenant_id, address_id);
create index families_by_area_id on registry.families (tenant_id, area_id) where area_id is not null;
create index families_by_hamlet_id on registry.families (tenant_id, hamlet_id) where hamlet_id is not null;
create index families_by_split_from_id on registry.families (tenant_id, split_from_id) where split_from_id is not null;
create index families_search_head_name on registry.families using gin (tenant_id, head_name gin_trgm_ops);
create unique index families_family_number_key on registry.families (tenant_id, family_number_bidx) where deleted_at is null;
select core.wall('registry.families');
create table registry.addresses (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  street bytea,
  street_bidx bytea[],
  area_id uuid,
  hamlet_id uuid,
  hamlet text,
  rt text,
  rw text,
  village text,
  district text,
  regency text,
  province text,
  postal_code text,
  location geography(Point,4326),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint addresses_pkey primary key (tenant_id, id),
  constraint addresses_hamlet_check check (length(hamlet) <= 100),
  constraint addresses_rt_check check (length(rt) <= 5 and rt ~ '^([0-9]{1,5})$'),
  constraint addresses_rw_check check (length(rw) <= 5 and rw ~ '^([0-9]{1,5})$'),
  constraint addresses_village_check check (length(village) <= 100),
  constraint addresses_district_check check (length(district) <= 100),
  constraint addresses_regency_check check (length(regency) <= 100),
  constraint addresses_province_check check (length(province) <= 100),
  constraint addresses_postal_code_check check (length(postal_code) <= 5 and postal_code ~ '^([0-9]{5})$')
);
comment on table registry.addresses is 'A place where families live. Village, district, regency and province are taken from the village profile when left empty.';
create index addresses_by_created_at on registry.addresses (tenant_id, created_at, id);
create index addresses_by_street on registry.addresses using gin (tenant_id, street_bidx) where street_bidx is not null;
create index addresses_by_area_id on registry.addresses (tenant_id, area_id) where area_id is not null;
create index addresses_by_hamlet_id on registry.addresses (tenant_id, hamlet_id) where hamlet_id is not null;
create index addresses_by_location on registry.addresses using gist (tenant_id, location) where location is not null;
create index addresses_by_rw_rt on registry.addresses (tenant_id, rw, rt);
select core.wall('registry.addresses');
create table registry.areas (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  kind text not null,
  code text not null,
  parent_id uuid,
  head_id uuid,
  name text not null default '',
  path text not null default '',
  hamlet_id uuid,
  rw_id uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint areas_pkey primary key (tenant_id, id),
  constraint areas_kind_check check (kind in ('hamlet', 'rw', 'rt')),
  constraint areas_code_check check (length(code) between 1 and 50),
  constraint areas_name_check check (length(name) <= 150),
  constraint areas_path_check check (length(path) <= 150),
  constraint areas_number_check check (kind = 'hamlet' or code ~ '^[0-9]{1,5}$'),
  constraint areas_parent_check check ((kind = 'hamlet') = (parent_id is null))
);
comment on table registry.areas is 'A part of the village: a hamlet (dusun), an RW in it, or an RT in an RW or directly in a hamlet.';
create index areas_by_path on registry.areas (tenant_id, path, id);
create index areas_by_name on registry.areas (tenant_id, name, id);
create index areas_by_created_at on registry.areas (tenant_id, created_at, id);
create index areas_by_parent_id on registry.areas (tenant_id, parent_id) where parent_id is not null;
create index areas_by_head_id on registry.areas (tenant_id, head_id) where head_id is not null;
create index areas_by_hamlet_id on registry.areas (tenant_id, hamlet_id) where hamlet_id is not null;
create index areas_by_rw_id on registry.areas (tenant_id, rw_id) where rw_id is not null;
create index areas_search_name on registry.areas using gin (tenant_id, name gin_trgm_ops);
create unique index areas_hamlet_key on registry.areas (tenant_id, kind, code) where deleted_at is null and (parent_id is null);
create unique index areas_code_key on registry.areas (tenant_id, parent_id, kind, code) where deleted_at is null and (parent_id is not null);
select core.wall('registry.areas');
create table registry.population_events (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  citizen_id uuid not null,
  kind text not null,
  occurred_on date not null,
  reported_on date not null,
  status_after text not null,
  family_id uuid,
  place text,
  time_of_day text,
  cause bytea,
  witness text,
  move_kind text,
  destination bytea,
  origin bytea,
  purpose text,
  evidence_number text,
  notes text,
  undoes_id uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint population_events_pkey primary key (tenant_id, id),
  constraint population_events_kind_check check (kind in ('OPENING', 'BIRTH', 'DEATH', 'ARRIVAL', 'DEPARTURE', 'MISSING', 'AWAY', 'RETURN', 'CORRECTION')),
  constraint population_events_occurred_on_check check (occurred_on >= '1900-01-01'),
  constraint population_events_reported_on_check check (reported_on >= '1900-01-01'),
  constraint population_events_status_after_check check (status_after in ('ALIVE', 'DECEASED', 'MOVED', 'MISSING', 'AWAY', 'INVALID')),
  constraint population_events_place_check check (length(place) <= 100),
  constraint population_events_time_of_day_check check (length(time_of_day) <= 5 and time_of_day ~ '^([0-2][0-9]:[0-5][0-9])$'),
  constraint population_events_witness_check check (witness in ('DOKTER', 'TENAGA_KESEHATAN', 'KEPOLISIAN', 'LAINNYA')),
  constraint population_events_move_kind_check check (move_kind in ('ANTAR_DESA', 'ANTAR_KECAMATAN', 'ANTAR_KABUPATEN', 'ANTAR_PROVINSI')),
  constraint population_events_purpose_check check (length(purpose) <= 255),
  constraint population_events_evidence_number_check check (length(evidence_number) <= 50),
  constraint population_events_notes_check check (length(notes) <= 2000),
  constraint population_events_report_check check (reported_on >= occurred_on),
  constraint population_events_undoes_check check ((kind = 'CORRECTION') = (undoes_id is not null))
);
comment on table registry.population_events is 'Birth, death, arrival, departure and the like, with the day it happened and the day it was reported.
Append-only: a mistake is undone by another event. Who recorded it is its created_by.';
create index population_events_by_occurred_on on registry.population_events (tenant_id, occurred_on, id);
create index population_events_by_reported_on on registry.population_events (tenant_id, reported_on, id);
create index population_events_by_created_at on registry.population_events (tenant_id, created_at, id);
create index population_events_by_citizen_id on registry.population_events (tenant_id, citizen_id);
create index population_events_by_family_id on registry.population_events (tenant_id, family_id) where family_id is not null;
create index population_events_by_undoes_id on registry.population_events (tenant_id, undoes_id) where undoes_id is not null;
create unique index population_events_entry_key on registry.population_events (tenant_id, citizen_id) where deleted_at is null and (kind in ('OPENING', 'BIRTH'));
create unique index population_events_undoes_key on registry.population_events (tenant_id, undoes_id) where deleted_at is null and (undoes_id is not null);
select core.wall('registry.population_events');
create table registry.village_profiles (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  name text not null,
  code text not null,
  bps_code text,
  head_name text not null,
  address text,
  postal_code text,
  phone text,
  email text,
  website text,
  logo text,
  description text,
  location geography(Point,4326),
  area_ha numeric(18,2),
  altitude_m numeric(18,2),
  district text,
  district_code text,
  district_head_name text,
  regency text,
  regency_code text,
  province text,
  province_code text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint village_profiles_pkey primary key (tenant_id, id),
  constraint village_profiles_name_check check (length(name) between 1 and 100),
  constraint village_profiles_code_check check (length(code) <= 20 and code ~ '^([0-9]{10,13})$'),
  constraint village_profiles_bps_code_check check (length(bps_code) <= 13 and bps_code ~ '^([0-9]{10,13})$'),
  constraint village_profiles_head_name_check check (length(head_name) <= 100),
  constraint village_profiles_address_check check (length(address) <= 255),
  constraint village_profiles_postal_code_check check (length(postal_code) <= 5 and postal_code ~ '^([0-9]{5})$'),
  constraint village_profiles_phone_check check (length(phone) <= 20),
  constraint village_profiles_email_check check (length(email) <= 100),
  constraint village_profiles_website_check check (length(website) <= 255),
  constraint village_profiles_logo_check check (length(logo) <= 255),
  constraint village_profiles_description_check check (length(description) <= 20000),
  constraint village_profiles_area_ha_check check (area_ha >= 0 and area_ha <= 10000000),
  constraint village_profiles_altitude_m_check check (altitude_m >= -500 and altitude_m <= 6000),
  constraint village_profiles_district_check check (length(district) <= 100),
  constraint village_profiles_district_code_check check (length(district_code) <= 7 and district_code ~ '^([0-9]{6,7})$'),
  constraint village_profiles_district_head_name_check check (length(district_head_name) <= 100),
  constraint village_profiles_regency_check check (length(regency) <= 100),
  constraint village_profiles_regency_code_check check (length(regency_code) <= 4 and regency_code ~ '^([0-9]{4})$'),
  constraint village_profiles_province_check check (length(province) <= 100),
  constraint village_profiles_province_code_check check (length(province_code) <= 2 and province_code ~ '^([0-9]{2})$')
);
comment on table registry.village_profiles is 'The identity of the village: codes, head, office, position and size. New addresses take their place names from here.';
create index village_profiles_by_name on registry.village_profiles (tenant_id, name, id);
create index village_profiles_by_created_at on registry.village_profiles (tenant_id, created_at, id);
create index village_profiles_by_location on registry.village_profiles using gist (tenant_id, location) where location is not null;
create unique index village_profiles_tenant_key on registry.village_profiles (tenant_id) where deleted_at is null;
select core.wall('registry.village_profiles');
alter table registry.citizens add constraint citizens_family_id_fkey foreign key (tenant_id, family_id) references registry.families (tenant_id, id);
alter table registry.citizens add constraint citizens_address_id_fkey foreign key (tenant_id, address_id) references registry.addresses (tenant_id, id);
alter table registry.citizens add constraint citizens_area_id_fkey foreign key (tenant_id, area_id) references registry.areas (tenant_id, id);
alter table registry.citizens add constraint citizens_hamlet_id_fkey foreign key (tenant_id, hamlet_id) references registry.areas (tenant_id, id);
alter table registry.families add constraint families_address_id_fkey foreign key (tenant_id, address_id) references registry.addresses (tenant_id, id);
alter table registry.families add constraint families_area_id_fkey foreign key (tenant_id, area_id) references registry.areas (tenant_id, id);
alter table registry.families add constraint families_hamlet_id_fkey foreign key (tenant_id, hamlet_id) references registry.areas (tenant_id, id);
alter table registry.families add constraint families_split_from_id_fkey foreign key (tenant_id, split_from_id) references registry.families (tenant_id, id);
alter table registry.addresses add constraint addresses_area_id_fkey foreign key (tenant_id, area_id) references registry.areas (tenant_id, id);
alter table registry.addresses add constraint addresses_hamlet_id_fkey foreign key (tenant_id, hamlet_id) references registry.areas (tenant_id, id);
alter table registry.areas add constraint areas_parent_id_fkey foreign key (tenant_id, parent_id) references registry.areas (tenant_id, id);
alter table registry.areas add constraint areas_head_id_fkey foreign key (tenant_id, head_id) references registry.citizens (tenant_id, id);
alter table registry.areas add constraint areas_hamlet_id_fkey foreign key (tenant_id, hamlet_id) references registry.areas (tenant_id, id);
alter table registry.areas add constraint areas_rw_id_fkey foreign key (tenant_id, rw_id) references registry.areas (tenant_id, id);
alter table registry.population_events add constraint population_events_citizen_id_fkey foreign key (tenant_id, citizen_id) references registry.citizens (tenant_id, id);
alter table registry.population_events add constraint population_events_family_id_fkey foreign key (tenant_id, family_id) references registry.families (tenant_id, id);
alter table registry.population_events add constraint population_events_undoes_id_fkey foreign key (tenant_id, undoes_id) references registry.population_events (tenant_id, id);


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
