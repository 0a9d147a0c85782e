// Settings: a quiet column of pages in groups (a row on phones), only those this member may use.
import './settings.css'
import { Link, Outlet } from '@tanstack/react-router'
import { at } from '../addresses.ts'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { useGroups } from './pages.ts'

export default function Settings() {
  const say = useSay()
  const { code } = useCommunity()
  return (
    <div className="settings">
      <nav className="settings-nav" aria-label={say({ id: 'Pengaturan', en: 'Settings' })}>
        {useGroups().map((group) => (
          <div key={group.name} className="settings-group">
            <h2 id={`settings-${group.name}`}>{say(group.label)}</h2>
            <ul aria-labelledby={`settings-${group.name}`}>
              {group.pages.map((page) => (
                <li key={page.path}>
                  <Link to={at.settings(code, page.path)} className="settings-link" activeOptions={{ exact: page.path === '' }}>
                    {say(page.label)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="settings-page">
        <Outlet />
      </div>
    </div>
  )
}
