// The files of one document, newest first: each can be opened; what a machine read in it is shown on purpose, and said to be a machine's.
import './documents.css'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import { findResource, type ListJson, type ResourceFacts, type RowJson } from '../model.ts'
import { Icon } from '../parts/Icon.tsx'
import { Bone, Trouble } from '../parts/States.tsx'
import { client, forget } from '../queries.ts'
import { Secret } from '../record/Secret.tsx'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { Bring } from './Bring.tsx'
import { SHUT, type ScanState, sizeOf } from './model.ts'
import { useOpening } from './opening.tsx'

export function VersionsTab({ row }: { resource: ResourceFacts; row: RowJson }) {
  const say = useSay()
  const { code, model } = useCommunity()
  const [bringing, setBringing] = useState(false)
  const opening = useOpening()
  const versions = findResource(model, 'core.document_versions')
  const key = ['related', code, 'core.document_versions', row.id]
  const found = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      api.get<ListJson>(apiAt.resource(code, 'core.document_versions'), {
        search: { document_id: row.id, sort: '-number', limit: '100' },
        signal,
      }),
  })
  if (found.error && !found.data) return <Trouble error={found.error} retry={() => void found.refetch()} />
  if (!found.data || !versions) return <Bone width="60%" height="3rem" />
  return (
    <div className="documents">
      {row.may?.includes('revision') && (
        <div className="row no-print">
          <Button onClick={() => setBringing(true)} leftSection={<Icon name="plus" size={16} />}>
            {say({ id: 'Versi baru', en: 'New version' })}
          </Button>
        </div>
      )}
      <ul>
        {found.data.data.map((version) => (
          <One key={version.id} version={version} versions={versions} opening={opening} />
        ))}
      </ul>
      {opening.shown}
      {bringing && (
        <Bring
          document={{ id: row.id, title: String(row['title']) }}
          close={() => setBringing(false)}
          kept={() => {
            void client.invalidateQueries({ queryKey: key })
            forget(code, 'core.documents', row.id)
          }}
        />
      )}
    </div>
  )
}

type OneProps = { version: RowJson; versions: ResourceFacts; opening: ReturnType<typeof useOpening> }

function One({ version, versions, opening }: OneProps) {
  const say = useSay()
  const formats = useFormats()
  const shut = SHUT[version['scan_state'] as ScanState]
  const name = String(version['file_name'])
  const file = { id: version.id, file_name: name, mime_type: String(version['mime_type']) }
  const opens = !shut && version.may?.includes('content-link')
  const until = version['expiry_date'] as string | null
  const facts = [
    sizeOf(Number(version['size']), formats.number),
    formats.moment(String(version['uploaded_at'])),
    until && say({ id: 'berlaku sampai {day}', en: 'valid until {day}' }, { day: formats.day(until) }),
  ]
  return (
    <li>
      <span className="document-small document-number">{Number(version['number'])}</span>
      <div className="document-words">
        {opens ? (
          <button type="button" className="plain document-title" onClick={() => void opening.open(file)}>
            {name}
          </button>
        ) : (
          <strong>{name}</strong>
        )}
        <p className="soft small">{facts.filter(Boolean).join(' · ')}</p>
        {shut && <p className="small">{say(shut)}</p>}
        {(['summary', 'ocr_text'] as const).map((field) => {
          const facts = versions.fields[field]
          if (!version[field] || !facts) return null
          return (
            <div key={field} className="document-read small">
              <span className="soft">
                {say(facts.label)} · {say(facts.help)}
              </span>
              <Secret name={field} field={facts} resource={versions} row={version} />
            </div>
          )
        })}
      </div>
      {version['is_latest'] === true && (
        <span className="state small" data-tone="good">
          {say({ id: 'Terbaru', en: 'Latest' })}
        </span>
      )}
      {opens && (
        <Button variant="default" size="compact-sm" className="no-print" onClick={() => void opening.download(file)}>
          {say({ id: 'Unduh', en: 'Download' })}
          <span className="unseen"> {name}</span>
        </Button>
      )}
    </li>
  )
}
