// A record from its declaration: head, acts, tabs. Modules add tabs of their own.
import './record.css'
import { ActionIcon, Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { apiAt, at } from '../addresses.ts'
import { api } from '../api.ts'
import { useBulk } from '../list/Bulk.tsx'
import { findResource, type ResourceFacts, type RowJson } from '../model.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { Due } from '../parts/Due.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Note, PageBones, Trouble } from '../parts/States.tsx'
import { isState, textOf, titleOf, useTools, Value } from '../parts/Value.tsx'
import { forget, rowQuery } from '../queries.ts'
import { recordScreens, screensOf } from '../screens.ts'
import { holds, useCommunity } from '../tenant.tsx'
import { useSay, type Say } from '../words.tsx'
import { ActionButtons } from './Actions.tsx'
import { Course } from './Course.tsx'
import { Facts } from './Facts.tsx'
import { History } from './History.tsx'
import { pointingHere, Related } from './Related.tsx'

// Only for those who open them.
const DocumentsTab = lazy(() => import('../documents/DocumentsTab.tsx').then((m) => ({ default: m.DocumentsTab })))
const VersionsTab = lazy(() => import('../documents/VersionsTab.tsx').then((m) => ({ default: m.VersionsTab })))

type Tab = { key: string; label: string; body: () => React.ReactNode }

export function Record({ resource, id, back = true }: { resource: ResourceFacts; id: string; back?: boolean }) {
  const tools = useTools()
  const { say } = tools
  const { code } = useCommunity()
  const row = useQuery(rowQuery(code, resource.name, id))
  if (row.error && !row.data) return <Trouble error={row.error} retry={() => void row.refetch()} home={at.list(code, resource.name)} />
  if (!row.data) return <PageBones />
  const state = Object.entries(resource.fields).find(([name, field]) => isState(name, field))
  return (
    <div className="page record">
      <PageHead
        title={titleOf(resource, row.data, tools)}
        under={
          <span className="record-under">
            {state && <Value name={state[0]} field={state[1]} row={row.data} />}
            {row.data.clock && !row.data.clock.overdue && <Due clock={row.data.clock} />}
            <Subtitle resource={resource} row={row.data} />
          </span>
        }
        {...(back ? { back: { to: at.list(code, resource.name), label: say(resource.label.many) } } : {})}
      >
        <Acts resource={resource} row={row.data} />
      </PageHead>
      {resource.workflow && (
        <p className="record-meaning soft">{say(resource.workflow.states[String(row.data[resource.workflow.field])]?.doc)}</p>
      )}
      {row.data.deleted_at && (
        <div style={{ marginBottom: '1.5rem' }}>
          <Note tone="wait">
            {say(
              {
                id: 'Sudah dihapus {when}. Datanya masih ada dan dapat dipulihkan.',
                en: 'Deleted {when}. The record is still there and can be restored.',
              },
              { when: tools.formats.moment(row.data.deleted_at) },
            )}
          </Note>
        </div>
      )}
      <Tabs resource={resource} row={row.data} />
    </div>
  )
}

function Subtitle({ resource, row }: { resource: ResourceFacts; row: RowJson }) {
  const tools = useTools()
  const { model } = useCommunity()
  const own = screensOf(resource.module).subtitle?.[resource.name]
  if (own) return <>{own(row, { ...tools, today: model.tenant.today })}</>
  const names = resource.list.filter((name) => {
    const field = resource.fields[name]
    return (
      field &&
      !resource.title.includes(name) &&
      !field.secret &&
      !isState(name, field) &&
      ['choice', 'ref', 'day', 'text'].includes(field.kind)
    )
  })
  return (
    <>
      {names
        .slice(0, 3)
        .map((name) => textOf(resource.fields[name], row[name], tools, row.titles?.[name]))
        .filter(Boolean)
        .join(' · ')}
    </>
  )
}

function Acts({ resource, row }: { resource: ResourceFacts; row: RowJson }) {
  const tools = useTools()
  const { say } = tools
  const navigate = useNavigate()
  const { code } = useCommunity()
  const { run, busy } = useBulk(resource)
  const [sure, setSure] = useState(false)
  const may = row.may ?? []
  const restore = async (): Promise<void> => {
    await api.post(`${apiAt.row(code, resource.name, row.id)}/restoration`)
    forget(code, resource.name, row.id)
  }
  const remove = async (): Promise<void> => {
    setSure(false)
    if (await run('delete', [{ id: row.id, version: row.version }])) void navigate({ to: at.list(code, resource.name) })
  }
  return (
    <div className="row record-acts">
      {may.includes('restore') && (
        <Button onClick={() => void restore()} leftSection={<Icon name="undo" size={16} />}>
          {say({ id: 'Pulihkan', en: 'Restore' })}
        </Button>
      )}
      <ActionButtons resource={resource} may={may} row={row} />
      {may.includes('update') && (
        <Button component={Link} to={at.edit(code, resource.name, row.id)} leftSection={<Icon name="edit" size={16} />}>
          {say({ id: 'Ubah', en: 'Edit' })}
        </Button>
      )}
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={say({ id: 'Lainnya', en: 'More' })}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="print" size={16} />} onClick={() => print()}>
            {say({ id: 'Cetak', en: 'Print' })}
          </Menu.Item>
          {may.includes('delete') && (
            <Menu.Item color="harm" leftSection={<Icon name="trash" size={16} />} onClick={() => setSure(true)} disabled={busy}>
              {say({ id: 'Hapus', en: 'Delete' })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Dialog
        opened={sure}
        onClose={() => setSure(false)}
        title={say({ id: 'Hapus {title}?', en: 'Delete {title}?' }, { title: titleOf(resource, row, tools) })}
      >
        <p>
          {say({
            id: 'Ia hilang dari semua daftar. Selama belum dibersihkan, ia dapat dipulihkan dari saringan “Yang sudah dihapus”.',
            en: 'It disappears from every list. It can be restored from the filter “Deleted ones”.',
          })}
        </p>
        <div className="row" style={{ marginTop: '1.25rem' }}>
          <Button color="harm" onClick={() => void remove()}>
            {say({ id: 'Hapus', en: 'Delete' })}
          </Button>
          <Button variant="default" onClick={() => setSure(false)} data-autofocus>
            {say({ id: 'Jangan', en: 'Keep it' })}
          </Button>
        </div>
      </Dialog>
    </div>
  )
}

function useTabs(resource: ResourceFacts, row: RowJson, say: Say): readonly Tab[] {
  const { model } = useCommunity()
  return useMemo(() => {
    const facts: Tab = { key: 'facts', label: say({ id: 'Data', en: 'Facts' }), body: () => <Facts resource={resource} row={row} /> }
    const screens = recordScreens(resource.name).filter(
      (screen) => (screen.when?.(row) ?? true) && (!screen.permission || holds(model.me.permissions, screen.permission)),
    )
    const own = screens.map(
      (screen): Tab => ({
        key: screen.tab,
        label: say(screen.label),
        body: () => <screen.component resource={resource} row={row} />,
      }),
    )
    const first = screens.findIndex((screen) => screen.replaces === 'facts')
    const lead = first >= 0 ? own.splice(first, 1) : []
    const related: Tab[] = pointingHere(model, resource).length
      ? [{ key: 'related', label: say({ id: 'Terkait', en: 'Related' }), body: () => <Related resource={resource} row={row} /> }]
      : []
    const course: Tab[] = resource.workflow
      ? [{ key: 'course', label: say({ id: 'Perjalanan', en: 'Course' }), body: () => <Course resource={resource} row={row} /> }]
      : []
    const history: Tab[] = row.may?.includes('history')
      ? [{ key: 'history', label: say({ id: 'Riwayat', en: 'History' }), body: () => <History resource={resource} row={row} /> }]
      : []
    const papers: Tab[] =
      resource.attachable && findResource(model, 'core.documents') && !row.deleted_at
        ? [{ key: 'documents', label: say({ id: 'Dokumen', en: 'Documents' }), body: () => <DocumentsTab resource={resource} row={row} /> }]
        : []
    // A document's own page begins with its files.
    const files: Tab[] =
      resource.name === 'core.documents' && !row.deleted_at
        ? [{ key: 'versions', label: say({ id: 'Berkas', en: 'Files' }), body: () => <VersionsTab resource={resource} row={row} /> }]
        : []
    return [...files, ...lead, facts, ...own, ...papers, ...course, ...related, ...history]
  }, [resource, row, say, model])
}

function Tabs({ resource, row }: { resource: ResourceFacts; row: RowJson }) {
  const say = useSay()
  const navigate = useNavigate()
  const tabs = useTabs(resource, row, say)
  const { tab: asked } = useSearch({ strict: false }) as { tab?: string }
  const current = tabs.find((tab) => tab.key === asked) ?? tabs[0]
  const go = (key: string): void => void navigate({ to: '.', search: key === tabs[0]?.key ? {} : { tab: key }, replace: true } as never)
  const step = (event: React.KeyboardEvent, index: number): void => {
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    const tab = tabs[(next + tabs.length) % tabs.length]
    if (!tab) return
    go(tab.key)
    document.getElementById(`tab-${tab.key}`)?.focus()
  }
  return (
    <>
      {tabs.length > 1 && (
        <div role="tablist" className="tabs" aria-label={say({ id: 'Bagian', en: 'Parts' })}>
          {tabs.map((tab, index) => (
            <button
              key={tab.key}
              id={`tab-${tab.key}`}
              type="button"
              role="tab"
              className="plain tab"
              aria-selected={tab === current}
              aria-controls="tab-panel"
              tabIndex={tab === current ? 0 : -1}
              onClick={() => go(tab.key)}
              onKeyDown={(event) => step(event, index)}
            >
              {tab.label}
            </button>
          ))}
        </div>
      )}
      <div
        id="tab-panel"
        className="tab-panel"
        {...(tabs.length > 1 ? { role: 'tabpanel', 'aria-labelledby': `tab-${current?.key}` } : {})}
      >
        <Suspense fallback={<PageBones lines={5} />}>{current?.body()}</Suspense>
      </div>
    </>
  )
}
