// The name others see.
import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api, isProblem, newIntent } from '../../api.ts'
import { useSentence } from '../../parts/States.tsx'
import { useSay } from '../../words.tsx'

export function Name({ name: known }: { name: string }) {
  const say = useSay()
  const sentence = useSentence()
  const cache = useQueryClient()
  const [name, setName] = useState(known)
  const [error, setError] = useState<string | null>(null)
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setError(null)
    try {
      await api.patch('/api/me', { body: { name: name.trim() }, intent: newIntent() })
      await cache.invalidateQueries({ queryKey: ['me'] })
      notifications.show({ message: say({ id: 'Tersimpan.', en: 'Saved.' }) })
    } catch (problem) {
      setError(isProblem(problem) && problem.errors[0] ? problem.errors[0].message : sentence(problem))
    }
  }
  return (
    <form className="account" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{say({ id: 'Nama', en: 'Name' })}</h2>
      <TextInput
        label={say({ id: 'Nama yang dilihat orang lain', en: 'The name others see' })}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={error}
        autoComplete="name"
        maxLength={100}
      />
      <Button type="submit" variant="default" disabled={name.trim() === known || !name.trim()}>
        {say({ id: 'Simpan', en: 'Save' })}
      </Button>
    </form>
  )
}
