// Picks a place: move the map under the cross, with a finger, the mouse or the arrow keys, then take it.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Point } from '../form/inputs/PointInput.tsx'
import { client } from '../queries.ts'
import { useCommunity } from '../tenant.tsx'
import { useLanguage, useSay } from '../words.tsx'
import { colours, makeMap, type maplibregl } from './engine.ts'
import { boundsOf, type HouseCollection } from './model.ts'

/** The middle of Indonesia, when nothing closer is known. */
const START: [number, number] = [117.5, -2.5]

export default function PointMap({ value, done }: { value: Point | null; done: (point: Point) => void }) {
  const say = useSay()
  const { locale } = useLanguage()
  const { code } = useCommunity()
  const box = useRef<HTMLDivElement>(null)
  const map = useRef<maplibregl.Map | null>(null)
  const [middle, setMiddle] = useState<Point | null>(value)
  // Houses that are already known give the eye something to hold on to.
  const houses = useQuery({
    queryKey: ['map', code],
    queryFn: () => client.getQueryData<HouseCollection>(['map', code]) ?? null,
    staleTime: Infinity,
    enabled: false,
  })
  useEffect(() => {
    if (!box.current) return
    const around = !value && houses.data ? boundsOf(houses.data.features) : null
    const made = makeMap({
      container: box.current,
      locale,
      ...(around ? { bounds: around } : { center: value ? [value.lng, value.lat] : START, zoom: value ? 16 : 4 }),
    })
    map.current = made
    made.on('load', () => {
      if (!houses.data) return
      const c = colours()
      made.addSource('houses', { type: 'geojson', data: houses.data as never })
      made.addLayer({ id: 'houses', type: 'circle', source: 'houses', paint: { 'circle-radius': 4, 'circle-color': c.line } })
    })
    made.on('move', () => setMiddle(made.getCenter()))
    made.on('click', (event) => made.easeTo({ center: event.lngLat }))
    return () => made.remove()
  }, [locale])
  return (
    <div className="stack">
      <div className="map-box map-pick" ref={box}>
        <span className="map-cross" aria-hidden />
      </div>
      <div className="row">
        <Button onClick={() => map.current && done(map.current.getCenter())}>
          {say({ id: 'Pakai titik di tengah', en: 'Take the place in the middle' })}
        </Button>
        {middle && <span className="soft mono">{`${middle.lat.toFixed(6)}, ${middle.lng.toFixed(6)}`}</span>}
      </div>
    </div>
  )
}
