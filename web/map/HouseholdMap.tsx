// Households as points that gather when they are close; hamlets as quiet names. Paints itself again when the look changes.
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { at } from '../addresses.ts'
import { useCommunity } from '../tenant.tsx'
import { useLanguage, useSay } from '../words.tsx'
import { colours, makeMap, maplibregl, onLook, type Colours } from './engine.ts'
import { boundsOf, type HouseCollection, type Household } from './model.ts'

type Props = { data: HouseCollection; chosen: string | null; choose: (id: string | null) => void }

export default function HouseholdMap({ data, chosen, choose }: Props) {
  const say = useSay()
  const { locale } = useLanguage()
  const box = useRef<HTMLDivElement>(null)
  const map = useRef<maplibregl.Map | null>(null)
  const [popup] = useState(() => document.createElement('div'))
  const [failed, setFailed] = useState(false)
  const house = data.features.find((feature) => feature.properties.id === chosen)

  useEffect(() => {
    if (!box.current) return
    const bounds = boundsOf(data.features)
    let made: maplibregl.Map
    try {
      made = makeMap({ container: box.current, locale, ...(bounds ? { bounds } : {}) })
    } catch {
      // No WebGL on this machine: the list beside the map still does the job.
      setFailed(true)
      return
    }
    map.current = made
    made.on('load', () => draw(made, data, colours()))
    made.on('click', 'houses', (event) => choose(String(event.features?.[0]?.properties['id'])))
    made.on('click', 'clusters', (event) => void open(made, event.features?.[0]))
    for (const layer of ['houses', 'clusters']) {
      made.on('mouseenter', layer, () => (made.getCanvas().style.cursor = 'pointer'))
      made.on('mouseleave', layer, () => (made.getCanvas().style.cursor = ''))
    }
    const stop = onLook((c) => paint(made, c))
    return () => {
      stop()
      made.remove()
      map.current = null
    }
  }, [data, locale])

  useEffect(() => {
    if (!house || !map.current) return
    const made = map.current
    const shown = new maplibregl.Popup({ closeButton: true, offset: 12, maxWidth: '260px', focusAfterOpen: false })
      .setLngLat(house.geometry.coordinates)
      .setDOMContent(popup)
      .addTo(made)
    const closed = (): void => choose(null)
    shown.on('close', closed)
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    made.easeTo({ center: house.geometry.coordinates, zoom: Math.max(made.getZoom(), 16), duration: still ? 0 : 500 })
    return () => {
      shown.off('close', closed)
      shown.remove()
    }
  }, [house])

  return (
    <div className="map-box" ref={box} role="region" aria-label={say({ id: 'Peta rumah tangga', en: 'Household map' })}>
      {failed && (
        <p className="map-none soft">
          {say({
            id: 'Perangkat ini tidak dapat menggambar peta. Pakai daftar di sampingnya.',
            en: 'This device cannot draw the map. Use the list beside it.',
          })}
        </p>
      )}
      {house && createPortal(<House house={house.properties} />, popup)}
    </div>
  )
}

function House({ house }: { house: Household }) {
  const say = useSay()
  const { code } = useCommunity()
  return (
    <div className="map-popup">
      <strong>{house.title}</strong>
      <span className="soft">
        {[house.hamlet, say({ id: '{n} anggota', en: '{n} members' }, { n: house.members })].filter(Boolean).join(' · ')}
      </span>
      {house.head && house.head !== house.title && (
        <span className="soft">{say({ id: 'Kepala: {head}', en: 'Head: {head}' }, { head: house.head })}</span>
      )}
      <Link to={at.record(code, 'registry.families', house.id)}>{say({ id: 'Buka keluarga', en: 'Open the family' })}</Link>
    </div>
  )
}

async function open(map: maplibregl.Map, feature: maplibregl.MapGeoJSONFeature | undefined): Promise<void> {
  const source = map.getSource('houses') as maplibregl.GeoJSONSource
  if (feature?.geometry.type !== 'Point') return
  const zoom = await source.getClusterExpansionZoom(Number(feature.properties['cluster_id']))
  map.easeTo({ center: feature.geometry.coordinates as [number, number], zoom: zoom + 0.3 })
}

function draw(map: maplibregl.Map, data: HouseCollection, c: Colours): void {
  const byHamlet = Map.groupBy(data.features, (feature) => feature.properties.hamlet ?? '')
  const names = [...byHamlet].flatMap(([name, list]) =>
    name
      ? [
          {
            type: 'Feature' as const,
            properties: { name },
            geometry: { type: 'Point' as const, coordinates: middleOf(list.map((feature) => feature.geometry.coordinates)) },
          },
        ]
      : [],
  )
  map.addSource('names', { type: 'geojson', data: { type: 'FeatureCollection', features: names } })
  map.addSource('houses', { type: 'geojson', data: data as never, cluster: true, clusterRadius: 44, clusterMaxZoom: 16 })
  map.addLayer({
    id: 'hamlet-name',
    type: 'symbol',
    source: 'names',
    layout: { 'text-field': ['get', 'name'], 'text-size': 15, 'text-letter-spacing': 0.1, 'text-font': ['sans-serif'] },
  })
  map.addLayer({
    id: 'clusters',
    type: 'circle',
    source: 'houses',
    filter: ['has', 'point_count'],
    paint: { 'circle-radius': ['step', ['get', 'point_count'], 15, 10, 19, 50, 24] },
  })
  map.addLayer({
    id: 'houses',
    type: 'circle',
    source: 'houses',
    filter: ['!', ['has', 'point_count']],
    paint: { 'circle-radius': 6.5, 'circle-stroke-width': 2 },
  })
  map.addLayer({
    id: 'counts',
    type: 'symbol',
    source: 'houses',
    filter: ['has', 'point_count'],
    layout: { 'text-field': ['get', 'point_count_abbreviated'], 'text-size': 13, 'text-font': ['sans-serif'], 'text-allow-overlap': true },
  })
  paint(map, c)
}

const middleOf = (places: readonly [number, number][]): [number, number] => {
  const mean = (axis: 0 | 1): number => places.reduce((sum, place) => sum + place[axis], 0) / (places.length || 1)
  return [mean(0), mean(1)]
}

function paint(map: maplibregl.Map, c: Colours): void {
  if (!map.getLayer('houses')) return
  map.setPaintProperty('paper', 'background-color', c.paper)
  map.setPaintProperty('clusters', 'circle-color', c.act)
  map.setPaintProperty('houses', 'circle-color', c.act)
  map.setPaintProperty('houses', 'circle-stroke-color', c.paper)
  map.setPaintProperty('counts', 'text-color', c.onAct)
  map.setPaintProperty('hamlet-name', 'text-color', c.quiet)
  map.setPaintProperty('hamlet-name', 'text-halo-color', c.paper)
  map.setPaintProperty('hamlet-name', 'text-halo-width', 1.5)
}
