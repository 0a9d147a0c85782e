-- Electronic signatures: the keys of officials, the signatures that were asked for, and how often strangers verified a letter.

create table letters.signing_keys (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  official_id uuid not null,
  subject text not null,
  issuer text not null,
  serial text not null,
  fingerprint text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  status text not null default 'ACTIVE',
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint signing_keys_pkey primary key (tenant_id, id),
  constraint signing_keys_subject_check check (length(subject) <= 500),
  constraint signing_keys_issuer_check check (length(issuer) <= 500),
  constraint signing_keys_serial_check check (length(serial) <= 64),
  constraint signing_keys_fingerprint_check check (length(fingerprint) between 64 and 64),
  constraint signing_keys_status_check check (status in ('ACTIVE', 'REMOVED')),
  constraint signing_keys_period_check check (valid_to > valid_from)
);
comment on table letters.signing_keys is 'The key and certificate an official signs letters with. Each official has one at a time and brings it themselves; removed, the key is gone and its facts stay.';
create index signing_keys_by_valid_to on letters.signing_keys (tenant_id, valid_to, id);
create index signing_keys_by_created_at on letters.signing_keys (tenant_id, created_at, id);
create index signing_keys_by_official_id on letters.signing_keys (tenant_id, official_id);
create unique index signing_keys_one_per_official on letters.signing_keys (tenant_id, official_id) where deleted_at is null and (status = 'ACTIVE');
select core.wall('letters.signing_keys');
alter table letters.signing_keys add constraint signing_keys_official_id_fkey foreign key (tenant_id, official_id) references office.apparatus (tenant_id, id);

-- The keys themselves, outside the change log: removed, they are nowhere.
create table letters.signing_secrets (
  tenant_id uuid not null references core.tenants (id),
  key_id uuid not null,
  sealed bytea not null,
  constraint signing_secrets_pkey primary key (tenant_id, key_id),
  constraint signing_secrets_key_id_fkey foreign key (tenant_id, key_id) references letters.signing_keys (tenant_id, id)
);
comment on table letters.signing_secrets is 'The private key and certificates of each signing key in use, sealed with the community''s key.';
select core.wall('letters.signing_secrets', false);
grant select, insert, delete on letters.signing_secrets to balai_app;

create table letters.signings (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  letter_id uuid not null,
  official_id uuid not null,
  key_id uuid not null,
  state text not null default 'QUEUED',
  attempts integer not null default 0,
  asked_at timestamptz not null,
  problem jsonb,
  signed_at timestamptz,
  version_id uuid,
  sha256 text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint signings_pkey primary key (tenant_id, id),
  constraint signings_state_check check (state in ('QUEUED', 'SIGNING', 'SIGNED', 'FAILED')),
  constraint signings_attempts_check check (attempts >= 0),
  constraint signings_sha256_check check (length(sha256) <= 64),
  constraint signings_signed_check check ((state = 'SIGNED') = (version_id is not null) and (state = 'SIGNED') = (sha256 is not null) and (state = 'SIGNED') = (signed_at is not null)),
  constraint signings_problem_check check ((state = 'FAILED') = (problem is not null))
);
comment on table letters.signings is 'That an official asked to sign a letter electronically, and what came of it. There is one per letter; what is signed stays as it is.';
create index signings_by_asked_at on letters.signings (tenant_id, asked_at, id);
create index signings_by_created_at on letters.signings (tenant_id, created_at, id);
create index signings_by_letter_id on letters.signings (tenant_id, letter_id);
create index signings_by_official_id on letters.signings (tenant_id, official_id);
create index signings_by_key_id on letters.signings (tenant_id, key_id);
create index signings_by_version_id on letters.signings (tenant_id, version_id) where version_id is not null;
create unique index signings_letter_key on letters.signings (tenant_id, letter_id) where deleted_at is null;
select core.wall('letters.signings');
alter table letters.signings add constraint signings_letter_id_fkey foreign key (tenant_id, letter_id) references letters.generated_letters (tenant_id, id);
alter table letters.signings add constraint signings_official_id_fkey foreign key (tenant_id, official_id) references office.apparatus (tenant_id, id);
alter table letters.signings add constraint signings_key_id_fkey foreign key (tenant_id, key_id) references letters.signing_keys (tenant_id, id);
alter table letters.signings add constraint signings_version_id_fkey foreign key (tenant_id, version_id) references core.document_versions (tenant_id, id);

-- What is signed stays as it is, and nothing that was asked for disappears.
create function letters.keep_signing() returns trigger language plpgsql
  set search_path = pg_catalog
as $$
begin
  if tg_op = 'DELETE' or old.state = 'SIGNED' or new.letter_id <> old.letter_id then
    raise exception 'a signature stays' using errcode = 'check_violation', constraint = 'signings_final';
  end if;
  return new;
end $$;
create trigger keep_signing before update or delete on letters.signings for each row execute function letters.keep_signing();

-- A letter waits for its signature until the signed file is kept.
create or replace trigger begin_workflow after insert on letters.generated_letters for each row execute function core.keep_workflow('letters.generated_letters', 'status', 'draft', 'issuing:draft>awaiting_signature', 'issuing:approved>awaiting_signature', 'submission:draft>secretary_review', 'head-submission:draft>head_review', 'verification:secretary_review>head_review', 'clearance:secretary_review>approved', 'approval:head_review>approved', 'return:secretary_review>draft', 'return:head_review>draft', 'return:approved>draft', 'wet-signature:awaiting_signature>signed', 'electronic-signature:awaiting_signature>signed', 'revocation:awaiting_signature>revoked', 'revocation:signed>revoked');
create or replace trigger keep_workflow after update on letters.generated_letters for each row when (old.status is distinct from new.status) execute function core.keep_workflow('letters.generated_letters', 'status', 'draft', 'issuing:draft>awaiting_signature', 'issuing:approved>awaiting_signature', 'submission:draft>secretary_review', 'head-submission:draft>head_review', 'verification:secretary_review>head_review', 'clearance:secretary_review>approved', 'approval:head_review>approved', 'return:secretary_review>draft', 'return:head_review>draft', 'return:approved>draft', 'wet-signature:awaiting_signature>signed', 'electronic-signature:awaiting_signature>signed', 'revocation:awaiting_signature>revoked', 'revocation:signed>revoked');

-- How often letters were verified, per day: never by whom.
create table letters.verification_counts (
  tenant_id uuid not null references core.tenants (id),
  letter_id uuid not null,
  day date not null,
  seen int not null default 0 constraint verification_counts_seen_check check (seen >= 0),
  files int not null default 0 constraint verification_counts_files_check check (files >= 0),
  constraint verification_counts_pkey primary key (tenant_id, letter_id, day),
  constraint verification_counts_letter_id_fkey foreign key (tenant_id, letter_id) references letters.generated_letters (tenant_id, id)
);
comment on table letters.verification_counts is 'How often the page of a letter was opened and a file compared with it, per day. Nothing about who did.';
select core.wall('letters.verification_counts', false);
grant select, insert, update on letters.verification_counts to balai_app;
