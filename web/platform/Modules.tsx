// Which modules a community has. Off, everything of one is gone for its members at once; its data stays.
import { Button } from '@mantine/core'
import { api } from '../api.ts'
import { Note } from '../parts/States.tsx'
import { useSay } from '../words.tsx'
import { useAct } from './act.ts'
import { type CommunityFacts, communityApi } from './model.ts'

export function Modules({ c }: { c: CommunityFacts }) {
  const say = useSay()
  const { act, busy, failure } = useAct()
  const open = c.status !== 'deleting'
  return (
    <section className="platform-part">
      <h2>{say({ id: 'Modul', en: 'Modules' })}</h2>
      <p className="soft small">
        {say({
          id: 'Modul yang dimatikan hilang seketika dari menu, pencarian dan alamatnya. Datanya tetap tersimpan.',
          en: 'A module that is off is gone at once from menus, search and addresses. Its data is kept.',
        })}
      </p>
      <ul className="platform-rows">
        {c.modules.map((m) => (
          <li key={m.name}>
            <div>
              <strong>{say(m.label)}</strong>
              {m.uses.length > 0 && (
                <div className="quiet small">{say({ id: 'memerlukan {names}', en: 'needs {names}' }, { names: m.uses.join(', ') })}</div>
              )}
            </div>
            <span className="state" data-tone={m.on ? 'good' : 'still'}>
              {m.on
                ? say({ id: 'Menyala', en: 'On' })
                : m.in_plan
                  ? say({ id: 'Mati', en: 'Off' })
                  : say({ id: 'Tidak dalam paket', en: 'Not in the plan' })}
            </span>
            {open && (m.on || m.in_plan) && (
              <Button
                variant="default"
                size="compact-sm"
                loading={busy}
                aria-label={`${m.on ? say({ id: 'Matikan', en: 'Switch off' }) : say({ id: 'Nyalakan', en: 'Switch on' })} ${say(m.label)}`}
                onClick={() => void act(() => api.put(communityApi(c.code, `/modules/${m.name}`), { body: { on: !m.on } }))}
              >
                {m.on ? say({ id: 'Matikan', en: 'Switch off' }) : say({ id: 'Nyalakan', en: 'Switch on' })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
    </section>
  )
}
