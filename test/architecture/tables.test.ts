// The rules of the tables, kept by the migrated schema; and each rule shown to bite on a table that breaks it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { diff } from '#kernel/db/diff.ts'
import { openWorld, type World } from '../world.ts'
import { catalogOf, type Catalog } from './catalog.ts'
import * as rules from './rules-of-tables.ts'

let world: World
let catalog: Catalog
beforeAll(async () => {
  world = await openWorld()
  catalog = await catalogOf(world.house.database.owner)
})
afterAll(() => world?.close())

const RULES = Object.entries(rules).filter((entry): entry is [string, (c: Catalog) => string[]] => typeof entry[1] === 'function')

test.each(RULES)('%s', (_name, rule) => expect(rule(catalog)).toEqual([]))

test('what was migrated is what is declared', async () => {
  const differences = await diff(world.house.database.owner, world.house.model.resources.values(), world.house.model.workflows)
  expect(differences.map((d) => `${d.resource} ${d.problem}`)).toEqual([])
})

test('there is something to look at', () => {
  expect(catalog.tables.filter((t) => t.tenant).length).toBeGreaterThan(15)
  expect(catalog.references.length).toBeGreaterThan(15)
  expect(catalog.routines.length).toBeGreaterThan(15)
  expect(catalog.triggers.some((t) => t.routine === 'core.log_change')).toBe(true)
})

/** Each breaks one rule, in a transaction that is rolled back. */
const BREAKS: Record<keyof typeof rules, readonly string[]> = {
  GLOBAL: [],
  hasTenantOrReason: ['create table library.notes (id uuid primary key)'],
  walled: [
    'alter table library.books disable row level security',
    'alter table library.books no force row level security',
    'create table library.notes (tenant_id uuid, id uuid, primary key (tenant_id, id))',
  ],
  onePolicy: [
    'create policy door on library.books using (true)',
    'drop policy wall on library.books',
    'alter policy wall on library.books using (true)',
    'alter policy wall on library.books with check (true)',
    'drop policy wall on library.books; create policy wall on library.books as restrictive using (tenant_id = core.tenant_id())',
    'drop policy wall on library.books; create policy wall on library.books for select using (tenant_id = core.tenant_id())',
  ],
  keyBeginsWithTenant: [
    'alter table library.books drop constraint books_pkey cascade; alter table library.books add primary key (id)',
    'alter table library.books drop constraint books_pkey cascade',
  ],
  uniqueWithinTenant: [
    'create unique index books_title_everywhere on library.books (title)',
    'alter table library.books add constraint no_overlap exclude using gist (title with =)',
  ],
  indexesBeginWithTenant: ['create index books_title_everywhere on library.books (title, tenant_id)'],
  referencesCarryTenant: [
    'create unique index shelves_id on library.shelves (id); alter table library.books add constraint loose foreign key (shelf_id) references library.shelves (id)',
  ],
  plainReferences: [
    'alter table library.books add constraint loose foreign key (tenant_id, shelf_id) references library.shelves (tenant_id, id) on delete set null',
    'alter table library.books add constraint loose foreign key (tenant_id, shelf_id) references library.shelves (tenant_id, id) on update cascade',
  ],
  noCounters: [
    'alter table library.books add column n bigint generated always as identity',
    'alter table library.books add column n bigserial',
  ],
  shortNames: [
    `create index ${'b'.repeat(51)} on library.books (tenant_id)`,
    `alter table library.books add constraint ${'b'.repeat(51)} check (true)`,
  ],
  searchPathSet: ['create function library.peek() returns int language sql as $$ select 1 $$'],
  noDefiners: ['create function library.peek() returns int language sql security definer set search_path = pg_catalog as $$ select 1 $$'],
  quietTriggers: [
    `create function library.shout() returns trigger language plpgsql set search_path = pg_catalog as $$ begin perform pg_catalog.pg_sleep(0); notify books; return null; end $$;
     create trigger shout after insert on library.books for each row execute function library.shout()`,
    `create function library.shout() returns trigger language plpgsql set search_path = pg_catalog as $$ begin update core.tenants set name = name; return null; end $$;
     create trigger shout after insert on library.books for each row execute function library.shout()`,
  ],
  logicalNames: [
    `drop trigger log_change on library.books; create trigger log_change after insert on library.books for each row execute function core.log_change('books')`,
  ],
  triggersOn: ['alter table library.books disable trigger log_change'],
}

describe('every rule bites', () => {
  test.each(RULES)('%s', async (name, rule) => {
    const breaks = BREAKS[name as keyof typeof rules]
    expect(breaks.length, `write what breaks ${name}`).toBeGreaterThan(0)
    for (const sql of breaks) {
      const client = await world.house.database.owner.connect()
      try {
        await client.query('begin')
        await client.query(sql)
        expect(rule(await catalogOf(client as never)).length, sql).toBeGreaterThan(0)
      } finally {
        await client.query('rollback')
        client.release()
      }
    }
  })

  test('a workflow that changed is noticed, also one that is gone, and the proposal mends it', async () => {
    const client = await world.house.database.owner.connect()
    const declared = world.house.model.workflows.get('library.loans')!
    const { moves } = declared
    const others = [
      { ...declared, moves: moves.slice(1) },
      { ...declared, moves: moves.map((m) => (m.noun === 'lapse' ? { ...m, to: 'lost' } : m)) },
      { ...declared, initial: 'lent' },
      undefined,
    ]
    try {
      for (const w of others) {
        const workflows = new Map(w ? [['library.loans', w]] : [])
        await client.query('begin')
        const found = await diff(client as never, [declared.resource], workflows)
        expect(found.length).toBeGreaterThan(0)
        for (const { proposal } of found) await client.query(proposal)
        expect(await diff(client as never, [declared.resource], workflows)).toEqual([])
        await client.query('rollback')
      }
    } finally {
      await client.query('rollback')
      client.release()
    }
  })

  test('a declaration that nobody migrated is noticed, and the proposal mends it', async () => {
    const client = await world.house.database.owner.connect()
    const differences = (): ReturnType<typeof diff> =>
      diff(client as never, world.house.model.resources.values(), world.house.model.workflows)
    try {
      for (const sql of [
        'alter table library.books drop column summary',
        'alter table library.books drop column title_sort',
        'alter table library.books alter column title_sort drop expression',
        'drop index library.books_by_title',
        'alter table library.books alter column kind drop not null',
        'alter table library.books drop constraint books_pages_check',
      ]) {
        await client.query('begin')
        await client.query(sql)
        const found = await differences()
        expect(found.length, sql).toBeGreaterThan(0)
        for (const { proposal } of found) await client.query(proposal)
        expect(await differences(), sql).toEqual([])
        await client.query('rollback')
      }
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})
