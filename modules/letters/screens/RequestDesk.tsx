// A request on its own page: which papers are there, what was filled in, and the letter that is made of it.
import './letters.css'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { apiAt, at } from '#web/addresses.ts'
import { api } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { Bone, Note, Trouble } from '#web/parts/States.tsx'
import type { RecordScreenProps } from '#web/screens.ts'
import { holds, useCommunity } from '#web/tenant.tsx'
import { useSay } from '#web/words.tsx'
import type { Requirement } from '../process/requirements.ts'
import type { FormField } from '../template/definition.ts'

type Desk = {
  readonly values: Readonly<Record<string, unknown>>
  readonly requirements: readonly Requirement[]
  readonly letter: { readonly id: string; readonly status: string; readonly letter_number: string | null } | null
}

export function RequestDesk({ row }: RecordScreenProps) {
  const say = useSay()
  const { code, model } = useCommunity()
  const desk = useQuery({
    queryKey: ['related', code, 'request-desk', row.id, row.version],
    queryFn: ({ signal }) => api.get<Desk>(apiAt.tenant(code, 'letters/request_desk'), { search: { request_id: row.id }, signal }),
  })
  const template = useQuery({
    queryKey: ['row', code, 'letters.letter_templates', String(row['template_id'])],
    queryFn: ({ signal }) =>
      api.get<{ variables: FormField[] }>(apiAt.row(code, 'letters.letter_templates', String(row['template_id'])), { signal }),
  })
  if (desk.error) return <Trouble error={desk.error} retry={() => void desk.refetch()} />
  if (!desk.data) return <Bone width="100%" height="8rem" />
  const { requirements, values, letter } = desk.data
  const labelOf = (name: string): string => template.data?.variables.find((one) => one.code === name)?.label ?? name.replace(/^form_/, '')
  const filled = Object.entries(values).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  const make = row['status'] === 'DIPROSES' && !letter && holds(model.me.permissions, 'letters.generated_letters:direct-issue')
  return (
    <div className="stack letter-tab">
      <section aria-label={say({ id: 'Surat', en: 'Letter' })} className="row">
        {letter ? (
          <Button
            variant="default"
            component={Link}
            to={at.record(code, 'letters.generated_letters', letter.id)}
            leftSection={<Icon name="copy" size={16} />}
          >
            {letter.letter_number ?? say({ id: 'Lihat konsep surat', en: 'See the draft' })}
          </Button>
        ) : make ? (
          <Button
            component={Link}
            to={at.page(code, 'letters', 'counter')}
            search={{ request: row.id } as never}
            leftSection={<Icon name="edit" size={16} />}
          >
            {say({ id: 'Buat suratnya', en: 'Make the letter' })}
          </Button>
        ) : (
          row['status'] === 'PENDING' && (
            <p className="soft">{say({ id: 'Tekan “Proses” untuk mengerjakannya.', en: 'Choose “Take up” to begin.' })}</p>
          )
        )}
      </section>
      {row['refusal_reason'] ? <Note tone="harm">{String(row['refusal_reason'])}</Note> : null}
      <section>
        <h2>{say({ id: 'Syarat', en: 'Requirements' })}</h2>
        {requirements.length === 0 ? (
          <p className="quiet">{say({ id: 'Surat ini tidak meminta dokumen.', en: 'This letter asks for no documents.' })}</p>
        ) : (
          <ul className="letter-list">
            {requirements.map((one) => (
              <li key={one.type} className="row">
                <Icon name={one.present ? 'check' : 'warn'} size={16} />
                {one.type}
                <span className="quiet small">
                  {one.present ? say({ id: 'ada', en: 'there' }) : say({ id: 'belum ada', en: 'missing' })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <h2>{say({ id: 'Yang diisi', en: 'What was filled in' })}</h2>
        {filled.length === 0 ? (
          <p className="quiet">{say({ id: 'Tidak ada isian.', en: 'Nothing was asked.' })}</p>
        ) : (
          <dl className="letter-values">
            {filled.map(([name, value]) => (
              <div key={name}>
                <dt>{labelOf(name)}</dt>
                <dd>{String(value)}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
    </div>
  )
}
