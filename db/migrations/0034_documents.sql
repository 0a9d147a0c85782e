-- Documents: files under keys of their own, types, documents, versions that never change, and what they are about.

-- The bytes lie in the storage (a folder, or S3), encrypted; here is what is known about them, and the key, itself sealed.
create table core.files (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  provider text not null constraint files_provider_check check (provider in ('folder', 's3')),
  name text not null constraint files_name_check check (length(name) between 1 and 200),
  mime_type text not null constraint files_mime_type_check check (length(mime_type) between 1 and 100),
  size bigint not null constraint files_size_check check (size >= 1),
  stored_size bigint not null constraint files_stored_size_check check (stored_size > size),
  sha256 text not null constraint files_sha256_check check (sha256 ~ '^([0-9a-f]{64})?$'),
  thumbnail_id uuid,
  state text not null constraint files_state_check check (state in ('unclaimed', 'kept')),
  metadata jsonb not null default '{}',
  wrapped_key bytea not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  constraint files_pkey primary key (tenant_id, id),
  constraint files_thumbnail_id_fkey foreign key (tenant_id, thumbnail_id) references core.files (tenant_id, id)
);
comment on table core.files is 'Files in the storage, each encrypted with a key of its own. Unclaimed ones are uploads that became no document yet; they leave within a day.';
comment on column core.files.wrapped_key is 'The file''s key, sealed with the community''s data key: rotating that one leaves the file as it is.';
create index files_unclaimed on core.files (tenant_id, created_at) where state = 'unclaimed';
create index files_by_thumbnail on core.files (tenant_id, thumbnail_id) where thumbnail_id is not null;
select core.wall('core.files', false);
grant select, insert, update, delete on core.files to balai_app;

create table core.document_types (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  name text not null,
  category text not null,
  description text,
  tags text[] not null default '{}',
  authority text,
  mime_types text[] not null default '{}',
  max_bytes integer,
  personal boolean not null default true,
  metadata jsonb not null default '{}',
  name_sort text collate "C" generated always as (core.sort_key(name)) stored not null,
  category_sort text collate "C" generated always as (core.sort_key(category)) stored not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint document_types_pkey primary key (tenant_id, id),
  constraint document_types_name_check check (length(name) between 1 and 100),
  constraint document_types_category_check check (length(category) between 1 and 100),
  constraint document_types_description_check check (length(description) <= 500),
  constraint document_types_authority_check check (length(authority) <= 200),
  constraint document_types_max_bytes_check check (max_bytes >= 1 and max_bytes <= 2000000000)
);
comment on table core.document_types is 'A kind of document: what it is called, who issues it, and which files it takes. One that is in use cannot be deleted.';
create index document_types_by_name on core.document_types (tenant_id, name_sort, id);
create index document_types_by_category on core.document_types (tenant_id, category_sort, id);
create index document_types_by_created_at on core.document_types (tenant_id, created_at, id);
create index document_types_search_name on core.document_types using gin (tenant_id, name gin_trgm_ops);
create unique index document_types_name_key on core.document_types (tenant_id, name, category) where deleted_at is null;
select core.wall('core.document_types');

create table core.documents (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  title text not null,
  type_id uuid not null,
  description text,
  status text not null default 'valid',
  authority text,
  tags text[] not null default '{}',
  latest_version_id uuid,
  title_sort text collate "C" generated always as (core.sort_key(title)) stored not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint documents_pkey primary key (tenant_id, id),
  constraint documents_title_check check (length(title) between 1 and 200),
  constraint documents_description_check check (length(description) <= 2000),
  constraint documents_status_check check (status in ('valid', 'expired', 'pending_review', 'rejected')),
  constraint documents_authority_check check (length(authority) <= 200)
);
comment on table core.documents is 'A document about one or more records. Seen by whoever may read one of those records, and by whoever brought it.';
create index documents_by_title on core.documents (tenant_id, title_sort, id);
create index documents_by_created_at on core.documents (tenant_id, created_at, id);
create index documents_by_type_id on core.documents (tenant_id, type_id);
create index documents_by_latest_version_id on core.documents (tenant_id, latest_version_id) where latest_version_id is not null;
create index documents_search_title on core.documents using gin (tenant_id, title gin_trgm_ops);
select core.wall('core.documents');

create table core.document_versions (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  document_id uuid not null,
  number integer not null,
  is_latest boolean not null default true,
  file_id uuid not null,
  thumbnail_id uuid,
  storage_provider text not null,
  file_name text not null,
  mime_type text not null,
  size integer not null,
  sha256 text not null,
  issue_date date,
  expiry_date date,
  issuing_authority text,
  scan_state text not null default 'not_scanned',
  ocr_text bytea,
  ocr_text_bidx bytea[],
  summary bytea,
  metadata jsonb not null default '{}',
  uploaded_by uuid,
  uploaded_at timestamptz not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint document_versions_pkey primary key (tenant_id, id),
  constraint document_versions_number_check check (number >= 1 and number <= 100000),
  constraint document_versions_storage_provider_check check (length(storage_provider) <= 20),
  constraint document_versions_file_name_check check (length(file_name) between 1 and 200),
  constraint document_versions_mime_type_check check (length(mime_type) <= 100),
  constraint document_versions_size_check check (size >= 1 and size <= 2147483647),
  constraint document_versions_sha256_check check (length(sha256) <= 64 and sha256 ~ '^([0-9a-f]{64})$'),
  constraint document_versions_issue_date_check check (issue_date >= '1900-01-01'),
  constraint document_versions_expiry_date_check check (expiry_date >= '1900-01-01'),
  constraint document_versions_issuing_authority_check check (length(issuing_authority) <= 200),
  constraint document_versions_scan_state_check check (scan_state in ('not_scanned', 'pending', 'clean', 'infected')),
  constraint document_versions_dates_check check (expiry_date is null or issue_date is null or expiry_date >= issue_date)
);
comment on table core.document_versions is 'One file of a document as it was received: its hash, type and size, its dates, and what a machine read in it. It never changes.';
create index document_versions_by_number on core.document_versions (tenant_id, number, id);
create index document_versions_by_uploaded_at on core.document_versions (tenant_id, uploaded_at, id);
create index document_versions_by_created_at on core.document_versions (tenant_id, created_at, id);
create index document_versions_by_document_id on core.document_versions (tenant_id, document_id);
create index document_versions_by_ocr_text on core.document_versions using gin (tenant_id, ocr_text_bidx) where ocr_text_bidx is not null;
create unique index document_versions_latest_key on core.document_versions (tenant_id, document_id) where deleted_at is null and (is_latest);
create unique index document_versions_number_key on core.document_versions (tenant_id, document_id, number) where deleted_at is null;
create index document_versions_by_expiry on core.document_versions (tenant_id, expiry_date) where is_latest and expiry_date is not null;
select core.wall('core.document_versions');

create table core.document_links (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  document_id uuid not null,
  resource text not null,
  resource_id uuid not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint document_links_pkey primary key (tenant_id, id),
  constraint document_links_resource_check check (length(resource) <= 100 and resource ~ '^([a-z_]+\.[a-z_]+)$')
);
comment on table core.document_links is 'That a document is about a record. Whoever may read the record may read the document; the link itself is seen only with both.';
create index document_links_by_created_at on core.document_links (tenant_id, created_at, id);
create index document_links_by_document_id on core.document_links (tenant_id, document_id);
create unique index document_links_record_key on core.document_links (tenant_id, document_id, resource, resource_id) where deleted_at is null;
create index document_links_by_record on core.document_links (tenant_id, resource, resource_id, document_id) where deleted_at is null;
select core.wall('core.document_links');

alter table core.documents add constraint documents_type_id_fkey foreign key (tenant_id, type_id) references core.document_types (tenant_id, id);
alter table core.documents add constraint documents_latest_version_id_fkey foreign key (tenant_id, latest_version_id) references core.document_versions (tenant_id, id);
alter table core.document_versions add constraint document_versions_document_id_fkey foreign key (tenant_id, document_id) references core.documents (tenant_id, id);
alter table core.document_links add constraint document_links_document_id_fkey foreign key (tenant_id, document_id) references core.documents (tenant_id, id);

alter table core.document_versions
  add constraint document_versions_file_id_fkey foreign key (tenant_id, file_id) references core.files (tenant_id, id),
  add constraint document_versions_thumbnail_id_fkey foreign key (tenant_id, thumbnail_id) references core.files (tenant_id, id);
create unique index document_versions_file_key on core.document_versions (tenant_id, file_id);
create index document_versions_by_thumbnail on core.document_versions (tenant_id, thumbnail_id) where thumbnail_id is not null;

-- Reminders that went out: the expiry date is part of the key, so that a document that was renewed is reminded of again.
create table core.document_reminders (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  version_id uuid not null,
  expiry_date date not null,
  step int not null constraint document_reminders_step_check check (step in (90, 60, 30, 14, 7, 1, 0) or (step < 0 and step % 7 = 0)),
  created_at timestamptz not null default now(),
  constraint document_reminders_pkey primary key (tenant_id, id),
  constraint document_reminders_version_id_fkey foreign key (tenant_id, version_id) references core.document_versions (tenant_id, id)
);
comment on table core.document_reminders is 'That a document soon ends was told: 90, 60, 30, 14, 7, 1 and 0 days before, then weekly (-7, -14, …).';
create unique index document_reminders_step_key on core.document_reminders (tenant_id, version_id, expiry_date, step);
select core.wall('core.document_reminders', false);
grant select, insert on core.document_reminders to balai_app;

-- ── What the tables keep by themselves ───────────────────────────────────────────────────────────────────────────────

-- A type in use stays. Locked by whoever gives it to a document, so that neither overtakes the other.
create function core.keep_document_type() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  if new.deleted_at is not null and old.deleted_at is null
     and exists (select 1 from core.documents d where d.tenant_id = new.tenant_id and d.type_id = new.id) then
    raise exception 'documents of this type exist' using errcode = 'check_violation', constraint = 'document_types_in_use';
  end if;
  return new;
end $$;
create trigger keep_document_type before update on core.document_types for each row execute function core.keep_document_type();

create function core.require_document_type() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  perform 1 from core.document_types k where k.tenant_id = new.tenant_id and k.id = new.type_id and k.deleted_at is null for share;
  if not found then
    raise exception 'the document type is deleted' using errcode = 'check_violation', constraint = 'documents_type_alive';
  end if;
  return new;
end $$;
create trigger require_document_type before insert or update of type_id on core.documents for each row execute function core.require_document_type();

-- A new version is numbered and becomes the latest under the document's lock.
create function core.number_document_version() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  perform 1 from core.documents d where d.tenant_id = new.tenant_id and d.id = new.document_id for no key update;
  select coalesce(max(v.number), 0) + 1 into new.number from core.document_versions v
    where v.tenant_id = new.tenant_id and v.document_id = new.document_id;
  update core.document_versions v set is_latest = false
    where v.tenant_id = new.tenant_id and v.document_id = new.document_id and v.is_latest;
  new.is_latest := true;
  return new;
end $$;
create trigger number_document_version before insert on core.document_versions for each row execute function core.number_document_version();

create function core.follow_document_version() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  update core.documents d set latest_version_id = new.id,
      -- The day may still be another one where the community is: the daily duty knows its zone.
      status = case when d.status = 'expired' and (new.expiry_date is null or new.expiry_date >= current_date) then 'valid' else d.status end
    where d.tenant_id = new.tenant_id and d.id = new.document_id;
  return null;
end $$;
create trigger follow_document_version after insert on core.document_versions for each row execute function core.follow_document_version();

-- A version never changes, but for what a machine finds out about it: that it is no longer the latest, is clean, and what it says.
create function core.keep_document_version() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
declare
  found_out text[] := array['is_latest', 'scan_state', 'ocr_text', 'ocr_text_bidx', 'summary', 'version', 'updated_at', 'updated_by'];
begin
  if to_jsonb(new) - found_out is distinct from to_jsonb(old) - found_out
     or (new.is_latest and not old.is_latest)
     or (new.scan_state is distinct from old.scan_state and old.scan_state <> 'pending') then
    raise exception 'core.document_versions is append-only' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger keep_document_version before update on core.document_versions for each row execute function core.keep_document_version();
create trigger refuse_delete before delete on core.document_versions for each row execute function core.refuse_change('core.document_versions');

-- A document that is about nothing would be seen by nobody but whoever brought it.
create function core.keep_last_link() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  if new.deleted_at is not null and old.deleted_at is null then
    perform 1 from core.documents d where d.tenant_id = new.tenant_id and d.id = new.document_id for no key update;
    if not exists (select 1 from core.document_links l
                    where l.tenant_id = new.tenant_id and l.document_id = new.document_id and l.id <> new.id and l.deleted_at is null) then
      raise exception 'the last link of a document' using errcode = 'check_violation', constraint = 'document_links_last';
    end if;
  end if;
  return new;
end $$;
create trigger keep_last_link before update on core.document_links for each row execute function core.keep_last_link();

-- ── Villages that are here already ───────────────────────────────────────────────────────────────────────────────────

-- They get the types that new ones start with, and their own roles see the documents of the records they see.
do $$
declare
  place uuid;
begin
  for place in select id from core.tenants where kind = 'village' loop
    perform core.enter(place);
    insert into core.document_types (tenant_id, id, name, category, description)
    select place, core.new_id(), k.name, k.category, k.description
      from (values ('KTP', 'IDENTITAS', 'Kartu Tanda Penduduk'), ('KK', 'IDENTITAS', 'Kartu Keluarga'), ('AKTA_LAHIR', 'IDENTITAS', 'Akta Kelahiran'),
                   ('IJAZAH', 'PENDIDIKAN', 'Ijazah'), ('SERTIFIKAT', 'PENDIDIKAN', 'Sertifikat'), ('LAINNYA', 'LAINNYA', 'Dokumen lainnya'))
        as k (name, category, description);
    update core.roles set permissions = permissions || array['core.documents:*', 'core.document_versions:*', 'core.document_links:*', 'core.document_types:read']
      where tenant_id = place and is_system and deleted_at is null and name in ('Sekretaris Desa', 'Operator Kependudukan');
    update core.roles set permissions = permissions || array['core.documents:read', 'core.document_versions:read', 'core.document_versions:content-link',
        'core.document_links:read', 'core.document_types:read']
      where tenant_id = place and is_system and deleted_at is null and name in ('Kepala Desa', 'Kepala Dusun');
  end loop;
  perform core.enter(null);
end $$;
