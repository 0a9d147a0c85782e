// When I want quiet, and when my mails are gathered into one.
import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { apiAt } from '../../addresses.ts'
import { api, isProblem } from '../../api.ts'
import { Note, useSentence } from '../../parts/States.tsx'
import { useCommunity } from '../../tenant.tsx'
import { useSay } from '../../words.tsx'
import { type Choices, choicesKey } from './choices.ts'

export function Hours({ choices }: { choices: Choices }) {
  const say = useSay()
  const sentence = useSentence()
  const cache = useQueryClient()
  const { code } = useCommunity()
  const { hours } = choices
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const [quiet, setQuiet] = useState(hours.quiet_from !== null)
  const [from, setFrom] = useState(hours.quiet_from ?? '21:00')
  const [until, setUntil] = useState(hours.quiet_until ?? '06:00')
  const [digest, setDigest] = useState(hours.digest_at !== null)
  const [digestAt, setDigestAt] = useState(hours.digest_at ?? '07:00')
  const [zone, setZone] = useState(hours.time_zone ?? '')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const same = quiet && from === until
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setFailure(null)
    setBusy(true)
    const body = {
      quiet_from: quiet ? from : null,
      quiet_until: quiet ? until : null,
      digest_at: digest ? digestAt : null,
      time_zone: zone || null,
    }
    try {
      await api.put(apiAt.tenant(code, 'notification-hours'), { body })
      notifications.show({ message: say({ id: 'Tersimpan.', en: 'Saved.' }) })
      await cache.invalidateQueries({ queryKey: choicesKey(code) })
    } catch (problem) {
      setFailure(isProblem(problem) && problem.errors[0] ? problem.errors[0].message : sentence(problem))
    } finally {
      setBusy(false)
    }
  }
  const zones = [...new Set([hours.time_zone, here].filter((one): one is string => Boolean(one) && one !== choices.time_zone))]
  return (
    <form className="account" onSubmit={(event) => void submit(event)} noValidate aria-labelledby="notice-hours">
      <h2 id="notice-hours">{say({ id: 'Jam tenang dan ringkasan', en: 'Quiet hours and digest' })}</h2>
      <Checkbox
        checked={quiet}
        onChange={(event) => setQuiet(event.currentTarget.checked)}
        label={say({ id: 'Jangan ganggu saya pada jam tertentu', en: 'Leave me in peace at certain hours' })}
        description={say({
          id: 'Surel, SMS, dan peramban menunggu sampai jam tenang selesai. Yang sudah Anda baca tidak dikirim lagi.',
          en: 'Mail, SMS and the browser wait until quiet hours are over. What you have read by then is not sent.',
        })}
      />
      {quiet && (
        <div className="row notice-times">
          <TextInput
            type="time"
            label={say({ id: 'Dari', en: 'From' })}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="time"
            label={say({ id: 'Sampai', en: 'Until' })}
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
            error={same && say({ id: 'Harus berbeda dari awalnya.', en: 'Must differ from its beginning.' })}
          />
        </div>
      )}
      <Checkbox
        checked={digest}
        onChange={(event) => setDigest(event.currentTarget.checked)}
        label={say({ id: 'Kumpulkan surel menjadi satu ringkasan sehari', en: 'Gather mails into one digest a day' })}
      />
      {digest && (
        <div className="row notice-times">
          <TextInput
            type="time"
            label={say({ id: 'Dikirim pukul', en: 'Sent at' })}
            value={digestAt}
            onChange={(event) => setDigestAt(event.currentTarget.value)}
          />
        </div>
      )}
      {(quiet || digest) && zones.length > 0 && (
        <Select
          label={say({ id: 'Menurut jam', en: 'By the clock of' })}
          value={zone}
          onChange={(value) => setZone(value ?? '')}
          data={[
            { value: '', label: say({ id: 'Komunitas ({zone})', en: 'The community ({zone})' }, { zone: choices.time_zone }) },
            ...zones.map((one) => ({ value: one, label: one })),
          ]}
          allowDeselect={false}
        />
      )}
      <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
      <Button type="submit" variant="default" loading={busy} disabled={same || (quiet && (!from || !until)) || (digest && !digestAt)}>
        {say({ id: 'Simpan', en: 'Save' })}
      </Button>
    </form>
  )
}
