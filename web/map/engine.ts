// MapLibre and its worker, with our own quiet background. Import this only from components that are loaded lazily.
import * as maplibregl from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import './map.css'
import type { Locale } from '#kernel/words.ts'

maplibregl.setWorkerUrl(workerUrl)

export { maplibregl }
export type Colours = {
  readonly paper: string
  readonly ink: string
  readonly line: string
  readonly quiet: string
  readonly act: string
  readonly onAct: string
  readonly tint: string
}

/** The palette as the page shows it now, light or dark. */
export function colours(): Colours {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string): string => style.getPropertyValue(name).trim()
  return {
    paper: read('--paper-side'),
    ink: read('--ink'),
    line: read('--line-strong'),
    quiet: read('--ink-3'),
    act: read('--act'),
    onAct: read('--on-act'),
    tint: read('--act-tint'),
  }
}

/** No tiles and no letters from anywhere: the map works in an office without the internet. */
const emptyStyle = (c: Colours): maplibregl.StyleSpecification => ({
  version: 8,
  sources: {},
  layers: [{ id: 'paper', type: 'background', paint: { 'background-color': c.paper } }],
})

const WORDS = {
  id: {
    'NavigationControl.ZoomIn': 'Perbesar',
    'NavigationControl.ZoomOut': 'Perkecil',
    'Map.Title': 'Peta',
    'Marker.Title': 'Penanda',
    'Popup.Close': 'Tutup',
    'AttributionControl.ToggleAttribution': 'Sumber peta',
  },
  en: {},
} as const

type Facts = { container: HTMLElement; locale: Locale; center?: [number, number]; zoom?: number; bounds?: maplibregl.LngLatBoundsLike }

export function makeMap({ container, locale, ...rest }: Facts): maplibregl.Map {
  const map = new maplibregl.Map({
    container,
    style: emptyStyle(colours()),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 19,
    fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200,
    fitBoundsOptions: { padding: 48, maxZoom: 16 },
    locale: { ...WORDS[locale] },
    ...rest,
  })
  map.touchZoomRotate.disableRotation()
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'top-right')
  map.addControl(new maplibregl.ScaleControl({ unit: 'metric' }), 'bottom-left')
  return map
}

/** Calls back when the look changes between light and dark. */
export function onLook(back: (c: Colours) => void): () => void {
  const watch = new MutationObserver(() => back(colours()))
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] })
  return () => watch.disconnect()
}
