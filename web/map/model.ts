// The households on the map, as the server answers them (GeoJSON), and the rough outline of each hamlet.

export type Household = {
  readonly id: string
  readonly title: string
  readonly hamlet: string | null
  readonly members: number
  readonly head: string | null
}
export type HouseFeature = { readonly type: 'Feature'; readonly geometry: { readonly type: 'Point'; readonly coordinates: [number, number] }; readonly properties: Household }
export type HouseCollection = { readonly type: 'FeatureCollection'; readonly features: readonly HouseFeature[] }

type Place = readonly [number, number]

/** Smallest polygon around the places (Andrew's monotone chain); null for fewer than three. */
export function outline(places: readonly Place[]): Place[] | null {
  const sorted = places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const turn = (o: Place, a: Place, b: Place): number => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])
  const half = (list: readonly Place[]): Place[] => {
    const chain: Place[] = []
    for (const place of list) {
      while (chain.length >= 2 && turn(chain.at(-2) as Place, chain.at(-1) as Place, place) <= 0) chain.pop()
      chain.push(place)
    }
    return chain.slice(0, -1)
  }
  const hull = [...half(sorted), ...half(sorted.toReversed())]
  return hull.length >= 3 ? [...hull, hull[0] as Place] : null
}

/** West, south, east, north of everything; null when there is nothing. */
export function boundsOf(features: readonly HouseFeature[]): [number, number, number, number] | null {
  const places = features.map((feature) => feature.geometry.coordinates)
  if (places.length === 0) return null
  const lng = places.map((place) => place[0])
  const lat = places.map((place) => place[1])
  const least = (list: number[]): number => list.reduce((a, b) => Math.min(a, b))
  const most = (list: number[]): number => list.reduce((a, b) => Math.max(a, b))
  return [least(lng), least(lat), most(lng), most(lat)]
}
