// Pecah KK: choose who leaves, who heads the new card, and its number. What everybody becomes there is worked out by the register.
import { Checkbox, Radio } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { apiAt, at } from '#web/addresses.ts'
import { api, intents, isProblem } from '#web/api.ts'
import { Fields, groupsOf } from '#web/form/Fields.tsx'
import { initialValues, useFormState } from '#web/form/state.ts'
import { Dialog } from '#web/parts/Dialog.tsx'
import { FormEnd } from '#web/form/FormEnd.tsx'
import { Bone, Trouble, useSentence } from '#web/parts/States.tsx'
import { textOf, useTools } from '#web/parts/Value.tsx'
import { client, forget } from '#web/queries.ts'
import type { ActionScreenProps } from '#web/screens.ts'
import { useCommunity, useResource } from '#web/tenant.tsx'
import { type Member, useFamilyCard } from './FamilyCard.tsx'

export function SplitForm({ resource, action, row, close }: ActionScreenProps) {
  const tools = useTools()
  const { say } = tools
  const sentence = useSentence()
  const navigate = useNavigate()
  const { code, model } = useCommunity()
  const citizens = useResource('registry.citizens')
  const familyId = row?.id ?? ''
  const card = useFamilyCard(familyId)
  const { family_number, address_id } = action.input
  const asked = { ...(family_number ? { family_number } : {}), ...(address_id ? { address_id } : {}) }
  const form = useFormState(asked, initialValues(asked), model.tenant.today, { changes: {}, titles: {} })
  const [leaving, setLeaving] = useState<readonly string[]>([])
  const [head, setHead] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [intent] = useState(intents)
  const members = (card.data?.members ?? []).filter((m) => ['ALIVE', 'MISSING', 'AWAY'].includes(String(m['status'])))

  function toggle(id: string): void {
    const next = leaving.includes(id) ? leaving.filter((one) => one !== id) : [...leaving, id]
    setLeaving(next)
    if (head === null || !next.includes(head)) setHead(next[0] ?? null)
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const values = form.check('create')
    if (!head)
      return setFailure(say({ id: 'Pilih paling sedikit satu anggota yang keluar.', en: 'Choose at least one member who leaves.' }))
    if (!values) return
    setBusy(true)
    setFailure(null)
    try {
      const body = { ...values, head_id: head, members: leaving.filter((id) => id !== head) }
      const made = await api.post<{ id: string }>(`${apiAt.row(code, resource.name, familyId)}/${action.noun}`, {
        body,
        intent: intent(body),
      })
      void client.invalidateQueries({ queryKey: ['row', code] })
      forget(code, resource.name, familyId)
      notifications.show({ message: say({ id: 'Keluarga baru dibuat.', en: 'The new family is made.' }) })
      close()
      void navigate({ to: at.record(code, resource.name, made.id) })
    } catch (error) {
      if (isProblem(error) && error.errors.length > 0) form.report(error.errors)
      setFailure(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  const place = (m: Member): string => textOf(citizens?.fields['family_relationship'], m['family_relationship'], tools)
  return (
    <Dialog opened onClose={close} title={say(action.label)} size={560}>
      {card.error && !card.data ? (
        <Trouble error={card.error} retry={() => void card.refetch()} />
      ) : !card.data ? (
        <Bone width="60%" height="5rem" />
      ) : (
        <form onSubmit={(event) => void submit(event)} noValidate className="stack">
          <Checkbox.Group label={say({ id: 'Siapa yang keluar?', en: 'Who leaves?' })} value={[...leaving]} required>
            {members.map((m) => (
              <Checkbox key={m.id} value={m.id} label={`${m.name} · ${place(m)}`} onChange={() => toggle(m.id)} mt={8} />
            ))}
          </Checkbox.Group>
          {leaving.length > 0 && (
            <Radio.Group label={say({ id: 'Kepala keluarga baru', en: 'Head of the new family' })} value={head} onChange={setHead} required>
              {members
                .filter((m) => leaving.includes(m.id))
                .map((m) => (
                  <Radio key={m.id} value={m.id} label={m.name} mt={8} />
                ))}
            </Radio.Group>
          )}
          <Fields fields={asked} groups={groupsOf(asked)} form={form} />
          <FormEnd failure={failure} busy={busy} send={say(action.label)} cancel={close} />
        </form>
      )}
    </Dialog>
  )
}
