// The fields that whoever asks for the letter fills in; each is a placeholder at once.
import './letters.css'
import { Checkbox, Select, TagsInput, TextInput } from '@mantine/core'
import type { OwnInputProps } from '#web/screens.ts'
import { useSay } from '#web/words.tsx'
import { FIELD_TYPE } from '../codes.ts'
import { FIELDS_MAX, type FormField } from '../template/definition.ts'
import { Rows } from './rows.tsx'

/** "Nama usaha" → form_nama_usaha. */
const codeFor = (label: string): string =>
  `form_${
    label
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '')
      .slice(0, 50) || 'isian'
  }`

export function FormFields({ field, value, error, set }: OwnInputProps) {
  const say = useSay()
  const items = Array.isArray(value) ? (value as FormField[]) : []
  const fresh = (): FormField => {
    const codes = new Set(items.map((one) => one.code))
    const number = Array.from({ length: FIELDS_MAX + 1 }, (_, i) => i + 1).find((n) => !codes.has(`form_isian_${n}`)) ?? 1
    return {
      code: `form_isian_${number}`,
      type: 'text',
      label: say({ id: 'Isian {number}', en: 'Field {number}' }, { number }),
      required: true,
    }
  }
  return (
    <Rows<FormField>
      label={say(field.label)}
      help={say({
        id: 'Ditanyakan saat surat dibuat, dan disisipkan ke isi surat dengan namanya.',
        en: 'Asked for when the letter is made, and inserted into the words by name.',
      })}
      empty={{
        id: 'Belum ada isian: surat ini hanya memakai data warga.',
        en: 'No fields yet: this letter uses only what is known of the resident.',
      }}
      add={{ id: 'Tambah isian', en: 'Add a field' }}
      items={items}
      fresh={fresh}
      named={(one) => one.label}
      error={error}
      max={FIELDS_MAX}
      set={set}
    >
      {(one, change) => (
        <>
          <TextInput
            label={say({ id: 'Nama isian', en: 'Name of the field' })}
            value={one.label}
            onChange={(event) => {
              const label = event.currentTarget.value
              // The code follows the name until somebody gave it another.
              change(one.code === codeFor(one.label) || one.code.startsWith('form_isian_') ? { label, code: codeFor(label) } : { label })
            }}
          />
          <Select
            label={say({ id: 'Jenis', en: 'Kind' })}
            allowDeselect={false}
            value={one.type}
            data={Object.entries(FIELD_TYPE).map(([type, label]) => ({ value: type, label: say(label) }))}
            onChange={(type) => {
              if (!type) return
              const { choices: _, ...rest } = one
              change({
                ...rest,
                type: type as FormField['type'],
                ...(type === 'choice' ? { choices: one.choices ?? ['Ya', 'Tidak'] } : { choices: undefined as never }),
              })
            }}
          />
          <TextInput
            label={say({ id: 'Kode', en: 'Code' })}
            value={one.code}
            onChange={(event) => change({ code: event.currentTarget.value })}
            spellCheck={false}
          />
          <TextInput
            label={say({ id: 'Petunjuk', en: 'Hint' })}
            value={one.help ?? ''}
            onChange={(event) => change(event.currentTarget.value ? { help: event.currentTarget.value } : { help: undefined as never })}
          />
          {one.type === 'choice' && (
            <TagsInput
              className="asked-wide"
              label={say({ id: 'Pilihan (Enter setelah masing-masing)', en: 'Choices (Enter after each)' })}
              value={[...(one.choices ?? [])]}
              onChange={(choices) => change({ choices })}
            />
          )}
          <Checkbox
            label={say({ id: 'Wajib diisi', en: 'Must be filled in' })}
            checked={one.required === true}
            onChange={(event) => change({ required: event.currentTarget.checked })}
          />
        </>
      )}
    </Rows>
  )
}
