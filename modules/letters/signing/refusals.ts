// Every no of signing, in words that say what to do next. None of them holds a passphrase, a key or a name.
import { Refusal } from '#kernel/http/refusal.ts'
import type { Words } from '#kernel/words.ts'

const no =
  (status: number, code: string, words: Words): (() => Refusal) =>
  () =>
    new Refusal(status, code, words)

export const passphraseWrong = no(422, 'passphrase_wrong', {
  id: 'Kata sandi berkas P12 ini salah.',
  en: 'The passphrase of this P12 file is wrong.',
})
export const p12Unreadable = no(422, 'p12_unreadable', {
  id: 'Berkas ini bukan berkas P12 (.p12 atau .pfx), atau rusak. Unduh kembali dari penerbit sertifikat Anda.',
  en: 'This is not a P12 file (.p12 or .pfx), or it is damaged. Download it again from whoever issued your certificate.',
})
export const keyMissing = no(422, 'key_missing', {
  id: 'Berkas P12 ini tidak berisi kunci dan sertifikat yang saling cocok.',
  en: 'This P12 file does not hold a key and a certificate that belong together.',
})
export const keyWeak = no(422, 'key_weak', {
  id: 'Kunci ini tidak dapat dipakai. Yang dapat dipakai: RSA paling sedikit 2048 bit, atau ECDSA P-256, P-384, P-521.',
  en: 'This key cannot be used. Usable are RSA with at least 2048 bits, and ECDSA P-256, P-384 and P-521.',
})
export const certificateExpired = no(422, 'certificate_expired', {
  id: 'Masa berlaku sertifikat ini sudah habis. Mintalah sertifikat baru kepada penerbitnya.',
  en: 'This certificate has expired. Ask its issuer for a new one.',
})
export const certificateNotYetValid = no(422, 'certificate_not_yet_valid', {
  id: 'Sertifikat ini belum berlaku.',
  en: 'This certificate is not valid yet.',
})
export const pdfNotSignable = no(422, 'pdf_not_signable', {
  id: 'PDF ini tidak dapat ditandatangani: bukan PDF yang dibuat di sini, atau isinya rusak.',
  en: 'This PDF cannot be signed: it was not made here, or it is damaged.',
})
export const alreadySigned = no(409, 'already_signed', {
  id: 'PDF ini sudah ditandatangani.',
  en: 'This PDF is signed already.',
})
export const signerSilent = no(502, 'signer_unavailable', {
  id: 'Perangkat atau layanan tanda tangan tidak menjawab. Coba lagi nanti.',
  en: 'The signing device or service does not answer. Try again later.',
})
export const signerRefused = no(502, 'signer_refused', {
  id: 'Perangkat atau layanan tanda tangan menolak. Periksa kunci, NIK dan kata sandinya, lalu coba lagi.',
  en: 'The signing device or service refused. Check its key, NIK and passphrase, then try again.',
})
export const signatureFalse = no(502, 'signature_false', {
  id: 'Perangkat tanda tangan memakai kunci yang bukan milik sertifikat ini.',
  en: 'The signing device used a key that is not the one of this certificate.',
})
