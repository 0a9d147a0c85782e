// Which column of the sheet is which fact: guessed by the server, shown with examples, corrected by a person.
import { Button, Select } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { apiAt } from '../addresses.ts'
import { api, isProblem, newIntent } from '../api.ts'
import { Note, useSentence } from '../parts/States.tsx'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import type { ImporterJson, ImportJson, Mapping } from './model.ts'

export function MappingStep({ one, importer }: { one: ImportJson; importer: ImporterJson }) {
  const say = useSay()
  const sentence = useSentence()
  const { code } = useCommunity()
  const cache = useQueryClient()
  const [mapping, setMapping] = useState<Mapping>(one.mapping)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const headings = one.sheet.headings.map((heading, index) => ({
    value: String(index),
    label: heading || say({ id: 'Kolom {n}', en: 'Column {n}' }, { n: index + 1 }),
  }))
  const missing = importer.columns.filter((column) => column.required && (mapping[column.key] ?? null) === null)
  const used = new Set(Object.values(mapping).filter((index) => index !== null))
  const unused = headings.filter((heading) => !used.has(Number(heading.value)))
  const ordered = [...importer.columns.filter((column) => column.required), ...importer.columns.filter((column) => !column.required)]

  async function check(): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      await api.put(apiAt.tenant(code, `imports/${one.id}/mapping`), { body: { mapping }, intent: newIntent() })
      await api.post(apiAt.tenant(code, `imports/${one.id}/check`), { intent: newIntent() })
      await cache.invalidateQueries({ queryKey: ['import', code, one.id] })
      void cache.invalidateQueries({ queryKey: ['verdicts', code, one.id] })
    } catch (problem) {
      setError(isProblem(problem) && problem.errors.length ? problem.errors.map((each) => each.message).join(' ') : sentence(problem))
    } finally {
      setBusy(false)
    }
  }
  return (
    <section aria-labelledby="mapping">
      <h2 id="mapping">{say({ id: 'Cocokkan kolom', en: 'Match the columns' })}</h2>
      <p className="soft">
        {say({
          id: 'Kami sudah mencocokkan menurut judulnya. Periksa, lalu lanjutkan.',
          en: 'We have matched them by their headings. Have a look, then go on.',
        })}
      </p>
      <table className="mapping">
        <thead>
          <tr>
            <th scope="col">{say({ id: 'Isian', en: 'Fact' })}</th>
            <th scope="col">{say({ id: 'Kolom di berkas', en: 'Column in the file' })}</th>
            <th scope="col">{say({ id: 'Contoh', en: 'Examples' })}</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((column) => {
            const index = mapping[column.key] ?? null
            const label = say(column.label)
            return (
              <tr key={column.key}>
                <th scope="row">
                  {label} {column.required && <span className="needed">{say({ id: 'wajib', en: 'required' })}</span>}
                </th>
                <td>
                  <Select
                    aria-label={say({ id: 'Kolom untuk {label}', en: 'Column for {label}' }, { label })}
                    data={headings}
                    value={index === null ? null : String(index)}
                    onChange={(next) => setMapping({ ...mapping, [column.key]: next === null ? null : Number(next) })}
                    placeholder={say({ id: 'Tidak ada', en: 'None' })}
                    clearable={!column.required}
                    searchable
                    error={column.required && index === null ? say({ id: 'Pilih kolomnya', en: 'Choose its column' }) : undefined}
                    clearButtonProps={{ 'aria-label': say({ id: 'Kosongkan', en: 'Clear' }) }}
                  />
                </td>
                <td className="soft small">
                  {index !== null &&
                    (one.sheet.sample ?? [])
                      .map((cells) => cells[index])
                      .filter(Boolean)
                      .slice(0, 3)
                      .join(' · ')}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {unused.length > 0 && (
        <p className="soft small">
          {say({ id: 'Tidak dipakai: {names}', en: 'Not used: {names}' }, { names: unused.map((heading) => heading.label).join(', ') })}
        </p>
      )}
      <div role="alert">{error && <Note tone="harm">{error}</Note>}</div>
      <div className="import-next">
        <Button onClick={() => void check()} loading={busy} disabled={missing.length > 0}>
          {say({ id: 'Periksa {n} baris', en: 'Check {n} rows' }, { n: one.sheet.rows })}
        </Button>
        <span className="soft small">{say({ id: 'Pemeriksaan tidak mengubah apa pun.', en: 'Checking changes nothing.' })}</span>
      </div>
    </section>
  )
}
