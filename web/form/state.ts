// The state of a form: what stands on the server, what the person changed, what is wrong, by the rules the server uses.
import { useCallback, useMemo, useRef, useState } from 'react'
import type { Field } from '#kernel/resource/field.ts'
import { checkField, checkInput, type Problem } from '#kernel/resource/to-schema.ts'
import type { FieldProblem } from '../api.ts'
import { useFormats, useSay } from '../words.tsx'

export type Fields = Readonly<Record<string, Field>>
export type Values = Readonly<Record<string, unknown>>

type Wrong = Problem | FieldProblem
const DAY = /^\d{4}-\d{2}-\d{2}$/

const empty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
export const sameValue = (a: unknown, b: unknown): boolean => (empty(a) && empty(b)) || JSON.stringify(a) === JSON.stringify(b)

/** What a form for something new starts from. */
export const initialValues = (fields: Fields): Values =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => (field.initial === undefined || field.readonly ? [] : [[name, field.initial]])),
  )

/** Fields a person can fill in: with the generic inputs, or with one that the module brings (`asked`). */
export const fillable = (fields: Fields, asked: (name: string) => boolean = () => false): string[] =>
  Object.keys(fields).filter(
    (name) => !fields[name]?.readonly && (asked(name) || !['json', 'id', 'instant'].includes(fields[name]?.kind ?? '')),
  )

export function useFormState(
  fields: Fields,
  base: Values,
  today: string,
  start: { changes: Values; titles: Readonly<Record<string, string | null>> },
) {
  const [changes, setChanges] = useState<Values>(start.changes)
  const [titles, setTitles] = useState(start.titles)
  const [wrong, setWrong] = useState<Readonly<Record<string, Wrong>>>({})
  const now = useRef({ changes, base })
  now.current = { changes, base }

  const valueOf = useCallback((name: string): unknown => (name in changes ? changes[name] : base[name]), [changes, base])
  const set = useCallback(
    (name: string, value: unknown, title?: string | null) => {
      setChanges((before) => {
        const { [name]: _, ...rest } = before
        // A secret's base is only its mask: any value typed is a change.
        return sameValue(value, now.current.base[name]) && !fields[name]?.secret ? rest : { ...before, [name]: value }
      })
      if (title !== undefined) setTitles((before) => ({ ...before, [name]: title }))
      setWrong(({ [name]: _, ...rest }) => rest)
    },
    [fields],
  )
  const leave = useCallback(
    (name: string) => {
      const field = fields[name]
      if (!field) return
      const { changes: changed, base: start } = now.current
      // Untouched fields are not scolded for being empty while the person is still on the way.
      if (!(name in changed)) return
      const problem = checkField(name, field, name in changed ? changed[name] : start[name], today)
      setWrong(({ [name]: _, ...rest }) => (problem ? { ...rest, [name]: problem } : rest))
    },
    [fields, today],
  )
  const report = useCallback(
    (problems: readonly Wrong[]) => setWrong(Object.fromEntries(problems.map((problem) => [problem.field, problem]))),
    [],
  )
  const reset = useCallback((next: Values = {}) => {
    setChanges(next)
    setWrong({})
  }, [])

  /** Checks everything that would be sent; answers the body, or null after showing what is wrong. */
  const check = (mode: 'create' | 'update'): Record<string, unknown> | null => {
    const body = mode === 'create' ? { ...base, ...changes } : changes
    const sent = Object.fromEntries(
      Object.entries(body).filter(([name, value]) => fields[name] && !(mode === 'create' && empty(value) && !(name in changes))),
    )
    const { problems } = checkInput(fields, sent, mode, today)
    report(problems)
    return problems.length ? null : Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, value === '' ? null : value]))
  }
  const errors = useErrorWords(wrong)
  return { changes, titles, valueOf, set, leave, report, reset, check, errors, wrong, dirty: Object.keys(changes).length > 0 }
}

export type FormState = ReturnType<typeof useFormState>

function useErrorWords(wrong: Readonly<Record<string, Wrong>>): Readonly<Record<string, string>> {
  const say = useSay()
  const formats = useFormats()
  return useMemo(
    () =>
      Object.fromEntries(
        Object.entries(wrong).map(([name, problem]) => {
          if (problem.code === 'not_a_day')
            return [
              name,
              say({ id: 'Tanggal ini tidak ada. Tulis seperti 31-12-2024.', en: 'There is no such day. Write it like 31-12-2024.' }),
            ]
          const values = 'values' in problem ? problem.values : undefined
          const told = Object.fromEntries(
            Object.entries(values ?? {}).map(([key, value]) => [
              key,
              typeof value === 'string' && DAY.test(value) ? formats.day(value) : value,
            ]),
          )
          return [name, say(problem.message, told)]
        }),
      ),
    [wrong, say, formats],
  )
}
