// What is done with a new version once it is there: scanned for viruses, and read by a machine so that it can be found by its words.
import type { Ctx } from '#kernel/ctx.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import type { JobKind } from '#kernel/jobs/job.ts'
import { readPicture } from './reading/ocr.ts'
import { summaryOf } from './reading/summary.ts'
import { documentVersions } from './resources/document-versions.ts'
import { scan } from './scan/clamd.ts'
import type { FilesConfig } from './storage/config.ts'

export type VersionInput = { readonly version_id: string }

type Version = { readonly file_id: string; readonly mime_type: string; readonly scan_state: string; readonly document_id: string }

/** Read by its id alone: whoever started the work may not see the record any more, and the work is to be done all the same. */
async function versionOf(ctx: Ctx, id: string): Promise<Version | null> {
  const { rows } = await ctx.db.query<Version>(
    'select file_id, mime_type, scan_state, document_id from core.document_versions where tenant_id = $1 and id = $2',
    [ctx.tenant.id, id],
  )
  return rows[0] ?? null
}

export const documentJobs = ({ clamd }: FilesConfig): readonly JobKind<never>[] => [
  {
    name: 'core.scan_file',
    label: { id: 'Memeriksa virus dalam berkas', en: 'Scanning a file for viruses' },
    retries: 5,
    async run({ ctx, transaction }, input: VersionInput) {
      const version = await versionOf(ctx, input.version_id)
      if (version?.scan_state !== 'pending' || !clamd) return {}
      const state = await scan(clamd, await ctx.files.open(version.file_id)).catch((error: unknown) => {
        throw error instanceof Refusal ? error : scannerDown(error)
      })
      await transaction(async (inside) => {
        await inside.db.query(
          `update core.document_versions set scan_state = $3 where tenant_id = $1 and id = $2 and scan_state = 'pending'`,
          [inside.tenant.id, input.version_id, state],
        )
        if (state === 'infected')
          await inside.emit('document.infected', 'core.documents', version.document_id, { version_id: input.version_id })
      })
      return { state }
    },
  } satisfies JobKind<VersionInput> as unknown as JobKind<never>,
  {
    name: 'core.read_text',
    label: { id: 'Membaca teks dalam gambar', en: 'Reading the text in a picture' },
    retries: 1,
    async run({ ctx, transaction }, input: VersionInput) {
      const version = await versionOf(ctx, input.version_id)
      if (!version?.mime_type.startsWith('image/') || version.scan_state === 'infected') return {}
      const parts: Buffer[] = []
      for await (const part of await ctx.files.open(version.file_id)) parts.push(part)
      const text = await readPicture(Buffer.concat(parts))
      if (!text) return { words: 0 }
      await transaction((inside) => keepText(inside, input.version_id, text))
      return { words: text.split(/\s+/).length }
    },
  } satisfies JobKind<VersionInput> as unknown as JobKind<never>,
]

async function keepText(ctx: Ctx, id: string, text: string): Promise<void> {
  const field = (name: string): string => `${documentVersions.name}.${name}`
  const summary = summaryOf(text)
  await ctx.db.query('update core.document_versions set ocr_text = $3, ocr_text_bidx = $4, summary = $5 where tenant_id = $1 and id = $2', [
    ...[ctx.tenant.id, id, ctx.seal.seal(text, field('ocr_text')), ctx.seal.blindWords(text, field('ocr_text'))],
    summary && ctx.seal.seal(summary, field('summary')),
  ])
}

const scannerDown = (cause: unknown): Refusal =>
  Object.assign(
    new Refusal(503, 'scanner_unavailable', {
      id: 'Pemeriksa virus tidak menjawab. Berkas tetap tersimpan dan menunggu diperiksa.',
      en: 'The virus scanner does not answer. The file is kept, and waits to be scanned.',
    }),
    { cause },
  )
