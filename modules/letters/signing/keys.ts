// An official brings the key they sign with, and takes it away again. The file's passphrase is used once, here, and kept nowhere.
import type { Ctx } from '#kernel/ctx.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import { action } from '#kernel/resource/action.ts'
import { longText, text } from '#kernel/resource/field.ts'
import { newId } from '#kernel/resource/id.ts'
import { insertRow, updateRow } from '#kernel/resource/store.ts'
import { signingKeys } from '../resources/index.ts'
import { factsOf } from './certificate.ts'
import { dropKey, keepKey } from './key-safe.ts'
import { keyOf, ownOffice } from './officials.ts'
import { openP12 } from './p12.ts'

type Brought = { readonly file: string; readonly passphrase: string }

/** What is wrong with a file is said at its field. */
function opened({ file, passphrase }: Brought, at: Date) {
  try {
    return openP12(Buffer.from(file, 'base64'), passphrase, at)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw invalid([{ field: error.code === 'passphrase_wrong' ? 'passphrase' : 'file', code: error.code, message: error.words }])
  }
}

async function remove(ctx: Ctx, id: string): Promise<void> {
  await updateRow(ctx, signingKeys, id, { status: 'REMOVED' })
  await dropKey(ctx, id)
}

export const registration = action<Brought>({
  resource: signingKeys.name,
  noun: 'registration',
  on: 'many',
  unlisted: true,
  label: { id: 'Pasang kunci saya', en: 'Install my key' },
  doc: {
    id: 'Berkas P12 Anda dibuka dengan kata sandinya dan kuncinya disegel. Kunci Anda yang lama dihapus.',
    en: 'Your P12 file is opened with its passphrase and its key is sealed. Your former key is removed.',
  },
  input: {
    file: longText(
      { id: 'Berkas P12', en: 'P12 file' },
      { min: 1, max: 140_000, pattern: '[A-Za-z0-9+/=]+', help: { id: 'Dalam Base64.', en: 'In Base64.' } },
    ),
    passphrase: text({ id: 'Kata sandi berkas', en: 'Passphrase of the file' }, { max: 200 }),
  },
  run: async (ctx, _row, input) => {
    const official = await ownOffice(ctx)
    const p12 = opened(input, ctx.now)
    const { subject, issuer, serial, fingerprint, validFrom, validTo } = factsOf(p12.chain[0])
    const former = await keyOf(ctx, official.id)
    if (former) await remove(ctx, former.id)
    const { id } = await insertRow(ctx, signingKeys, {
      id: newId(),
      official_id: official.id,
      subject: subject.slice(0, 500),
      issuer: issuer.slice(0, 500),
      serial,
      fingerprint,
      valid_from: validFrom.toISOString(),
      valid_to: validTo.toISOString(),
      status: 'ACTIVE',
    })
    await keepKey(ctx, id, p12)
    await ctx.emit('letters.signing_keys.registration', signingKeys.name, id, { fingerprint })
    return { id, subject, issuer, serial, fingerprint, valid_from: validFrom, valid_to: validTo }
  },
})

export const withdrawal = action({
  resource: signingKeys.name,
  noun: 'withdrawal',
  grave: true,
  label: { id: 'Hapus kunci', en: 'Remove the key' },
  doc: {
    id: 'Kunci dihapus untuk selamanya. Surat yang sudah ditandatangani tetap sah.',
    en: 'The key is removed for ever. Letters signed with it stay valid.',
  },
  input: {},
  when: (row) => row['status'] === 'ACTIVE',
  run: async (ctx, row) => {
    await remove(ctx, row.id)
    await ctx.emit('letters.signing_keys.withdrawal', signingKeys.name, row.id)
  },
})
