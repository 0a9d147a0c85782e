// What may be kept as a template, and what an author hears when it may not: where it is wrong and what to do.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SHIPPED, wordsOf } from '../templates/index.ts'
import { checkTemplate, type Draft, sealedIn } from './check.ts'
import { fill } from './fill.ts'
import { checkDefinition, type FormField } from './definition.ts'
import { parseTemplate } from './parse.ts'
import { sampleFor } from './sample.ts'
import { FRAME, PAPER } from './test-frame.ts'
import type { Block } from './tree.ts'

const draft = (template: string, more: Partial<Draft> = {}): Draft => ({ template, variables: [], subjects: [], ...more })
const everything = (): boolean => true
const problems = (template: string, more: Partial<Draft> = {}) => checkTemplate(draft(template, more), everything)
const codes = (template: string, more: Partial<Draft> = {}): string[] => problems(template, more).map((p) => p.code)
const gaji: FormField = { code: 'form_gaji', type: 'number', label: 'Gaji' }
const tanggal: FormField = { code: 'form_tanggal', type: 'date', label: 'Tanggal' }

describe('the HTML of a template', () => {
  test('is the few tags a letter needs', () => {
    const html = `<h2 style="text-align: center">Judul</h2><p data-indent="1">Isi <strong>tebal <u>garis</u></strong><br>baris</p>
      <ol><li>satu</li><li><p>dua</p><ul><li>tiga</li></ul></li></ol><hr>
      <table border="1"><tbody><tr><th width="30%">No.</th><th colspan="2">Nama &amp; NIK</th></tr></tbody></table>`
    expect(problems(html)).toEqual([])
  })

  test.each([
    ['<script>alert(1)</script>', 'unknown_tag'],
    ['<p>a</p><iframe src="x"></iframe>', 'unknown_tag'],
    ['<p onclick="x()">a</p>', 'unknown_attribute'],
    ['<p style="background: url(http://x)">a</p>', 'wrong_attribute'],
    ['<p style="text-align: center; color: red">a</p>', 'wrong_attribute'],
    ['<p>belum ditutup', 'tag_not_closed'],
    ['<p><strong>a</p>', 'tag_not_closed'],
    ['<p>a</p></strong>', 'tag_not_open'],
    ['teks lepas', 'text_misplaced'],
    ['<p>a<p>b</p></p>', 'tag_misplaced'],
    ['<table><td>a</td></table>', 'tag_misplaced'],
    ['<table><tr><td><table></table></td></tr></table>', 'tag_misplaced'],
    ['<p>a<!-- b --></p>', 'not_letter_text'],
    ['<!doctype html><p>a</p>', 'not_letter_text'],
    ['<p a b a>x</p>', 'unknown_attribute'],
    ['<td colspan="9999">x</td>', 'wrong_attribute'],
    [`${'<ul><li>'.repeat(40)}x${'</li></ul>'.repeat(40)}`, 'too_deep'],
    [`<p>${'<br>'.repeat(5000)}</p>`, 'too_many_parts'],
    [`<p>${'a'.repeat(60_001)}</p>`, 'too_long'],
  ])('%s is refused', (html, code) => expect(codes(html)).toContain(code))

  test('says where: the line and the column of the mistake', () => {
    expect(problems('<p>baik</p>\n<p>Nama: <em>[NamA]</em></p>\n  <p>Umur: [usiaa] tahun</p>')).toMatchObject([
      { field: 'template', code: 'unknown_placeholder_near', line: 3, column: 12, values: { code: '[usiaa]', near: 'usia' } },
    ])
    expect(problems('<p>a\nb [tidak_ada_sama_sekali]</p>')).toMatchObject([{ line: 2, column: 3, code: 'unknown_placeholder' }])
    expect(problems('<p>a</p>\n<b>c</b>')[0]).toMatchObject({ line: 2, column: 1, code: 'unknown_tag' })
  })

  test('whatever is sent, nothing outside the subset is ever kept, and nothing falls over', () => {
    const tags = fc.constantFrom(
      'p',
      'strong',
      'em',
      'table',
      'tr',
      'td',
      'li',
      'ol',
      'script',
      'svg',
      'img',
      'a',
      'style',
      'math',
      'template',
      'P',
      'x-y',
    )
    const bit = fc.oneof(
      tags.map((tag) => `<${tag}>`),
      tags.map((tag) => `</${tag}>`),
      fc.tuple(tags, fc.string({ maxLength: 12 })).map(([tag, more]) => `<${tag} ${more}>`),
      fc.string({ maxLength: 20, unit: 'binary' }),
      fc.constantFrom(
        '<!--',
        '-->',
        '<![CDATA[',
        '&lt;script&gt;',
        '&#0;',
        '[nama]',
        '[nama',
        '[[',
        ']',
        '[hitung][',
        '<',
        '>',
        '"',
        '<p style="text-align:center">',
        '\0',
        '\ud800',
      ),
    )
    const known = new Set(['p', 'h1', 'h2', 'h3', 'ol', 'ul', 'table', 'hr'])
    const look = (blocks: readonly Block[]): void => {
      for (const block of blocks) {
        expect(known.has(block.tag)).toBe(true)
        if ('items' in block) for (const item of block.items) look(item)
        if ('rows' in block) for (const row of block.rows) for (const cell of row.cells) look(cell.content)
      }
    }
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 40 }), (bits) => {
        const html = bits.join('')
        const { blocks, faults } = parseTemplate(html)
        expect(blocks.length === 0 || faults.length === 0).toBe(true)
        look(blocks)
        for (const p of problems(html)) expect(p.message.id).toMatch(/\S/)
      }),
      { numRuns: 400 },
    )
  })
})

describe('placeholders', () => {
  test('are known by name, in any letters, with a person’s suffix, with a way of writing', () => {
    const more = {
      variables: [gaji, tanggal, { code: 'form_saksi', type: 'resident', label: 'Saksi' }],
      subjects: [{ key: 'pelapor', label: 'Pelapor', source: 'either' }],
    }
    const html = `<p>[NamA] [NIK_pelapor] [nama_form_saksi] [Form_saksI] [Form_gaji|rupiah] [terbilang][form_gaji] [Form_tanggal|hari_tanggal]
      [hitung][form_gaji * 12] [hitung|rupiah][[form_gaji] + 1.000] [Klg2_nama] [ ] [1] [Tgl_surat|terbilang]</p>`
    expect(problems(html, more)).toEqual([])
  })

  test.each([
    ['<p>[nama lengkap]</p>', 'not_a_name'],
    ['<p>[nama</p>', 'not_closed'],
    ['<p>[na<em>ma]</em></p>', 'not_closed'],
    ['<p>[nama|besar]</p>', 'unknown_modifier'],
    ['<p>[nama|rupiah]</p>', 'modifier_misfit'],
    ['<p>[tgl_surat|rupiah]</p>', 'modifier_misfit'],
    ['<p>[form_gaji]</p>', 'unknown_placeholder'],
    ['<p>[nama_saksi]</p>', 'unknown_placeholder'],
    ['<p>[klg_nama]</p>', 'row_outside_table'],
    ['<p>[klg99_nama]</p>', 'unknown_placeholder_near'],
    ['<p>[hitung][1 +]</p>', 'sum_unreadable'],
    ['<p>[hitung][nama + 1]</p>', 'sum_not_a_number'],
    ['<p>[hitung][rahasia + 1]</p>', 'unknown_placeholder'],
    [`<p>${'[nama] '.repeat(401)}</p>`, 'too_many_placeholders'],
  ])('%s is refused', (html, code) => expect(codes(html)).toContain(code))

  test('rows repeat one list of people', () => {
    const pengikut: FormField = { code: 'form_pengikut', type: 'members', label: 'Pengikut' }
    const row = (cells: string): string => `<table><tr>${cells}</tr></table>`
    expect(codes(row('<td>[Pengikut_no]</td><td>[Pengikut_nama]</td>'), { variables: [pengikut] })).toEqual([])
    expect(codes(row('<td>[Pengikut_nama]</td><td>[Klg_nama]</td>'), { variables: [pengikut] })).toEqual(['rows_mixed'])
  })

  test('an author cannot put into a letter what their role may not reveal', () => {
    const said = checkTemplate(draft('<p>[Nama] [NiK] [No_kK] [AlamaT]</p>'), (resource) => resource === 'registry.families')
    expect(said.map((p) => [p.code, p.values?.['code']])).toEqual([
      ['secret_placeholder', '[NiK]'],
      ['secret_placeholder', '[AlamaT]'],
    ])
    expect([...sealedIn(draft('<p>[nama] [no_kk] [hitung][umur + 1]</p>'))]).toEqual(['registry.families'])
  })
})

describe('what a template asks for', () => {
  test.each([
    [{ variables: {} }, 'too_many'],
    [{ variables: [1] }, 'not_a_field'],
    [{ variables: [{ ...gaji, code: 'gaji' }] }, 'field_code'],
    [{ variables: [{ ...gaji, label: '' }] }, 'field_label'],
    [{ variables: [{ ...gaji, type: 'script' }] }, 'field_type'],
    [{ variables: [{ ...gaji, type: 'choice' }] }, 'field_choices'],
    [{ variables: [gaji, gaji] }, 'field_twice'],
    [{ variables: [{ ...gaji, onload: 'x' }] }, 'unknown_part'],
    [{ subjects: [{ key: 'A b', label: 'x', source: 'either' }] }, 'subject_key'],
    [{ subjects: [{ key: 'a', label: 'x', source: 'bulan' }] }, 'subject_source'],
    [{ subjects: Array.from({ length: 11 }, (_, i) => ({ key: `a${i}`, label: 'x', source: 'either' })) }, 'too_many'],
  ])('%j is refused', (more, code) => expect(codes('<p>a</p>', more)).toContain(code))
})

test('every letter we ship can be kept, and says nothing that is not filled', () => {
  expect(SHIPPED.length).toBeGreaterThanOrEqual(14)
  for (const one of SHIPPED) {
    const template = { ...one, ...PAPER, template: wordsOf(one), attachment: null }
    expect(checkTemplate(template, everything), one.file).toEqual([])
    const { definition } = checkDefinition(one.variables, one.subjects)
    expect(JSON.stringify(fill(template, definition, sampleFor(definition), FRAME)), one.file).not.toMatch(/\[[a-z]+_?[a-z]*\]/i)
  }
})
