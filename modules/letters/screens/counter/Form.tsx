// What a letter asks for, and the letter as it will be, side by side; ends with a letter, a request, or a corrected draft.
import '#web/form/form.css'
import { Button, Checkbox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import { day, optional, ref, text } from '#kernel/resource/field.ts'
import { apiAt } from '#web/addresses.ts'
import { api, ApiProblem, intents, isProblem } from '#web/api.ts'
import { Fields, groupsOf } from '#web/form/Fields.tsx'
import { initialValues, useFormState } from '#web/form/state.ts'
import type { RowJson } from '#web/model.ts'
import { Bone, Note, PageBones, Trouble, useSentence } from '#web/parts/States.tsx'
import { client } from '#web/queries.ts'
import { useCommunity } from '#web/tenant.tsx'
import { useSay } from '#web/words.tsx'
import { useAddress } from '../file-address.ts'
import { type Asked, fieldNamed, fieldsOf, type Filled, filledIn, sent } from './asked.ts'
import type { Made } from './Done.tsx'

export type Source = { readonly row: RowJson; readonly of: 'request' | 'letter'; readonly filled: Filled }
type Props = {
  readonly citizen: { readonly id: string; readonly title: string | null }
  readonly template: string
  readonly source: Source | null
  readonly done: (made: Made) => void
}

export function Form(props: Props) {
  const { code } = useCommunity()
  const template = useQuery({
    queryKey: ['row', code, 'letters.letter_templates', props.template],
    queryFn: ({ signal }) => api.get<RowJson>(apiAt.row(code, 'letters.letter_templates', props.template), { signal }),
  })
  if (template.error) return <Trouble error={template.error} retry={() => void template.refetch()} />
  return template.data ? <Filling {...props} asked={template.data as unknown as Asked} /> : <PageBones lines={4} />
}

const OWN = {
  letter_date: optional(
    day({ id: 'Tanggal surat', en: 'Date of the letter' }, { until: 'today', help: { id: 'Kosong: hari ini.', en: 'Empty: today.' } }),
  ),
  signatory_id: optional(
    ref('office.apparatus', { id: 'Penanda tangan', en: 'Signed by' }, { help: { id: 'Kosong: kepala desa.', en: 'Empty: the head.' } }),
  ),
}
const BY_HAND = {
  number: optional(
    text(
      { id: 'Nomor ditulis tangan', en: 'Number by hand' },
      { max: 100, help: { id: 'Kosong: nomor berikutnya.', en: 'Empty: the next number.' } },
    ),
  ),
  number_reason: optional(text({ id: 'Mengapa ditulis tangan', en: 'Why by hand' }, { max: 500 })),
}

function Filling({ citizen, template, source, done, asked }: Props & { asked: Asked }) {
  const say = useSay()
  const sentence = useSentence()
  const { code, model } = useCommunity()
  const correcting = source?.of === 'letter'
  const fields = useMemo(() => ({ ...fieldsOf(asked), ...OWN, ...(correcting ? {} : BY_HAND) }), [asked, correcting])
  const start = source
    ? {
        ...filledIn(source.filled),
        ...(correcting ? { letter_date: source.row['letter_date'], signatory_id: source.row['signatory_id'] } : {}),
      }
    : {}
  const form = useFormState(fields, initialValues(fields), model.tenant.today, { changes: start, titles: source?.row.titles ?? {} })
  const lists = asked.variables.filter((one) => one.type === 'members')
  const [members, setMembers] = useState<Record<string, readonly string[]>>(() =>
    Object.fromEntries(lists.map((one) => [one.code, (source?.filled.values[one.code] as string[] | undefined) ?? []])),
  )
  const [busy, setBusy] = useState<string | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [intent] = useState(intents)

  // What was said about a field that has been mended meanwhile is not repeated.
  useEffect(() => setFailure(null), [form.changes, members])
  const filled = sent(asked, form.valueOf, members)
  const body = {
    citizen_id: citizen.id,
    template_id: template,
    ...filled,
    letter_date: (form.valueOf('letter_date') as string) || null,
    signatory_id: (form.valueOf('signatory_id') as string) || null,
    request_id: source?.of === 'request' ? source.row.id : null,
  }

  async function send(what: 'issue' | 'file' | 'correct'): Promise<void> {
    if (!form.check('create')) return setFailure(say({ id: 'Lengkapi isian yang ditandai.', en: 'Complete the marked fields.' }))
    setBusy(what)
    setFailure(null)
    try {
      if (what === 'file') {
        const { request_id: _r, letter_date: _d, signatory_id: _s, ...rest } = body
        const asks = { ...rest, purpose: null, notes: null }
        const made = await api.post<{ id: string; queue_number: number }>(`${apiAt.resource(code, 'letters.letter_requests')}/filing`, {
          body: asks,
          intent: intent(asks),
        })
        done({ kind: 'request', id: made.id, queue: made.queue_number, name: citizen.title })
      } else if (what === 'correct' && source) {
        const { values, subjects, letter_date, signatory_id } = body
        const corrected = { values, subjects, letter_date, signatory_id }
        await api.post(`${apiAt.row(code, 'letters.generated_letters', source.row.id)}/correction`, {
          body: corrected,
          intent: intent(corrected),
        })
        done({ kind: 'letter', id: source.row.id, status: 'draft', number: null, name: citizen.title })
      } else {
        const issued = {
          ...body,
          number: (form.valueOf('number') as string) || null,
          number_reason: (form.valueOf('number_reason') as string) || null,
        }
        const made = await api.post<{ id: string; status: string; letter_number: string | null }>(
          `${apiAt.resource(code, 'letters.generated_letters')}/direct-issue`,
          { body: issued, intent: intent(issued) },
        )
        done({ kind: 'letter', id: made.id, status: made.status, number: made.letter_number, name: citizen.title })
      }
      void client.invalidateQueries({ queryKey: ['row', code] })
      void client.invalidateQueries({ queryKey: ['list', code] })
    } catch (error) {
      if (isProblem(error) && error.errors.length > 0)
        form.report(error.errors.map((one) => ({ ...one, field: fieldNamed(one.field, fields) })))
      setFailure(sentence(error))
    } finally {
      setBusy(null)
    }
  }
  const main = correcting ? 'correct' : 'issue'
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !busy) {
      event.preventDefault()
      void send(main)
    }
  }
  const groups = groupsOf(fields, [
    { label: { id: 'Isian surat', en: 'What the letter asks for' }, fields: Object.keys(fieldsOf(asked)) },
    {
      label: { id: 'Tanggal, penanda tangan, nomor', en: 'Date, signatory, number' },
      fields: Object.keys({ ...OWN, ...(correcting ? {} : BY_HAND) }),
    },
  ])
  return (
    <div className="counter">
      <form
        noValidate
        className="stack form-tight"
        onKeyDown={keys}
        onSubmit={(event) => {
          event.preventDefault()
          void send(main)
        }}
      >
        <Fields fields={fields} groups={groups} form={form} />
        {lists.map((one) => (
          <Family
            key={one.code}
            citizen={citizen.id}
            label={one.label}
            value={members[one.code] ?? []}
            set={(ids) => setMembers({ ...members, [one.code]: ids })}
          />
        ))}
        <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
        <div className="row">
          <Button type="submit" loading={busy === main} disabled={busy !== null} title="Ctrl+Enter">
            {correcting
              ? say({ id: 'Simpan perbaikan', en: 'Save the correction' })
              : say({ id: 'Terbitkan surat', en: 'Issue the letter' })}
          </Button>
          {!source && (
            <Button variant="default" loading={busy === 'file'} disabled={busy !== null} onClick={() => void send('file')}>
              {say({ id: 'Terima sebagai permohonan', en: 'Take as a request' })}
            </Button>
          )}
        </div>
      </form>
      <Paper body={body} />
    </div>
  )
}

/** Who of the applicant's family is meant. */
function Family({
  citizen,
  label,
  value,
  set,
}: {
  citizen: string
  label: string
  value: readonly string[]
  set: (ids: readonly string[]) => void
}) {
  const say = useSay()
  const { code } = useCommunity()
  const family = useQuery({
    queryKey: ['related', code, 'counter-family', citizen],
    queryFn: async ({ signal }) => {
      const person = await api.get<RowJson>(apiAt.row(code, 'registry.citizens', citizen), { signal })
      if (!person['family_id']) return []
      const search = { family_id: String(person['family_id']), limit: '50' }
      return (await api.get<{ data: RowJson[] }>(apiAt.resource(code, 'registry.citizens'), { search, signal })).data
    },
  })
  if (family.error) return <Trouble error={family.error} retry={() => void family.refetch()} />
  if (!family.data) return <Bone width="60%" height="3rem" />
  return (
    <Checkbox.Group label={label} value={[...value]} onChange={set}>
      {family.data.length === 0 && (
        <p className="quiet small">{say({ id: 'Warga ini tidak tercatat dalam keluarga.', en: 'This resident is in no family.' })}</p>
      )}
      {family.data.map((one) => (
        <Checkbox key={one.id} value={one.id} label={String(one['name'] ?? '')} mt={8} />
      ))}
    </Checkbox.Group>
  )
}

const WAIT = 600

/** The letter as it would be now; what is still missing is said in its place. */
function Paper({ body }: { body: object }) {
  const say = useSay()
  const sentence = useSentence()
  const { code } = useCommunity()
  const [settled] = useDebouncedValue(JSON.stringify(body), WAIT)
  const picture = useQuery({
    queryKey: ['letter-picture', code, 'draft', settled],
    queryFn: ({ signal }) => api.file(apiAt.tenant(code, 'letters/draft_picture'), { body: JSON.parse(settled), signal }),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
    gcTime: 30_000,
  })
  const address = useAddress(picture.data)
  const missing = picture.error instanceof ApiProblem && picture.error.status === 422
  return (
    <section
      className="letter-preview"
      aria-label={say({ id: 'Pratinjau surat', en: 'Preview of the letter' })}
      aria-busy={picture.isFetching}
    >
      <h2>{say({ id: 'Pratinjau', en: 'Preview' })}</h2>
      <div role="status">
        {picture.error &&
          (missing ? (
            <p className="quiet small">
              {say({ id: 'Surat tampak setelah isian wajib lengkap.', en: 'The letter appears once the required fields are filled in.' })}
            </p>
          ) : (
            <Note tone="wait">{sentence(picture.error)}</Note>
          ))}
      </div>
      {address ? (
        <img
          className="letter-paper"
          data-old={picture.error || picture.isPlaceholderData ? true : undefined}
          src={address}
          alt={say({ id: 'Konsep surat di kertas', en: 'The draft on paper' })}
        />
      ) : (
        picture.isFetching && <Bone width="100%" height="24rem" />
      )}
    </section>
  )
}
