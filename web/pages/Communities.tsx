// Which community? Asked only of people who belong to more than one.
import './sign-in.css'
import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { at } from '../addresses.ts'
import { KINDS } from '../frame/Side.tsx'
import { useSignOut } from '../frame/MeMenu.tsx'
import { Icon, Mark } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import type { FormerMembership } from '../model.ts'
import { Note, PageBones, Trouble } from '../parts/States.tsx'
import { useMe } from '../queries.ts'
import { useFormats, useSay } from '../words.tsx'

export default function Communities() {
  const say = useSay()
  const me = useMe()
  const navigate = useNavigate()
  const signOut = useSignOut()
  const tenants = me.data?.tenants
  const operator = me.data?.operator
  const only = tenants?.length === 1 ? tenants[0] : undefined
  useEffect(() => {
    if (me.data === null) void navigate({ to: '/sign-in', replace: true })
    if (only) void navigate({ to: at.home(only.code), replace: true })
    if (operator && tenants?.length === 0) void navigate({ to: '/platform', replace: true })
  }, [me.data, only])
  if (me.error && !me.data) return <Trouble error={me.error} retry={() => void me.refetch()} />
  if (!tenants || only) return <PageBones lines={3} />
  return (
    <div className="gate">
      <div className="gate-top" />
      <main className="gate-door">
        <span className="gate-mark">
          <Mark size={52} />
        </span>
        {tenants.length ? (
          <PageHead
            title={say({ id: 'Buka komunitas mana?', en: 'Which community?' })}
            under={say({ id: 'Halo, {name}.', en: 'Hello, {name}.' }, { name: me.data?.user.name })}
          />
        ) : me.data?.former?.length ? (
          <PageHead
            title={say({ id: 'Belum ada yang terbuka untuk Anda', en: 'Nothing is open to you at the moment' })}
            under={say({ id: 'Halo, {name}.', en: 'Hello, {name}.' }, { name: me.data.user.name })}
          />
        ) : (
          <PageHead
            title={say({ id: 'Anda belum tergabung', en: 'You do not belong anywhere yet' })}
            under={say({
              id: 'Akun Anda belum menjadi anggota komunitas mana pun. Minta admin komunitas Anda untuk menambahkan Anda.',
              en: 'Your account is not a member of any community yet. Ask your community’s administrator to add you.',
            })}
          />
        )}
        <ul className="communities">
          {tenants.map((tenant) => (
            <li key={tenant.id}>
              <Link to={at.home(tenant.code)} className="community">
                <span>
                  <strong>{tenant.name}</strong>
                  <span className="quiet small">
                    {say(KINDS[tenant.kind] ?? tenant.kind)} · {tenant.role}
                  </span>
                </span>
                <Icon name="right" />
              </Link>
            </li>
          ))}
        </ul>
        <Former former={me.data?.former ?? []} />
        {operator && (
          <p style={{ marginTop: '1.5rem' }}>
            <Button component={Link} to="/platform" variant="default" leftSection={<Icon name="shield" size={17} />}>
              {say({ id: 'Pengelola Balai', en: 'Balai operator' })}
            </Button>
          </p>
        )}
        <p style={{ marginTop: '1.5rem' }}>
          <Button variant="subtle" color="gray" onClick={() => void signOut()} leftSection={<Icon name="out" size={17} />}>
            {say({ id: 'Keluar', en: 'Sign out' })}
          </Button>
        </p>
      </main>
    </div>
  )
}

const ENDED = {
  expired: {
    id: 'Keanggotaan Anda di {name} berakhir pada {day}. Minta pengelolanya memperpanjang bila Anda masih bekerja di sana.',
    en: 'Your membership of {name} ended on {day}. Ask its administrator to extend it if you still work there.',
  },
  suspended: {
    id: 'Keanggotaan Anda di {name} sedang ditangguhkan. Hubungi pengelolanya untuk mengetahui sebabnya.',
    en: 'Your membership of {name} is suspended. Ask its administrator why.',
  },
  community_suspended: {
    id: '{name} sedang ditangguhkan. Data tetap tersimpan; hubungi pengelola Balai.',
    en: '{name} is suspended. Its data is kept; ask the operator of Balai.',
  },
  community_deleting: {
    id: '{name} sedang dihapus. Hubungi pengelola Balai bila ini keliru.',
    en: '{name} is being deleted. Tell the operator of Balai if that is a mistake.',
  },
  inactive: { id: 'Keanggotaan Anda di {name} tidak aktif lagi.', en: 'Your membership of {name} is no longer active.' },
} as const

function Former({ former }: { former: readonly FormerMembership[] }) {
  const say = useSay()
  const formats = useFormats()
  return former.map(({ name, why, expires_on }) => (
    <div key={name} style={{ marginTop: '1rem' }}>
      <Note tone="wait">{say(ENDED[why], { name, day: expires_on ? formats.day(expires_on) : '' })}</Note>
    </div>
  ))
}
