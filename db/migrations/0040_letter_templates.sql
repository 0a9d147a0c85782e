-- Letters: the templates of what a community issues.

create schema letters;
grant usage on schema letters to balai_app;

create table letters.letter_templates (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  name text not null,
  heading text not null,
  code text not null,
  letter_type text not null default 'LAINNYA',
  description text,
  is_active boolean not null default true,
  self_service boolean not null default false,
  template text not null,
  attachment text,
  variables jsonb not null default '[]',
  subjects jsonb not null default '[]',
  paper text not null default 'F4',
  letterhead boolean not null default true,
  holder_signs boolean not null default false,
  district_acknowledges boolean not null default false,
  qr boolean not null default true,
  number_pattern text,
  classification_code text,
  validity_count integer,
  validity_unit text,
  requirements text[] not null default '{}',
  name_sort text collate "C" generated always as (core.sort_key(name)) stored not null,
  code_sort text collate "C" generated always as (core.sort_key(code)) stored not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid,
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  constraint letter_templates_pkey primary key (tenant_id, id),
  constraint letter_templates_name_check check (length(name) between 1 and 100),
  constraint letter_templates_heading_check check (length(heading) between 1 and 150),
  constraint letter_templates_code_check check (length(code) <= 20 and code ~ '^([A-Za-z0-9][A-Za-z0-9./-]{0,19})$'),
  constraint letter_templates_letter_type_check check (letter_type in ('SURAT_KETERANGAN_DOMISILI', 'SURAT_KETERANGAN_USAHA', 'SURAT_KETERANGAN_TIDAK_MAMPU', 'SURAT_PENGANTAR', 'LAINNYA')),
  constraint letter_templates_description_check check (length(description) <= 500),
  constraint letter_templates_template_check check (length(template) between 1 and 60000),
  constraint letter_templates_attachment_check check (length(attachment) <= 60000),
  constraint letter_templates_paper_check check (paper in ('A4', 'F4', 'A5')),
  constraint letter_templates_number_pattern_check check (length(number_pattern) <= 200),
  constraint letter_templates_classification_code_check check (length(classification_code) <= 20),
  constraint letter_templates_validity_count_check check (validity_count >= 1 and validity_count <= 999),
  constraint letter_templates_validity_unit_check check (validity_unit in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
  constraint letter_templates_variables_list_check check (jsonb_typeof(variables) = 'array'),
  constraint letter_templates_subjects_list_check check (jsonb_typeof(subjects) = 'array'),
  constraint letter_templates_validity_check check ((validity_count is null) = (validity_unit is null))
);
comment on table letters.letter_templates is 'A kind of letter that the community issues. Its words are HTML of a small subset with placeholders such as [NamA]; the letterhead, the title,
the number and the signature are laid out around them.';
create index letter_templates_by_name on letters.letter_templates (tenant_id, name_sort, id);
create index letter_templates_by_code on letters.letter_templates (tenant_id, code_sort, id);
create index letter_templates_by_created_at on letters.letter_templates (tenant_id, created_at, id);
create index letter_templates_search_name on letters.letter_templates using gin (tenant_id, name gin_trgm_ops);
create unique index letter_templates_name_key on letters.letter_templates (tenant_id, name) where deleted_at is null;
select core.wall('letters.letter_templates');
