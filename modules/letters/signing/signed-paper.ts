// The letter as it was signed electronically: the file that is handed out.
import { notFound } from '#kernel/http/refusal.ts'
import { opaqueId } from '#kernel/resource/field.ts'
import { query } from '#kernel/resource/query.ts'
import { findRow } from '#kernel/resource/store.ts'
import { originalBytes } from '../process/queries.ts'
import { generatedLetters } from '../resources/index.ts'

export const signedPaper = query<{ letter_id: string }>({
  name: 'letters.signed_paper',
  label: { id: 'Surat bertanda tangan elektronik', en: 'The letter as signed electronically' },
  doc: 'The very bytes of a letter that was signed electronically. 404 when the letter is not visible, or was not signed so.',
  permission: 'letters.generated_letters:read',
  input: { letter_id: opaqueId({ id: 'Surat', en: 'Letter' }) },
  file: { mime: 'application/pdf', name: 'surat-bertanda-tangan.pdf' },
  run: async (ctx, { letter_id }) => {
    const letter = await findRow(ctx, generatedLetters, letter_id)
    const { rows } = await ctx.db.query<{ version_id: string }>(
      "select version_id from letters.signings where tenant_id = $1 and letter_id = $2 and state = 'SIGNED' and deleted_at is null",
      [ctx.tenant.id, letter.id],
    )
    if (!rows[0]) throw notFound()
    return originalBytes(ctx, rows[0].version_id)
  },
})
