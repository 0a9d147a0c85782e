// A query with a sheet → a file to take away: `?format=xlsx` streamed, `?format=pdf&paper=a4|f4` set on paper.
import { noteTaken } from '#kernel/audit/taken.ts'
import type { Ctx } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { API_HEADERS } from '#kernel/http/headers.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { sheetPdf } from '#kernel/pdf/sheet-pdf.ts'
import { headingOf, type Paper, PAPERS, rowsOf } from '#kernel/sheet/sheet.ts'
import { writeXlsx, XLSX_TYPE } from '#kernel/sheet/write-sheet.ts'
import type { Who } from '#kernel/tenancy/as-tenant.ts'
import type { Query } from './query.ts'
import { allow } from './to-routes.ts'

export const SHEET_FORMATS = ['xlsx', 'pdf'] as const

export type Wanted = { readonly format: (typeof SHEET_FORMATS)[number]; readonly paper: Paper }

/** Takes `format` and `paper` out of what was asked. `wanted` is null for the plain answer. */
export function wantedFormat({ format, paper = 'a4', ...rest }: Record<string, string>): {
  wanted: Wanted | null
  rest: Record<string, string>
} {
  if (format === undefined || format === 'json') return { wanted: null, rest }
  const known = SHEET_FORMATS.find((one) => one === format)
  if (!known) throw new Refusal(400, 'unknown_format', { id: 'Pilih json, xlsx atau pdf.', en: 'Choose json, xlsx or pdf.' })
  const sized = PAPERS.find((one) => one === paper)
  if (!sized) throw new Refusal(400, 'unknown_paper', { id: 'Pilih kertas a4 atau f4.', en: 'Choose a4 or f4 paper.' })
  return { wanted: { format: known, paper: sized }, rest }
}

/** The file. Who takes it away needs the sheet's own permission, and is remembered. */
export async function takeAway<Input>(
  house: House,
  who: Who,
  ctx: Ctx,
  q: Query<Input>,
  input: Input,
  { format, paper }: Wanted,
): Promise<Response> {
  if (!q.sheet) throw new Refusal(400, 'no_sheet', { id: 'Ini tidak tersedia sebagai berkas.', en: 'This does not come as a file.' })
  const [resource = '', verb = ''] = q.sheet.permission.split(':')
  allow(ctx, house.model.resources.get(resource)!, verb)
  const sheet = await q.sheet.of(ctx, input)
  const pdf = format === 'pdf' ? await sheetPdf(sheet, { paper, locale: ctx.locale }) : null
  await noteTaken(house, who, resource, { format, query: q.name })
  const body =
    pdf ??
    writeXlsx(sheet.columns.map(headingOf), rowsOf(sheet), {
      name: sheet.title,
      columns: sheet.columns.map(({ kind = 'text' }) => ({ kind })),
    })
  return new Response(body as Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>, {
    headers: {
      ...API_HEADERS,
      'content-type': pdf ? 'application/pdf' : XLSX_TYPE,
      'content-disposition': `attachment; filename="${who.tenant.code}-${sheet.file}-${sheet.asOf}.${format}"`,
      'cache-control': 'no-store',
    },
  })
}
