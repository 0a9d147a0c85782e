// The report as a download: streamed from the database page by page, so that a large import costs no more memory than a small one.
import type { Ctx } from '#kernel/ctx.ts'
import { say } from '#kernel/words.ts'
import type { Importer, Verdict } from './importer.ts'
import { writeReport } from './report.ts'
import { notesOf, readVerdicts, type ImportRow } from './rows.ts'

const PAGE = 1_000

async function* allVerdicts(ctx: Ctx, id: string): AsyncGenerator<Verdict> {
  for (let after = 0; ; ) {
    const page = await readVerdicts(ctx, id, null, after, PAGE)
    yield* page
    if (page.length < PAGE) return
    after = page.at(-1)?.row ?? after
  }
}

/** The report of one import as a file to download. */
export function reportResponse(ctx: Ctx, row: ImportRow, importer: Importer, format: 'xlsx' | 'csv'): Response {
  const { type, body } = writeReport(format, ctx.locale, importer, allVerdicts(ctx, row.id), notesOf(ctx.seal, row))
  const what = say({ id: 'hasil impor', en: 'import report' }, ctx.locale)
  const name = `${row.file_name.replace(/\.[a-z0-9]{1,5}$/i, '')} - ${what}.${format}`
  const plain = name.replace(/[^\w .-]/g, '_')
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'no-store',
    },
  })
}
