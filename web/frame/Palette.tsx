// Ctrl-K: people and records, pages and acts, in one list that the keyboard walks.
import './palette.css'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { apiAt, at } from '../addresses.ts'
import { api } from '../api.ts'
import { isSingle } from '../list/one-only.ts'
import { findResource } from '../model.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { Icon, type IconName } from '../parts/Icon.tsx'
import { iconOf } from '../screens.ts'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { usePlaces } from './places.ts'

type Found = { resource: string; id: string; title: string; subtitle?: string | null }
type Entry = { key: string; title: string; under: string; icon: IconName; to: string }

export default function Palette({ open, close }: { open: boolean; close: () => void }) {
  const say = useSay()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const [leaving, setLeaving] = useState(false)
  const entries = useEntries(text.trim(), open)
  const navigate = useNavigate()
  const listing = useRef<HTMLUListElement>(null)
  useEffect(() => setChosen(0), [text, entries.found])
  useEffect(() => {
    if (!open) return
    setText('')
    setLeaving(false)
  }, [open])
  const all = entries.all
  const go = (entry: Entry | undefined): void => {
    if (!entry) return
    // Whoever goes somewhere is taken there; only who gives up comes back to where they were.
    setLeaving(true)
    close()
    void navigate({ to: entry.to })
  }
  const keys = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && all.length) {
      event.preventDefault()
      const next = (chosen + step + all.length) % all.length
      setChosen(next)
      listing.current?.children[next]?.scrollIntoView({ block: 'nearest' })
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) go(all[chosen])
  }
  const label = say({ id: 'Cari orang, data, halaman, tindakan', en: 'Find people, records, pages, actions' })
  return (
    <Dialog
      opened={open}
      onClose={close}
      returnFocus={!leaving}
      withCloseButton={false}
      padding={0}
      size={620}
      yOffset="10vh"
      aria-label={label}
      className="palette"
    >
      <div className="palette-line">
        <Icon name="search" />
        <input
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={keys}
          placeholder={label}
          role="combobox"
          aria-label={label}
          aria-expanded
          aria-controls="palette-list"
          aria-autocomplete="list"
          aria-activedescendant={all[chosen] ? `palette-${chosen}` : undefined}
          autoComplete="off"
          spellCheck={false}
        />
        {entries.busy && <Icon name="spin" className="spin" />}
        <button type="button" className="plain palette-close" onClick={close} aria-label={say({ id: 'Tutup', en: 'Close' })}>
          <kbd>Esc</kbd>
        </button>
      </div>
      <ul id="palette-list" role="listbox" aria-label={say({ id: 'Hasil', en: 'Results' })} className="palette-list" ref={listing}>
        {all.map((entry, index) => (
          <li
            key={entry.key}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === chosen}
            onPointerMove={() => setChosen(index)}
            onClick={() => go(entry)}
          >
            <Icon name={entry.icon} />
            <span className="palette-title">{entry.title}</span>
            <span className="palette-under">{entry.under}</span>
          </li>
        ))}
      </ul>
      {all.length === 0 && (
        <p className="palette-none soft" role="status">
          {entries.failed
            ? say({ id: 'Pencarian sedang tidak terjangkau.', en: 'Search cannot be reached right now.' })
            : entries.busy
              ? say({ id: 'Mencari…', en: 'Searching…' })
              : say(
                  {
                    id: 'Tidak ada yang cocok dengan “{text}”. Coba sebagian nama saja.',
                    en: 'Nothing matches “{text}”. Try just a part of the name.',
                  },
                  { text },
                )}
        </p>
      )}
    </Dialog>
  )
}

function useEntries(text: string, open: boolean) {
  const say = useSay()
  const { code, model } = useCommunity()
  const groups = usePlaces()
  const [asked] = useDebouncedValue(text, 160)
  const enough = asked.length >= 2
  const search = useQuery({
    queryKey: ['search', code, asked],
    queryFn: ({ signal }) => api.get<{ data: Found[] }>(apiAt.tenant(code, 'search'), { search: { q: asked }, signal }),
    enabled: open && enough,
    placeholderData: keepPreviousData,
  })
  const fixed = useMemo((): Entry[] => {
    const pages = groups.flatMap((group) =>
      group.places.map((place) => ({
        key: place.to,
        title: say(place.label),
        under: say({ id: 'Halaman', en: 'Page' }),
        icon: place.icon,
        to: place.to,
      })),
    )
    const acts = model.modules
      .filter((module) => module.name !== 'core')
      .flatMap((module) => module.resources)
      .filter((resource) => resource.may.includes('create') && !resource.hidden && !isSingle(resource))
      .map((resource) => ({
        key: `new-${resource.name}`,
        title: say({ id: 'Tambah {one}', en: 'Add {one}' }, { one: say(resource.label.one).toLowerCase() }),
        under: say({ id: 'Tindakan', en: 'Action' }),
        icon: 'plus' as const,
        to: at.create(code, resource.name),
      }))
    return [...pages, ...acts]
  }, [groups, model, code, say])
  const lower = text.toLowerCase()
  const matching = lower ? fixed.filter((entry) => entry.title.toLowerCase().includes(lower)) : fixed
  const found = enough ? (search.data?.data ?? []) : []
  const records = found.map((one): Entry => {
    const resource = findResource(model, one.resource)
    return {
      key: one.resource + one.id,
      title: one.title,
      under: [one.subtitle, resource && say(resource.label.one)].filter(Boolean).join(' · '),
      icon: iconOf(one.resource),
      to: at.record(code, one.resource, one.id),
    }
  })
  return {
    all: [...records, ...matching],
    found: search.data,
    busy: (enough && search.isFetching) || (text.length >= 2 && text !== asked),
    failed: enough && search.isError,
  }
}
