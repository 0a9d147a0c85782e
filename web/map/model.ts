// The households on the map, as the server answers them (GeoJSON).

export type Household = {
  readonly id: string
  readonly title: string
  readonly hamlet: string | null
  readonly members: number
  readonly head: string | null
}
export type HouseFeature = {
  readonly type: 'Feature'
  readonly geometry: { readonly type: 'Point'; readonly coordinates: [number, number] }
  readonly properties: Household
}
export type HouseCollection = { readonly type: 'FeatureCollection'; readonly features: readonly HouseFeature[] }

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
