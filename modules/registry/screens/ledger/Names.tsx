// The people behind a number, a page at a time, with the event that put them there where there is one.
import './ledger.css'
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useRouter, useRouterState, useSearch } from '@tanstack/react-router'
import { apiAt, at } from '#web/addresses.ts'
import { api } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { PageHead } from '#web/parts/PageHead.tsx'
import { Bone, Empty, Trouble } from '#web/parts/States.tsx'
import { textOf, useTools } from '#web/parts/Value.tsx'
import { useCommunity, useResource } from '#web/tenant.tsx'
import type { Asked } from './asked.ts'
import { Scrolling } from './Table.tsx'
import { OnPaper } from './OnPaper.tsx'
import { TakeAway } from './TakeAway.tsx'

const FILTERS = ['area_id', 'sex', 'age_from', 'age_to', 'residency', 'heads', 'also', 'group']
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  'statistics-names': ['breakdown', 'category', 'day', ...FILTERS, 'status'],
  'population-report-names': ['month', 'area_id', 'row', 'cell', 'move_kind'],
  'movement-names': ['breakdown', 'category', 'month', 'row', ...FILTERS],
}
type Event = { id: string; kind: string; occurred_on: string; reported_on: string }
type Person = {
  id: string
  name: string
  gender: string
  birth_date: string
  age: number
  area: string | null
  status: string
  may_open: boolean
  event?: Event | null
}
type Page = { data: Person[]; page: { next: string | null } }

export function Names() {
  const tools = useTools()
  const { say, formats } = tools
  const { code } = useCommunity()
  const raw = useSearch({ strict: false }) as Asked
  const of = Object.hasOwn(QUESTIONS, raw['of'] ?? '') ? raw['of']! : 'statistics-names'
  const search = Object.fromEntries(QUESTIONS[of]!.flatMap((key) => (raw[key] ? [[key, String(raw[key])]] : [])))
  const what = useRouterState({ select: (state) => (state.location.state as { what?: string }).what })
  const list = useInfiniteQuery({
    queryKey: ['related', code, 'ledger', of, search],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page>(apiAt.tenant(code, `registry/${of}`), { search: { ...search, limit: '100', after: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
  const people = list.data?.pages.flatMap((page) => page.data) ?? []
  const citizens = useResource('registry.citizens')
  const events = useResource('registry.population_events')
  const told = people.some((one) => one.event)
  const label = say({ id: 'Nama di balik angka', en: 'Names behind the number' })
  return (
    <div className="page ledger-page">
      <OnPaper />
      <Back of={of} />
      <PageHead title={what ?? label} under={what ? label : undefined}>
        <TakeAway name={of} search={search} />
      </PageHead>
      {list.error && people.length === 0 ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Bone height="12rem" />
      ) : people.length === 0 ? (
        <Empty icon="people" title={say({ id: 'Tidak ada nama di balik angka ini', en: 'There are no names behind this number' })} />
      ) : (
        <Scrolling label={what ?? label} className="ledger-text">
          <thead>
            <tr>
              <th scope="col">{say({ id: 'Nama', en: 'Name' })}</th>
              <th scope="col">{say({ id: 'Jenis kelamin', en: 'Sex' })}</th>
              <th scope="col">{say({ id: 'Umur', en: 'Age' })}</th>
              <th scope="col">{say({ id: 'Wilayah', en: 'Area' })}</th>
              {told && <th scope="col">{say({ id: 'Peristiwa', en: 'Event' })}</th>}
              {told && <th scope="col">{say({ id: 'Dilaporkan', en: 'Reported' })}</th>}
            </tr>
          </thead>
          <tbody>
            {people.map((one) => (
              <tr key={`${one.id} ${one.event?.id ?? ''}`}>
                <th scope="row">{one.may_open ? <Link to={at.record(code, 'registry.citizens', one.id)}>{one.name}</Link> : one.name}</th>
                <td>{textOf(citizens?.fields['gender'], one.gender, tools)}</td>
                <td>{formats.number(one.age)}</td>
                <td>{one.area ?? '–'}</td>
                {told && (
                  <td>
                    {one.event && (
                      <Link to={at.record(code, 'registry.population_events', one.event.id)}>
                        {textOf(events?.fields['kind'], one.event.kind, tools)}, {formats.day(one.event.occurred_on)}
                      </Link>
                    )}
                  </td>
                )}
                {told && <td>{one.event && formats.day(one.event.reported_on)}</td>}
              </tr>
            ))}
          </tbody>
        </Scrolling>
      )}
      {list.hasNextPage && (
        <Button className="no-print" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {say({ id: 'Nama berikutnya', en: 'More names' })}
        </Button>
      )}
    </div>
  )
}

/** Back to the number, with its filters as they were; a link that was sent leads to the report itself. */
function Back({ of }: { of: string }) {
  const { say } = useTools()
  const { code } = useCommunity()
  const router = useRouter()
  const came = useRouterState({ select: (state) => 'what' in (state.location.state as object) })
  const words =
    of === 'statistics-names'
      ? say({ id: 'Kembali ke statistik', en: 'Back to the statistics' })
      : say({ id: 'Kembali ke laporan', en: 'Back to the report' })
  const inside = (
    <>
      <Icon name="left" size={15} />
      {words}
    </>
  )
  if (!came)
    return (
      <Link className="crumb no-print" to={at.page(code, 'registry', of === 'statistics-names' ? 'statistics' : 'monthly-report')}>
        {inside}
      </Link>
    )
  return (
    <button type="button" className="plain crumb-back no-print" onClick={() => router.history.back()}>
      <span className="crumb">{inside}</span>
    </button>
  )
}
