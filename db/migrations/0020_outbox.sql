-- Letters on their way out, and invitations to become a member.

-- Global: a letter is about a person's account as often as about a community, and one process sends them all. What it says and to whom is
-- sealed with a key that is not in the database, so reading this table tells nobody anything.
create table core.outbox (
  id uuid primary key,
  community_id uuid references core.tenants (id) on delete cascade,
  channel text not null constraint outbox_channel_check check (channel in ('mail', 'sms')),
  purpose text not null constraint outbox_purpose_check check (purpose ~ '^[a-z][a-z0-9_]{0,49}$'),
  key text not null constraint outbox_key_key unique constraint outbox_key_check check (length(key) between 1 and 200),
  key_id text not null,
  sealed bytea,
  secret boolean not null default false,
  status text not null default 'queued' constraint outbox_status_check
    check (status in ('queued', 'sending', 'sent', 'failed', 'expired', 'kept')),
  attempts int not null default 0,
  last_error text constraint outbox_last_error_check check (length(last_error) <= 100),
  next_at timestamptz not null default now(),
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
comment on table core.outbox is 'Mail and SMS: queued in the transaction that wants them, claimed with skip locked, tried again after growing pauses.';
comment on column core.outbox.community_id is 'The community it is about; null for a person''s account. Not tenant_id: the table stands outside the walls.';
comment on column core.outbox.key is 'The same key is sent once. No personal data.';
comment on column core.outbox.key_id is 'The master key whose derived key closed it.';
comment on column core.outbox.sealed is 'Recipient, subject and text, sealed; null once they are forgotten (secrets as soon as they were sent).';
comment on column core.outbox.status is 'kept: no way out is set up, and a demo''s page shows it instead.';
comment on column core.outbox.last_error is 'A code such as "smtp EENVELOPE 550", never an answer: answers quote addresses.';
comment on column core.outbox.next_at is 'When it is due; while it is being sent, until when it belongs to whoever claimed it.';
create index outbox_due on core.outbox (channel, next_at) where status in ('queued', 'sending');
create index outbox_by_age on core.outbox (created_at);
create index outbox_by_community on core.outbox (community_id) where community_id is not null;
grant select, insert, update, delete on core.outbox to balai_app;

-- ── Invitations ──────────────────────────────────────────────────────────────────────────────────────────────────────

create table core.invitations (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  name text not null,
  channel text not null,
  contact bytea not null,
  contact_bidx bytea not null,
  role_id uuid not null,
  status text not null default 'pending',
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  membership_id uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint invitations_pkey primary key (tenant_id, id),
  constraint invitations_name_check check (length(name) between 1 and 100),
  constraint invitations_channel_check check (channel in ('mail', 'sms')),
  constraint invitations_status_check check (status in ('pending', 'accepted', 'withdrawn'))
);
comment on table core.invitations is 'An invitation by mail or SMS to become a member with a role. The link in it is not kept here.';
create index invitations_by_sent_at on core.invitations (tenant_id, sent_at, id);
create index invitations_by_created_at on core.invitations (tenant_id, created_at, id);
create index invitations_by_contact on core.invitations (tenant_id, contact_bidx);
create index invitations_by_role_id on core.invitations (tenant_id, role_id);
create index invitations_by_membership_id on core.invitations (tenant_id, membership_id) where membership_id is not null;
create unique index invitations_contact_key on core.invitations (tenant_id, contact_bidx) where deleted_at is null and (status = 'pending');
select core.wall('core.invitations');
alter table core.invitations add constraint invitations_role_id_fkey foreign key (tenant_id, role_id) references core.roles (tenant_id, id);
alter table core.invitations add constraint invitations_membership_id_fkey foreign key (tenant_id, membership_id) references core.memberships (tenant_id, id);
