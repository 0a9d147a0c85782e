-- The tables of the test library, as `balai db diff` proposed them.

create schema library;
grant usage on schema library to balai_app;

create table library.shelves (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  code text not null,
  place geography(Point,4326),
  code_sort text collate "C" generated always as (core.sort_key(code)) stored not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint shelves_pkey primary key (tenant_id, id),
  constraint shelves_code_check check (length(code) between 1 and 10 and code ~ '^([A-Z0-9-]+)$')
);
comment on table library.shelves is 'A shelf in the village library.';
create index shelves_by_code on library.shelves (tenant_id, code_sort, id);
create index shelves_by_created_at on library.shelves (tenant_id, created_at, id);
create index shelves_by_place on library.shelves using gist (tenant_id, place) where place is not null;
create index shelves_search_code on library.shelves using gin (tenant_id, code gin_trgm_ops);
create unique index shelves_code_key on library.shelves (tenant_id, code) where deleted_at is null;
select core.wall('library.shelves');

create table library.books (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  title text not null,
  shelf_id uuid,
  kind text not null,
  pages integer not null,
  price numeric(18,2),
  bought_on date,
  lent boolean not null default false,
  summary text,
  subjects text[] not null default '{}',
  extra jsonb not null default '{}',
  donor_phone bytea,
  donor_phone_bidx bytea,
  donor_address bytea,
  donor_address_bidx bytea[],
  title_sort text collate "C" generated always as (core.sort_key(title)) stored not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint books_pkey primary key (tenant_id, id),
  constraint books_title_check check (length(title) between 1 and 200),
  constraint books_kind_check check (kind in ('novel', 'guide')),
  constraint books_pages_check check (pages >= 1 and pages <= 20000),
  constraint books_price_check check (price >= 0),
  constraint books_bought_on_check check (bought_on >= '1900-01-01'),
  constraint books_summary_check check (length(summary) <= 20000)
);
comment on table library.books is 'A book that people may borrow.';
create index books_by_title on library.books (tenant_id, title_sort, id);
create index books_by_pages on library.books (tenant_id, pages, id);
create index books_by_created_at on library.books (tenant_id, created_at, id);
create index books_by_shelf_id on library.books (tenant_id, shelf_id) where shelf_id is not null;
create index books_by_donor_phone on library.books (tenant_id, donor_phone_bidx) where donor_phone_bidx is not null;
create index books_by_donor_address on library.books using gin (tenant_id, donor_address_bidx) where donor_address_bidx is not null;
create index books_search_title on library.books using gin (tenant_id, title gin_trgm_ops);
create unique index books_donor_phone_key on library.books (tenant_id, donor_phone_bidx, title) where deleted_at is null;
select core.wall('library.books');

alter table library.books add constraint books_shelf_id_fkey foreign key (tenant_id, shelf_id) references library.shelves (tenant_id, id);
