// The logs as a whole over HTTP: taking them away with their seals, and how far they are sealed.
import { Hono } from 'hono'
import { z } from 'zod'
import type { House } from '#kernel/house.ts'
import { type C, type Env, whoOf } from '#kernel/http/env.ts'
import { API_HEADERS } from '#kernel/http/headers.ts'
import { toResponse } from '#kernel/http/once.ts'
import { forbidden, Refusal } from '#kernel/http/refusal.ts'
import { listOf, type RouteFact, says } from '#kernel/http/says.ts'
import { isDay } from '#kernel/resource/to-schema.ts'
import { noteSecurity, settleSecurity } from '#kernel/security-log/security-log.ts'
import { CSV_TYPE, delimiterFor, writeCsv, writeXlsx, XLSX_TYPE } from '#kernel/sheet/write-sheet.ts'
import { reading } from '#kernel/tenancy/as-tenant.ts'
import { countRows, exportRows, type Period, sheetColumns, writeNdjson } from './export.ts'
import { LOG_NAMES, type LogName } from './seals/canonical.ts'
import { lastSeal } from './seals/seal.ts'
import { sealJson, sealShape } from './seals/seal-json.ts'

const EXPORT = 'core.audit_logs:export'
/** What a sheet of Excel can hold below its heading. */
const XLSX_ROWS = 1_000_000
const FORMATS = { csv: CSV_TYPE, xlsx: XLSX_TYPE, ndjson: 'application/x-ndjson; charset=utf-8' } as const
type Format = keyof typeof FORMATS

function periodOf(c: C): Period {
  const wrong = (field: string): Refusal =>
    new Refusal(400, 'invalid_filter', { id: 'Nilai saringan keliru.', en: 'The value of the filter is wrong.' }, [
      { field, code: 'invalid_filter', message: { id: 'Tulis tanggal seperti 2024-12-31.', en: 'Write a day like 2024-12-31.' } },
    ])
  const [from, until] = [c.req.query('from') || null, c.req.query('until') || null]
  if (from && !isDay(from)) throw wrong('from')
  if (until && (!isDay(until) || (from && until < from))) throw wrong('until')
  return { from, until }
}

function formatOf(c: C): Format {
  const format = c.req.query('format') ?? 'csv'
  if (!Object.hasOwn(FORMATS, format))
    throw new Refusal(400, 'unknown_format', { id: 'Pilih csv, xlsx atau ndjson.', en: 'Choose csv, xlsx or ndjson.' })
  return format as Format
}

/** `GET …/audit_logs/export`, `GET …/security_events/export`: `?format=csv|xlsx|ndjson&from=&until=`. Streams; taking them is itself noted. */
async function take(house: House, c: C, log: LogName): Promise<Response> {
  const who = whoOf(c)
  const ctx = await reading(house, who)
  for (const permission of [`${log}:read`, EXPORT]) if (!ctx.can(permission)) throw forbidden(permission)
  const [period, format] = [periodOf(c), formatOf(c)]
  await settleSecurity(house)
  if (format === 'xlsx' && (await countRows(ctx, house.model, log, period)) > XLSX_ROWS)
    throw new Refusal(422, 'too_many_rows', {
      id: 'Terlalu banyak baris untuk satu lembar Excel. Pilih masa yang lebih pendek, atau CSV.',
      en: 'Too many rows for one Excel sheet. Choose a shorter period, or CSV.',
    })
  const { tenant, actor, origin } = who
  const detail = { resource: log, format, from: period.from, until: period.until }
  void noteSecurity(house, { kind: 'exported', tenantId: tenant.id, userId: actor.userId, actorName: actor.name, origin, detail })
  const rows = exportRows(ctx, house.model, log, period)
  const { headings, columns, cells } = sheetColumns(log)
  async function* lines() {
    for await (const row of rows) yield cells(row)
  }
  const body =
    format === 'ndjson'
      ? writeNdjson(log, rows)
      : format === 'csv'
        ? writeCsv(headings, lines(), delimiterFor(ctx.locale))
        : writeXlsx(headings, lines(), { name: log, columns })
  const name = `${tenant.code}-${log === 'core.audit_logs' ? 'audit-log' : 'security-log'}-${ctx.today}.${format}`
  return new Response(body, {
    headers: {
      ...API_HEADERS,
      'content-type': FORMATS[format],
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}

const taking = (name: string, log: LogName): RouteFact => ({
  summary: `Take the ${name} away, with what its seals are made of`,
  doc: `Needs ${log}:read as well. Taking it is itself noted.`,
  who: 'member',
  permission: EXPORT,
  query: z.object({
    format: z.enum(['csv', 'xlsx', 'ndjson']).default('csv'),
    from: z.iso.date().optional(),
    until: z.iso.date().optional(),
  }),
  answers: { 200: { doc: 'The file.', type: 'application/octet-stream' } },
  problems: { 400: ['invalid_filter', 'unknown_format'], 422: ['too_many_rows'] },
})

export function logRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  // Who reads the log finds there what happened a moment ago.
  for (const path of ['/security_events', '/security-days'])
    app.use(path, async (_c, next) => {
      await settleSecurity(house)
      await next()
    })
  app.get('/audit_logs/export', says(taking('change log', 'core.audit_logs')), (c) => take(house, c, 'core.audit_logs'))
  app.get('/security_events/export', says(taking('security log', 'core.security_events')), (c) => take(house, c, 'core.security_events'))
  app.get(
    '/audit-seals',
    says({
      summary: 'How far both logs are sealed',
      who: 'member',
      permission: 'core.audit_logs:read',
      answers: {
        200: {
          doc: 'The newest seal of each: note it down elsewhere, and nobody can rewrite what is before it.',
          shape: listOf(sealShape),
        },
      },
    }),
    async (c) => {
      const ctx = await reading(house, whoOf(c))
      if (!ctx.can('core.audit_logs:read')) throw forbidden('core.audit_logs:read')
      const newest = await Promise.all(LOG_NAMES.map((log) => lastSeal(ctx.db, ctx.tenant.id, log)))
      const data = newest.flatMap((s) => (s ? [sealJson(s)] : []))
      return toResponse({ status: 200, body: { data } })
    },
  )
  return app
}
