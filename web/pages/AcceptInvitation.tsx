// An invitation: who invites, to where, as what; then an account is made, or the one that is signed in joins.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { at } from '../addresses.ts'
import { api, isProblem, newIntent } from '../api.ts'
import { Bone, Note, Trouble, useSentence } from '../parts/States.tsx'
import { useMe } from '../queries.ts'
import { useFormats, useSay } from '../words.tsx'
import { AcceptInvitationForm, type NewAccount } from './AcceptInvitationForm.tsx'
import { Door } from './Door.tsx'
import { dropMessageToken, useMessageToken } from './message-link.ts'

type Facts = { community: string; role: string; invited_by: string; name: string; expires_at: string }

export default function AcceptInvitation() {
  const say = useSay()
  const formats = useFormats()
  const token = useMessageToken('invitation')
  const me = useMe()
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => api.post<Facts>('/api/invitation', { body: { token }, signal, intent: newIntent() }),
    enabled: token !== '',
    retry: false,
    refetchOnWindowFocus: false,
  })
  if (!token || isProblem(invitation.error, 'link_not_good'))
    return (
      <Door title={say({ id: 'Undangan tidak berlaku', en: 'This invitation does not work' })}>
        <p className="gate-form">
          {say({
            id: 'Tautannya sudah dipakai, ditarik, lewat waktunya, atau tidak lengkap. Buka lagi surat undangannya, atau minta yang baru.',
            en: 'The link was used, withdrawn, is too old, or is not complete. Open the message again, or ask for a new one.',
          })}
        </p>
        <p className="gate-back">
          <Link to="/sign-in">{say({ id: 'Ke halaman masuk', en: 'Go to signing in' })}</Link>
        </p>
      </Door>
    )
  if (invitation.error)
    return (
      <Door title={say({ id: 'Undangan', en: 'Invitation' })}>
        <Trouble error={invitation.error} retry={() => void invitation.refetch()} />
      </Door>
    )
  if (!invitation.data || me.isPending)
    return (
      <Door title={say({ id: 'Undangan', en: 'Invitation' })}>
        <Bone height="6rem" />
      </Door>
    )
  const { community, role, invited_by, expires_at } = invitation.data
  return (
    <Door
      title={community}
      under={
        <>
          {say(
            { id: '{who} mengundang Anda bekerja di sini sebagai {role}.', en: '{who} invites you to work here as {role}.' },
            { who: invited_by, role },
          )}{' '}
          {say({ id: 'Berlaku sampai {when}.', en: 'Good until {when}.' }, { when: formats.moment(expires_at) })}
        </>
      }
    >
      {me.data ? <Join token={token} name={me.data.user.name} /> : <NewHere token={token} suggested={invitation.data.name} />}
    </Door>
  )
}

/** Signs in afresh where needed, then goes to the community. */
function useArrive(): (tenant: string) => Promise<void> {
  const cache = useQueryClient()
  const router = useRouter()
  return async (tenant) => {
    dropMessageToken('invitation')
    await cache.resetQueries({ queryKey: ['me'] })
    await router.navigate({ to: at.home(tenant), replace: true })
  }
}

function Join({ token, name }: { token: string; name: string }) {
  const say = useSay()
  const sentence = useSentence()
  const arrive = useArrive()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  async function join(): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      const { tenant } = await api.post<{ tenant: string }>('/api/invitation/acceptance', {
        body: { token, join: true },
        intent: newIntent(),
      })
      await arrive(tenant)
    } catch (problem) {
      setFailure(sentence(problem))
      setBusy(false)
    }
  }
  return (
    <div className="stack gate-form">
      <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
      <Button size="md" loading={busy} onClick={() => void join()}>
        {say({ id: 'Bergabung sebagai {name}', en: 'Join as {name}' }, { name })}
      </Button>
      <p className="quiet small">
        {say({
          id: 'Bukan Anda? Keluar dulu dari akun ini, lalu buka lagi tautan undangannya.',
          en: 'Not you? Sign out of this account first, then open the link of the invitation again.',
        })}
      </p>
    </div>
  )
}

function NewHere({ token, suggested }: { token: string; suggested: string }) {
  const say = useSay()
  const arrive = useArrive()
  async function make(account: NewAccount): Promise<void> {
    const { tenant } = await api.post<{ tenant: string }>('/api/invitation/acceptance', {
      body: { token, ...account },
      intent: newIntent(),
    })
    await api.post('/api/session', { body: { login: account.username, password: account.password } })
    await arrive(tenant)
  }
  return (
    <>
      <AcceptInvitationForm suggested={suggested} make={make} />
      <p className="quiet small">
        {say({ id: 'Sudah punya akun Balai?', en: 'Have a Balai account already?' })}{' '}
        <Link to="/sign-in" search={{ to: '/invitation' } as never}>
          {say({ id: 'Masuk dulu, lalu bergabung', en: 'Sign in first, then join' })}
        </Link>
      </p>
    </>
  )
}
