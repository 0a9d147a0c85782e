-- Who may do what in a community, and the views people save of its lists.

create table core.roles (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  name text not null constraint roles_name_check check (length(name) between 1 and 50),
  description text constraint roles_description_check check (length(description) <= 255),
  permissions text[] not null default '{}',
  visibility jsonb not null default '{}',
  is_system boolean not null default false,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint roles_pkey primary key (tenant_id, id)
);
create unique index roles_name_key on core.roles (tenant_id, name) where deleted_at is null;
create index roles_by_name on core.roles (tenant_id, name, id);
create index roles_by_created_at on core.roles (tenant_id, created_at, id);
select core.wall('core.roles');

create table core.memberships (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  user_id uuid not null references core.users (id),
  name text not null constraint memberships_name_check check (length(name) between 1 and 100),
  username text constraint memberships_username_check check (length(username) <= 50),
  role_id uuid not null,
  status text not null default 'active' constraint memberships_status_check check (status in ('active', 'inactive')),
  attributes jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint memberships_pkey primary key (tenant_id, id),
  constraint memberships_role_id_fkey foreign key (tenant_id, role_id) references core.roles (tenant_id, id)
);
create unique index memberships_user_id_key on core.memberships (tenant_id, user_id) where deleted_at is null;
create index memberships_by_user on core.memberships (user_id) where deleted_at is null;
create index memberships_by_role_id on core.memberships (tenant_id, role_id);
create index memberships_by_name on core.memberships (tenant_id, name, id);
create index memberships_by_created_at on core.memberships (tenant_id, created_at, id);
select core.wall('core.memberships');
-- A person finds their own communities before any is chosen: without a tenant, exactly their own rows.
alter policy wall on core.memberships
  using (tenant_id = core.tenant_id() or (core.tenant_id() is null and user_id = core.user_id()));

create table core.saved_views (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  name text not null constraint saved_views_name_check check (length(name) between 1 and 100),
  resource text not null constraint saved_views_resource_check check (length(resource) <= 100),
  definition jsonb not null default '{}',
  shared boolean not null default false,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint saved_views_pkey primary key (tenant_id, id)
);
create index saved_views_by_name on core.saved_views (tenant_id, name, id);
create index saved_views_by_created_at on core.saved_views (tenant_id, created_at, id);
select core.wall('core.saved_views');
