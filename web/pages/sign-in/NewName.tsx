// An account made by phone just now: what others shall call its owner.
import { Button, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { api, isProblem, newIntent } from '../../api.ts'
import { useSentence } from '../../parts/States.tsx'
import { useSay } from '../../words.tsx'

export function NewName({ done }: { done: () => Promise<void> }) {
  const say = useSay()
  const sentence = useSentence()
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!name.trim()) return setError(say({ id: 'Isi nama Anda.', en: 'Enter your name.' }))
    setBusy(true)
    try {
      await api.patch('/api/me', { body: { name: name.trim() }, intent: newIntent() })
      await done()
    } catch (problem) {
      setError(isProblem(problem) && problem.errors[0] ? problem.errors[0].message : sentence(problem))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="stack">
      <TextInput
        label={say({ id: 'Nama yang dilihat orang lain', en: 'The name others see' })}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={error}
        autoComplete="name"
        maxLength={100}
        autoFocus
        size="md"
      />
      <Button type="submit" size="md" loading={busy} fullWidth>
        {say({ id: 'Lanjut', en: 'Continue' })}
      </Button>
    </form>
  )
}
