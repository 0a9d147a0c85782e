// API keys: which devices and programs may come in, what became of their keys, and the way to make or revoke one.
import './configuration.css'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { apiAt, at } from '../addresses.ts'
import { api, newIntent } from '../api.ts'
import type { ListJson, ResourceFacts, RowJson } from '../model.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Empty, NotFound, Trouble, useSentence } from '../parts/States.tsx'
import { forget, listKey } from '../queries.ts'
import { useCommunity, useResource } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import { ApiKeyForm } from './ApiKeyForm.tsx'
import { scopeWords } from './ApiKeyScopes.ts'

type Use = { id: string; last_used_at: string; last_used_ip: string | null }

export default function ApiKeys() {
  const { id } = useParams({ strict: false }) as { id?: string }
  const { code } = useCommunity()
  const navigate = useNavigate()
  const resource = useResource('core.api_keys')
  if (!resource || (id && id !== 'new')) return <NotFound home={at.settings(code, 'api-keys')} />
  if (id === 'new') return <ApiKeyForm done={() => void navigate({ to: at.settings(code, 'api-keys') })} />
  return <KeyList resource={resource} />
}

function KeyList({ resource }: { resource: ResourceFacts }) {
  const say = useSay()
  const { code } = useCommunity()
  const list = useQuery({
    queryKey: [...listKey(code, resource.name), 'all'],
    queryFn: ({ signal }) => api.get<ListJson>(apiAt.resource(code, resource.name), { search: { limit: '200' }, signal }),
    staleTime: 0,
  })
  const uses = useQuery({
    queryKey: ['api-key-uses', code],
    queryFn: ({ signal }) => api.get<{ data: Use[] }>(apiAt.tenant(code, 'core/api-key-uses'), { signal }),
    staleTime: 0,
  })
  const keys = list.data?.data ?? []
  const good = (key: RowJson): boolean => key['status'] === 'active' && Date.parse(String(key['expires_at'])) > Date.now()
  const past = keys.filter((key) => !good(key))
  const add = list.data?.may?.includes('issuance') && (
    <Button component={Link} to={at.settings(code, 'api-keys/new')} leftSection={<Icon name="plus" size={16} />}>
      {say({ id: 'Buat kunci', en: 'Make a key' })}
    </Button>
  )
  const lines = (some: readonly RowJson[]) => (
    <ul className="key-list">
      {some.map((key) => (
        <KeyLine
          key={key.id}
          row={key}
          use={uses.data?.data.find((use) => use.id === key.id)}
          usesKnown={uses.data !== undefined}
          resource={resource}
        />
      ))}
    </ul>
  )
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Kunci API', en: 'API keys' })}
        under={say({
          id: 'Dengan kunci, perangkat atau program lain memakai data komunitas ini tanpa kata sandi siapa pun.',
          en: 'With a key, a device or another program uses this community’s data without anybody’s password.',
        })}
      >
        {keys.length > 0 && add}
      </PageHead>
      {list.error && !list.data ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Bone height="8rem" />
      ) : keys.length === 0 ? (
        <Empty icon="key" title={say({ id: 'Belum ada kunci', en: 'No keys yet' })} actions={add}>
          {say({
            id: 'Buat satu untuk tiap perangkat, dengan izin sesedikit mungkin. Kunci yang hilang dicabut tanpa mengganggu yang lain.',
            en: 'Make one for each device, with as few permissions as possible. A lost key is revoked without disturbing the others.',
          })}
        </Empty>
      ) : (
        <>
          {lines(keys.filter(good))}
          {past.length > 0 && (
            <details className="key-past">
              <summary>
                {say({ id: 'Kunci yang tidak berlaku lagi ({n})', en: 'Keys that are no longer valid ({n})' }, { n: past.length })}
              </summary>
              {lines(past)}
            </details>
          )}
        </>
      )}
    </div>
  )
}

const SCOPES_SHOWN = 6

type LineProps = { row: RowJson; use: Use | undefined; usesKnown: boolean; resource: ResourceFacts }

function KeyLine({ row, use, usesKnown, resource }: LineProps) {
  const say = useSay()
  const formats = useFormats()
  const { code, model } = useCommunity()
  const [asking, setAsking] = useState(false)
  const name = String(row['name'])
  const ends = String(row['expires_at'])
  const revoked = row['status'] === 'revoked'
  const ended = !revoked && Date.parse(ends) <= Date.now()
  const scopes = scopeWords(model, (row['scopes'] ?? []) as string[], say)
  const networks = (row['networks'] ?? []) as string[]
  return (
    <li>
      <div>
        <p className="row">
          <strong>{name}</strong> <span className="mono quiet">balai_{String(row['prefix'])}_…</span>
        </p>
        <p className="small soft row">
          {revoked ? (
            <span className="state" data-tone="still">
              {say({ id: 'dicabut {ago}', en: 'revoked {ago}' }, { ago: formats.ago(String(row['revoked_at'])) })}
            </span>
          ) : (
            <span className="state" data-tone={ended ? 'harm' : 'good'} title={formats.moment(ends)}>
              {ended
                ? say({ id: 'kedaluwarsa {day}', en: 'expired {day}' }, { day: formats.day(ends) })
                : say({ id: 'berlaku sampai {day}', en: 'valid until {day}' }, { day: formats.day(ends) })}
            </span>
          )}
          {use ? (
            <time dateTime={use.last_used_at} title={formats.moment(use.last_used_at)}>
              {say({ id: 'terakhir dipakai {ago}', en: 'last used {ago}' }, { ago: formats.ago(use.last_used_at) })}
              {use.last_used_ip && ` · ${use.last_used_ip}`}
            </time>
          ) : (
            usesKnown && <span>{say({ id: 'belum pernah dipakai', en: 'never used' })}</span>
          )}
          <span>{say({ id: 'dibuat {name}', en: 'made by {name}' }, { name: row['made_by'] })}</span>
        </p>
        <p className="small quiet">
          {scopes.slice(0, SCOPES_SHOWN).join(' · ')}
          {scopes.length > SCOPES_SHOWN && ` · ${say({ id: 'dan {n} lagi', en: 'and {n} more' }, { n: scopes.length - SCOPES_SHOWN })}`}
          {networks.length > 0 && ` · ${say({ id: 'hanya dari {list}', en: 'only from {list}' }, { list: networks.join(', ') })}`}
        </p>
      </div>
      {row.may?.includes('revocation') && (
        <Button
          variant="default"
          size="compact-md"
          onClick={() => setAsking(true)}
          aria-label={say({ id: 'Cabut {name}', en: 'Revoke {name}' }, { name })}
        >
          {say({ id: 'Cabut', en: 'Revoke' })}
        </Button>
      )}
      {asking && <Revoke path={`${apiAt.row(code, resource.name, row.id)}/revocation`} name={name} close={() => setAsking(false)} />}
    </li>
  )
}

function Revoke({ path, name, close }: { path: string; name: string; close: () => void }) {
  const say = useSay()
  const sentence = useSentence()
  const cache = useQueryClient()
  const { code } = useCommunity()
  const [busy, setBusy] = useState(false)
  const [intent] = useState(newIntent)
  async function revoke(): Promise<void> {
    setBusy(true)
    try {
      await api.post(path, { body: {}, intent })
      forget(code, 'core.api_keys')
      await cache.invalidateQueries({ queryKey: ['api-key-uses', code] })
      notifications.show({ message: say({ id: 'Kunci {name} sudah dicabut.', en: 'The key {name} is revoked.' }, { name }) })
      close()
    } catch (error) {
      notifications.show({ color: 'harm', message: sentence(error) })
      setBusy(false)
    }
  }
  return (
    <Dialog opened onClose={close} title={say({ id: 'Cabut kunci {name}?', en: 'Revoke the key {name}?' }, { name })} centered>
      <p>
        {say({
          id: 'Perangkat yang memakainya ditolak mulai permintaan berikutnya. Kunci yang dicabut tidak dapat dipulihkan; buatlah yang baru.',
          en: 'Whatever uses it is refused from its next request on. A revoked key cannot be brought back; make a new one.',
        })}
      </p>
      <div className="row" style={{ marginTop: '1.25rem' }}>
        <Button color="harm" loading={busy} onClick={() => void revoke()} data-autofocus>
          {say({ id: 'Cabut', en: 'Revoke' })}
        </Button>
        <Button variant="subtle" color="gray" onClick={close}>
          {say({ id: 'Batal', en: 'Cancel' })}
        </Button>
      </div>
    </Dialog>
  )
}
