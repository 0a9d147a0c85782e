-- Loans of the test library, as `balai db diff` proposed them.

create table library.loans (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  book_id uuid not null,
  borrower text not null,
  status text not null default 'requested',
  pages_missing integer,
  borrower_sort text collate "C" generated always as (core.sort_key(borrower)) stored not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint loans_pkey primary key (tenant_id, id),
  constraint loans_borrower_check check (length(borrower) between 1 and 100),
  constraint loans_status_check check (status in ('requested', 'unclear', 'lent', 'returned', 'refused', 'lost')),
  constraint loans_pages_missing_check check (pages_missing >= 0 and pages_missing <= 20000)
);
comment on table library.loans is 'Somebody who wants to take a book home.';
create index loans_by_borrower on library.loans (tenant_id, borrower_sort, id);
create index loans_by_created_at on library.loans (tenant_id, created_at, id);
create index loans_by_book_id on library.loans (tenant_id, book_id);
create index loans_search_borrower on library.loans using gin (tenant_id, borrower gin_trgm_ops);
select core.wall('library.loans');
create or replace trigger begin_workflow after insert on library.loans for each row execute function core.keep_workflow('library.loans', 'status', 'requested', 'handover:requested>lent', 'question:requested>unclear', 'answer:unclear>requested', 'refusal:requested>refused', 'refusal:unclear>refused', 'lapse:unclear>refused', 'return:lent>returned', 'loss:lent>lost');
create or replace trigger keep_workflow after update on library.loans for each row when (old.status is distinct from new.status) execute function core.keep_workflow('library.loans', 'status', 'requested', 'handover:requested>lent', 'question:requested>unclear', 'answer:unclear>requested', 'refusal:requested>refused', 'refusal:unclear>refused', 'lapse:unclear>refused', 'return:lent>returned', 'loss:lent>lost');

alter table library.loans add constraint loans_book_id_fkey foreign key (tenant_id, book_id) references library.books (tenant_id, id);
