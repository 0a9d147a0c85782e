// Letters: a draft, then an issued letter that nobody changes any more. Its number, its words and its file are kept as they were issued.
import { choice, day, flag, instant, json, longText, optional, ref, secret, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { LETTER_TYPE, REVOCATION, SIGNED_HOW, SIGNING_MODE } from '../codes.ts'

const byActs = { readonly: true } as const

/** What is asked when a letter is drafted or corrected. */
export const LETTER_INPUT = {
  values: json({ id: 'Isian surat', en: 'What is filled in' }, { initial: {} }),
  subjects: json({ id: 'Orang lain dalam surat', en: 'Other people of the letter' }, { initial: {} }),
  letter_date: optional(
    day(
      { id: 'Tanggal surat', en: 'Date of the letter' },
      { from: '1945-01-01', until: 'today', help: { id: 'Kosong: hari ini.', en: 'Empty: today.' } },
    ),
  ),
  signatory_id: optional(
    ref(
      'office.apparatus',
      { id: 'Penanda tangan', en: 'Signed by' },
      { help: { id: 'Kosong: kepala desa.', en: 'Empty: the head of the village.' } },
    ),
  ),
} as const

export const generatedLetters = resource('letters.generated_letters', {
  label: { one: { id: 'Surat', en: 'Letter' }, many: { id: 'Arsip surat', en: 'Archive of letters' } },
  doc: 'A letter to a resident. A draft can be corrected; issued, it has its number, its words and its file for ever.',
  attachable: true,
  fields: {
    letter_number: optional(text({ id: 'Nomor surat', en: 'Letter number' }, { max: 100, ...byActs })),
    heading: text({ id: 'Judul', en: 'Title' }, { min: 1, max: 150, ...byActs }),
    addressee: text({ id: 'Nama pemohon', en: 'Name of the applicant' }, { min: 1, max: 100, ...byActs }),
    status: choice(
      { id: 'Status', en: 'Status' },
      {
        draft: { id: 'Konsep', en: 'Draft' },
        secretary_review: { id: 'Diperiksa sekretaris', en: 'With the secretary' },
        head_review: { id: 'Menunggu persetujuan kepala', en: 'With the head' },
        approved: { id: 'Disetujui', en: 'Approved' },
        awaiting_signature: { id: 'Menunggu tanda tangan', en: 'Waiting for the signature' },
        signed: { id: 'Ditandatangani', en: 'Signed' },
        revoked: { id: 'Dicabut', en: 'Revoked' },
      },
      { initial: 'draft', ...byActs },
    ),
    letter_date: optional(day({ id: 'Tanggal surat', en: 'Date of the letter' }, byActs)),
    request_id: optional(ref('letters.letter_requests', { id: 'Permohonan', en: 'Request' }, byActs)),
    template_id: ref('letters.letter_templates', { id: 'Templat', en: 'Template' }, byActs),
    citizen_id: ref('registry.citizens', { id: 'Pemohon', en: 'Applicant' }, byActs),
    letter_type: choice({ id: 'Jenis', en: 'Type' }, LETTER_TYPE, byActs),
    details: secret(json({ id: 'Isian', en: 'What was filled in' }, byActs)),
    secretary_checks: flag({ id: 'Diperiksa sekretaris', en: 'Checked by the secretary' }, byActs),
    head_approves: flag({ id: 'Disetujui kepala', en: 'Approved by the head' }, byActs),
    signatory_id: optional(ref('office.apparatus', { id: 'Penanda tangan', en: 'Signed by' }, byActs)),
    signing_mode: choice({ id: 'Menandatangani', en: 'Signs' }, SIGNING_MODE, { initial: 'direct', ...byActs }),
    number_id: optional(ref('letters.letter_numbers', { id: 'Di buku nomor', en: 'In the book of numbers' }, byActs)),
    content: secret(json({ id: 'Isi surat', en: 'Words of the letter' }, byActs)),
    valid_from: optional(day({ id: 'Berlaku dari', en: 'Valid from' }, byActs)),
    valid_until: optional(day({ id: 'Berlaku sampai', en: 'Valid until' }, byActs)),
    issued_at: optional(instant({ id: 'Diterbitkan', en: 'Issued' }, byActs)),
    document_id: optional(ref('core.documents', { id: 'Berkas', en: 'File' }, byActs)),
    original_version_id: optional(ref('core.document_versions', { id: 'Berkas asli', en: 'Original file' }, byActs)),
    sha256: optional(text({ id: 'Sidik berkas asli (SHA-256)', en: 'Fingerprint of the original (SHA-256)' }, { max: 64, ...byActs })),
    verification_code: optional(secret(text({ id: 'Kode pemeriksaan', en: 'Verification code' }, { max: 40, ...byActs }), 'equal')),
    signed_at: optional(instant({ id: 'Ditandatangani', en: 'Signed at' }, byActs)),
    signed_by: optional(ref('office.apparatus', { id: 'Ditandatangani oleh', en: 'Who signed' }, byActs)),
    signed_how: optional(choice({ id: 'Cara tanda tangan', en: 'How it was signed' }, SIGNED_HOW, byActs)),
    revoked_at: optional(instant({ id: 'Dicabut', en: 'Revoked at' }, byActs)),
    revocation_kind: optional(choice({ id: 'Sebab pencabutan', en: 'Why it was revoked' }, REVOCATION, byActs)),
    revocation_reason: optional(longText({ id: 'Alasan pencabutan', en: 'Reason of the revocation' }, { max: 1_000, ...byActs })),
  },
  title: ['heading', 'addressee'],
  search: ['letter_number', 'heading', 'addressee'],
  list: ['letter_number', 'heading', 'addressee', 'letter_date', 'status'],
  sort: ['created_at', 'heading', 'addressee'],
  filter: ['status', 'letter_type', 'template_id', 'citizen_id', 'letter_date', 'request_id'],
  groups: [
    {
      label: { id: 'Surat', en: 'Letter' },
      fields: ['letter_number', 'heading', 'letter_date', 'addressee', 'citizen_id', 'request_id', 'status'],
    },
    {
      label: { id: 'Berlaku', en: 'Validity' },
      fields: ['valid_from', 'valid_until', 'revoked_at', 'revocation_kind', 'revocation_reason'],
    },
    { label: { id: 'Tanda tangan', en: 'Signature' }, fields: ['signatory_id', 'signing_mode', 'signed_at', 'signed_by', 'signed_how'] },
  ],
  unique: [
    {
      name: 'generated_letters_letter_number_key',
      fields: ['letter_number'],
      where: 'letter_number is not null',
      message: { id: 'Nomor ini sudah dipakai surat lain.', en: 'Another letter has this number already.' },
    },
    {
      name: 'generated_letters_request_key',
      fields: ['request_id'],
      where: "request_id is not null and status <> 'revoked'",
      message: { id: 'Permohonan ini sudah mempunyai surat.', en: 'This request has a letter already.' },
    },
    {
      name: 'generated_letters_verification_key',
      fields: ['verification_code'],
      where: 'verification_code_bidx is not null',
      message: { id: 'Kode ini sudah dipakai.', en: 'This code is taken.' },
    },
  ],
  checks: [
    {
      name: 'generated_letters_issued_check',
      sql: `case when status in ('draft', 'secretary_review', 'head_review', 'approved') then issued_at is null and letter_number is null and number_id is null
        else issued_at is not null and letter_number is not null and number_id is not null and letter_date is not null
          and document_id is not null and original_version_id is not null and sha256 is not null and verification_code is not null end`,
      message: { id: 'Surat terbit bernomor, berisi dan berberkas.', en: 'An issued letter has a number, words and a file.' },
    },
    {
      name: 'generated_letters_signed_check',
      sql: "status <> 'signed' or (signed_at is not null and signed_how is not null)",
      message: { id: 'Surat bertanda tangan mempunyai waktu tanda tangan.', en: 'A signed letter says when it was signed.' },
    },
    {
      name: 'generated_letters_revoked_check',
      sql: "(status = 'revoked') = (revoked_at is not null) and (status = 'revoked') = (revocation_reason is not null)",
      message: { id: 'Surat yang dicabut mempunyai alasan.', en: 'A revoked letter has a reason.' },
    },
  ],
  rules: [
    {
      name: 'generated_letters_issued',
      message: { id: 'Surat yang sudah terbit tidak dapat diubah atau dihapus.', en: 'An issued letter cannot be changed or removed.' },
    },
  ],
  verbs: ['read', 'delete', 'export', 'reveal'],
})
