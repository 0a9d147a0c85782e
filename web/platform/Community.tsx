// One community as its operator sees it: facts, plan, what it uses, modules, archives, and the grave acts at the end.
import { Button, TextInput } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'
import { KINDS } from '../frame/Side.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Note, PageBones, Trouble } from '../parts/States.tsx'
import { useFormats, useLanguage, useSay } from '../words.tsx'
import { useAct } from './act.ts'
import { Administration } from './Administration.tsx'
import { Archives } from './Archives.tsx'
import { Danger } from './Danger.tsx'
import { type CommunityFacts, places, STATUS, useCommunityFacts } from './model.ts'
import { Modules } from './Modules.tsx'
import { PlanChoice } from './PlanChoice.tsx'
import { Usage } from './Usage.tsx'

export default function Community() {
  const say = useSay()
  const { code = '' } = useParams({ strict: false }) as { code?: string }
  const facts = useCommunityFacts(code)
  if (facts.error && !facts.data) return <Trouble error={facts.error} retry={() => void facts.refetch()} home={places.home} />
  if (!facts.data) return <PageBones />
  const c = facts.data
  return (
    <div className="page">
      <PageHead
        title={c.name}
        under={
          <>
            <span className="state" data-tone={STATUS[c.status].tone}>
              {say(STATUS[c.status].words)}
            </span>{' '}
            · {say(KINDS[c.kind] ?? c.kind)} · {c.code}
          </>
        }
        back={{ to: places.home, label: say({ id: 'Komunitas', en: 'Communities' }) }}
      />
      <Standing c={c} />
      <Administration c={c} />
      <div className="platform-two">
        <section className="platform-part">
          <h2>{say({ id: 'Tentang', en: 'About' })}</h2>
          <Facts c={c} />
        </section>
        <section className="platform-part">
          <h2>{say({ id: 'Paket', en: 'Plan' })}</h2>
          <PlanChoice key={c.plan_id} c={c} />
        </section>
      </div>
      <Usage c={c} />
      <Modules c={c} />
      <Archives c={c} />
      <Danger c={c} />
    </div>
  )
}

function Standing({ c }: { c: CommunityFacts }) {
  const say = useSay()
  const formats = useFormats()
  if (c.status === 'suspended')
    return (
      <Note tone="wait">
        {say(
          {
            id: 'Ditangguhkan sejak {at}. Anggotanya membaca bahwa komunitas ini ditutup.',
            en: 'Suspended since {at}. Its members read that it is closed.',
          },
          { at: c.suspended_at ? formats.moment(c.suspended_at) : '' },
        )}
        {c.suspended_reason && <p>{c.suspended_reason}</p>}
      </Note>
    )
  if (c.status === 'deleting')
    return (
      <Note tone="harm">
        {c.removal_began_at
          ? say({ id: 'Sedang dihapus. Tidak dapat dibatalkan lagi.', en: 'Being removed. It cannot be called back any more.' })
          : say(
              {
                id: 'Ditutup. Semua datanya dihapus setelah {at}; sampai saat itu masih dapat dibatalkan.',
                en: 'Closed. All its data is removed after {at}; until then it can be called back.',
              },
              { at: c.delete_after ? formats.moment(c.delete_after) : '' },
            )}
      </Note>
    )
  return null
}

function Facts({ c }: { c: CommunityFacts }) {
  const say = useSay()
  const formats = useFormats()
  const { locale } = useLanguage()
  const rows = [
    [{ id: 'Alamat', en: 'Address' }, `/app/${c.code}`],
    [{ id: 'Zona waktu', en: 'Time zone' }, c.time_zone],
    [{ id: 'Bahasa', en: 'Language' }, new Intl.DisplayNames(locale, { type: 'language' }).of(c.locale) ?? c.locale],
    [{ id: 'Mata uang', en: 'Currency' }, c.currency],
    [{ id: 'Dibuat', en: 'Made' }, formats.moment(c.created_at)],
  ] as const
  return (
    <dl className="platform-facts">
      {rows.map(([label, value]) => (
        <div key={label.en}>
          <dt>{say(label)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <Rename c={c} />
    </dl>
  )
}

function Rename({ c }: { c: CommunityFacts }) {
  const say = useSay()
  const { act, busy, failure } = useAct()
  const [name, setName] = useState(c.name)
  return (
    <div>
      <dt>
        <label htmlFor="community-name">{say({ id: 'Nama', en: 'Name' })}</label>
      </dt>
      <dd>
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault()
            void act(
              () => api.patch(`/api/platform/communities/${c.code}`, { body: { name } }),
              say({ id: 'Nama diganti.', en: 'Renamed.' }),
            )
          }}
        >
          <TextInput id="community-name" size="sm" value={name} error={failure} onChange={(event) => setName(event.currentTarget.value)} />
          {name.trim() !== c.name && (
            <Button type="submit" size="sm" variant="default" loading={busy} disabled={!name.trim()}>
              {say({ id: 'Ganti', en: 'Rename' })}
            </Button>
          )}
        </form>
      </dd>
    </div>
  )
}
