-- Who people are, once for the whole installation: users, how they sign in, where they are signed in.
-- Global on purpose: one person may belong to several communities. Memberships and roles are tenant tables.
-- Column names are ours; the authentication library is told them (kernel/identity/better-auth.ts).

create table core.users (
  id uuid primary key,
  name text not null constraint users_name_check check (length(name) between 1 and 100),
  username text constraint users_username_key unique constraint users_username_check check (username ~ '^[a-z0-9][a-z0-9._-]{2,29}$'),
  email text not null constraint users_email_key unique
    constraint users_email_check check (email = lower(email) and length(email) between 3 and 254),
  email_verified boolean not null default false,
  phone text constraint users_phone_key unique constraint users_phone_check check (phone ~ '^\+[1-9][0-9]{7,14}$'),
  phone_verified boolean not null default false,
  image text,
  status text not null default 'active' constraint users_status_check check (status in ('active', 'inactive', 'suspended')),
  locale text constraint users_locale_check check (locale in ('id', 'en')),
  last_login_at timestamptz,
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table core.users is 'People who may sign in. Global: what they may do in a community is their membership there.';
comment on column core.users.email is 'Lower case. A person without e-mail has <id>@no-mail.invalid, which is never shown or written to.';
comment on column core.users.locale is 'Language of the interface; null follows the installation.';

-- Keyed by the token it is looked up with, so that it can be spread over machines by it.
-- A token alone opens nothing: the cookie also carries a signature whose secret is not in the database.
create table core.sessions (
  token text primary key,
  id uuid not null,
  user_id uuid not null references core.users (id) on delete cascade,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  device text,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now()
);
create index sessions_by_user on core.sessions (user_id);
create index sessions_by_expiry on core.sessions (expires_at);
comment on table core.sessions is 'Where people are signed in. They can see and end each of them.';
comment on column core.sessions.device is 'A name given to the device; null = told from the user agent.';
comment on column core.sessions.last_seen_at is 'Moves at most once an hour.';

create table core.accounts (
  id uuid primary key,
  user_id uuid not null references core.users (id) on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint accounts_provider_key unique (provider_id, account_id)
);
create index accounts_by_user on core.accounts (user_id);
comment on table core.accounts is 'Ways a person proves who they are. A password is the provider "credential".';
comment on column core.accounts.password is 'argon2id, PHC string format.';

create table core.verifications (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_by_identifier on core.verifications (identifier);
create index verifications_by_expiry on core.verifications (expires_at);
comment on table core.verifications is 'Short-lived proofs under way, such as a code that was sent.';

create table core.rate_limits (
  key text primary key,
  count integer not null,
  last_at timestamptz not null,
  blocked_until timestamptz
);
create index rate_limits_by_age on core.rate_limits (last_at);
comment on table core.rate_limits is 'Failed sign-ins, counted for all processes together. Keys are keyed hashes: no name or address in clear.';

grant select, insert, update on core.users to balai_app;
grant select, insert, update, delete on core.sessions, core.accounts, core.verifications, core.rate_limits to balai_app;
