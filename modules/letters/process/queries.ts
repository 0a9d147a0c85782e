// What the counter and the letter's page ask for: a preview before anything is kept, the paper of a letter, and what was filled in.
import type { Ctx } from '#kernel/ctx.ts'
import type { Stored } from '#kernel/resource/action.ts'
import { shown } from '#kernel/resource/columns.ts'
import { opaqueId } from '#kernel/resource/field.ts'
import { query } from '#kernel/resource/query.ts'
import { findRow, paramsOf, seekRow } from '#kernel/resource/store.ts'
import { generatedLetters, letterRequests, letterTemplates } from '../resources/index.ts'
import { type LetterContent, letterPdf, letterPicture } from '../template/index.ts'
import { type Draft, DRAFT_INPUT, draftContent } from './drafts.ts'
import { applicantFor, checkDetails, detailsOf, templateFor, type TemplateRow } from './inputs.ts'
import { requirementsOf } from './requirements.ts'

const PDF = { mime: 'application/pdf', name: 'surat.pdf' } as const
const PICTURE = { mime: 'image/svg+xml', name: 'surat.svg' } as const
const letter = opaqueId({ id: 'Surat', en: 'Letter' })
const request = opaqueId({ id: 'Permohonan', en: 'Request' })

/** The words of what was asked for, checked, and not kept. */
async function asDraft(ctx: Ctx, asked: Draft): Promise<LetterContent> {
  const template = await templateFor(ctx, asked.template_id)
  const citizen = await applicantFor(ctx, asked.citizen_id)
  const details = await checkDetails(ctx, template, asked, citizen.id)
  return draftContent(ctx, { template, citizenId: citizen.id, details, signatoryId: asked.signatory_id }, asked.letter_date)
}

export const draftPicture = query<Draft>({
  name: 'letters.draft_picture',
  label: { id: 'Gambar konsep', en: 'Picture of a draft' },
  doc: 'The letter as it would be issued, without a number, as a picture. Nothing is kept. 422 by field where something is missing.',
  permission: 'letters.generated_letters:drafting',
  by: 'POST',
  input: DRAFT_INPUT,
  file: PICTURE,
  run: async (ctx, asked) => letterPicture(await asDraft(ctx, asked)),
})

/** The bytes of a letter's original file, exactly as issued. The row was found as the actor sees it. Throws 404, 503. */
export async function originalBytes(ctx: Ctx, versionId: string): Promise<Uint8Array<ArrayBuffer>> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const { rows } = await ctx.db.query<{ file_id: string }>(
    `select v.file_id from core.document_versions v where v.tenant_id = $1 and v.id = ${param(versionId)}`,
    values,
  )
  const parts: Buffer[] = []
  for await (const part of await ctx.files.open(rows[0]?.file_id ?? '')) parts.push(part)
  return new Uint8Array(Buffer.concat(parts))
}

export const paper = query<{ letter_id: string }>({
  name: 'letters.paper',
  label: { id: 'Surat di kertas', en: 'The letter on paper' },
  doc: 'A letter as PDF: the original bytes of an issued one, the words of a draft as they stand. 404 when the letter is not visible.',
  permission: 'letters.generated_letters:read',
  input: { letter_id: letter },
  file: PDF,
  run: async (ctx, { letter_id }) => {
    const row = await findRow(ctx, generatedLetters, letter_id)
    if (row['original_version_id']) return originalBytes(ctx, String(row['original_version_id']))
    const content = wordsOf(ctx, row)
    return letterPdf(content, { at: new Date(`${content.day}T00:00:00Z`) })
  },
})

export const paperPicture = query<{ letter_id: string }>({
  name: 'letters.paper_picture',
  label: { id: 'Gambar surat', en: 'Picture of a letter' },
  doc: 'The words of a letter as a picture: frozen ones of an issued letter, those of a draft as they stand.',
  permission: 'letters.generated_letters:read',
  input: { letter_id: letter },
  file: PICTURE,
  run: async (ctx, { letter_id }) => letterPicture(wordsOf(ctx, await findRow(ctx, generatedLetters, letter_id))),
})

/** The words of a letter as they are kept: those who may read the letter read them, whatever of the register they print. */
const wordsOf = (ctx: Ctx, row: Stored): LetterContent =>
  shown(ctx.seal, generatedLetters, 'content', row['content'], true) as LetterContent

export const requestDesk = query<{ request_id: string }>({
  name: 'letters.request_desk',
  label: { id: 'Isi permohonan', en: 'What a request says' },
  doc: 'For whoever processes a request: what was filled in, which required documents are there, and its letter if there is one.',
  permission: 'letters.letter_requests:processing',
  input: { request_id: request },
  run: async (ctx, { request_id }) => {
    const row = await findRow(ctx, letterRequests, request_id)
    const template = (await seekRow(ctx, letterTemplates, String(row['template_id']))) as TemplateRow | null
    const { values, param } = paramsOf(ctx.tenant.id)
    const { rows } = await ctx.db.query<{ id: string; status: string; letter_number: string | null }>(
      `select t.id, t.status, t.letter_number from letters.generated_letters t
        where t.tenant_id = $1 and t.request_id = ${param(row.id)} and t.deleted_at is null and ${ctx.sees(generatedLetters.name, param)}
        order by t.created_at desc limit 1`,
      values,
    )
    return {
      ...detailsOf(ctx, row, letterRequests),
      requirements: await requirementsOf(ctx, template?.requirements ?? [], { requestId: row.id, citizenId: String(row['citizen_id']) }),
      letter: rows[0] ?? null,
    }
  },
})

export const letterDesk = query<{ letter_id: string }>({
  name: 'letters.letter_desk',
  label: { id: 'Isi konsep surat', en: 'What a draft says' },
  doc: 'For whoever corrects a draft: what was filled in.',
  permission: 'letters.generated_letters:correction',
  input: { letter_id: letter },
  run: async (ctx, { letter_id }) => detailsOf(ctx, await findRow(ctx, generatedLetters, letter_id), generatedLetters),
})
