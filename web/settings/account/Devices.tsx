// Where I am signed in, and how to end it there.
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, newIntent } from '../../api.ts'
import { Icon } from '../../parts/Icon.tsx'
import { Bone, Trouble, useSentence } from '../../parts/States.tsx'
import { useFormats, useSay } from '../../words.tsx'

type Session = { id: string; current: boolean; device: string | null; ip: string | null; last_seen_at: string; created_at: string }

export function Devices() {
  const say = useSay()
  const formats = useFormats()
  const sentence = useSentence()
  const cache = useQueryClient()
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => api.get<{ data: Session[] }>('/api/me/sessions', { signal }),
  })
  const end = async (path: string): Promise<void> => {
    try {
      await api.delete(path, { intent: newIntent() })
      await cache.invalidateQueries({ queryKey: ['sessions'] })
      notifications.show({ message: say({ id: 'Sudah dikeluarkan.', en: 'Signed out there.' }) })
    } catch (error) {
      notifications.show({ color: 'harm', message: sentence(error) })
    }
  }
  const all = sessions.data?.data ?? []
  return (
    <section className="devices" aria-labelledby="devices">
      <h2 id="devices">{say({ id: 'Perangkat yang sedang masuk', en: 'Where you are signed in' })}</h2>
      {sessions.error && !sessions.data ? (
        <Trouble error={sessions.error} retry={() => void sessions.refetch()} />
      ) : !sessions.data ? (
        <Bone height="4rem" />
      ) : (
        <ul>
          {all.map((session) => (
            <li key={session.id}>
              <Icon name="device" size={20} />
              <div>
                <strong>{session.device ?? say({ id: 'Perangkat tak dikenal', en: 'Unknown device' })}</strong>{' '}
                {session.current && (
                  <span className="state small" data-tone="good">
                    {say({ id: 'perangkat ini', en: 'this device' })}
                  </span>
                )}
                <p className="soft small">
                  {session.ip && `${session.ip} · `}
                  <time dateTime={session.last_seen_at} title={formats.moment(session.last_seen_at)}>
                    {say({ id: 'terakhir {ago}', en: 'last seen {ago}' }, { ago: formats.ago(session.last_seen_at) })}
                  </time>
                </p>
              </div>
              {!session.current && (
                <Button
                  variant="default"
                  size="compact-md"
                  onClick={() => void end(`/api/me/sessions/${session.id}`)}
                  aria-label={say({ id: 'Keluarkan {device}', en: 'Sign out {device}' }, { device: session.device ?? '' })}
                >
                  {say({ id: 'Keluarkan', en: 'Sign out' })}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {all.length > 1 && (
        <Button variant="subtle" color="harm" onClick={() => void end('/api/me/sessions')}>
          {say({ id: 'Keluarkan semua perangkat lain', en: 'Sign out everywhere else' })}
        </Button>
      )}
    </section>
  )
}
