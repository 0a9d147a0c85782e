// How a letter's state follows its electronic signature: a move that only the signing itself makes.
import type { Ctx } from '#kernel/ctx.ts'
import type { Stored } from '#kernel/resource/action.ts'
import type { Move } from '#kernel/workflow/workflow.ts'

/** `ready`: what else happens when a letter has been signed. Nobody can make this move by hand: a letter is not signed by saying so. */
export const electronicSignature = (
  ready: (ctx: Ctx, row: Stored) => Promise<void>,
): Move<'awaiting_signature' | 'signed', { signed_at: string; signed_by: string }> => ({
  noun: 'electronic-signature',
  label: { id: 'Ditandatangani secara elektronik', en: 'Signed electronically' },
  doc: {
    id: 'Terjadi dengan sendirinya begitu berkas bertanda tangan tersimpan.',
    en: 'Happens by itself as soon as the signed file is kept.',
  },
  from: ['awaiting_signature'],
  to: 'signed',
  when: () => false,
  run: async (ctx, row, { signed_at, signed_by }) => {
    await ready(ctx, row)
    return { signed_at, signed_by, signed_how: 'ELECTRONIC' }
  },
})
