// The map of households, with the same households as a list beside it for whoever does not use a map.
import './map-page.css'
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useDeferredValue, useMemo, useState } from 'react'
import { apiAt, at } from '../addresses.ts'
import { api } from '../api.ts'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Empty, NotFound, Trouble } from '../parts/States.tsx'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import type { HouseCollection, HouseFeature } from './model.ts'

const HouseholdMap = lazy(() => import('./HouseholdMap.tsx'))
const SHOWN = 200

export default function MapPage() {
  const say = useSay()
  const formats = useFormats()
  const { code, model } = useCommunity()
  const asked = model.modules.flatMap((module) => module.queries).find((query) => /household.map$/.test(query.name))
  const houses = useQuery({
    queryKey: ['map', code],
    queryFn: ({ signal }) => api.get<HouseCollection>(apiAt.tenant(code, (asked?.name ?? '').replace('.', '/')), { signal }),
    enabled: Boolean(asked),
    staleTime: 60_000,
  })
  const [chosen, setChosen] = useState<string | null>(null)
  const [text, setText] = useState('')
  const typed = useDeferredValue(text.trim().toLowerCase())
  const features = houses.data?.features ?? []
  const found = useMemo(
    () => features.filter(({ properties: p }) => !typed || [p.title, p.head, p.hamlet].some((word) => word?.toLowerCase().includes(typed))),
    [features, typed],
  )
  if (!asked) return <NotFound home={at.home(code)} />
  return (
    <div className="map-page">
      <PageHead
        title={say({ id: 'Peta rumah tangga', en: 'Household map' })}
        under={
          houses.data
            ? say({ id: '{n} rumah tangga dengan lokasi', en: '{n} households with a place' }, { n: formats.number(features.length) })
            : '\u00a0'
        }
      />
      {houses.error && !houses.data ? (
        <Trouble error={houses.error} retry={() => void houses.refetch()} />
      ) : houses.data && features.length === 0 ? (
        <Empty
          icon="map"
          title={say({ id: 'Belum ada rumah di peta', en: 'No house on the map yet' })}
          actions={
            <Button component={Link} to={at.list(code, 'registry.addresses')} variant="default">
              {say({ id: 'Buka alamat', en: 'Open the addresses' })}
            </Button>
          }
        >
          {say({
            id: 'Isi “Lokasi di peta” pada sebuah alamat, dan keluarganya muncul di sini.',
            en: 'Fill in “Place on the map” on an address, and its families appear here.',
          })}
        </Empty>
      ) : (
        <div className="map-split">
          <Suspense fallback={<Bone height="100%" />}>
            {houses.data ? <HouseholdMap data={houses.data} chosen={chosen} choose={setChosen} /> : <Bone height="100%" />}
          </Suspense>
          <section className="map-list" aria-label={say({ id: 'Daftar rumah tangga', en: 'List of households' })}>
            <TextInput
              type="search"
              aria-label={say({ id: 'Cari di peta', en: 'Search the map' })}
              placeholder={say({ id: 'Cari nama atau dusun', en: 'Search a name or a hamlet' })}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              leftSection={<Icon name="search" size={16} />}
            />
            <p className="unseen" role="status">
              {typed && say({ id: '{n} ditemukan', en: '{n} found' }, { n: formats.number(found.length) })}
            </p>
            <Houses features={found.slice(0, SHOWN)} chosen={chosen} choose={setChosen} />
            {found.length > SHOWN && (
              <p className="quiet small">
                {say(
                  { id: 'dan {n} lagi; cari untuk mempersempit', en: 'and {n} more; search to narrow down' },
                  { n: formats.number(found.length - SHOWN) },
                )}
              </p>
            )}
          </section>
        </div>
      )}
    </div>
  )
}

function Houses({ features, chosen, choose }: { features: readonly HouseFeature[]; chosen: string | null; choose: (id: string) => void }) {
  const say = useSay()
  const { code } = useCommunity()
  return (
    <ul>
      {features.map(({ properties: house }) => (
        <li key={house.id} data-chosen={house.id === chosen || undefined}>
          <button type="button" className="plain map-house" onClick={() => choose(house.id)} aria-pressed={house.id === chosen}>
            <strong>{house.title}</strong>
            <span className="soft small">
              {[house.hamlet, say({ id: '{n} anggota', en: '{n} members' }, { n: house.members })].filter(Boolean).join(' · ')}
            </span>
          </button>
          <Link
            to={at.record(code, 'registry.families', house.id)}
            aria-label={say({ id: 'Buka keluarga {title}', en: 'Open the family {title}' }, { title: house.title })}
          >
            {say({ id: 'Buka', en: 'Open' })}
          </Link>
        </li>
      ))}
    </ul>
  )
}
