// Drafts: made of a request or right at the counter, corrected until they are issued. The everyday letter is drafted and issued in one step.
import type { Ctx } from '#kernel/ctx.ts'
import { forbidden, invalid, Refusal } from '#kernel/http/refusal.ts'
import { action, type Stored } from '#kernel/resource/action.ts'
import { optional, ref } from '#kernel/resource/field.ts'
import { checkReferences, insertRow, seekRow, updateRow } from '#kernel/resource/store.ts'
import { makeMove } from '#kernel/workflow/moves.ts'
import { generatedLetters, letterRequests } from '../resources/index.ts'
import { LETTER_INPUT } from '../resources/generated-letters.ts'
import type { LetterContent } from '../template/index.ts'
import { compose, type Letter, NO_NUMBER_YET } from './compose.ts'
import { applicantFor, checkDetails, templateFor } from './inputs.ts'
import type { ByHand } from './issue.ts'
import { BY_HAND_INPUT, letterWorkflow } from './letters.ts'
import { requestWorkflow } from './requests.ts'
import { processSettings } from './settings.ts'

const R = generatedLetters.name

type Correction = { values: unknown; subjects: unknown; letter_date: string | null; signatory_id: string | null }
export type Draft = Correction & { citizen_id: string; template_id: string; request_id: string | null }

export const DRAFT_INPUT = {
  citizen_id: ref('registry.citizens', { id: 'Pemohon', en: 'Applicant' }),
  template_id: ref('letters.letter_templates', { id: 'Surat', en: 'Letter' }),
  request_id: optional(ref('letters.letter_requests', { id: 'Permohonan', en: 'Request' })),
  ...LETTER_INPUT,
} as const

/** A request that is being processed, for this person and this letter. One that still waits is taken up by whoever drafts its letter. */
async function requireRequest(ctx: Ctx, { request_id, citizen_id, template_id }: Draft): Promise<void> {
  if (!request_id) return
  const request = await seekRow(ctx, letterRequests, request_id, { lock: true })
  if (request?.['status'] === 'PENDING' && ctx.can('letters.letter_requests:processing'))
    return makeMove(ctx, requestWorkflow, request.id, 'processing', {})
  if (request?.['status'] === 'DIPROSES' && request['citizen_id'] === citizen_id && request['template_id'] === template_id) return
  throw invalid([
    {
      field: 'request_id',
      code: 'not_in_progress',
      message: {
        id: 'Permohonan ini tidak sedang diproses, atau untuk warga atau surat lain.',
        en: 'This request is not in progress, or is for another resident or letter.',
      },
    },
  ])
}

/** The words of a draft, kept so that whoever checks it reads what the drafter saw. */
export const draftContent = async (ctx: Ctx, letter: Letter, day: string | null): Promise<LetterContent> =>
  (await compose(ctx, letter, { day: day ?? ctx.today, number: NO_NUMBER_YET, verification: null })).content

/** Keeps a draft. Throws 422 by field, 409 when its request has a letter already. */
async function keepDraft(ctx: Ctx, asked: Draft): Promise<Stored> {
  const template = await templateFor(ctx, asked.template_id)
  const citizen = await applicantFor(ctx, asked.citizen_id)
  const details = await checkDetails(ctx, template, asked, asked.citizen_id)
  await checkReferences(ctx, generatedLetters, { signatory_id: asked.signatory_id })
  await requireRequest(ctx, asked)
  const content = await draftContent(ctx, { template, citizenId: citizen.id, details, signatoryId: asked.signatory_id }, asked.letter_date)
  return insertRow(ctx, generatedLetters, {
    heading: template.heading,
    addressee: String(citizen['name']).slice(0, 100),
    letter_date: asked.letter_date,
    request_id: asked.request_id,
    template_id: template.id,
    citizen_id: citizen.id,
    letter_type: template.letter_type,
    details,
    content,
    secretary_checks: await ctx.setting(processSettings.secretaryChecks),
    head_approves: await ctx.setting(processSettings.headApproves),
    signatory_id: asked.signatory_id,
  })
}

export const drafting = action<Draft>({
  resource: R,
  noun: 'drafting',
  label: { id: 'Buat konsep', en: 'Draft a letter' },
  doc: { id: 'Surat disusun dan belum bernomor.', en: 'A letter is put together and has no number yet.' },
  on: 'many',
  unlisted: true,
  input: DRAFT_INPUT,
  run: async (ctx, _none, asked) => ({ id: (await keepDraft(ctx, asked)).id, resource: R, status: 'draft' }),
})

/** Drafted and issued at once; where somebody has to check it first, it goes to them instead. */
export const directIssue = action<Draft & ByHand>({
  resource: R,
  noun: 'direct-issue',
  label: { id: 'Terbitkan langsung', en: 'Issue at once' },
  doc: {
    id: 'Surat disusun, diberi nomor dan dicetak dalam satu langkah. Bila perlu diperiksa dahulu, surat dikirim ke pemeriksanya.',
    en: 'A letter is put together, numbered and printed in one step. Where it has to be checked first, it goes to whoever checks it.',
  },
  on: 'many',
  unlisted: true,
  input: { ...DRAFT_INPUT, ...BY_HAND_INPUT },
  run: async (ctx, _none, { number, number_reason, ...asked }) => {
    const row = await keepDraft(ctx, asked)
    const noun = row['secretary_checks'] ? 'submission' : row['head_approves'] ? 'head-submission' : 'issuing'
    if (!ctx.can(`${R}:${noun}`)) throw forbidden(`${R}:${noun}`)
    await makeMove(ctx, letterWorkflow, row.id, noun, noun === 'issuing' ? { number, number_reason } : {})
    const now = await seekRow(ctx, generatedLetters, row.id)
    return { id: row.id, resource: R, status: now?.['status'], letter_number: now?.['letter_number'] ?? null }
  },
})

export const correction = action<Correction>({
  resource: R,
  noun: 'correction',
  label: { id: 'Perbaiki', en: 'Correct' },
  doc: { id: 'Isian, tanggal atau penanda tangan diperbaiki.', en: 'What was filled in, the date or the signatory is corrected.' },
  unlisted: true,
  input: LETTER_INPUT,
  when: (row) => row['status'] === 'draft',
  notNow: async () => new Refusal(409, 'not_a_draft', { id: 'Surat ini bukan konsep lagi.', en: 'This letter is no longer a draft.' }),
  run: async (ctx, row, asked) => {
    const template = await templateFor(ctx, String(row['template_id']))
    const citizenId = String(row['citizen_id'])
    const details = await checkDetails(ctx, template, asked, citizenId)
    await checkReferences(ctx, generatedLetters, { signatory_id: asked.signatory_id })
    const content = await draftContent(ctx, { template, citizenId, details, signatoryId: asked.signatory_id }, asked.letter_date)
    await updateRow(ctx, generatedLetters, row.id, { details, content, letter_date: asked.letter_date, signatory_id: asked.signatory_id })
  },
})
