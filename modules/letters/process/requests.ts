// How a request moves: it waits, somebody takes it up, it ends handed over or refused with a reason that the applicant reads.
import type { Ctx } from '#kernel/ctx.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import { action } from '#kernel/resource/action.ts'
import { longText, optional, text } from '#kernel/resource/field.ts'
import { insertRow, paramsOf, setDeleted } from '#kernel/resource/store.ts'
import { workflow } from '#kernel/workflow/workflow.ts'
import { nextOf } from '../numbers/draw.ts'
import { generatedLetters, letterRequests } from '../resources/index.ts'
import { REQUEST_INPUT } from '../resources/letter-requests.ts'
import { applicantFor, checkDetails, templateFor } from './inputs.ts'
import { requirementsOf } from './requirements.ts'
import { processSettings } from './settings.ts'

type Filing = {
  citizen_id: string
  template_id: string
  purpose: string | null
  notes: string | null
  values: unknown
  subjects: unknown
}

/** Keeps a request and gives it its place in today's queue. For the counter, and for residents who ask themselves. */
export async function fileRequest(ctx: Ctx, asked: Filing): Promise<{ id: string; queue_number: number }> {
  const template = await templateFor(ctx, asked.template_id)
  await applicantFor(ctx, asked.citizen_id)
  const details = await checkDetails(ctx, template, asked, asked.citizen_id)
  const queue_number = await nextOf(ctx, `queue:${ctx.today}`, Number(ctx.today.slice(0, 4)))
  const row = await insertRow(ctx, letterRequests, {
    citizen_id: asked.citizen_id,
    template_id: template.id,
    letter_type: template.letter_type,
    purpose: asked.purpose,
    notes: asked.notes,
    details,
    queue_number,
    queue_day: ctx.today,
    requested_at: ctx.now.toISOString(),
  })
  return { id: row.id, queue_number }
}

export const filing = action<Filing>({
  resource: letterRequests.name,
  noun: 'filing',
  label: { id: 'Terima permohonan', en: 'Take a request' },
  doc: {
    id: 'Permohonan surat dicatat dan mendapat nomor antrean hari ini.',
    en: 'A request for a letter is kept and gets a number in today’s queue.',
  },
  on: 'many',
  unlisted: true,
  input: REQUEST_INPUT,
  run: async (ctx, _none, asked) => ({ ...(await fileRequest(ctx, asked)), resource: letterRequests.name }),
})

/** The letter of a request that still holds; null when there is none. Locked, so that nobody issues it meanwhile. */
async function letterOf(ctx: Ctx, requestId: string): Promise<{ id: string; status: string } | null> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const { rows } = await ctx.db.query<{ id: string; status: string }>(
    `select t.id, t.status from letters.generated_letters t
      where t.tenant_id = $1 and t.request_id = ${param(requestId)} and t.deleted_at is null and t.status <> 'revoked' for no key update of t`,
    values,
  )
  return rows[0] ?? null
}

const NOT_ISSUED = ['draft', 'secretary_review', 'head_review', 'approved']

export const requestWorkflow = workflow(letterRequests, 'status', {
  initial: 'PENDING',
  states: {
    PENDING: {
      tone: 'wait',
      doc: { id: 'Menunggu petugas.', en: 'Waiting for an officer.' },
      deadline: { hours: processSettings.answerHours, time: 'working' },
    },
    DIPROSES: {
      tone: 'wait',
      doc: { id: 'Seorang petugas sedang mengerjakannya.', en: 'An officer has it in hand.' },
      deadline: { hours: processSettings.processingHours, time: 'working' },
    },
    SELESAI: { tone: 'good', doc: { id: 'Surat sudah diserahkan.', en: 'The letter has been handed over.' }, final: true },
    DITOLAK: {
      tone: 'harm',
      doc: { id: 'Permohonan ditolak; alasannya tertulis.', en: 'The request was refused; the reason is given.' },
      final: true,
    },
  },
  moves: [
    {
      noun: 'processing',
      label: { id: 'Proses', en: 'Take up' },
      doc: {
        id: 'Anda mengerjakan permohonan ini. Bila ada syarat yang belum ada, tulis mengapa dikecualikan.',
        en: 'You take this request in hand. Where a requirement is missing, say why it is waived.',
      },
      from: ['PENDING'],
      to: 'DIPROSES',
      input: {
        requirements_note: optional(
          longText({ id: 'Mengapa syarat yang belum ada dikecualikan', en: 'Why missing requirements are waived' }, { max: 500 }),
        ),
      },
      run: async (ctx, row, { requirements_note }: { requirements_note: string | null }) => {
        const template = await templateFor(ctx, String(row['template_id']))
        const asked = await requirementsOf(ctx, template.requirements, { requestId: row.id, citizenId: String(row['citizen_id']) })
        const missing = asked.filter((one) => !one.present).map((one) => one.type)
        if (missing.length && !requirements_note)
          throw invalid([
            {
              field: 'requirements_note',
              code: 'requirements_missing',
              message: {
                id: 'Belum ada: {missing}. Lampirkan dokumennya, atau tulis mengapa dikecualikan.',
                en: 'Still missing: {missing}. Attach the documents, or say why they are waived.',
              },
              values: { missing: missing.join(', ') },
            },
          ])
        return {
          processed_by: ctx.actor.userId,
          officer: ctx.actor.name.slice(0, 100),
          processed_at: ctx.now.toISOString(),
          requirements_note: missing.length ? requirements_note : null,
        }
      },
    },
    {
      noun: 'release',
      label: { id: 'Kembalikan ke antrean', en: 'Put back in the queue' },
      doc: { id: 'Petugas lain dapat mengambilnya.', en: 'Another officer can take it.' },
      from: ['DIPROSES'],
      to: 'PENDING',
      run: async () => ({ processed_by: null, officer: null, processed_at: null }),
    },
    {
      noun: 'refusal',
      label: { id: 'Tolak', en: 'Refuse' },
      doc: { id: 'Pemohon membaca alasan ini.', en: 'The applicant reads this reason.' },
      from: ['PENDING', 'DIPROSES'],
      to: 'DITOLAK',
      input: { reason: longText({ id: 'Alasan', en: 'Reason' }, { min: 3, max: 1_000 }) },
      note: 'reason',
      grave: true,
      run: async (ctx, row, { reason }: { reason: string }) => {
        const letter = await letterOf(ctx, row.id)
        if (letter && !NOT_ISSUED.includes(letter.status))
          throw new Refusal(409, 'letter_issued', {
            id: 'Suratnya sudah terbit. Cabut dahulu suratnya, lalu tolak permohonan ini.',
            en: 'Its letter has been issued. Revoke the letter first, then refuse this request.',
          })
        if (letter) await setDeleted(ctx, generatedLetters, letter.id, true)
        return {
          refusal_reason: reason,
          ...(row['officer'] ? {} : { processed_by: ctx.actor.userId, officer: ctx.actor.name.slice(0, 100) }),
        }
      },
    },
    {
      noun: 'handover',
      label: { id: 'Serahkan', en: 'Hand over' },
      doc: {
        id: 'Surat yang sudah ditandatangani diambil pemohon atau wakilnya.',
        en: 'The applicant, or somebody for them, takes the signed letter.',
      },
      from: ['DIPROSES'],
      to: 'SELESAI',
      input: { collected_by: text({ id: 'Diambil oleh', en: 'Collected by' }, { min: 1, max: 100 }) },
      run: async (ctx, row, { collected_by }: { collected_by: string }) => {
        const letter = await letterOf(ctx, row.id)
        if (letter?.status !== 'signed')
          throw new Refusal(409, 'not_signed', {
            id: 'Suratnya belum ditandatangani, jadi belum dapat diserahkan.',
            en: 'Its letter is not signed yet, so it cannot be handed over.',
          })
        return { collected_by, collected_at: ctx.now.toISOString() }
      },
    },
  ],
})
