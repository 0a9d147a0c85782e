// Settings: a quiet row of pages, only those this member may use.
import './settings.css'
import { Link, Outlet } from '@tanstack/react-router'
import { at } from '../addresses.ts'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { usePages } from './pages.ts'

export default function Settings() {
  const say = useSay()
  const { code } = useCommunity()
  const pages = usePages()
  return (
    <div className="settings">
      <nav className="tabs settings-nav" aria-label={say({ id: 'Pengaturan', en: 'Settings' })}>
        {pages.map((page) => (
          <Link key={page.path} to={at.settings(code, page.path)} className="tab" activeOptions={{ exact: page.path === '' }}>
            {say(page.label)}
          </Link>
        ))}
      </nav>
      <div className="settings-page">
        <Outlet />
      </div>
    </div>
  )
}
