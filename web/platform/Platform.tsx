// The frame of the operator's pages: which page, my communities, and the way out. For anybody else there is nothing here.
import './platform.css'
import { Button } from '@mantine/core'
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { isProblem } from '../api.ts'
import { useSignOut } from '../frame/MeMenu.tsx'
import { Icon, Mark } from '../parts/Icon.tsx'
import { NotFound, PageBones, Trouble } from '../parts/States.tsx'
import { useMe } from '../queries.ts'
import { hasChosenLanguage, useLanguage, useSay } from '../words.tsx'
import { ConfirmProvider } from './Confirm.tsx'
import { places, usePlatform } from './model.ts'

export default function Platform() {
  const say = useSay()
  const me = useMe()
  const language = useLanguage()
  const platform = usePlatform()
  const signOut = useSignOut()
  const navigate = useNavigate()
  const here = useRouterState({ select: (state) => state.location.href })
  const out = me.data === null || isProblem(platform.error, 'not_signed_in')
  useEffect(() => {
    if (out) void navigate({ to: '/sign-in', search: { to: here }, replace: true })
  }, [out])
  const locale = me.data?.user.locale
  useEffect(() => {
    if (locale && !hasChosenLanguage()) language.choose(locale)
  }, [locale])
  if (platform.error && !platform.data && !out)
    return isProblem(platform.error) && platform.error.status === 404 ? (
      <NotFound />
    ) : (
      <Trouble error={platform.error} retry={() => void platform.refetch()} />
    )
  if (!platform.data || !me.data) return <PageBones />
  return (
    <ConfirmProvider>
      <a className="skip" href="#main" onClick={(event) => (event.preventDefault(), document.getElementById('main')?.focus())}>
        {say({ id: 'Langsung ke isi', en: 'Skip to content' })}
      </a>
      <div className="platform">
        <header className="platform-top">
          <Link to={places.home} className="platform-name">
            <Mark size={24} />
            {say({ id: 'Pengelola Balai', en: 'Balai operator' })}
          </Link>
          <nav aria-label={say({ id: 'Utama', en: 'Main' })}>
            <Link to={places.home} activeOptions={{ exact: true }}>
              {say({ id: 'Komunitas', en: 'Communities' })}
            </Link>
            <Link to={places.plans}>{say({ id: 'Paket', en: 'Plans' })}</Link>
            <Link to={places.security}>{say({ id: 'Keamanan', en: 'Security' })}</Link>
            <Link to={places.deletions}>{say({ id: 'Sertifikat penghapusan', en: 'Certificates of deletion' })}</Link>
          </nav>
          <div className="row push">
            {me.data.tenants.length > 0 && (
              <Button component={Link} to="/" variant="subtle" color="gray" size="compact-sm">
                {say({ id: 'Komunitas saya', en: 'My communities' })}
              </Button>
            )}
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              onClick={() => void signOut()}
              leftSection={<Icon name="out" size={16} />}
            >
              {say({ id: 'Keluar', en: 'Sign out' })}
            </Button>
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          <Suspense fallback={<PageBones />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </ConfirmProvider>
  )
}
