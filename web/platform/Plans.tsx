// What the installation offers: each plan's price, limits and modules, and who has it.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Empty, Trouble } from '../parts/States.tsx'
import { useFormats, useSay } from '../words.tsx'
import { LIMIT_WORDS, type Limits, type Plan, usePlans } from './model.ts'
import { PlanForm } from './PlanForm.tsx'

export default function Plans() {
  const say = useSay()
  const formats = useFormats()
  const plans = usePlans()
  const [editing, setEditing] = useState<Plan | 'new' | null>(null)
  const all = plans.data?.data ?? []
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Paket', en: 'Plans' })}
        under={say({
          id: 'Batas sebuah paket berlaku seketika bagi semua komunitas yang memakainya.',
          en: 'A plan’s limits hold at once for every community that has it.',
        })}
      >
        <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setEditing('new')}>
          {say({ id: 'Paket baru', en: 'New plan' })}
        </Button>
      </PageHead>
      {plans.error && !plans.data ? (
        <Trouble error={plans.error} retry={() => void plans.refetch()} />
      ) : !plans.data ? (
        <Bone height="8rem" />
      ) : all.length === 0 ? (
        <Empty icon="rows" title={say({ id: 'Belum ada paket', en: 'No plans yet' })}>
          {say({ id: 'Tanpa paket, sebuah komunitas tidak punya batas.', en: 'Without a plan a community has no limits.' })}
        </Empty>
      ) : (
        <ul className="platform-rows">
          {all.map((plan) => (
            <li key={plan.id}>
              <div>
                <strong>{plan.name}</strong>{' '}
                <span className="soft">
                  {formats.money(plan.price, plan.currency)}{' '}
                  {plan.period === 'month' ? say({ id: 'per bulan', en: 'a month' }) : say({ id: 'per tahun', en: 'a year' })}
                </span>
                <div className="soft small">
                  {(Object.keys(LIMIT_WORDS) as (keyof Limits)[])
                    .filter((name) => plan.limits[name] !== undefined)
                    .map((name) => `${say(LIMIT_WORDS[name])} ${formats.number(plan.limits[name] ?? 0)}`)
                    .join(' · ') || say({ id: 'tanpa batas', en: 'no limits' })}
                </div>
              </div>
              {!plan.offered && <span className="quiet small">{say({ id: 'tidak ditawarkan lagi', en: 'no longer offered' })}</span>}
              <span className="small">{say({ id: '{n} komunitas', en: '{n} communities' }, { n: formats.number(plan.communities) })}</span>
              <Button
                variant="default"
                size="compact-sm"
                onClick={() => setEditing(plan)}
                aria-label={say({ id: 'Ubah {name}', en: 'Edit {name}' }, plan)}
              >
                {say({ id: 'Ubah', en: 'Edit' })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Dialog
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={editing === 'new' ? say({ id: 'Paket baru', en: 'New plan' }) : say({ id: 'Ubah paket', en: 'Edit the plan' })}
        size="lg"
      >
        {editing && <PlanForm plan={editing === 'new' ? null : editing} done={() => setEditing(null)} />}
      </Dialog>
    </div>
  )
}
