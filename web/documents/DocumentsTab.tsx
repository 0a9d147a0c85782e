// The documents of one record: what there is, its latest version, and everything that may be done with it.
import './documents.css'
import { ActionIcon, Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { apiAt, at } from '../addresses.ts'
import { api } from '../api.ts'
import type { ResourceFacts, RowJson } from '../model.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Bone, Empty, Note, Trouble, useSentence } from '../parts/States.tsx'
import { client, forget } from '../queries.ts'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { Bring } from './Bring.tsx'
import { type DocumentJson, SHUT, sizeOf, STATUS } from './model.ts'
import { type Openable, useOpening } from './opening.tsx'

type Doing = { readonly what: 'bring' } | { readonly what: 'revise' | 'remove'; readonly document: DocumentJson }

export function DocumentsTab({ resource, row }: { resource: ResourceFacts; row: RowJson }) {
  const say = useSay()
  const { code } = useCommunity()
  const [doing, setDoing] = useState<Doing | null>(null)
  const opening = useOpening()
  const key = ['documents', code, resource.name, row.id]
  const found = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      api.get<{ data: DocumentJson[]; may: string[] }>(apiAt.tenant(code, 'core/record-documents'), {
        search: { resource: resource.name, resource_id: row.id },
        signal,
      }),
    // What is being scanned will soon be open.
    refetchInterval: (query) => (query.state.data?.data.some((d) => d.scan_state === 'pending') ? 5_000 : false),
  })
  const again = (): void => {
    void client.invalidateQueries({ queryKey: key })
    forget(code, 'core.documents')
  }
  if (found.error && !found.data) return <Trouble error={found.error} retry={() => void found.refetch()} />
  if (!found.data)
    return (
      <div className="stack" aria-busy>
        <Bone width="60%" height="3rem" />
        <Bone width="60%" height="3rem" />
      </div>
    )
  const { data, may } = found.data
  const add = may.includes('attachment') && (
    <Button onClick={() => setDoing({ what: 'bring' })} leftSection={<Icon name="plus" size={16} />}>
      {say({ id: 'Tambah dokumen', en: 'Add documents' })}
    </Button>
  )
  return (
    <div className="documents">
      {data.length === 0 ? (
        <Empty icon="book" title={say({ id: 'Belum ada dokumen', en: 'No documents yet' })} actions={add}>
          {say({
            id: 'Foto KTP, kartu keluarga, akta atau ijazah dapat disimpan di sini. Yang boleh melihatnya hanya mereka yang boleh melihat data ini.',
            en: 'Photos of identity cards, family cards, certificates or diplomas can be kept here. Only those who may see this record may see them.',
          })}
        </Empty>
      ) : (
        <>
          {add && <div className="row no-print">{add}</div>}
          <ul>
            {data.map((document) => (
              <One key={document.id} document={document} opening={opening} start={setDoing} />
            ))}
          </ul>
        </>
      )}
      {opening.shown}
      {doing?.what === 'bring' && <Bring record={{ resource: resource.name, id: row.id }} close={() => setDoing(null)} kept={again} />}
      {doing?.what === 'revise' && <Bring document={doing.document} close={() => setDoing(null)} kept={again} />}
      {doing?.what === 'remove' && <Remove document={doing.document} close={() => setDoing(null)} removed={again} />}
    </div>
  )
}

type OneProps = { document: DocumentJson; opening: ReturnType<typeof useOpening>; start: (doing: Doing) => void }

function One({ document, opening, start }: OneProps) {
  const say = useSay()
  const formats = useFormats()
  const { code } = useCommunity()
  const { title, status, version_id, may } = document
  const version: Openable | null = version_id ? { id: version_id, file_name: document.file_name, mime_type: document.mime_type } : null
  const shut = SHUT[document.scan_state]
  const opens = version !== null && !shut && may.includes('content-link')
  const facts = [
    document.type,
    sizeOf(document.size, formats.number),
    document.number > 1 && say({ id: 'versi {n}', en: 'version {n}' }, { n: document.number }),
    document.issue_date && say({ id: 'terbit {day}', en: 'issued {day}' }, { day: formats.day(document.issue_date) }),
    document.expiry_date && say({ id: 'berlaku sampai {day}', en: 'valid until {day}' }, { day: formats.day(document.expiry_date) }),
    document.issuing_authority,
  ]
  return (
    <li>
      <span className="document-small" aria-hidden>
        {document.thumbnail && version && !shut ? (
          <img src={`${apiAt.row(code, 'core.document_versions', version.id)}/thumbnail`} alt="" loading="lazy" />
        ) : (
          <Icon name="book" size={24} />
        )}
      </span>
      <div className="document-words">
        {opens ? (
          <button type="button" className="plain document-title" onClick={() => void opening.open(version)}>
            {title}
          </button>
        ) : (
          <strong>{title}</strong>
        )}
        <p className="soft small">{facts.filter(Boolean).join(' · ')}</p>
        {shut && (
          <p className="small" data-tone={document.scan_state === 'infected' ? 'harm' : 'wait'}>
            {say(shut)}
          </p>
        )}
      </div>
      {status !== 'valid' && (
        <span className="state small" data-tone={STATUS[status].tone}>
          {say(STATUS[status].words)}
        </span>
      )}
      <div className="row no-print document-acts">
        {opens && (
          <Button variant="default" size="compact-sm" onClick={() => void opening.download(version)}>
            {say({ id: 'Unduh', en: 'Download' })}
            <span className="unseen"> {title}</span>
          </Button>
        )}
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={say({ id: 'Lainnya: {title}', en: 'More: {title}' }, { title })}>
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item component={Link} to={at.record(code, 'core.documents', document.id)} leftSection={<Icon name="clock" size={16} />}>
              {say({ id: 'Versi dan rincian', en: 'Versions and details' })}
            </Menu.Item>
            {may.includes('revision') && (
              <Menu.Item leftSection={<Icon name="plus" size={16} />} onClick={() => start({ what: 'revise', document })}>
                {say({ id: 'Versi baru', en: 'New version' })}
              </Menu.Item>
            )}
            {may.includes('delete') && (
              <Menu.Item color="harm" leftSection={<Icon name="trash" size={16} />} onClick={() => start({ what: 'remove', document })}>
                {say({ id: 'Hapus', en: 'Remove' })}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  )
}

function Remove({ document, close, removed }: { document: DocumentJson; close: () => void; removed: () => void }) {
  const say = useSay()
  const sentence = useSentence()
  const { code } = useCommunity()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  async function remove(): Promise<void> {
    setBusy(true)
    try {
      await api.delete(apiAt.row(code, 'core.documents', document.id), { version: document.version })
      removed()
      close()
    } catch (error) {
      setFailure(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog opened onClose={close} title={say({ id: 'Hapus {title}?', en: 'Remove {title}?' }, { title: document.title })} size="sm">
      <div className="stack">
        <p>
          {say({
            id: 'Dokumen ini tidak tampak lagi di data mana pun. Berkasnya masih ada dan dapat dipulihkan dari daftar dokumen.',
            en: 'This document no longer shows with any record. Its files are still there and can be restored from the list of documents.',
          })}
        </p>
        <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
        <div className="row">
          <Button color="harm" loading={busy} onClick={() => void remove()}>
            {say({ id: 'Hapus', en: 'Remove' })}
          </Button>
          <Button variant="default" onClick={close} data-autofocus>
            {say({ id: 'Jangan', en: 'Keep it' })}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
