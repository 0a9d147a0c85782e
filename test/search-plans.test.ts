// Search and lists really use their indexes, under row security, as the application role: the plans say so, for every searchable field and every order.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MODULES } from '#app/modules.ts'
import type { Ctx } from '#kernel/ctx.ts'
import { readListQuery } from '#kernel/resource/list-query.ts'
import { modelOf } from '#kernel/resource/model.ts'
import { readList } from '#kernel/resource/read.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { sortColumn } from '#kernel/resource/to-table.ts'
import { checkSearch } from '#kernel/search/leakproof.ts'
import { library } from './library/index.ts'
import { fillSql } from './matrix/fill.ts'
import { sampleFor } from './matrix/samples/index.ts'
import { openWorld, type World } from './world.ts'

// The embedded database plans alike and fills more slowly.
const [ROWS, ELSEWHERE] = process.env['TEST_DATABASE_URL'] ? [20_000, 3_000] : [5_000, 1_000]
const model = modelOf([...MODULES, library])
const resources = [...model.resources.values()]

const secretsOf = (r: Resource): string[] =>
  Object.entries(r.fields)
    .filter(([, f]) => f.secret?.find === 'equal' || f.secret?.find === 'words')
    .map(([name]) => name)
const large = resources.filter((r) => (r.search?.length || secretsOf(r).length || r.module !== 'core') && !sampleFor(r.name).single)

let world: World
beforeAll(async () => {
  world = await openWorld()
  const { owner } = world.house.database
  const [here, there] = [await world.tenantId('sukamaju'), await world.tenantId('merantian')]
  const client = await owner.connect()
  try {
    // Rows as they are, without the triggers that would make a day of it.
    await client.query('begin; set local session_replication_role = replica')
    // Nor do rules between fields matter here: only shape and spread do.
    const { rows: rules } = await client.query<{ sql: string }>(
      `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as sql from pg_constraint where contype = 'c' and conrelid = any($1::regclass[])`,
      [large.map((r) => r.table)],
    )
    for (const { sql } of rules) await client.query(sql)
    for (const r of large)
      for (const [tenant, rows] of [
        [here, ROWS],
        [there, ELSEWHERE],
      ] as const)
        await client.query(fillSql(r, tenant, rows))
    await client.query('commit')
    // As autovacuum would: new rows wait in a list of their own until they are worked into a search index.
    for (const r of large) await client.query(`vacuum analyze ${r.table}`)
  } finally {
    client.release()
  }
}, 180_000)
afterAll(() => world?.close())

type Node = {
  'Node Type': string
  'Index Name'?: string
  'Relation Name'?: string
  'Subplan Name'?: string
  Alias?: string
  Plans?: Node[]
}
const under = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(under)]

/** The plan of the very statement that a list runs, explained as the application role inside the tenant. */
async function planOf(r: Resource, query: string): Promise<{ node: Node; text: string }> {
  return world.read('andi', 'sukamaju', async (ctx) => {
    const ran: { text: string; params: readonly unknown[] }[] = []
    const watched: Ctx = {
      ...ctx,
      db: { query: (text, params = []) => (ran.push({ text, params }), Promise.resolve({ rows: [], rowCount: 0 })) },
    }
    await readList(watched, model, r, readListQuery(model, r, new URLSearchParams(query), ctx.today))
    expect((await ctx.db.query<{ me: string }>('select current_user as me')).rows).toEqual([{ me: 'balai_app' }])
    const { text, params } = ran[0]!
    const { rows } = await ctx.db.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(`explain (format json) ${text}`, params)
    const node = rows[0]!['QUERY PLAN'][0].Plan
    return {
      node,
      text: under(node)
        .map((n) => `${n['Node Type']} ${n['Index Name'] ?? n['Relation Name'] ?? ''} ${n.Alias ?? ''}`)
        .join('\n'),
    }
  })
}

const indexesIn = (node: Node): string[] => under(node).flatMap((n) => n['Index Name'] ?? [])
const readsWhole = (node: Node, r: Resource): boolean =>
  under(node).some((n) => n['Node Type'] === 'Seq Scan' && n['Relation Name'] === r.plural)

test('the functions behind search are marked leakproof', async () => {
  expect((await checkSearch(world.house.database.owner)).missing).toEqual([])
})

describe('a part of a word is found by its trigrams', () => {
  const fields = large.flatMap((r) => (r.search ?? []).map((f) => [r.name, f] as const))
  test.each(fields)('%s.%s', async (name, field) => {
    const r = model.resources.get(name)!
    for (const q of ['1234', 'iti 77', 'zzzz']) {
      const { node, text } = await planOf(r, `q=${q}`)
      expect(indexesIn(node), text).toContain(`${r.plural}_search_${field}`)
      expect(readsWhole(node, r), text).toBe(false)
    }
  })
})

describe('a secret is found by its blind index', () => {
  const fields = large.flatMap((r) => secretsOf(r).map((f) => [r.name, f] as const))
  test.each(fields)('%s.%s', async (name, field) => {
    const r = model.resources.get(name)!
    for (const query of ['q=9901012209070012', `${field}=9901012209070012`]) {
      const { node, text } = await planOf(r, query)
      const own = indexesIn(node).filter(
        (i) => i === `${r.plural}_by_${field}` || r.unique?.some((u) => u.name === i && u.fields.includes(field)),
      )
      expect(own.length, `${query}\n${text}`).toBeGreaterThan(0)
      expect(readsWhole(node, r), text).toBe(false)
    }
  })
})

describe('a page of a list is read off its index, the first and any later', () => {
  const orders = large.flatMap((r) =>
    [...new Set([...r.sort, 'created_at'])].flatMap((s) => [[r.name, s] as const, [r.name, `-${s}`] as const]),
  )
  test.each(orders)('%s by %s', async (name, sort) => {
    const r = model.resources.get(name)!
    const column = `t.${sortColumn(r, sort.replace('-', ''))}`
    const first = await world.read('andi', 'sukamaju', (ctx) =>
      ctx.db.query<{ id: string; key: string }>(
        `select t.id, ${column}::text as key from ${r.table} t where t.tenant_id = $1 order by ${column}, t.id offset ${ROWS / 2} limit 1`,
        [ctx.tenant.id],
      ),
    )
    const { id, key } = first.rows[0]!
    const cursor = Buffer.from(JSON.stringify([sort, id, key])).toString('base64url')
    for (const query of [`sort=${sort}`, `sort=${sort}&after=${cursor}`]) {
      const { node, text } = await planOf(r, query)
      // Under the limit nothing is sorted; the few rows above it may be.
      const isRow = (n: Node): boolean =>
        n['Relation Name'] === r.plural && /^t(_\d+)?$/.test(n.Alias ?? '') && n['Node Type'].includes('Scan')
      const page = under(node).find((n) => n['Node Type'] === 'Limit' && under(n).some(isRow)) ?? node
      expect(
        under(page)
          .filter(isRow)
          .map((n) => n['Index Name']),
        `${query}\n${text}`,
      ).toEqual([`${r.plural}_by_${sort.replace('-', '')}`])
      expect(
        under(page)
          .map((n) => n['Node Type'])
          .filter((type) => type.includes('Sort')),
        `${query}\n${text}`,
      ).toEqual([])
      expect(readsWhole(node, r), text).toBe(false)
    }
  })
})

describe('without the mark, or without the index, the test would notice', () => {
  test('the plan of a name search reads the whole tenant', async () => {
    const { owner } = world.house.database
    const r = model.resources.get('library.books')!
    await owner.query('alter function pg_catalog.texticlike(text, text) not leakproof')
    try {
      const { node } = await planOf(r, 'q=1234')
      expect(indexesIn(node)).not.toContain('books_search_title')
    } finally {
      await owner.query('alter function pg_catalog.texticlike(text, text) leakproof')
    }
  })
})
