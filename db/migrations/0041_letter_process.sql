-- Requests for letters, the letters themselves, their numbers, registers of mail, and the officials who sign.

create schema office;
grant usage on schema office to balai_app;

create table office.apparatus (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  name text not null,
  position text not null,
  duty text not null default 'STAFF',
  nip text,
  nik bytea,
  nik_bidx bytea,
  phone bytea,
  email bytea,
  address bytea,
  start_date date not null,
  end_date date,
  is_active boolean not null default true,
  photo_id uuid,
  user_id uuid,
  name_sort text collate "C" generated always as (core.sort_key(name)) stored not null,
  position_sort text collate "C" generated always as (core.sort_key(position)) stored not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint apparatus_pkey primary key (tenant_id, id),
  constraint apparatus_name_check check (length(name) between 1 and 100),
  constraint apparatus_position_check check (length(position) between 1 and 100),
  constraint apparatus_duty_check check (duty in ('HEAD', 'SECRETARY', 'AFFAIRS', 'SECTION', 'HAMLET', 'STAFF')),
  constraint apparatus_nip_check check (length(nip) <= 20),
  constraint apparatus_start_date_check check (start_date >= '1945-01-01'),
  constraint apparatus_end_date_check check (end_date >= '1945-01-01'),
  constraint apparatus_period_check check (end_date is null or end_date >= start_date),
  constraint apparatus_ended_check check (is_active or end_date is not null)
);
comment on table office.apparatus is 'Somebody who holds a position in the village office: the head, the secretary, heads of sections and of affairs, hamlet heads, staff.';
create index apparatus_by_name on office.apparatus (tenant_id, name_sort, id);
create index apparatus_by_position on office.apparatus (tenant_id, position_sort, id);
create index apparatus_by_start_date on office.apparatus (tenant_id, start_date, id);
create index apparatus_by_created_at on office.apparatus (tenant_id, created_at, id);
create index apparatus_by_nik on office.apparatus (tenant_id, nik_bidx) where nik_bidx is not null;
create index apparatus_by_photo_id on office.apparatus (tenant_id, photo_id) where photo_id is not null;
create index apparatus_search_name on office.apparatus using gin (tenant_id, name gin_trgm_ops);
create index apparatus_search_position on office.apparatus using gin (tenant_id, position gin_trgm_ops);
create unique index apparatus_nip_key on office.apparatus (tenant_id, nip) where deleted_at is null and (nip is not null);
create unique index apparatus_nik_key on office.apparatus (tenant_id, nik_bidx) where deleted_at is null and (nik_bidx is not null);
create unique index apparatus_user_id_key on office.apparatus (tenant_id, user_id) where deleted_at is null and (user_id is not null and is_active);
create unique index apparatus_one_per_position on office.apparatus (tenant_id, position) where deleted_at is null and (is_active);
create unique index apparatus_one_head on office.apparatus (tenant_id, duty) where deleted_at is null and (is_active and duty in ('HEAD', 'SECRETARY'));
select core.wall('office.apparatus');

create table letters.classification_codes (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  code text not null,
  name text not null,
  description text,
  code_sort text collate "C" generated always as (core.sort_key(code)) stored not null,
  name_sort text collate "C" generated always as (core.sort_key(name)) stored not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint classification_codes_pkey primary key (tenant_id, id),
  constraint classification_codes_code_check check (length(code) <= 20 and code ~ '^([0-9][0-9.]{0,19})$'),
  constraint classification_codes_name_check check (length(name) between 1 and 200),
  constraint classification_codes_description_check check (length(description) <= 1000)
);
comment on table letters.classification_codes is 'A code of the classification of archives (Permendagri 83/2022). The ten main groups come with the module; a village imports the rest it uses.';
create index classification_codes_by_code on letters.classification_codes (tenant_id, code_sort, id);
create index classification_codes_by_name on letters.classification_codes (tenant_id, name_sort, id);
create index classification_codes_by_created_at on letters.classification_codes (tenant_id, created_at, id);
create index classification_codes_search_code on letters.classification_codes using gin (tenant_id, code gin_trgm_ops);
create index classification_codes_search_name on letters.classification_codes using gin (tenant_id, name gin_trgm_ops);
create unique index classification_codes_code_key on letters.classification_codes (tenant_id, code) where deleted_at is null;
select core.wall('letters.classification_codes');

create table letters.incoming_mail (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  agenda_number integer not null,
  agenda_year integer not null,
  received_on date not null,
  sender text not null,
  mail_number text,
  mail_date date,
  subject text not null,
  classification_id uuid,
  notes text,
  sender_sort text collate "C" generated always as (core.sort_key(sender)) stored not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint incoming_mail_pkey primary key (tenant_id, id),
  constraint incoming_mail_agenda_number_check check (agenda_number >= 1),
  constraint incoming_mail_agenda_year_check check (agenda_year >= 1900 and agenda_year <= 9999),
  constraint incoming_mail_received_on_check check (received_on >= '1945-01-01'),
  constraint incoming_mail_sender_check check (length(sender) between 1 and 200),
  constraint incoming_mail_mail_number_check check (length(mail_number) <= 100),
  constraint incoming_mail_mail_date_check check (mail_date >= '1945-01-01'),
  constraint incoming_mail_subject_check check (length(subject) between 1 and 255),
  constraint incoming_mail_notes_check check (length(notes) <= 2000)
);
comment on table letters.incoming_mail is 'The register of incoming mail (Permendagri 47/2016, agenda book). The scan is attached as a document.';
create index incoming_mail_by_received_on on letters.incoming_mail (tenant_id, received_on, id);
create index incoming_mail_by_agenda_number on letters.incoming_mail (tenant_id, agenda_number, id);
create index incoming_mail_by_sender on letters.incoming_mail (tenant_id, sender_sort, id);
create index incoming_mail_by_created_at on letters.incoming_mail (tenant_id, created_at, id);
create index incoming_mail_by_classification_id on letters.incoming_mail (tenant_id, classification_id) where classification_id is not null;
create index incoming_mail_search_subject on letters.incoming_mail using gin (tenant_id, subject gin_trgm_ops);
create index incoming_mail_search_sender on letters.incoming_mail using gin (tenant_id, sender gin_trgm_ops);
create index incoming_mail_search_mail_number on letters.incoming_mail using gin (tenant_id, mail_number gin_trgm_ops);
create unique index incoming_mail_agenda_key on letters.incoming_mail (tenant_id, agenda_year, agenda_number) where deleted_at is null;
select core.wall('letters.incoming_mail');

create table letters.dispositions (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  mail_id uuid not null,
  official_id uuid not null,
  instruction text not null,
  due_on date,
  is_done boolean not null default false,
  done_at timestamptz,
  done_note text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint dispositions_pkey primary key (tenant_id, id),
  constraint dispositions_instruction_check check (length(instruction) between 1 and 1000),
  constraint dispositions_due_on_check check (due_on >= '1945-01-01'),
  constraint dispositions_done_note_check check (length(done_note) <= 1000),
  constraint dispositions_done_at_check check (is_done = (done_at is not null))
);
comment on table letters.dispositions is 'Who is to do what about an incoming letter, until when, and whether it is done.';
create index dispositions_by_created_at on letters.dispositions (tenant_id, created_at, id);
create index dispositions_by_mail_id on letters.dispositions (tenant_id, mail_id);
create index dispositions_by_official_id on letters.dispositions (tenant_id, official_id);
create index dispositions_search_instruction on letters.dispositions using gin (tenant_id, instruction gin_trgm_ops);
select core.wall('letters.dispositions');

create table letters.letter_numbers (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  number text not null,
  flow text not null,
  origin text not null,
  scope text not null,
  year integer not null,
  sequence integer,
  dated date not null,
  reason text,
  number_sort text collate "C" generated always as (core.sort_key(number)) stored not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint letter_numbers_pkey primary key (tenant_id, id),
  constraint letter_numbers_number_check check (length(number) between 1 and 100),
  constraint letter_numbers_flow_check check (flow in ('LETTER', 'INCOMING', 'OUTGOING')),
  constraint letter_numbers_origin_check check (origin in ('DRAWN', 'BY_HAND', 'VOID')),
  constraint letter_numbers_scope_check check (length(scope) <= 60),
  constraint letter_numbers_year_check check (year >= 1900 and year <= 9999),
  constraint letter_numbers_sequence_check check (sequence >= 1),
  constraint letter_numbers_reason_check check (length(reason) <= 500),
  constraint letter_numbers_by_hand_check check (case origin when 'BY_HAND' then sequence is null and reason is not null when 'VOID' then sequence is not null and reason is not null else sequence is not null end)
);
comment on table letters.letter_numbers is 'A number that was given: by the counter, by hand for an earlier day, or spoiled with a reason. Kept for ever.';
create index letter_numbers_by_created_at on letters.letter_numbers (tenant_id, created_at, id);
create index letter_numbers_by_number on letters.letter_numbers (tenant_id, number_sort, id);
create index letter_numbers_by_dated on letters.letter_numbers (tenant_id, dated, id);
create index letter_numbers_search_number on letters.letter_numbers using gin (tenant_id, number gin_trgm_ops);
create unique index letter_numbers_number_key on letters.letter_numbers (tenant_id, number) where deleted_at is null;
create unique index letter_numbers_sequence_key on letters.letter_numbers (tenant_id, scope, year, sequence) where deleted_at is null and (sequence is not null);
select core.wall('letters.letter_numbers');

create table letters.outgoing_mail (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  number text not null,
  number_id uuid not null,
  classification_id uuid not null,
  mail_date date not null,
  recipient text not null,
  subject text not null,
  notes text,
  number_sort text collate "C" generated always as (core.sort_key(number)) stored not null,
  recipient_sort text collate "C" generated always as (core.sort_key(recipient)) stored not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint outgoing_mail_pkey primary key (tenant_id, id),
  constraint outgoing_mail_number_check check (length(number) between 1 and 100),
  constraint outgoing_mail_mail_date_check check (mail_date >= '1945-01-01'),
  constraint outgoing_mail_recipient_check check (length(recipient) between 1 and 200),
  constraint outgoing_mail_subject_check check (length(subject) between 1 and 255),
  constraint outgoing_mail_notes_check check (length(notes) <= 2000)
);
comment on table letters.outgoing_mail is 'The register of outgoing mail (Permendagri 47/2016, agenda book), with the number it was given. The scan is attached as a document.';
create index outgoing_mail_by_mail_date on letters.outgoing_mail (tenant_id, mail_date, id);
create index outgoing_mail_by_number on letters.outgoing_mail (tenant_id, number_sort, id);
create index outgoing_mail_by_recipient on letters.outgoing_mail (tenant_id, recipient_sort, id);
create index outgoing_mail_by_created_at on letters.outgoing_mail (tenant_id, created_at, id);
create index outgoing_mail_by_number_id on letters.outgoing_mail (tenant_id, number_id);
create index outgoing_mail_by_classification_id on letters.outgoing_mail (tenant_id, classification_id);
create index outgoing_mail_search_number on letters.outgoing_mail using gin (tenant_id, number gin_trgm_ops);
create index outgoing_mail_search_recipient on letters.outgoing_mail using gin (tenant_id, recipient gin_trgm_ops);
create index outgoing_mail_search_subject on letters.outgoing_mail using gin (tenant_id, subject gin_trgm_ops);
select core.wall('letters.outgoing_mail');

create table letters.letter_requests (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  queue_number integer not null,
  queue_day date not null,
  citizen_id uuid not null,
  template_id uuid not null,
  letter_type text not null,
  purpose text,
  notes text,
  status text not null default 'PENDING',
  details bytea not null,
  requested_at timestamptz not null,
  processed_by uuid,
  officer text,
  processed_at timestamptz,
  requirements_note text,
  refusal_reason text,
  ready_at timestamptz,
  collected_at timestamptz,
  collected_by text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint letter_requests_pkey primary key (tenant_id, id),
  constraint letter_requests_queue_number_check check (queue_number >= 1),
  constraint letter_requests_letter_type_check check (letter_type in ('SURAT_KETERANGAN_DOMISILI', 'SURAT_KETERANGAN_USAHA', 'SURAT_KETERANGAN_TIDAK_MAMPU', 'SURAT_PENGANTAR', 'LAINNYA')),
  constraint letter_requests_purpose_check check (length(purpose) <= 300),
  constraint letter_requests_notes_check check (length(notes) <= 2000),
  constraint letter_requests_status_check check (status in ('PENDING', 'DIPROSES', 'SELESAI', 'DITOLAK')),
  constraint letter_requests_officer_check check (length(officer) <= 100),
  constraint letter_requests_requirements_note_check check (length(requirements_note) <= 500),
  constraint letter_requests_refusal_reason_check check (length(refusal_reason) <= 1000),
  constraint letter_requests_collected_by_check check (length(collected_by) <= 100),
  constraint letter_requests_reason_check check (status <> 'DITOLAK' or refusal_reason is not null),
  constraint letter_requests_collected_check check (status <> 'SELESAI' or (collected_at is not null and collected_by is not null))
);
comment on table letters.letter_requests is 'Somebody asks for a letter: at the counter, or by themselves. It waits, is taken up by an officer, and ends done or refused.';
create index letter_requests_by_requested_at on letters.letter_requests (tenant_id, requested_at, id);
create index letter_requests_by_queue_number on letters.letter_requests (tenant_id, queue_number, id);
create index letter_requests_by_created_at on letters.letter_requests (tenant_id, created_at, id);
create index letter_requests_by_citizen_id on letters.letter_requests (tenant_id, citizen_id);
create index letter_requests_by_template_id on letters.letter_requests (tenant_id, template_id);
create unique index letter_requests_queue_key on letters.letter_requests (tenant_id, queue_day, queue_number) where deleted_at is null;
select core.wall('letters.letter_requests');
create or replace trigger begin_workflow after insert on letters.letter_requests for each row execute function core.keep_workflow('letters.letter_requests', 'status', 'PENDING', 'processing:PENDING>DIPROSES', 'release:DIPROSES>PENDING', 'refusal:PENDING>DITOLAK', 'refusal:DIPROSES>DITOLAK', 'handover:DIPROSES>SELESAI');
create or replace trigger keep_workflow after update on letters.letter_requests for each row when (old.status is distinct from new.status) execute function core.keep_workflow('letters.letter_requests', 'status', 'PENDING', 'processing:PENDING>DIPROSES', 'release:DIPROSES>PENDING', 'refusal:PENDING>DITOLAK', 'refusal:DIPROSES>DITOLAK', 'handover:DIPROSES>SELESAI');

create table letters.generated_letters (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  letter_number text,
  heading text not null,
  addressee text not null,
  status text not null default 'draft',
  letter_date date,
  request_id uuid,
  template_id uuid not null,
  citizen_id uuid not null,
  letter_type text not null,
  details bytea not null,
  secretary_checks boolean not null default false,
  head_approves boolean not null default false,
  signatory_id uuid,
  signing_mode text not null default 'direct',
  number_id uuid,
  content bytea not null,
  valid_from date,
  valid_until date,
  issued_at timestamptz,
  document_id uuid,
  original_version_id uuid,
  sha256 text,
  verification_code bytea,
  verification_code_bidx bytea,
  signed_at timestamptz,
  signed_by uuid,
  signed_how text,
  revoked_at timestamptz,
  revocation_kind text,
  revocation_reason text,
  heading_sort text collate "C" generated always as (core.sort_key(heading)) stored not null,
  addressee_sort text collate "C" generated always as (core.sort_key(addressee)) stored not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint generated_letters_pkey primary key (tenant_id, id),
  constraint generated_letters_letter_number_check check (length(letter_number) <= 100),
  constraint generated_letters_heading_check check (length(heading) between 1 and 150),
  constraint generated_letters_addressee_check check (length(addressee) between 1 and 100),
  constraint generated_letters_status_check check (status in ('draft', 'secretary_review', 'head_review', 'approved', 'awaiting_signature', 'signed', 'revoked')),
  constraint generated_letters_letter_type_check check (letter_type in ('SURAT_KETERANGAN_DOMISILI', 'SURAT_KETERANGAN_USAHA', 'SURAT_KETERANGAN_TIDAK_MAMPU', 'SURAT_PENGANTAR', 'LAINNYA')),
  constraint generated_letters_signing_mode_check check (signing_mode in ('direct', 'an', 'ub')),
  constraint generated_letters_sha256_check check (length(sha256) <= 64),
  constraint generated_letters_signed_how_check check (signed_how in ('WET', 'ELECTRONIC')),
  constraint generated_letters_revocation_kind_check check (revocation_kind in ('ERROR', 'REPLACED', 'NO_LONGER_TRUE', 'MISUSED')),
  constraint generated_letters_revocation_reason_check check (length(revocation_reason) <= 1000),
  constraint generated_letters_issued_check check (case when status in ('draft', 'secretary_review', 'head_review', 'approved') then issued_at is null and letter_number is null and number_id is null
        else issued_at is not null and letter_number is not null and number_id is not null and letter_date is not null
          and document_id is not null and original_version_id is not null and sha256 is not null and verification_code is not null end),
  constraint generated_letters_signed_check check (status <> 'signed' or (signed_at is not null and signed_how is not null)),
  constraint generated_letters_revoked_check check ((status = 'revoked') = (revoked_at is not null) and (status = 'revoked') = (revocation_reason is not null))
);
comment on table letters.generated_letters is 'A letter to a resident. A draft can be corrected; issued, it has its number, its words and its file for ever.';
create index generated_letters_by_created_at on letters.generated_letters (tenant_id, created_at, id);
create index generated_letters_by_heading on letters.generated_letters (tenant_id, heading_sort, id);
create index generated_letters_by_addressee on letters.generated_letters (tenant_id, addressee_sort, id);
create index generated_letters_by_request_id on letters.generated_letters (tenant_id, request_id) where request_id is not null;
create index generated_letters_by_template_id on letters.generated_letters (tenant_id, template_id);
create index generated_letters_by_citizen_id on letters.generated_letters (tenant_id, citizen_id);
create index generated_letters_by_signatory_id on letters.generated_letters (tenant_id, signatory_id) where signatory_id is not null;
create index generated_letters_by_number_id on letters.generated_letters (tenant_id, number_id) where number_id is not null;
create index generated_letters_by_document_id on letters.generated_letters (tenant_id, document_id) where document_id is not null;
create index generated_letters_by_original_version_id on letters.generated_letters (tenant_id, original_version_id) where original_version_id is not null;
create index generated_letters_by_verification_code on letters.generated_letters (tenant_id, verification_code_bidx) where verification_code_bidx is not null;
create index generated_letters_by_signed_by on letters.generated_letters (tenant_id, signed_by) where signed_by is not null;
create index generated_letters_search_letter_number on letters.generated_letters using gin (tenant_id, letter_number gin_trgm_ops);
create index generated_letters_search_heading on letters.generated_letters using gin (tenant_id, heading gin_trgm_ops);
create index generated_letters_search_addressee on letters.generated_letters using gin (tenant_id, addressee gin_trgm_ops);
create unique index generated_letters_letter_number_key on letters.generated_letters (tenant_id, letter_number) where deleted_at is null and (letter_number is not null);
create unique index generated_letters_request_key on letters.generated_letters (tenant_id, request_id) where deleted_at is null and (request_id is not null and status <> 'revoked');
create unique index generated_letters_verification_key on letters.generated_letters (tenant_id, verification_code_bidx) where deleted_at is null and (verification_code_bidx is not null);
select core.wall('letters.generated_letters');
create or replace trigger begin_workflow after insert on letters.generated_letters for each row execute function core.keep_workflow('letters.generated_letters', 'status', 'draft', 'issuing:draft>awaiting_signature', 'issuing:approved>awaiting_signature', 'submission:draft>secretary_review', 'head-submission:draft>head_review', 'verification:secretary_review>head_review', 'clearance:secretary_review>approved', 'approval:head_review>approved', 'return:secretary_review>draft', 'return:head_review>draft', 'return:approved>draft', 'wet-signature:awaiting_signature>signed', 'revocation:awaiting_signature>revoked', 'revocation:signed>revoked');
create or replace trigger keep_workflow after update on letters.generated_letters for each row when (old.status is distinct from new.status) execute function core.keep_workflow('letters.generated_letters', 'status', 'draft', 'issuing:draft>awaiting_signature', 'issuing:approved>awaiting_signature', 'submission:draft>secretary_review', 'head-submission:draft>head_review', 'verification:secretary_review>head_review', 'clearance:secretary_review>approved', 'approval:head_review>approved', 'return:secretary_review>draft', 'return:head_review>draft', 'return:approved>draft', 'wet-signature:awaiting_signature>signed', 'revocation:awaiting_signature>revoked', 'revocation:signed>revoked');

-- How far each sequence has counted: the row is locked by whoever draws, until that transaction ends.
create table letters.number_counters (
  tenant_id uuid not null references core.tenants (id),
  scope text not null constraint number_counters_scope_check check (length(scope) between 1 and 60),
  year int not null constraint number_counters_year_check check (year between 1900 and 9999),
  last int not null constraint number_counters_last_check check (last >= 1),
  constraint number_counters_pkey primary key (tenant_id, scope, year)
);
comment on table letters.number_counters is 'The last number of each sequence of a year: of letters, of mail, and of each day''s queue.';
select core.wall('letters.number_counters', false);
grant select, insert, update on letters.number_counters to balai_app;

create function letters.keep_counter() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  if new.last <= old.last then
    raise exception 'a sequence never counts back' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger keep_counter before update on letters.number_counters for each row execute function letters.keep_counter();


alter table office.apparatus add constraint apparatus_photo_id_fkey foreign key (tenant_id, photo_id) references core.documents (tenant_id, id);
alter table letters.incoming_mail add constraint incoming_mail_classification_id_fkey foreign key (tenant_id, classification_id) references letters.classification_codes (tenant_id, id);
alter table letters.dispositions add constraint dispositions_mail_id_fkey foreign key (tenant_id, mail_id) references letters.incoming_mail (tenant_id, id);
alter table letters.dispositions add constraint dispositions_official_id_fkey foreign key (tenant_id, official_id) references office.apparatus (tenant_id, id);
alter table letters.outgoing_mail add constraint outgoing_mail_number_id_fkey foreign key (tenant_id, number_id) references letters.letter_numbers (tenant_id, id);
alter table letters.outgoing_mail add constraint outgoing_mail_classification_id_fkey foreign key (tenant_id, classification_id) references letters.classification_codes (tenant_id, id);
alter table letters.letter_requests add constraint letter_requests_citizen_id_fkey foreign key (tenant_id, citizen_id) references registry.citizens (tenant_id, id);
alter table letters.letter_requests add constraint letter_requests_template_id_fkey foreign key (tenant_id, template_id) references letters.letter_templates (tenant_id, id);
alter table letters.generated_letters add constraint generated_letters_request_id_fkey foreign key (tenant_id, request_id) references letters.letter_requests (tenant_id, id);
alter table letters.generated_letters add constraint generated_letters_template_id_fkey foreign key (tenant_id, template_id) references letters.letter_templates (tenant_id, id);
alter table letters.generated_letters add constraint generated_letters_citizen_id_fkey foreign key (tenant_id, citizen_id) references registry.citizens (tenant_id, id);
alter table letters.generated_letters add constraint generated_letters_signatory_id_fkey foreign key (tenant_id, signatory_id) references office.apparatus (tenant_id, id);
alter table letters.generated_letters add constraint generated_letters_number_id_fkey foreign key (tenant_id, number_id) references letters.letter_numbers (tenant_id, id);
alter table letters.generated_letters add constraint generated_letters_document_id_fkey foreign key (tenant_id, document_id) references core.documents (tenant_id, id);
alter table letters.generated_letters add constraint generated_letters_original_version_id_fkey foreign key (tenant_id, original_version_id) references core.document_versions (tenant_id, id);
alter table letters.generated_letters add constraint generated_letters_signed_by_fkey foreign key (tenant_id, signed_by) references office.apparatus (tenant_id, id);

-- The book of numbers only grows.
create trigger refuse_change before update or delete on letters.letter_numbers for each row execute function core.refuse_change('letters.letter_numbers');

-- An issued letter never changes, but for its state, its signature and its revocation. Its sealed parts may only be sealed anew with another key:
-- the first three bytes of a sealed value say which.
create function letters.keep_letter() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
declare
  later text[] := array['status', 'signed_at', 'signed_by', 'signed_how', 'revoked_at', 'revocation_kind', 'revocation_reason',
    'details', 'content', 'verification_code', 'version', 'updated_at', 'updated_by',
    -- Computed after this trigger, from columns that stay.
    'heading_sort', 'addressee_sort'];
begin
  if tg_op = 'DELETE' then
    raise exception 'a letter stays' using errcode = 'check_violation', constraint = 'generated_letters_issued';
  end if;
  if old.issued_at is null then
    return new;
  end if;
  if to_jsonb(new) - later is distinct from to_jsonb(old) - later
     or (new.details is distinct from old.details and substring(new.details from 1 for 3) = substring(old.details from 1 for 3))
     or (new.content is distinct from old.content and substring(new.content from 1 for 3) = substring(old.content from 1 for 3))
     or (new.verification_code is distinct from old.verification_code
         and (new.verification_code is null or substring(new.verification_code from 1 for 3) = substring(old.verification_code from 1 for 3)))
     or (old.signed_at is not null and (new.signed_at, new.signed_by, new.signed_how) is distinct from (old.signed_at, old.signed_by, old.signed_how))
     or (old.revoked_at is not null and (new.revoked_at, new.revocation_kind, new.revocation_reason)
         is distinct from (old.revoked_at, old.revocation_kind, old.revocation_reason)) then
    raise exception 'an issued letter stays as it is' using errcode = 'check_violation', constraint = 'generated_letters_issued';
  end if;
  return new;
end $$;
create trigger keep_letter before update or delete on letters.generated_letters for each row execute function letters.keep_letter();
