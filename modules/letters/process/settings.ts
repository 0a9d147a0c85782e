// How a village numbers, checks and times its letters.
import { choice, flag, integer, text } from '#kernel/resource/field.ts'
import { setting } from '#kernel/settings/fact.ts'
import { checkPattern } from '../numbers/pattern.ts'
import { NUMBERING } from '../numbers/series.ts'

const category = 'letters'

export const processSettings = {
  numberPattern: setting({
    name: 'letters.number_pattern',
    category,
    field: text(
      { id: 'Pola nomor surat', en: 'Pattern of letter numbers' },
      {
        min: 1,
        max: 200,
        initial: '[kode_surat]/[nomor_surat, 3]/[kode_desa]/[bulan_romawi]/[tahun]',
        help: {
          id: 'Kode: [kode_surat], [nomor_surat, 3], [klasifikasi], [kode_desa], [tanggal], [bulan], [bulan_romawi], [tahun].',
          en: 'Codes: [kode_surat], [nomor_surat, 3], [klasifikasi], [kode_desa], [tanggal], [bulan], [bulan_romawi], [tahun].',
        },
      },
    ),
    check: checkPattern,
  }),
  outgoingPattern: setting({
    name: 'letters.outgoing_pattern',
    category,
    field: text(
      { id: 'Pola nomor surat keluar', en: 'Pattern of outgoing numbers' },
      { min: 1, max: 200, initial: '[klasifikasi]/[nomor_surat, 3]/[kode_desa]/[bulan_romawi]/[tahun]' },
    ),
    check: checkPattern,
  }),
  numbering: setting({
    name: 'letters.numbering',
    category,
    field: choice({ id: 'Urutan nomor', en: 'How numbers follow each other' }, NUMBERING, { initial: 'TYPE' }),
  }),
  secretaryChecks: setting({
    name: 'letters.secretary_checks',
    category,
    field: flag(
      { id: 'Surat diperiksa sekretaris desa', en: 'The secretary checks letters' },
      { help: { id: 'Sebelum surat diberi nomor.', en: 'Before a letter gets its number.' } },
    ),
  }),
  headApproves: setting({
    name: 'letters.head_approves',
    category,
    field: flag(
      { id: 'Surat disetujui kepala desa', en: 'The head approves letters' },
      { help: { id: 'Sebelum surat diberi nomor.', en: 'Before a letter gets its number.' } },
    ),
  }),
  answerHours: setting({
    name: 'letters.answer_hours',
    category,
    field: integer(
      { id: 'Permohonan mulai diproses dalam (jam kerja)', en: 'Requests are taken up within (working hours)' },
      { min: 1, max: 400, initial: 4 },
    ),
  }),
  processingHours: setting({
    name: 'letters.processing_hours',
    category,
    field: integer(
      { id: 'Permohonan selesai dalam (jam kerja)', en: 'Requests are done within (working hours)' },
      { min: 1, max: 400, initial: 15 },
    ),
  }),
} as const
