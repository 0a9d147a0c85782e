// Which plan a community has, until when, and which it had before.
import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api.ts'
import { Note } from '../parts/States.tsx'
import { useFormats, useSay } from '../words.tsx'
import { useAct } from './act.ts'
import { type CommunityFacts, communityApi, usePlans } from './model.ts'

export function PlanChoice({ c }: { c: CommunityFacts }) {
  const say = useSay()
  const formats = useFormats()
  const plans = usePlans()
  const { act, busy, failure } = useAct()
  const [chosen, setChosen] = useState(c.plan_id)
  const all = plans.data?.data ?? []
  const mine = all.find((p) => p.id === c.plan_id)
  const [current, ...former] = c.subscriptions
  return (
    <div className="stack">
      <Select
        label={say({ id: 'Paket sekarang', en: 'Plan now' })}
        placeholder={say({ id: 'Tanpa paket: tanpa batas', en: 'None: no limits' })}
        clearable
        value={chosen}
        onChange={setChosen}
        disabled={c.status === 'deleting'}
        data={all
          .filter((p) => p.offered || p.id === c.plan_id)
          .map((p) => ({ value: p.id, label: `${p.name} · ${formats.money(p.price, p.currency)}` }))}
      />
      {chosen !== c.plan_id && (
        <div className="row">
          <Button
            loading={busy}
            onClick={() =>
              void act(
                () => api.put(communityApi(c.code, '/plan'), { body: { plan_id: chosen } }),
                say({ id: 'Paket diganti.', en: 'The plan is changed.' }),
              )
            }
          >
            {say({ id: 'Ganti paket', en: 'Change the plan' })}
          </Button>
          <Button variant="subtle" color="gray" onClick={() => setChosen(c.plan_id)}>
            {say({ id: 'Batal', en: 'Cancel' })}
          </Button>
        </div>
      )}
      <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
      {mine && current && !current.ended_at && (
        <p className="small soft">
          {say({ id: 'Berlaku sejak {from}.', en: 'Since {from}.' }, { from: formats.day(current.period_start) })}{' '}
          {current.period_end && say({ id: 'Sampai {until}.', en: 'Until {until}.' }, { until: formats.day(current.period_end) })}
        </p>
      )}
      {former.length > 0 && (
        <details className="small">
          <summary>{say({ id: 'Paket sebelumnya', en: 'Former plans' })}</summary>
          <ul>
            {former.map((s, i) => (
              <li key={i}>
                {s.plan_name} · {formats.day(s.period_start)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
