// Issuing: the number is drawn, the words are frozen, the PDF is made and kept as a document. All of it in one transaction, or nothing.
import type { Ctx } from '#kernel/ctx.ts'
import { attach } from '#kernel/documents/attach.ts'
import { invalid } from '#kernel/http/refusal.ts'
import type { Stored } from '#kernel/resource/action.ts'
import { seekRow } from '#kernel/resource/store.ts'
import { drawNumber, numberByHand } from '../numbers/draw.ts'
import { generatedLetters, letterTemplates } from '../resources/index.ts'
import { letterPdf, villageFacts } from '../template/index.ts'
import { compose } from './compose.ts'
import { detailsOf, type TemplateRow } from './inputs.ts'
import { processSettings } from './settings.ts'
import { newVerificationCode, verificationLink } from './verification-code.ts'

export type ByHand = { readonly number: string | null; readonly number_reason: string | null }

/** A number by hand comes with its reason. Throws 422. */
export function requireReason({ number, number_reason }: ByHand): void {
  if (number && !number_reason)
    throw invalid([
      {
        field: 'number_reason',
        code: 'required',
        message: { id: 'Tulis mengapa nomornya ditulis tangan.', en: 'Say why the number is given by hand.' },
      },
    ])
}

const DOCUMENT_TYPE = { name: 'Surat', category: 'SURAT' }
const fileName = (heading: string, number: string): string =>
  `${`${heading} ${number}`
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 120)
    .toLowerCase()}.pdf`

/**
 * Issues a letter whose row is locked; answers what the row keeps of it. Composed anew, as the register is now. From the number on, whoever wants
 * one of the same sequence waits until this is done.
 */
export async function issue(ctx: Ctx, row: Stored, byHand: ByHand): Promise<Record<string, unknown>> {
  requireReason(byHand)
  const template = (await seekRow(ctx, letterTemplates, String(row['template_id']), { deleted: true })) as TemplateRow
  const day = (row['letter_date'] as string | null) ?? ctx.today
  const code = newVerificationCode()
  const asked = {
    flow: 'LETTER',
    code: template.code,
    classification: template.classification_code,
    pattern: template.number_pattern ?? (await ctx.setting(processSettings.numberPattern)),
    villageCode: (await villageFacts(ctx)).code,
    day,
  } as const
  const drawn = byHand.number ? await numberByHand(ctx, asked, byHand.number, byHand.number_reason ?? '') : await drawNumber(ctx, asked)
  const { content, frame, signing } = await compose(
    ctx,
    {
      template,
      citizenId: String(row['citizen_id']),
      details: detailsOf(ctx, row, generatedLetters),
      signatoryId: row['signatory_id'] as string | null,
    },
    { day, number: drawn.number, verification: verificationLink(ctx, code) },
  )
  const bytes = await letterPdf(content, { at: ctx.now })
  const file = await attach(ctx, {
    type: DOCUMENT_TYPE,
    title: `${template.heading} ${drawn.number}`.slice(0, 200),
    resource: generatedLetters.name,
    resourceId: row.id,
    // No last day: how long the letter holds is its own fact, and nobody renews it, so nobody wants to be reminded of each.
    issueDate: day,
    file: { name: fileName(template.heading, drawn.number), mime: 'application/pdf', bytes },
  })
  return {
    letter_number: drawn.number,
    number_id: drawn.id,
    letter_date: day,
    heading: template.heading,
    signatory_id: signing.official?.id ?? null,
    signing_mode: signing.mode,
    content,
    valid_from: frame.validFrom,
    valid_until: frame.validUntil,
    issued_at: ctx.now.toISOString(),
    document_id: file.documentId,
    original_version_id: file.versionId,
    sha256: file.sha256,
    verification_code: code,
  }
}
