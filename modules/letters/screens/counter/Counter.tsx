// The counter: a resident, a letter, what it asks for, and the letter comes out. Made for the keyboard: Tab, type, Enter; Ctrl+Enter issues.
import '../letters.css'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { apiAt, at } from '#web/addresses.ts'
import { api } from '#web/api.ts'
import { RefInput } from '#web/form/inputs/RefInput.tsx'
import type { RowJson } from '#web/model.ts'
import { PageHead } from '#web/parts/PageHead.tsx'
import { Empty, PageBones, Trouble } from '#web/parts/States.tsx'
import { useCommunity } from '#web/tenant.tsx'
import { useSay } from '#web/words.tsx'
import type { Filled } from './asked.ts'
import { Done, type Made } from './Done.tsx'
import { Form, type Source } from './Form.tsx'

type Desk = Filled & { readonly letter: { id: string } | null }

/** Where the form begins: with nothing, with a request, or with a draft that is corrected. */
function useStart(request: string | undefined, letter: string | undefined) {
  const { code } = useCommunity()
  const [resource, id] = request ? ['letters.letter_requests', request] : ['letters.generated_letters', letter ?? '']
  return useQuery({
    queryKey: ['row', code, 'counter', resource, id],
    queryFn: async ({ signal }) => {
      const [row, desk] = await Promise.all([
        api.get<RowJson>(apiAt.row(code, resource, id), { signal }),
        request
          ? api.get<Desk>(apiAt.tenant(code, 'letters/request_desk'), { search: { request_id: id }, signal })
          : api.get<Filled>(apiAt.tenant(code, 'letters/letter_desk'), { search: { letter_id: id }, signal }),
      ])
      return { row, desk }
    },
    enabled: Boolean(request ?? letter),
  })
}

export function Counter() {
  const say = useSay()
  const { code } = useCommunity()
  const navigate = useNavigate()
  const asked = useSearch({ strict: false }) as { request?: string; letter?: string }
  const start = useStart(asked.request, asked.letter)
  const [made, setMade] = useState<Made | null>(null)
  const [turn, setTurn] = useState(0)

  function next(): void {
    setMade(null)
    setTurn(turn + 1)
    void navigate({ to: at.page(code, 'letters', 'counter') })
  }
  const title = say(asked.letter ? { id: 'Perbaiki konsep', en: 'Correct a draft' } : { id: 'Loket surat', en: 'Letter counter' })
  if (made)
    return (
      <div className="page">
        <PageHead title={title} />
        <Done made={made} next={next} />
      </div>
    )
  if (asked.request ?? asked.letter) {
    if (start.error) return <Trouble error={start.error} retry={() => void start.refetch()} />
    if (!start.data) return <PageBones />
    const { row, desk } = start.data
    const source: Source = { row, of: asked.request ? 'request' : 'letter', filled: desk }
    return (
      <div className="page">
        <PageHead title={title} under={row.titles?.['citizen_id'] ?? ''} />
        <Form
          citizen={{ id: String(row['citizen_id']), title: row.titles?.['citizen_id'] ?? null }}
          template={String(row['template_id'])}
          source={source}
          done={setMade}
        />
      </div>
    )
  }
  return (
    <div className="page">
      <PageHead title={title} under={say({ id: 'Warga, surat, selesai.', en: 'A resident, a letter, done.' })} />
      <Fresh key={turn} done={setMade} />
    </div>
  )
}

/** Somebody stands at the counter: who, and which letter. */
function Fresh({ done }: { done: (made: Made) => void }) {
  const say = useSay()
  const { code } = useCommunity()
  const [citizen, setCitizen] = useState<{ id: string; title: string | null } | null>(null)
  const [template, setTemplate] = useState<{ id: string; title: string | null } | null>(null)
  const templates = useQuery({
    queryKey: ['list', code, 'letters.letter_templates', 'counter'],
    queryFn: ({ signal }) =>
      api.get<{ data: RowJson[] }>(apiAt.resource(code, 'letters.letter_templates'), { search: { is_active: 'true', limit: '1' }, signal }),
  })
  if (templates.data?.data.length === 0)
    return (
      <Empty icon="copy" title={say({ id: 'Belum ada templat surat', en: 'No letter templates yet' })}>
        {say({ id: 'Buat dahulu templat yang dipakai desa.', en: 'Make the templates that the village uses first.' })}
      </Empty>
    )
  return (
    <>
      <div className="counter-who">
        <RefInput
          to="registry.citizens"
          label={say({ id: 'Warga', en: 'Resident' })}
          description={say({ id: 'Ketik nama atau NIK.', en: 'Type a name or a NIK.' })}
          value={citizen?.id ?? null}
          title={citizen?.title ?? null}
          change={(id, title) => setCitizen(id ? { id, title } : null)}
          autoFocus
        />
        <RefInput
          to="letters.letter_templates"
          label={say({ id: 'Surat', en: 'Letter' })}
          description={say({ id: 'Ketik sebagian namanya.', en: 'Type part of its name.' })}
          value={template?.id ?? null}
          title={template?.title ?? null}
          change={(id, title) => setTemplate(id ? { id, title } : null)}
        />
      </div>
      {citizen && template && (
        <Form key={`${citizen.id} ${template.id}`} citizen={citizen} template={template.id} source={null} done={done} />
      )}
    </>
  )
}
