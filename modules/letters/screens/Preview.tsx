// How the letter will look, beside what is being written: drawn by the server with an invented person, a moment after the last key.
import './letters.css'
import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { apiAt } from '#web/addresses.ts'
import { api, ApiProblem } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { Bone, Note, useSentence } from '#web/parts/States.tsx'
import type { FormAsideProps, RecordScreenProps } from '#web/screens.ts'
import { useCommunity } from '#web/tenant.tsx'
import { useSay } from '#web/words.tsx'
import { useAddress } from './file-address.ts'

const PARTS = [
  'template',
  'attachment',
  'variables',
  'subjects',
  'heading',
  'code',
  'paper',
  'letterhead',
  'holder_signs',
  'district_acknowledges',
  'qr',
]
const WAIT = 500

export const Preview = ({ valueOf }: FormAsideProps) => {
  const body = Object.fromEntries(PARTS.map((name) => [name, valueOf(name)]))
  return <Picture body={body} />
}

export const TemplateTab = ({ row }: RecordScreenProps) => (
  <div className="letter-tab">
    <Picture body={Object.fromEntries(PARTS.map((name) => [name, row[name]]))} />
  </div>
)

function Picture({ body }: { body: Readonly<Record<string, unknown>> }) {
  const say = useSay()
  const sentence = useSentence()
  const { code } = useCommunity()
  const text = useMemo(() => JSON.stringify(body), [body])
  const [settled] = useDebouncedValue(text, WAIT)
  const written = typeof body['template'] === 'string' && body['template'] !== ''
  const picture = useQuery({
    queryKey: ['letter-picture', code, settled],
    queryFn: ({ signal }) => api.file(apiAt.tenant(code, 'letters/preview_picture'), { body: JSON.parse(settled), signal }),
    enabled: written,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Infinity,
    gcTime: 30_000,
  })
  const address = useAddress(picture.data)
  const problem = picture.error instanceof ApiProblem ? picture.error : null
  const open = async (): Promise<void> => {
    const file = await api.file(apiAt.tenant(code, 'letters/preview'), { body: JSON.parse(text) })
    const made = URL.createObjectURL(file)
    const link = document.createElement('a')
    Object.assign(link, { href: made, target: '_blank', download: 'pratinjau.pdf' }).click()
    setTimeout(() => URL.revokeObjectURL(made), 60_000)
  }
  return (
    <section
      className="letter-preview"
      aria-label={say({ id: 'Pratinjau surat', en: 'Preview of the letter' })}
      aria-busy={picture.isFetching}
    >
      <header className="row">
        <h2>{say({ id: 'Pratinjau', en: 'Preview' })}</h2>
        <Button
          className="push"
          size="compact-md"
          variant="default"
          disabled={!address || Boolean(picture.error)}
          leftSection={<Icon name="export" size={15} />}
          onClick={() => void open()}
        >
          {say({ id: 'Unduh PDF', en: 'Download PDF' })}
        </Button>
      </header>
      <div role="status">
        {problem && problem.errors.length > 0 ? (
          <Note tone="wait">
            <ul className="letter-problems">
              {problem.errors.map((one, index) => (
                <li key={index}>{one.message}</li>
              ))}
            </ul>
          </Note>
        ) : (
          picture.error && <Note tone="wait">{problem?.detail ?? sentence(picture.error)}</Note>
        )}
      </div>
      {!written ? (
        <p className="soft">{say({ id: 'Tulis isi surat; hasilnya tampak di sini.', en: 'Write the letter; it appears here.' })}</p>
      ) : address ? (
        <img
          className="letter-paper"
          data-old={picture.error || picture.isPlaceholderData ? true : undefined}
          src={address}
          alt={say({ id: 'Surat di kertas, dengan data contoh', en: 'The letter on paper, with invented data' })}
        />
      ) : (
        picture.isFetching && <Bone width="100%" height="24rem" />
      )}
      <p className="quiet small">
        {say({ id: 'Orang dan isian di sini contoh belaka.', en: 'The person and the values shown are invented.' })}
      </p>
    </section>
  )
}
