// The old system's templates, converted for a look before anything is kept.
import { invalid } from '#kernel/http/refusal.ts'
import { longText } from '#kernel/resource/field.ts'
import { query } from '#kernel/resource/query.ts'
import { convert } from './convert.ts'

const source = longText(
  { id: 'Templat lama', en: 'Old template' },
  {
    min: 1,
    max: 900_000,
    help: { id: 'HTML dengan [kode], atau berkas JSON dari OpenSID.', en: 'HTML with [codes], or a JSON file from OpenSID.' },
  },
)

export const conversion = query<{ source: string }>({
  name: 'letters.conversion',
  label: { id: 'Ubah templat OpenSID', en: 'Convert OpenSID templates' },
  doc: 'Templates of OpenSID (HTML, or JSON with `template`, `kode_isian` and `form_isian`) as templates that could be created here. Keeps nothing; codes without a counterpart are listed by name.',
  permission: 'letters.letter_templates:create',
  by: 'POST',
  input: { source },
  run: async (_ctx, input) => {
    const data = convert(input.source)
    if (!data)
      throw invalid([
        {
          field: 'source',
          code: 'no_template_in_it',
          message: {
            id: 'Tidak ada templat di dalamnya. Tempel HTML templat, atau pilih berkas JSON yang memuat "template".',
            en: 'There is no template in it. Paste the HTML of a template, or choose a JSON file with a "template".',
          },
        },
      ])
    return { data }
  },
})
