-- Proving who one is: sessions that a reader of the table cannot use, codes by phone, a second factor and its recovery codes.
-- Global like the people they belong to. What is short or guessable is kept under a key that is not in the database.

-- Everybody signs in anew: what was kept until now were the tokens themselves.
delete from core.sessions;
alter table core.sessions rename column token to token_hash;
alter table core.sessions add constraint sessions_token_hash_check check (token_hash ~ '^[0-9a-f]{64}$');
comment on column core.sessions.token_hash is 'SHA-256 of the token in the cookie. The token has 256 random bits: it cannot be found again from this.';

create table core.one_time_codes (
  key text primary key,
  code_hash text not null,
  tries integer not null default 0 constraint one_time_codes_tries_check check (tries between 0 and 5),
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index one_time_codes_by_expiry on core.one_time_codes (expires_at);
comment on table core.one_time_codes is 'Codes sent to a phone, one at a time for one use. Key and code are keyed hashes: no number and no code in clear.';

create table core.two_factors (
  user_id uuid primary key references core.users (id) on delete cascade,
  secret bytea not null,
  master_key_id text not null,
  confirmed_at timestamptz,
  last_step bigint,
  created_at timestamptz not null default now()
);
comment on table core.two_factors is 'Authenticator apps. Asked for at sign-in once confirmed.';
comment on column core.two_factors.secret is 'Sealed with a key made from the master key of master_key_id, bound to the person.';
comment on column core.two_factors.last_step is 'The newest code that was used: it and older ones are not taken again (RFC 6238, section 5.2).';

create table core.recovery_codes (
  user_id uuid not null references core.users (id) on delete cascade,
  code_hash text not null,
  used_at timestamptz,
  created_at timestamptz not null default now(),
  constraint recovery_codes_pkey primary key (user_id, code_hash)
);
comment on table core.recovery_codes is 'Ten codes for the day the phone is lost, each good once. Keyed hashes.';

create table core.sign_in_challenges (
  key text primary key,
  user_id uuid not null references core.users (id) on delete cascade,
  browser_hash text not null,
  first_way text not null constraint sign_in_challenges_first_way_check check (first_way in ('password', 'code')),
  tries integer not null default 0 constraint sign_in_challenges_tries_check check (tries between 0 and 5),
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index sign_in_challenges_by_user on core.sign_in_challenges (user_id);
create index sign_in_challenges_by_expiry on core.sign_in_challenges (expires_at);
comment on table core.sign_in_challenges is 'Sign-ins that still need the second factor: minutes, few tries, only in the browser where they began. Not sessions.';

grant select, insert, update, delete on core.one_time_codes, core.two_factors, core.recovery_codes, core.sign_in_challenges to balai_app;
