// How a letter moves: a draft that can be corrected, checked and approved where the village wants that, issued, signed, perhaps revoked.
import type { Ctx } from '#kernel/ctx.ts'
import { choice, longText, optional, text } from '#kernel/resource/field.ts'
import type { Stored } from '#kernel/resource/action.ts'
import { workflow } from '#kernel/workflow/workflow.ts'
import { REVOCATION } from '../codes.ts'
import { generatedLetters } from '../resources/index.ts'
import { electronicSignature } from '../signing/move.ts'
import { type ByHand, issue } from './issue.ts'

const is = (row: Stored, flag: 'secretary_checks' | 'head_approves'): boolean => row[flag] === true
const reason = (id: string, en: string) => longText({ id, en }, { min: 3, max: 1_000 })

/** A number by hand, for a letter that had its number on paper already. */
export const BY_HAND_INPUT = {
  number: optional(
    text(
      { id: 'Nomor ditulis tangan', en: 'Number by hand' },
      { max: 100, help: { id: 'Kosong: nomor berikutnya.', en: 'Empty: the next number.' } },
    ),
  ),
  number_reason: optional(longText({ id: 'Mengapa ditulis tangan', en: 'Why by hand' }, { max: 500 })),
} as const

/** A request is ready for its applicant as soon as its letter is signed. */
async function tellRequest(ctx: Ctx, row: Stored): Promise<void> {
  if (!row['request_id']) return
  await ctx.db.query(
    `update letters.letter_requests set ready_at = $3 where tenant_id = $1 and id = $2 and status = 'DIPROSES' and deleted_at is null`,
    [ctx.tenant.id, row['request_id'], ctx.now],
  )
}

export const letterWorkflow = workflow(generatedLetters, 'status', {
  initial: 'draft',
  states: {
    draft: { tone: 'wait', doc: { id: 'Belum terbit; masih dapat diperbaiki.', en: 'Not issued yet; it can be corrected.' } },
    secretary_review: { tone: 'wait', doc: { id: 'Sekretaris memeriksa isinya.', en: 'The secretary checks its words.' } },
    head_review: { tone: 'wait', doc: { id: 'Kepala desa memutuskan.', en: 'The head decides.' } },
    approved: { tone: 'good', doc: { id: 'Boleh diterbitkan.', en: 'It may be issued.' } },
    awaiting_signature: {
      tone: 'wait',
      doc: { id: 'Sudah bernomor; tinggal ditandatangani.', en: 'It has its number and waits to be signed.' },
    },
    signed: { tone: 'good', doc: { id: 'Sah dan siap diserahkan.', en: 'Valid and ready to be handed over.' } },
    revoked: { tone: 'harm', doc: { id: 'Tidak berlaku lagi.', en: 'No longer valid.' }, final: true },
  },
  moves: [
    {
      noun: 'issuing',
      label: { id: 'Terbitkan', en: 'Issue' },
      doc: {
        id: 'Surat mendapat nomor dan tidak dapat diubah lagi.',
        en: 'The letter gets its number and cannot be changed any more.',
      },
      from: ['draft', 'approved'],
      to: 'awaiting_signature',
      when: (row) => row['status'] === 'approved' || !(is(row, 'secretary_checks') || is(row, 'head_approves')),
      input: BY_HAND_INPUT,
      run: async (ctx, row, input: ByHand) => issue(ctx, row, input),
    },
    {
      noun: 'submission',
      label: { id: 'Minta diperiksa sekretaris', en: 'Send to the secretary' },
      doc: { id: 'Sekretaris memeriksa konsep ini.', en: 'The secretary checks this draft.' },
      from: ['draft'],
      to: 'secretary_review',
      when: (row) => is(row, 'secretary_checks'),
    },
    {
      noun: 'head-submission',
      label: { id: 'Minta persetujuan kepala', en: 'Send to the head' },
      doc: { id: 'Kepala desa memutuskan konsep ini.', en: 'The head decides on this draft.' },
      from: ['draft'],
      to: 'head_review',
      when: (row) => !is(row, 'secretary_checks') && is(row, 'head_approves'),
    },
    {
      noun: 'verification',
      label: { id: 'Benar, teruskan ke kepala', en: 'Correct, pass to the head' },
      doc: { id: 'Isi surat benar; kepala desa yang memutuskan.', en: 'The words are right; the head decides.' },
      from: ['secretary_review'],
      to: 'head_review',
      when: (row) => is(row, 'head_approves'),
    },
    {
      noun: 'clearance',
      label: { id: 'Benar, boleh diterbitkan', en: 'Correct, may be issued' },
      doc: { id: 'Isi surat benar dan boleh diterbitkan.', en: 'The words are right and the letter may be issued.' },
      from: ['secretary_review'],
      to: 'approved',
      when: (row) => !is(row, 'head_approves'),
    },
    {
      noun: 'approval',
      label: { id: 'Setujui', en: 'Approve' },
      doc: { id: 'Surat boleh diterbitkan.', en: 'The letter may be issued.' },
      from: ['head_review'],
      to: 'approved',
    },
    {
      noun: 'return',
      label: { id: 'Kembalikan', en: 'Send back' },
      doc: { id: 'Kembali menjadi konsep untuk diperbaiki.', en: 'It becomes a draft again, to be corrected.' },
      from: ['secretary_review', 'head_review', 'approved'],
      to: 'draft',
      input: { reason: reason('Yang perlu diperbaiki', 'What has to be corrected') },
      note: 'reason',
    },
    {
      noun: 'wet-signature',
      label: { id: 'Sudah ditandatangani di kertas', en: 'Signed on paper' },
      doc: { id: 'Surat tercetak sudah ditandatangani dan dicap.', en: 'The printed letter has been signed and stamped.' },
      from: ['awaiting_signature'],
      to: 'signed',
      run: async (ctx, row) => {
        await tellRequest(ctx, row)
        return { signed_at: ctx.now.toISOString(), signed_by: row['signatory_id'], signed_how: 'WET' }
      },
    },
    electronicSignature(tellRequest),
    {
      noun: 'revocation',
      label: { id: 'Cabut', en: 'Revoke' },
      doc: {
        id: 'Surat tidak berlaku lagi. Nomornya tetap terpakai, dan siapa pun yang memeriksanya melihat bahwa surat ini dicabut.',
        en: 'The letter is no longer valid. Its number stays used, and whoever verifies it sees that it was revoked.',
      },
      from: ['awaiting_signature', 'signed'],
      to: 'revoked',
      input: {
        revocation_kind: choice({ id: 'Sebab', en: 'Cause' }, REVOCATION),
        reason: reason('Alasan', 'Reason'),
      },
      note: 'reason',
      grave: true,
      sensitive: true,
      run: async (ctx, _row, input: { revocation_kind: string; reason: string }) => ({
        revoked_at: ctx.now.toISOString(),
        revocation_kind: input.revocation_kind,
        revocation_reason: input.reason,
      }),
    },
  ],
})
