// Left: the community's name and switcher, then only the places this person may use, in the community's words.
import { Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Words } from '#kernel/words.ts'
import { at } from '../addresses.ts'
import type { Me } from '../model.ts'
import { Icon, Mark } from '../parts/Icon.tsx'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { usePlaces, type PlaceGroup } from './places.ts'

export const KINDS: Readonly<Record<string, Words>> = {
  village: { id: 'Desa', en: 'Village' },
  estate: { id: 'Perumahan', en: 'Estate' },
  practice: { id: 'Kantor jasa', en: 'Practice' },
  business: { id: 'Usaha', en: 'Business' },
  city: { id: 'Kota', en: 'City' },
}

export function Side({ me }: { me: Me }) {
  const say = useSay()
  return (
    <aside className="side" aria-label={say({ id: 'Komunitas dan navigasi', en: 'Community and navigation' })}>
      <Switcher me={me} />
      <nav aria-label={say({ id: 'Utama', en: 'Main' })}>
        <Places groups={usePlaces()} />
      </nav>
    </aside>
  )
}

export function Places({ groups, onGo }: { groups: readonly PlaceGroup[]; onGo?: () => void }) {
  const say = useSay()
  return groups.map((group) => (
    <div key={group.name} className="places" data-group={group.name}>
      {group.label && <h2 id={`places-${group.name}`}>{say(group.label)}</h2>}
      <ul {...(group.label ? { 'aria-labelledby': `places-${group.name}` } : {})}>
        {group.places.map((place) => (
          <li key={place.to}>
            <Link to={place.to} className="place" activeOptions={{ exact: place.exact ?? false }} {...(onGo ? { onClick: onGo } : {})}>
              <Icon name={place.icon} />
              {say(place.label)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  ))
}

/** The community's name; with several memberships it opens the switcher. */
export function Switcher({ me }: { me: Me }) {
  const say = useSay()
  const { code, model } = useCommunity()
  const name = (
    <>
      <span className="switcher-mark">
        <Mark size={26} />
      </span>
      <span className="switcher-name">
        <strong>{model.tenant.name}</strong>
        <span>{say(KINDS[model.tenant.kind] ?? model.tenant.kind)}</span>
      </span>
    </>
  )
  if (me.tenants.length < 2)
    return (
      <Link to={at.home(code)} className="switcher">
        {name}
      </Link>
    )
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <button type="button" className="plain switcher">
          {name}
          <span className="unseen">{say({ id: 'Ganti komunitas', en: 'Switch community' })}</span>
          <Icon name="down" size={16} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{say({ id: 'Komunitas Anda', en: 'Your communities' })}</Menu.Label>
        {me.tenants.map((tenant) => (
          <Menu.Item
            key={tenant.id}
            component={Link}
            to={at.home(tenant.code)}
            {...(tenant.code === code
              ? { rightSection: <Icon name="check" size={16} label={say({ id: 'sedang dibuka', en: 'open now' })} /> }
              : {})}
          >
            <strong>{tenant.name}</strong>
            <br />
            <span className="quiet small">
              {say(KINDS[tenant.kind] ?? tenant.kind)} · {tenant.role}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
