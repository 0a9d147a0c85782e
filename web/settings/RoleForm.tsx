// The editor of a role: its name, a matrix of what it may do, and which rows it sees.
import '../form/form.css'
import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useBlocker, useNavigate } from '@tanstack/react-router'
import { useRef, useState, type FormEvent } from 'react'
import { apiAt, at } from '../addresses.ts'
import { api, intents, isProblem } from '../api.ts'
import type { Model, RowJson } from '../model.ts'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Note, useSentence } from '../parts/States.tsx'
import { forget } from '../queries.ts'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { Matrix } from './Matrix.tsx'
import { matrixOf } from './permissions.ts'

const ROLES = 'core.roles'

export function RoleForm({ row }: { row: RowJson | null }) {
  const say = useSay()
  const sentence = useSentence()
  const navigate = useNavigate()
  const { code, model } = useCommunity()
  const all = useAllPermissions(code, model)
  const start = {
    name: String(row?.['name'] ?? ''),
    description: String(row?.['description'] ?? ''),
    permissions: (row?.['permissions'] ?? []) as string[],
    visibility: (row?.['visibility'] ?? {}) as Record<string, string>,
  }
  const [role, setRole] = useState(start)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const [intent] = useState(intents)
  const saved = useRef(false)
  const dirty = JSON.stringify(role) !== JSON.stringify(start)
  useBlocker({
    shouldBlockFn: () =>
      dirty &&
      !saved.current &&
      !confirm(say({ id: 'Perubahan peran ini belum disimpan. Tinggalkan?', en: 'The changes to this role are not saved. Leave?' })),
    enableBeforeUnload: () => dirty && !saved.current,
  })
  // The administrator's role cannot lose anything, or nobody could repair it.
  const fixed = start.permissions.includes('*:*') || (row !== null && !row.may?.includes('update'))

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!role.name.trim()) return setErrors({ name: say({ id: 'Beri nama.', en: 'Give it a name.' }) })
    const body = {
      name: role.name.trim(),
      description: role.description.trim() || null,
      permissions: role.permissions,
      visibility: role.visibility,
    }
    setBusy(true)
    setFailure(null)
    setErrors({})
    try {
      if (row) await api.patch(apiAt.row(code, ROLES, row.id), { body, version: row.version, intent: intent(body) })
      else await api.post(apiAt.resource(code, ROLES), { body, intent: intent(body) })
      saved.current = true
      forget(code, ROLES, row?.id)
      notifications.show({ message: say({ id: 'Peran {name} tersimpan.', en: 'Role {name} saved.' }, { name: body.name }) })
      await navigate({ to: at.settings(code, 'roles') })
    } catch (error) {
      if (isProblem(error)) setErrors(Object.fromEntries(error.errors.map((each) => [each.field, each.message])))
      setFailure(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  const remove = async (): Promise<void> => {
    if (!row || !confirm(say({ id: 'Hapus peran {name}?', en: 'Delete the role {name}?' }, { name: start.name }))) return
    try {
      await api.delete(apiAt.row(code, ROLES, row.id), { version: row.version })
      saved.current = true
      forget(code, ROLES)
      await navigate({ to: at.settings(code, 'roles') })
    } catch (error) {
      setFailure(sentence(error))
    }
  }
  return (
    <div className="page role">
      <PageHead
        title={row ? start.name : say({ id: 'Peran baru', en: 'New role' })}
        back={{ to: at.settings(code, 'roles'), label: say({ id: 'Peran', en: 'Roles' }) }}
      >
        {row?.may?.includes('delete') && !fixed && (
          <Button variant="subtle" color="harm" leftSection={<Icon name="trash" size={16} />} onClick={() => void remove()}>
            {say({ id: 'Hapus', en: 'Delete' })}
          </Button>
        )}
      </PageHead>
      {fixed && (
        <div style={{ marginBottom: '1.5rem' }}>
          <Note>
            {say({
              id: 'Peran ini dapat melihat dan melakukan apa yang tercentang, dan tidak dapat diubah.',
              en: 'This role may see and do what is ticked, and cannot be changed.',
            })}
          </Note>
        </div>
      )}
      <form onSubmit={(event) => void submit(event)} noValidate>
        <div className="role-names">
          <TextInput
            label={say({ id: 'Nama', en: 'Name' })}
            withAsterisk
            value={role.name}
            disabled={fixed}
            maxLength={50}
            error={errors['name']}
            onChange={(event) => setRole({ ...role, name: event.currentTarget.value })}
          />
          <TextInput
            label={say({ id: 'Keterangan', en: 'Description' })}
            value={role.description}
            disabled={fixed}
            maxLength={255}
            onChange={(event) => setRole({ ...role, description: event.currentTarget.value })}
          />
        </div>
        <Matrix
          blocks={matrixOf(model, all)}
          all={all}
          patterns={role.permissions}
          rules={role.visibility}
          fixed={fixed}
          change={(permissions) => setRole({ ...role, permissions })}
          see={(resource, rule) => {
            const { [resource]: _, ...rest } = role.visibility
            setRole({ ...role, visibility: rule ? { ...rest, [resource]: rule } : rest })
          }}
        />
        <div className="form-end">
          <div role="alert" style={{ flexBasis: '100%' }}>
            {failure && <Note tone="harm">{failure}</Note>}
          </div>
          {!fixed && (
            <Button type="submit" loading={busy}>
              {say({ id: 'Simpan peran', en: 'Save the role' })}
            </Button>
          )}
        </div>
      </form>
    </div>
  )
}

/** Every permission of this community; when the server does not list them, those the model knows. */
function useAllPermissions(code: string, model: Model): readonly string[] {
  const asked = useQuery({
    queryKey: ['permissions', code],
    queryFn: ({ signal }) => api.get<{ data: string[] }>(apiAt.tenant(code, 'permissions'), { signal }),
    staleTime: 5 * 60_000,
    retry: false,
  })
  if (asked.data) return asked.data.data
  return model.modules.flatMap((module) =>
    module.resources.flatMap((resource) =>
      [...resource.verbs, ...resource.actions.map((action) => action.noun)].map((verb) => `${resource.name}:${verb}`),
    ),
  )
}
