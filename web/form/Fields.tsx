// Fields in their groups, one column; groups that may stay empty are folded until wanted.
import { Suspense, useEffect, useState } from 'react'
import type { Words } from '#kernel/words.ts'
import { Bone } from '../parts/States.tsx'
import { textOf, useTools } from '../parts/Value.tsx'
import type { RowJson } from '../model.ts'
import { fieldHint, ownInput } from '../screens.ts'
import { useSay } from '../words.tsx'
import { FieldInput } from './FieldInput.tsx'
import { fillable, type Fields as FieldMap, type FormState } from './state.ts'

export type Group = { readonly label: Words | null; readonly names: readonly string[] }

/** The groups of a declaration with the fields that can be filled in; those in no group come last. */
export function groupsOf(fields: FieldMap, groups: readonly { label: Words; fields: readonly string[] }[] = [], of = ''): Group[] {
  const open = fillable(fields, (name) => ownInput(of, name) !== null)
  const placed = new Set(groups.flatMap((group) => group.fields))
  const rest = open.filter((name) => !placed.has(name))
  return [
    ...groups.map((group) => ({ label: group.label, names: group.fields.filter((name) => open.includes(name)) })),
    { label: groups.length ? { id: 'Lainnya', en: 'Other' } : null, names: rest },
  ].filter((group) => group.names.length > 0)
}

export const groupId = (index: number): string => `group-${index}`

type Common = {
  fields: FieldMap
  form: FormState
  row?: RowJson | undefined
  /** Whose fields these are, for hints: a resource, or `resource:noun` of an act. */
  of?: string | undefined
}

export function Fields({ groups, ...common }: Common & { groups: readonly Group[] }) {
  return groups.map((group, index) => <Section key={index} {...common} group={group} index={index} />)
}

function Section({ fields, group, form, row, of, index }: Common & { group: Group; index: number }) {
  const say = useSay()
  const needed =
    index === 0 ||
    !group.label ||
    group.names.some((name) => fields[name]?.required || (row && row[name] !== null && row[name] !== undefined && row[name] !== ''))
  const [open, setOpen] = useState(needed)
  const broken = group.names.some((name) => form.errors[name])
  useEffect(() => {
    if (broken || group.names.some((name) => name in form.changes)) setOpen(true)
  }, [broken])
  const inputs = group.names.map((name) => <Line key={name} name={name} fields={fields} form={form} row={row} of={of} />)
  if (!group.label) return <div className="form-section">{inputs}</div>
  if (needed)
    return (
      <section className="form-section" id={groupId(index)} aria-labelledby={`${groupId(index)}-title`}>
        <h2 id={`${groupId(index)}-title`}>{say(group.label)}</h2>
        {inputs}
      </section>
    )
  return (
    <details className="form-section" id={groupId(index)} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{say(group.label)}</h2>
        <span className="quiet small">{say({ id: 'boleh kosong', en: 'optional' })}</span>
      </summary>
      {open && inputs}
    </details>
  )
}

function Line({ name, fields, form, row, of }: Common & { name: string }) {
  const tools = useTools()
  const field = fields[name]
  if (!field) return null
  const title = name in form.titles ? (form.titles[name] ?? null) : (row?.titles?.[name] ?? null)
  const masked = field.secret && row ? textOf(field, row[name], tools) || undefined : undefined
  const kept = (other: string): boolean => Boolean(fields[other]?.secret && row && !(other in form.changes))
  const valueOf = (other: string): unknown => (kept(other) ? null : form.valueOf(other))
  const own = of ? ownInput(of, name) : null
  if (own)
    return (
      <Suspense fallback={<Bone width="100%" height="12rem" />}>
        <own.component
          name={name}
          field={field}
          value={valueOf(name)}
          valueOf={valueOf}
          error={form.errors[name]}
          set={(value) => form.set(name, value)}
        />
      </Suspense>
    )
  const hint = of ? fieldHint(of, name) : null
  const input = (
    <FieldInput
      name={name}
      field={field}
      value={valueOf(name)}
      title={title}
      error={form.errors[name]}
      set={(value, nextTitle) => form.set(name, value, nextTitle)}
      leave={() => form.leave(name)}
      masked={masked}
      replacing={name in form.changes}
    />
  )
  if (!hint) return input
  // Said aloud when it appears, without taking anybody away from the field.
  return (
    <div className="hinted">
      {input}
      <div role="status">
        <Suspense>{!form.errors[name] && <hint.component value={valueOf(name)} valueOf={valueOf} />}</Suspense>
      </div>
    </div>
  )
}
