// An official asks to sign letters: each gets its place in the queue, in the same transaction as the job that will sign them.
import type { Ctx } from '#kernel/ctx.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import { action } from '#kernel/resource/action.ts'
import { json } from '#kernel/resource/field.ts'
import { isId, newId } from '#kernel/resource/id.ts'
import { findRow, insertRow, updateRow } from '#kernel/resource/store.ts'
import { generatedLetters, signings } from '../resources/index.ts'
import { mustBeValid } from './certificate.ts'
import { SIGN } from './job.ts'
import { keyOf, ownOffice } from './officials.ts'

/** So many letters at once; a village signs some tens a day. */
const MOST = 200

function lettersIn(given: unknown): string[] {
  const ids = Array.isArray(given) ? given : []
  if (!ids.length || ids.length > MOST || !ids.every(isId))
    throw invalid([
      {
        field: 'letters',
        code: 'not_letters',
        message: { id: `Pilih 1 sampai ${MOST} surat.`, en: `Choose 1 to ${MOST} letters.` },
      },
    ])
  // Everybody locks in the same order.
  return [...new Set(ids as string[])].toSorted()
}

const keyMissing = (): Refusal =>
  new Refusal(409, 'no_signing_key', {
    id: 'Anda belum memasang kunci tanda tangan. Pasanglah di Kunci tanda tangan.',
    en: 'You have not installed a signing key yet. Install it under Signing keys.',
  })

/** A letter's place in the queue; null when it is signed already. The letter is locked. */
async function queued(ctx: Ctx, letterId: string, officialId: string, keyId: string): Promise<string | null> {
  const { rows } = await ctx.db.query<{ id: string; state: string }>(
    'select id, state from letters.signings where tenant_id = $1 and letter_id = $2 and deleted_at is null for no key update',
    [ctx.tenant.id, letterId],
  )
  const known = rows[0]
  if (known?.state === 'SIGNED') return null
  if (!known) {
    const asked = { id: newId(), letter_id: letterId, official_id: officialId, key_id: keyId, asked_at: ctx.now.toISOString() }
    return (await insertRow(ctx, signings, asked)).id
  }
  if (known.state === 'FAILED')
    await updateRow(ctx, signings, known.id, {
      state: 'QUEUED',
      problem: null,
      key_id: keyId,
      official_id: officialId,
      asked_at: ctx.now.toISOString(),
    })
  return known.id
}

export const signingRequest = action<{ letters: unknown }>({
  resource: signings.name,
  noun: 'request',
  on: 'many',
  unlisted: true,
  label: { id: 'Tanda tangani', en: 'Sign' },
  doc: {
    id: 'Surat-surat Anda ditandatangani secara elektronik di latar belakang.',
    en: 'Your letters are signed electronically in the background.',
  },
  input: { letters: json({ id: 'Surat', en: 'Letters' }) },
  run: async (ctx, _row, input) => {
    const ids = lettersIn(input.letters)
    const official = await ownOffice(ctx)
    const key = await keyOf(ctx, official.id)
    if (!key) throw keyMissing()
    mustBeValid({ validFrom: new Date(0), validTo: key.valid_to }, ctx.now)
    const places: string[] = []
    const others: string[] = []
    for (const id of ids) {
      const letter = await findRow(ctx, generatedLetters, id, { lock: true })
      const waits = letter['status'] === 'awaiting_signature' && letter['signatory_id'] === official.id
      const place = waits ? await queued(ctx, id, official.id, key.id) : null
      if (place) places.push(place)
      else others.push(id)
    }
    if (others.length)
      throw new Refusal(
        409,
        'not_signable',
        {
          id: 'Ada surat yang tidak menunggu tanda tangan Anda. Muat ulang daftarnya.',
          en: 'Some of these letters do not wait for your signature. Reload the list.',
        },
        [],
        { more: { letters: others } },
      )
    const job = await ctx.jobs.start(SIGN, { signings: places })
    return { job: job.id, letters: places.length }
  },
})
