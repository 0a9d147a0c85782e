// Home is a work list: what waits for me, what happened last, and three numbers that matter to my role.
import './home.css'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense, type ReactNode } from 'react'
import { apiAt, at, inTenant } from '../addresses.ts'
import { api } from '../api.ts'
import { isSingle } from '../list/one-only.ts'
import { findResource, type ResourceFacts, type Said } from '../model.ts'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Empty, Trouble } from '../parts/States.tsx'
import { happened } from '../record/sentences.ts'
import { homeScreens } from '../screens.ts'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'

type HomeJson = {
  waiting: { key: string; label: Said; count: number; to: string }[]
  recent: { resource: string; id: string; title: string; action: string; at: string }[]
  numbers: { key: string; label: Said; value: number | string; to?: string }[]
}

/** A number with names behind it leads to them. */
const Linked = ({ to, children }: { to: string | undefined; children: ReactNode }) =>
  to ? <Link to={to}>{children}</Link> : <div>{children}</div>

export default function Home() {
  const say = useSay()
  const formats = useFormats()
  const { code, model } = useCommunity()
  const home = useQuery({ queryKey: ['home', code], queryFn: ({ signal }) => api.get<HomeJson>(apiAt.tenant(code, 'home'), { signal }) })
  const greeting = useGreeting(model.tenant.time_zone)
  const blocks = homeScreens(model.modules.map((module) => module.name))
  return (
    <div className="page home">
      <PageHead title={`${say(greeting)}, ${model.me.name.split(' ')[0]}`} under={formats.day(model.tenant.today)} />
      {home.error && !home.data ? (
        <Trouble error={home.error} retry={() => void home.refetch()} />
      ) : !home.data ? (
        <HomeBones />
      ) : (
        <>
          <section aria-labelledby="waiting">
            <h2 id="waiting">{say({ id: 'Menunggu Anda', en: 'Waiting for you' })}</h2>
            {home.data.waiting.some((one) => one.count > 0) ? (
              <ul className="waiting">
                {home.data.waiting
                  .filter((one) => one.count > 0)
                  .map((one) => (
                    <li key={one.key}>
                      <Link to={inTenant(code, one.to)}>
                        <strong>{formats.number(one.count)}</strong>
                        <span>{say(one.label)}</span>
                        <Icon name="right" />
                      </Link>
                    </li>
                  ))}
              </ul>
            ) : (
              <p className="home-calm">
                <Icon name="check" />
                {say({ id: 'Tidak ada yang menunggu. Semuanya sudah beres.', en: 'Nothing is waiting. You are all done.' })}
              </p>
            )}
          </section>
          {home.data.numbers.length > 0 && (
            <section aria-labelledby="numbers">
              <h2 id="numbers" className="unseen">
                {say({ id: 'Angka penting', en: 'Numbers that matter' })}
              </h2>
              <ul className="numbers">
                {home.data.numbers.slice(0, 3).map((one) => (
                  <li key={one.key}>
                    <Linked to={one.to ? inTenant(code, one.to) : undefined}>
                      <strong>{typeof one.value === 'number' ? formats.number(one.value) : one.value}</strong>
                      <span>{say(one.label)}</span>
                    </Linked>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section aria-labelledby="recent">
            <h2 id="recent">{say({ id: 'Terakhir Anda kerjakan', en: 'What you did last' })}</h2>
            {home.data.recent.length > 0 ? (
              <ul className="recent">
                {home.data.recent.map((one) => {
                  const resource = findResource(model, one.resource)
                  return (
                    <li key={`${one.resource}${one.id}${one.at}`}>
                      <Link to={at.record(code, one.resource, one.id)}>{one.title}</Link>
                      <span className="soft">
                        {say(happened(one.action, resource))}
                        {resource && <span className="quiet"> · {say(resource.label.one)}</span>}
                      </span>
                      <time className="quiet small" dateTime={one.at} title={formats.moment(one.at)}>
                        {formats.ago(one.at)}
                      </time>
                    </li>
                  )
                })}
              </ul>
            ) : (
              <Begin />
            )}
          </section>
          {blocks.map((Block, index) => (
            <Suspense key={index} fallback={<Bone height="6rem" />}>
              <Block />
            </Suspense>
          ))}
        </>
      )}
    </div>
  )
}

/** Nothing done yet: the one thing to begin with. */
function Begin() {
  const say = useSay()
  const { code, model } = useCommunity()
  const resources = model.modules.filter((module) => module.name !== 'core').flatMap((module) => module.resources)
  const can = (verb: 'import' | 'create') => (resource: ResourceFacts) =>
    resource.may.includes(verb) && !resource.hidden && !isSingle(resource)
  const importable = resources.find((resource) => can('import')(resource) && resource.importers.length > 0)
  const first = resources.find(can('create'))
  return (
    <Empty
      icon="book"
      title={say({ id: 'Belum ada apa-apa', en: 'Nothing yet' })}
      actions={
        importable ? (
          <Button component={Link} to={at.imports(code)}>
            {say({ id: 'Impor data', en: 'Import data' })}
          </Button>
        ) : first ? (
          <Button component={Link} to={at.create(code, first.name)}>
            {say({ id: 'Tambah {one}', en: 'Add {one}' }, { one: say(first.label.one).toLowerCase() })}
          </Button>
        ) : undefined
      }
    >
      {say({
        id: 'Yang Anda kerjakan akan muncul di sini, agar mudah dilanjutkan.',
        en: 'What you work on appears here, so that you can pick it up again.',
      })}
    </Empty>
  )
}

function useGreeting(timeZone: string) {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hour12: false, timeZone }).format(new Date()))
  if (hour < 4 || hour >= 18) return { id: 'Selamat malam', en: 'Good evening' }
  if (hour < 11) return { id: 'Selamat pagi', en: 'Good morning' }
  return hour < 15 ? { id: 'Selamat siang', en: 'Good afternoon' } : { id: 'Selamat sore', en: 'Good afternoon' }
}

const HomeBones = () => (
  <div className="stack" aria-busy="true">
    <Bone width="10rem" />
    <Bone height="3.2rem" />
    <Bone height="3.2rem" />
    <Bone width="12rem" />
    {Array.from({ length: 5 }, (_, line) => (
      <Bone key={line} width={`${60 - line * 5}%`} />
    ))}
  </div>
)
