// The people a letter is about: the applicant, and whoever else it names.
import './letters.css'
import { Checkbox, Select, TextInput } from '@mantine/core'
import type { OwnInputProps } from '#web/screens.ts'
import { useSay } from '#web/words.tsx'
import { SUBJECT_SOURCE } from '../codes.ts'
import { APPLICANT, MAIN, type Subject, SUBJECTS_MAX } from '../template/definition.ts'
import { Rows } from './rows.tsx'

export function Subjects({ field, value, error, set }: OwnInputProps) {
  const say = useSay()
  const items = Array.isArray(value) ? (value as Subject[]) : []
  const fresh = (): Subject => {
    if (!items.length) return APPLICANT
    const number =
      Array.from({ length: SUBJECTS_MAX + 1 }, (_, i) => i + 2).find((n) => !items.some((one) => one.key === `orang_${n}`)) ?? 2
    return {
      key: `orang_${number}`,
      label: say({ id: 'Orang {number}', en: 'Person {number}' }, { number }),
      source: 'either',
      required: true,
    }
  }
  return (
    <Rows<Subject>
      label={say(field.label)}
      help={say({
        id: 'Datanya disisipkan ke isi surat, misalnya “Nama lengkap” di bawah nama orang itu. Tanpa daftar ini, surat tentang pemohon saja.',
        en: 'What is known of them is inserted into the words. Without this list, the letter is about the applicant alone.',
      })}
      empty={{ id: 'Hanya pemohon.', en: 'Only the applicant.' }}
      add={{ id: 'Tambah orang', en: 'Add a person' }}
      items={items}
      fresh={fresh}
      named={(one) => one.label}
      error={error}
      max={SUBJECTS_MAX}
      set={set}
    >
      {(one, change) => (
        <>
          <TextInput
            label={say({ id: 'Sebutan', en: 'Called' })}
            value={one.label}
            onChange={(event) => change({ label: event.currentTarget.value })}
          />
          <Select
            label={say({ id: 'Asal', en: 'From' })}
            allowDeselect={false}
            value={one.source}
            data={Object.entries(SUBJECT_SOURCE).map(([source, label]) => ({ value: source, label: say(label) }))}
            onChange={(source) => source && change({ source: source as Subject['source'] })}
          />
          <TextInput
            label={say({ id: 'Kode', en: 'Code' })}
            value={one.key}
            disabled={one.key === MAIN}
            onChange={(event) => change({ key: event.currentTarget.value })}
            spellCheck={false}
          />
          <Select
            label={say({ id: 'Jenis kelamin', en: 'Gender' })}
            placeholder={say({ id: 'Siapa saja', en: 'Anybody' })}
            clearable
            clearButtonProps={{ 'aria-label': say({ id: 'Siapa saja', en: 'Anybody' }) }}
            value={one.gender ?? null}
            data={[
              { value: 'L', label: say({ id: 'Laki-laki', en: 'Male' }) },
              { value: 'P', label: say({ id: 'Perempuan', en: 'Female' }) },
            ]}
            onChange={(gender) => change({ gender: (gender ?? undefined) as never })}
          />
          <Checkbox
            label={say({ id: 'Harus ada', en: 'Must be there' })}
            checked={one.required === true || one.key === MAIN}
            disabled={one.key === MAIN}
            onChange={(event) => change({ required: event.currentTarget.checked })}
          />
        </>
      )}
    </Rows>
  )
}
