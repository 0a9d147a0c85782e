// On phones: at most four places, the main act in the middle, and a sheet with all the rest.
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Dialog } from '../parts/Dialog.tsx'
import { Icon } from '../parts/Icon.tsx'
import { useSay } from '../words.tsx'
import { usePlaces, type Place } from './places.ts'
import { Places } from './Side.tsx'

export function BottomBar({ find }: { find: () => void }) {
  const say = useSay()
  const groups = usePlaces()
  const [open, setOpen] = useState(false)
  const home = groups[0]?.places[0]
  const [first, second] = groups.slice(1, -1).flatMap((group) => group.places)
  return (
    <nav className="bottom-bar" aria-label={say({ id: 'Tempat utama', en: 'Main places' })}>
      {home && <Spot place={home} />}
      {first && <Spot place={first} />}
      <button type="button" className="plain spot spot-main" onClick={find}>
        <span>
          <Icon name="search" size={22} />
        </span>
        {say({ id: 'Cari', en: 'Find' })}
      </button>
      {second && <Spot place={second} />}
      <button type="button" className="plain spot" onClick={() => setOpen(true)} aria-haspopup="dialog">
        <Icon name="menu" size={22} />
        {say({ id: 'Lainnya', en: 'More' })}
      </button>
      <Dialog
        opened={open}
        onClose={() => setOpen(false)}
        title={say({ id: 'Semua tempat', en: 'All places' })}
        className="sheet"
        yOffset="auto"
      >
        <Places groups={groups} onGo={() => setOpen(false)} />
      </Dialog>
    </nav>
  )
}

function Spot({ place }: { place: Place }) {
  const say = useSay()
  return (
    <Link to={place.to} className="spot" activeOptions={{ exact: place.exact ?? false }}>
      <Icon name={place.icon} size={22} />
      <span className="spot-word">{say(place.label)}</span>
    </Link>
  )
}
