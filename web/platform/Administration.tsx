// A community that nobody administers yet: whom the operator has invited, and inviting somebody (again).
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api, isProblem } from '../api.ts'
import { Note } from '../parts/States.tsx'
import { useFormats, useSay } from '../words.tsx'
import { useAct } from './act.ts'
import { AddressInput, addressOf } from './FirstAdministrator.tsx'
import { type CommunityFacts, communityApi, usePlatform } from './model.ts'

export function Administration({ c }: { c: CommunityFacts }) {
  const say = useSay()
  const formats = useFormats()
  const carries = usePlatform().data?.carries ?? []
  const { act, busy, failure } = useAct()
  const [name, setName] = useState('')
  const [address, setAddress] = useState('')
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  if (c.administrators > 0 || c.status !== 'active') return null

  async function invite(): Promise<void> {
    setErrors({})
    const sent = await act(
      () =>
        api.post(communityApi(c.code, '/invitation'), { body: { name, ...addressOf(address) } }).catch((error: unknown) => {
          if (isProblem(error)) setErrors(Object.fromEntries(error.errors.map((e) => [e.field, e.message])))
          throw error
        }),
      say({ id: 'Undangan dikirim.', en: 'The invitation is on its way.' }),
    )
    if (sent) setName('')
    if (sent) setAddress('')
  }
  return (
    <section className="platform-part stack">
      <h2>{say({ id: 'Administrator pertama', en: 'First administrator' })}</h2>
      <Note tone="wait">
        {c.invitation
          ? say(
              {
                id: '{name} diundang pada {at}; tautannya berlaku sampai {until}. Undangan baru menggantikannya.',
                en: '{name} was invited on {at}; the link is good until {until}. A new invitation takes its place.',
              },
              {
                name: c.invitation.name,
                at: formats.moment(c.invitation.sent_at),
                until: formats.moment(c.invitation.expires_at),
              },
            )
          : say({
              id: 'Belum ada yang mengelola komunitas ini, dan belum ada yang diundang.',
              en: 'Nobody administers this community yet, and nobody has been invited.',
            })}
      </Note>
      {carries.length > 0 ? (
        <form
          className="narrow"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void invite()
          }}
        >
          <TextInput
            label={say({ id: 'Nama lengkap', en: 'Full name' })}
            value={name}
            error={errors['name']}
            onChange={({ currentTarget: { value } }) => setName(value)}
            autoComplete="off"
          />
          <AddressInput
            carries={carries}
            value={address}
            error={errors['email'] ?? errors['phone']}
            onChange={({ currentTarget: { value } }) => setAddress(value)}
            autoComplete="off"
          />
          <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
          <div className="row">
            <Button type="submit" variant="default" loading={busy} disabled={!name.trim() || !address.trim()}>
              {say({ id: 'Kirim undangan', en: 'Send the invitation' })}
            </Button>
          </div>
        </form>
      ) : (
        <p>
          {say(
            {
              id: 'Balai ini belum dapat mengirim surel atau SMS. Buat akunnya di server: {command}',
              en: 'This Balai cannot send mail or SMS yet. Make the account on the server: {command}',
            },
            { command: `balai user create … --tenant ${c.code}` },
          )}
        </p>
      )}
    </section>
  )
}
