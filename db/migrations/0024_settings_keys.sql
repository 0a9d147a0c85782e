-- What a community may set, and the keys with which devices and programs use the API (docs/decisions/0014).

create table core.settings (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  module text not null default 'custom',
  key text not null,
  data_type text not null default 'STRING',
  value text,
  secret_value bytea,
  category text,
  description text,
  is_public boolean not null default false,
  is_required boolean not null default false,
  validation_rule jsonb,
  key_sort text collate "C" generated always as (core.sort_key(key)) stored not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint settings_pkey primary key (tenant_id, id),
  constraint settings_module_check check (length(module) between 1 and 50),
  constraint settings_key_check check (length(key) between 1 and 100 and key ~ '^([a-z][a-z0-9_.]*)$'),
  constraint settings_data_type_check check (data_type in ('STRING', 'NUMBER', 'BOOLEAN', 'JSON', 'EMAIL', 'URL')),
  constraint settings_value_check check (length(value) <= 5000),
  constraint settings_category_check check (length(category) <= 50),
  constraint settings_description_check check (length(description) <= 500),
  constraint settings_id_rule check ((module = 'custom') = (substr(id::text, 15, 1) <> '8'))
);
comment on table core.settings is 'What a community has set differently from the default, and settings of its own that programs may read.';
create index settings_by_key on core.settings (tenant_id, key_sort, id);
create index settings_by_created_at on core.settings (tenant_id, created_at, id);
create index settings_search_key on core.settings using gin (tenant_id, key gin_trgm_ops);
create unique index settings_key_key on core.settings (tenant_id, module, key) where deleted_at is null;
select core.wall('core.settings');

create table core.api_keys (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  name text not null,
  prefix text not null,
  status text not null default 'active',
  scopes text[] not null default '{}',
  visibility jsonb not null default '{}',
  attributes jsonb not null default '{}',
  networks text[] not null default '{}',
  expires_at timestamptz not null,
  made_by text not null,
  revoked_at timestamptz,
  name_sort text collate "C" generated always as (core.sort_key(name)) stored not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint api_keys_pkey primary key (tenant_id, id),
  constraint api_keys_name_check check (length(name) between 1 and 100),
  constraint api_keys_prefix_check check (length(prefix) between 8 and 8),
  constraint api_keys_status_check check (status in ('active', 'revoked')),
  constraint api_keys_made_by_check check (length(made_by) <= 100),
  constraint api_keys_revoked_rule check ((status = 'revoked') = (revoked_at is not null))
);
comment on table core.api_keys is 'A key with which a device or another program uses the API. It never does more than the member who made it may do now.';
create index api_keys_by_name on core.api_keys (tenant_id, name_sort, id);
create index api_keys_by_created_at on core.api_keys (tenant_id, created_at, id);
create index api_keys_search_name on core.api_keys using gin (tenant_id, name gin_trgm_ops);
select core.wall('core.api_keys');

-- The hash of a key and when it was last used: beside the key, out of the change log, and in no answer of the API.
create table core.api_key_secrets (
  tenant_id uuid not null,
  key_id uuid not null,
  prefix text not null,
  hash bytea not null constraint api_key_secrets_hash_check check (length(hash) = 32),
  last_used_at timestamptz,
  last_used_ip text constraint api_key_secrets_last_used_ip_check check (length(last_used_ip) <= 45),
  constraint api_key_secrets_pkey primary key (tenant_id, key_id),
  constraint api_key_secrets_key_id_fkey foreign key (tenant_id, key_id) references core.api_keys (tenant_id, id)
);
comment on table core.api_key_secrets is 'SHA-256 of each API key (238 random bits: too many to guess), found by the part of the key that names it.';
create unique index api_key_secrets_prefix_key on core.api_key_secrets (tenant_id, prefix);
select core.wall('core.api_key_secrets', false);
grant select, insert, update on core.api_key_secrets to balai_app;
