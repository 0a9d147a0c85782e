// The one frame: who and where on the left, finding and long work on top, the page in the middle, a bar of places on phones.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect, useMemo, useState } from 'react'
import { isProblem } from '../api.ts'
import { NotFound, PageBones, Trouble } from '../parts/States.tsx'
import { modelQuery, useMe } from '../queries.ts'
import { CommunityContext } from '../tenant.tsx'
import { hasChosenLanguage, useLanguage, useSay } from '../words.tsx'
import { BottomBar } from './BottomBar.tsx'
import { OfflineLine } from './OfflineLine.tsx'
import { PaletteDoor } from './PaletteDoor.tsx'
import { ShutOut } from './ShutOut.tsx'
import { Side } from './Side.tsx'
import { Top } from './Top.tsx'
import { useJobEvents } from './jobs.ts'

export function Frame() {
  const { tenant = '' } = useParams({ strict: false }) as { tenant?: string }
  const say = useSay()
  const me = useMe()
  const model = useQuery({ ...modelQuery(tenant), enabled: Boolean(me.data) })
  const [finding, setFinding] = useState(false)
  useSignInWhenNeeded(me.data === null || isProblem(model.error, 'not_signed_in'))
  useLanguageOf(model.data?.tenant.time_zone, me.data?.user.locale)
  useJobEvents(tenant, Boolean(model.data))
  const community = useMemo(() => (model.data ? { code: tenant, model: model.data } : null), [tenant, model.data])

  if (me.error && !me.data) return <Trouble error={me.error} retry={() => void me.refetch()} />
  if (isProblem(model.error) && /^(outside|community)_/.test(model.error.code))
    return <ShutOut error={model.error} retry={() => void model.refetch()} />
  if (model.error && !model.data && !isProblem(model.error, 'not_signed_in'))
    return model.error && isProblem(model.error) && model.error.status === 404 ? (
      <NotFound home="/" />
    ) : (
      <Trouble error={model.error} retry={() => void model.refetch()} />
    )
  if (!community || !me.data) return <PageBones lines={5} />
  return (
    <CommunityContext value={community}>
      <a className="skip" href="#main" onClick={(event) => (event.preventDefault(), document.getElementById('main')?.focus())}>
        {say({ id: 'Langsung ke isi', en: 'Skip to content' })}
      </a>
      <div className="frame">
        <Side me={me.data} />
        <Top me={me.data} find={() => setFinding(true)} />
        <main id="main" className="main" tabIndex={-1}>
          <OfflineLine />
          <Suspense fallback={<PageBones />}>
            <Outlet />
          </Suspense>
        </main>
        <BottomBar find={() => setFinding(true)} />
      </div>
      <PaletteDoor open={finding} setOpen={setFinding} />
    </CommunityContext>
  )
}

/** Nobody signed in: to the sign-in page, keeping the place to come back to. */
function useSignInWhenNeeded(needed: boolean): void {
  const navigate = useNavigate()
  const client = useQueryClient()
  const here = useRouterState({ select: (state) => state.location.href })
  useEffect(() => {
    if (!needed) return
    client.setQueryData(['me'], null)
    void navigate({ to: '/sign-in', search: { to: here }, replace: true })
  }, [needed])
}

function useLanguageOf(timeZone: string | undefined, locale: 'id' | 'en' | undefined): void {
  const language = useLanguage()
  useEffect(() => {
    if (timeZone) language.place(timeZone)
  }, [timeZone])
  useEffect(() => {
    if (locale && !hasChosenLanguage()) language.choose(locale)
  }, [locale])
}
