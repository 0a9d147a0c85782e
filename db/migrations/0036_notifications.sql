-- What people are told, how each of them wants it, how a community words it, and the browsers that show it; messages that wait for a moment.

create table core.notifications (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  user_id uuid not null,
  kind text not null constraint notifications_kind_check check (kind ~ '^[a-z_]+\.[a-z_]+$' and length(kind) <= 100),
  type text not null constraint notifications_type_check check (type in ('info', 'success', 'warning', 'error')),
  key text not null constraint notifications_key_check check (length(key) between 1 and 200),
  content bytea,
  resource text,
  resource_id uuid,
  link text constraint notifications_link_check check (link ~ '^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$' and length(link) <= 200),
  silent boolean not null default false,
  is_read boolean not null default false,
  read_at timestamptz,
  digest_at timestamptz,
  digested_at timestamptz,
  created_at timestamptz not null default now(),
  constraint notifications_pkey primary key (tenant_id, id),
  constraint notifications_key_key unique (tenant_id, user_id, key),
  constraint notifications_read_check check (is_read = (read_at is not null)),
  constraint notifications_about_check check ((resource is null) = (resource_id is null))
);
comment on table core.notifications is 'What a member was told: each thing once (key). What was read is forgotten after 30 days, that it was told after 400.';
comment on column core.notifications.content is 'Sealed: title, message and data as they were said, in both languages. Null once forgotten.';
comment on column core.notifications.link is 'A place inside the community; without it the record is opened.';
comment on column core.notifications.silent is 'The person wants no bell for this kind: kept in the list, not counted.';
comment on column core.notifications.digest_at is 'When the digest is due that tells this by mail; null: not in a digest.';
comment on column core.notifications.digested_at is 'The digest that told it.';
create index notifications_by_person on core.notifications (tenant_id, user_id, id) where content is not null;
create index notifications_unread on core.notifications (tenant_id, user_id) where not is_read and not silent and content is not null;
create index notifications_by_digest on core.notifications (tenant_id, user_id, digest_at) where digest_at is not null;
create index notifications_by_age on core.notifications (tenant_id, created_at);
select core.wall('core.notifications', false);
grant select, insert, update, delete on core.notifications to balai_app;

create table core.notification_choices (
  tenant_id uuid not null references core.tenants (id),
  user_id uuid not null,
  kind text not null constraint notification_choices_kind_check check (length(kind) <= 100),
  channels text[] not null constraint notification_choices_channels_check check (channels <@ array['app', 'mail', 'sms', 'push']),
  updated_at timestamptz not null default now(),
  constraint notification_choices_pkey primary key (tenant_id, user_id, kind)
);
comment on table core.notification_choices is 'How a person wants to be told of a kind; without a row the declaration decides.';
select core.wall('core.notification_choices', false);
grant select, insert, update, delete on core.notification_choices to balai_app;

create table core.notification_hours (
  tenant_id uuid not null references core.tenants (id),
  user_id uuid not null,
  quiet_from text constraint notification_hours_from_check check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  quiet_until text constraint notification_hours_until_check check (quiet_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  digest_at text constraint notification_hours_digest_check check (digest_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  time_zone text constraint notification_hours_zone_check check (length(time_zone) <= 64),
  updated_at timestamptz not null default now(),
  constraint notification_hours_pkey primary key (tenant_id, user_id),
  constraint notification_hours_pair_check check ((quiet_from is null) = (quiet_until is null)),
  constraint notification_hours_quiet_check check (quiet_from <> quiet_until)
);
comment on table core.notification_hours is 'When a person wants quiet, and when their mails are gathered; on the wall clock of their zone, else the community''s.';
select core.wall('core.notification_hours', false);
grant select, insert, update, delete on core.notification_hours to balai_app;

create table core.notification_words (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  kind text not null,
  title_id text not null,
  text_id text not null,
  title_en text not null,
  text_en text not null,
  kind_sort text collate "C" generated always as (core.sort_key(kind)) stored not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint notification_words_pkey primary key (tenant_id, id),
  constraint notification_words_kind_check check (length(kind) <= 100 and kind ~ '^([a-z_]+\.[a-z_]+)$'),
  constraint notification_words_title_id_check check (length(title_id) between 1 and 120),
  constraint notification_words_text_id_check check (length(text_id) between 1 and 600),
  constraint notification_words_title_en_check check (length(title_en) between 1 and 120),
  constraint notification_words_text_en_check check (length(text_en) between 1 and 600)
);
comment on table core.notification_words is 'What a notification says in this community, where it says it differently from the default. Deleting it goes back to the default.';
create index notification_words_by_kind on core.notification_words (tenant_id, kind_sort, id);
create index notification_words_by_created_at on core.notification_words (tenant_id, created_at, id);
create unique index notification_words_kind_key on core.notification_words (tenant_id, kind) where deleted_at is null;
select core.wall('core.notification_words');

-- Global: a browser belongs to a person who signed in on it, not to a community. It goes with the session, however that ends.
create table core.push_subscriptions (
  id uuid primary key,
  token_hash text not null constraint push_subscriptions_session_key unique references core.sessions (token_hash) on delete cascade,
  endpoint_hash bytea not null constraint push_subscriptions_endpoint_key unique,
  key_id text not null,
  sealed bytea not null,
  created_at timestamptz not null default now()
);
comment on table core.push_subscriptions is 'Browsers that show notifications while nobody looks (RFC 8030). The address is sealed: whoever knows it can send.';
grant select, insert, update, delete on core.push_subscriptions to balai_app;

-- ── Messages: a third way, a moment before which they do not leave, and an end that is no failure ────────────────────

alter table core.outbox drop constraint outbox_channel_check,
  add constraint outbox_channel_check check (channel in ('mail', 'sms', 'push')),
  drop constraint outbox_status_check,
  add constraint outbox_status_check check (status in ('queued', 'sending', 'sent', 'failed', 'expired', 'dropped', 'kept'));
comment on column core.outbox.status is 'kept: no way out is set up, and a demo''s page shows it instead. dropped: looked at again before it left, nobody needed it any more.';
drop index core.outbox_by_community;
create index outbox_by_community on core.outbox (community_id, id) where community_id is not null;
