// Templates that villages have written in the old system, in its notation: what becomes of them here. All samples are our own.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkTemplate } from '../template/check.ts'
import { parseTemplate } from '../template/parse.ts'
import { convert, convertOne } from './convert.ts'

const OLD = {
  nama: 'Keterangan Jalan',
  kode_surat: 'S-77',
  masa_berlaku: '1 M',
  mandiri: 1,
  lampiran: 'F-1.01',
  kode_isian: JSON.stringify([
    { tipe: 'text', kode: '[form_tujuan]', nama: 'Tujuan', required: '1', deskripsi: 'Kota tujuan' },
    { tipe: 'select-manual', kode: '[form_kendaraan]', nama: 'Kendaraan', pilihan: ['Bus', 'Kapal'] },
    { tipe: 'date', kode: '[form_berangkat]', nama: 'Berangkat' },
  ]),
  form_isian: JSON.stringify({ individu: { judul: 'Pemohon', sex: '' }, saksi_i: { judul: 'Saksi pertama', sex: '1' } }),
  template: `
    <p style="text-align: center;"><strong><u>[JUdul_surat]</u></strong></p>
    <p style="text-align: center;">Nomor : [Format_nomor_suraT]</p>
    <p style="text-align: justify; padding-left: 40px;"><span style="font-weight: bold">Yang</span> bertanda tangan [JabataN] [Sebutan_desa] [Nama_desA]&nbsp;menerangkan:</p>
    <table style="border-collapse: collapse; width: 100%;" border="0"><tbody>
      <tr><td style="width: 30%;">Nama</td><td>:</td><td><b>[NAma]</b></td></tr>
      <tr><td>Lahir</td><td>:</td><td>[Tempat_tgl_lahiR]</td></tr>
      <tr><td>Saksi</td><td>:</td><td>[Nama_saksi_i], [usia_saksi_i]</td></tr>
    </tbody></table>
    <div>Pergi ke [Form_tujuaN] naik [form_kendaraan], biaya [form_biaya] ([terbilang][form_biaya]), nomor BDT [id_bdt].</div>
    <img src="x.png" onerror="alert(1)"><script>alert(2)</script>
    <table><tr><td>Pemegang</td><td>[Nama_desA], [TgL_surat]<br>[Atas_nama]<br><br>[Nama_pamonG]<br>[Sebutan_nip_desa] [Nip_pamong]</td></tr></table>
    <p>[qr_code]</p>`,
}

describe('a template of the old system', () => {
  const { values, unknown, notes, ready } = convertOne(OLD)
  const template = String(values['template'])

  test('keeps its words, codes and letters, in our subset', () => {
    expect(template).toContain(
      '<p data-indent="1"><strong>Yang</strong> bertanda tangan [JabataN] [Sebutan_desa] [Nama_desA] menerangkan:</p>',
    )
    expect(template).toContain('<tr><td>Nama</td><td>:</td><td><strong>[NAma]</strong></td></tr>')
    expect(template).toContain('[TtL]')
    expect(template).toContain('[terbilang][form_biaya]')
    expect(parseTemplate(template).faults).toEqual([])
  })

  test('loses what the page lays out itself, and says so', () => {
    for (const gone of ['Judul_surat', 'Format_nomor', 'Nama_pamong', 'qr_code', 'script', 'alert', 'img'])
      expect(template.toLowerCase()).not.toContain(gone.toLowerCase())
    const said = notes.map((note) => note.en).join(' ')
    for (const word of ['Title and number', 'signature block', 'Pictures', 'F-1.01']) expect(said).toContain(word)
  })

  test('brings its fields and people; what nothing explains is listed by name', () => {
    expect(values).toMatchObject({
      name: 'Keterangan Jalan',
      heading: 'Surat Keterangan Jalan',
      code: 'S-77',
      validity_count: 1,
      validity_unit: 'MONTH',
      self_service: true,
    })
    expect(values['variables']).toEqual([
      { code: 'form_tujuan', type: 'text', label: 'Tujuan', help: 'Kota tujuan', required: true },
      { code: 'form_kendaraan', type: 'choice', label: 'Kendaraan', choices: ['Bus', 'Kapal'] },
      { code: 'form_berangkat', type: 'date', label: 'Berangkat' },
      { code: 'form_biaya', type: 'text', label: 'biaya' },
    ])
    expect(values['subjects']).toMatchObject([
      { key: 'individu', label: 'Pemohon' },
      { key: 'saksi_i', label: 'Saksi pertama', gender: 'L', source: 'either' },
    ])
    expect(unknown).toEqual(['[id_bdt]'])
    expect(ready).toBe(false)
  })

  test('without strangers in it can be kept as it is', () => {
    const clean = convertOne({
      ...OLD,
      template: OLD.template
        .replace(', nomor BDT [id_bdt]', '')
        .replaceAll(/biaya \[form_biaya\] \(\[terbilang\]\[form_biaya\]\)/g, 'segera'),
    })
    expect([clean.unknown, clean.ready]).toEqual([[], true])
    expect(checkTemplate(clean.values as never, () => true)).toEqual([])
  })
})

test('files of one, of many, bare HTML, and what is none of these', () => {
  expect(convert(JSON.stringify([OLD, OLD, { nama: 'tanpa isi' }]))).toHaveLength(2)
  expect(convert(JSON.stringify({ data: [OLD] }))).toHaveLength(1)
  expect(convert('<p>Kepada [NamA]</p>')).toMatchObject([{ values: { template: '<p>Kepada [NamA]</p>' }, ready: true }])
  for (const nothing of ['', 'halo', '[]', '{}', '[1]', '{"template": 5}', '[{']) expect(convert(nothing), nothing).toBeNull()
})

test('a father of whom only the name is said is the applicant’s; one of whom more is said is a person of the letter', () => {
  const keys = (html: string): unknown => (convertOne({ template: html }).values['subjects'] as { key: string }[]).map((one) => one.key)
  expect(keys('<p>[Nama_ayah] [nik_ayah]</p>')).toEqual(['individu'])
  expect(keys('<p>[Nama_ayah] [pekerjaan_ayah]</p>')).toEqual(['individu', 'ayah'])
})

test('whatever HTML comes, what leaves is our subset, and soon', () => {
  const tags = [
    'div',
    'span',
    'b',
    'table',
    'tr',
    'td',
    'ul',
    'li',
    'h5',
    'center',
    'script',
    'style',
    'svg',
    'a',
    'p',
    'template',
    'select',
  ]
  const bit = fc.oneof(
    fc.constantFrom(...tags).map((tag) => `<${tag}>`),
    fc.constantFrom(...tags).map((tag) => `</${tag}>`),
    fc.string({ maxLength: 15, unit: 'binary' }),
    fc.constantFrom(
      '[NamA]',
      '[form_x]',
      '[',
      '<td colspan=99>',
      '<p style="text-align:center;padding-left:9999px">',
      '&lt;b&gt;',
      '<!--',
      '\0',
    ),
  )
  fc.assert(
    fc.property(fc.array(bit, { maxLength: 40 }), (bits) => {
      const { values } = convertOne({ template: bits.join('') })
      expect(parseTemplate(String(values['template'])).faults.map((f) => f.code)).toEqual([])
    }),
    { numRuns: 400 },
  )
  const began = performance.now()
  for (const deep of ['<div>', '<b>', '<table><tr><td>', '<a>', '<p><b><i>']) convertOne({ template: deep.repeat(20_000) })
  expect(performance.now() - began).toBeLessThan(20_000)
})
