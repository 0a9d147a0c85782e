// A place on earth: typed as two numbers, taken from the device, or picked on a map that loads only when asked for.
import { Button, TextInput } from '@mantine/core'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Dialog } from '../../parts/Dialog.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Bone } from '../../parts/States.tsx'
import { useSay } from '../../words.tsx'
import type { InputProps } from './props.ts'

const PointMap = lazy(() => import('../../map/PointMap.tsx'))

export type Point = { lat: number; lng: number }

const read = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.replace(',', '.')))
const round = (value: number): number => Math.round(value * 1e6) / 1e6

export function PointInput({ label, value, change, leave, description, error, withAsterisk, id }: InputProps<Point | null>) {
  const say = useSay()
  const [lat, setLat] = useState(value ? String(round(value.lat)) : '')
  const [lng, setLng] = useState(value ? String(round(value.lng)) : '')
  const [mapping, setMapping] = useState(false)
  const told = useRef(value)
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setLat(value ? String(round(value.lat)) : '')
    setLng(value ? String(round(value.lng)) : '')
  }, [value])
  const tell = (nextLat: string, nextLng: string): void => {
    setLat(nextLat)
    setLng(nextLng)
    const none = !nextLat.trim() && !nextLng.trim()
    // Half a place is handed on as it is: the rules say what is missing.
    told.current = none ? null : { lat: read(nextLat), lng: read(nextLng) }
    change(told.current)
  }
  const locate = (): void =>
    navigator.geolocation?.getCurrentPosition(({ coords }) => tell(String(round(coords.latitude)), String(round(coords.longitude))))
  return (
    <fieldset className="point" id={id}>
      <legend className="mantine-InputWrapper-label">
        {label} {withAsterisk && <span className="mantine-InputWrapper-required">*</span>}
      </legend>
      <div className="point-line">
        <TextInput
          label={say({ id: 'Lintang', en: 'Latitude' })}
          placeholder="-8.490000"
          value={lat}
          onChange={(event) => tell(event.currentTarget.value, lng)}
          onBlur={() => leave?.()}
          error={Boolean(error)}
          inputMode="decimal"
        />
        <TextInput
          label={say({ id: 'Bujur', en: 'Longitude' })}
          placeholder="116.050000"
          value={lng}
          onChange={(event) => tell(lat, event.currentTarget.value)}
          onBlur={() => leave?.()}
          error={Boolean(error)}
          inputMode="decimal"
        />
        <Button variant="default" onClick={() => setMapping(true)} leftSection={<Icon name="map" size={16} />}>
          {say({ id: 'Pilih di peta', en: 'Pick on a map' })}
        </Button>
        {isSecureContext && 'geolocation' in navigator && (
          <Button variant="subtle" onClick={locate} leftSection={<Icon name="pin" size={16} />}>
            {say({ id: 'Di sini', en: 'Right here' })}
          </Button>
        )}
      </div>
      {description && <p className="mantine-InputWrapper-description">{description}</p>}
      {error && (
        <p className="mantine-InputWrapper-error" role="alert">
          {error}
        </p>
      )}
      <Dialog opened={mapping} onClose={() => setMapping(false)} title={label} size={720}>
        <Suspense fallback={<Bone height="22rem" />}>
          <PointMap
            value={value && Number.isFinite(value.lat) && Number.isFinite(value.lng) ? value : null}
            done={(point) => {
              tell(String(round(point.lat)), String(round(point.lng)))
              setMapping(false)
            }}
          />
        </Suspense>
      </Dialog>
    </fieldset>
  )
}
