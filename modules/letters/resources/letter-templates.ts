// Templates of letters: their words with placeholders, what they ask for, and how they look on paper.
import { choice, flag, integer, json, longText, optional, tags, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { LETTER_TYPE, PAPER, VALIDITY_UNIT } from '../codes.ts'
import { LIMITS } from '../template/tree.ts'

export const letterTemplates = resource('letters.letter_templates', {
  label: { one: { id: 'Templat surat', en: 'Letter template' }, many: { id: 'Templat surat', en: 'Letter templates' } },
  doc: `A kind of letter that the community issues. Its words are HTML of a small subset with placeholders such as [NamA]; the letterhead, the title,
the number and the signature are laid out around them.`,
  fields: {
    name: text(
      { id: 'Nama', en: 'Name' },
      { min: 1, max: 100, help: { id: 'Seperti dicari orang: Keterangan Usaha.', en: 'As people look for it: Keterangan Usaha.' } },
    ),
    heading: text({ id: 'Judul di surat', en: 'Title on the letter' }, { min: 1, max: 150 }),
    code: text(
      { id: 'Kode surat', en: 'Letter code' },
      {
        max: 20,
        pattern: '[A-Za-z0-9][A-Za-z0-9./-]{0,19}',
        patternHelp: { id: 'Huruf, angka, titik, garis miring dan tanda hubung.', en: 'Letters, digits, points, slashes and hyphens.' },
      },
    ),
    letter_type: choice({ id: 'Jenis', en: 'Type' }, LETTER_TYPE, { initial: 'LAINNYA' }),
    description: optional(longText({ id: 'Keterangan', en: 'Description' }, { max: 500 })),
    is_active: flag({ id: 'Dipakai', en: 'In use' }, { initial: true }),
    self_service: flag({ id: 'Dapat diajukan warga sendiri', en: 'Residents may ask for it themselves' }),
    template: longText({ id: 'Isi surat', en: 'Words of the letter' }, { min: 1, max: LIMITS.length }),
    attachment: optional(
      longText(
        { id: 'Lampiran', en: 'Attachment' },
        {
          max: LIMITS.length,
          help: { id: 'Halaman tambahan setelah surat, misalnya tabel.', en: 'A further page after the letter, such as a table.' },
        },
      ),
    ),
    variables: json({ id: 'Isian surat', en: 'Fields to fill in' }, { initial: [] }),
    subjects: json({ id: 'Orang dalam surat', en: 'People of the letter' }, { initial: [] }),
    paper: choice({ id: 'Kertas', en: 'Paper' }, PAPER, { initial: 'F4' }),
    letterhead: flag({ id: 'Dengan kop surat', en: 'With a letterhead' }, { initial: true }),
    holder_signs: flag({ id: 'Pemegang surat ikut tanda tangan', en: 'The applicant signs too' }),
    district_acknowledges: flag({ id: 'Mengetahui camat', en: 'Acknowledged by the head of district' }),
    qr: flag({ id: 'Kode QR untuk pemeriksaan', en: 'QR code for verification' }, { initial: true }),
    number_pattern: optional(
      text(
        { id: 'Pola nomor', en: 'Number pattern' },
        { max: 200, help: { id: 'Kosong: pola desa.', en: 'Empty: the pattern of the village.' } },
      ),
    ),
    classification_code: optional(text({ id: 'Kode klasifikasi', en: 'Classification code' }, { max: 20 })),
    validity_count: optional(integer({ id: 'Masa berlaku', en: 'Valid for' }, { min: 1, max: 999 })),
    validity_unit: optional(choice({ id: 'Satuan masa berlaku', en: 'Unit of validity' }, VALIDITY_UNIT)),
    requirements: tags({ id: 'Syarat (dokumen)', en: 'Requirements (documents)' }, { max: 100, initial: [] }),
  },
  title: ['name'],
  search: ['name'],
  list: ['name', 'code', 'letter_type', 'self_service', 'is_active'],
  sort: ['name', 'code', 'created_at'],
  filter: ['letter_type', 'is_active', 'self_service', 'code'],
  groups: [
    {
      label: { id: 'Surat', en: 'Letter' },
      fields: ['name', 'heading', 'code', 'letter_type', 'description', 'is_active', 'self_service'],
    },
    { label: { id: 'Isi surat', en: 'Words' }, fields: ['template'] },
    { label: { id: 'Yang ditanyakan', en: 'What it asks for' }, fields: ['variables', 'subjects', 'requirements'] },
    { label: { id: 'Di kertas', en: 'On paper' }, fields: ['paper', 'letterhead', 'holder_signs', 'district_acknowledges', 'qr'] },
    {
      label: { id: 'Nomor dan masa berlaku', en: 'Number and validity' },
      fields: ['number_pattern', 'classification_code', 'validity_count', 'validity_unit'],
    },
    { label: { id: 'Lampiran', en: 'Attachment' }, fields: ['attachment'] },
  ],
  unique: [
    {
      name: 'letter_templates_name_key',
      fields: ['name'],
      message: { id: 'Nama templat ini sudah dipakai.', en: 'This name is already used by another template.' },
    },
  ],
  checks: [
    ...(['variables', 'subjects'] as const).map((field) => ({
      name: `letter_templates_${field}_list_check`,
      sql: `jsonb_typeof(${field}) = 'array'`,
      field,
      message: { id: 'Kirim sebagai daftar.', en: 'Send this as a list.' },
    })),
    {
      name: 'letter_templates_validity_check',
      sql: '(validity_count is null) = (validity_unit is null)',
      field: 'validity_unit',
      message: { id: 'Isi masa berlaku dan satuannya bersama-sama.', en: 'Fill in the validity and its unit together.' },
    },
  ],
})
