// Declaration → sheet out: what a list shows, as CSV or XLSX, streamed page by page. Secrets stay masked.
import { Hono } from 'hono'
import { noteTaken } from '#kernel/audit/taken.ts'
import type { Ctx } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { type Env, whoOf } from '#kernel/http/env.ts'
import { API_HEADERS } from '#kernel/http/headers.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { CSV_TYPE, type CellOut, type ColumnOut, delimiterFor, writeCsv, writeXlsx, XLSX_TYPE } from '#kernel/sheet/write-sheet.ts'
import { reading } from '#kernel/tenancy/as-tenant.ts'
import { say } from '#kernel/words.ts'
import { WHEN } from './columns.ts'
import type { Field } from './field.ts'
import { type Cursor, decodeCursor, type ListQuery, orderName, readListQuery } from './list-query.ts'
import { type Presented, readList } from './read.ts'
import type { Resource } from './resource.ts'
import { allow } from './to-routes.ts'

const ROWS_MAX = 200_000
const PAGE = 200

function cell(f: Field | undefined, name: string, row: Presented, locale: 'id' | 'en'): CellOut {
  const value = row[name]
  if (value === null || value === undefined) return null
  if (f?.kind === 'ref') return (row['titles'] as Record<string, string | null>)[name] ?? null
  if (f?.kind === 'choice' && !f.secret)
    return say(f.choices?.find((c) => c.value === value)?.label ?? { id: String(value), en: String(value) }, locale)
  if (f?.kind === 'point') return `${(value as { lat: number }).lat}, ${(value as { lng: number }).lng}`
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object') return value instanceof Date ? value.toISOString() : JSON.stringify(value)
  return value as CellOut
}

async function* pages(ctx: Ctx, house: House, r: Resource, query: ListQuery): AsyncGenerator<Presented> {
  let after: Cursor | null = query.after
  for (let sent = 0; sent < ROWS_MAX; sent += PAGE) {
    const page = await readList(ctx, house.model, r, { ...query, after, limit: PAGE, count: false })
    yield* page.data
    if (!page.page.next) return
    after = decodeCursor(page.page.next, orderName(query))
  }
}

const kindOf = (f: Field | undefined): ColumnOut => ({
  kind: f?.kind === 'integer' || f?.kind === 'decimal' ? 'number' : f?.kind === 'day' && !f.secret ? 'day' : 'text',
})

/** `GET …/export?format=xlsx&columns=name,nik&<filters of the list>` */
export function toExport(house: House, r: Resource): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/export', async (c) => {
    const who = whoOf(c)
    const ctx = await reading(house, who)
    allow(ctx, r, 'export')
    const url = new URL(c.req.url).searchParams
    const query = readListQuery(house.model, r, url, ctx.today)
    const format = url.get('format') ?? 'csv'
    if (format !== 'csv' && format !== 'xlsx')
      throw new Refusal(400, 'unknown_format', { id: 'Pilih csv atau xlsx.', en: 'Choose csv or xlsx.' })
    const columns = (url.get('columns') || r.list.join(',')).split(',')
    const unknown = columns.find((name) => !Object.hasOwn(r.fields, name) && !WHEN.includes(name))
    if (unknown !== undefined)
      throw new Refusal(400, 'unknown_column', { id: 'Kolom tidak dikenal.', en: 'This column is not known.' }, [
        { field: unknown.slice(0, 60), code: 'unknown_column', message: { id: 'Tidak dikenal.', en: 'Not known.' } },
      ])
    await noteTaken(house, who, r.name, { format, columns })
    const headings = columns.map((name) => (r.fields[name] ? say(r.fields[name].label, ctx.locale) : name))
    async function* rows(): AsyncGenerator<CellOut[]> {
      for await (const row of pages(ctx, house, r, query)) yield columns.map((name) => cell(r.fields[name], name, row, ctx.locale))
    }
    const body =
      format === 'csv'
        ? writeCsv(headings, rows(), delimiterFor(ctx.locale))
        : writeXlsx(headings, rows(), { name: say(r.label.many, ctx.locale), columns: columns.map((name) => kindOf(r.fields[name])) })
    return new Response(body, {
      headers: {
        ...API_HEADERS,
        'content-type': format === 'csv' ? CSV_TYPE : XLSX_TYPE,
        'content-disposition': `attachment; filename="${who.tenant.code}-${r.plural}-${ctx.today}.${format}"`,
        'cache-control': 'no-store',
      },
    })
  })
  return app
}
