// All communities of the installation: who they are, how they stand, what they use.
import { Button, Select, TextInput } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { api } from '../api.ts'
import { KINDS } from '../frame/Side.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Bone, Empty, Trouble } from '../parts/States.tsx'
import { useFormats, useSay } from '../words.tsx'
import { type CommunityLine, places, platformApi, STATUS, type Status } from './model.ts'

type Page = { readonly data: readonly CommunityLine[]; readonly page: { readonly next: string | null; readonly total: number } }

export default function CommunityList() {
  const say = useSay()
  const formats = useFormats()
  const [typed, setTyped] = useState('')
  const [status, setStatus] = useState<string | null>(null)
  const q = useDeferredValue(typed.trim())
  const list = useInfiniteQuery({
    queryKey: ['platform', 'list', q, status],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page>(platformApi('/communities'), {
        search: { q, status: status ?? undefined, after: pageParam || undefined, limit: '25' },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
    placeholderData: keepPreviousData,
  })
  const rows = list.data?.pages.flatMap((page) => page.data) ?? []
  const total = list.data?.pages[0]?.page.total ?? 0
  return (
    <div className="page">
      <PageHead
        title={say({ id: 'Komunitas', en: 'Communities' })}
        under={
          list.data &&
          say(
            {
              id: '{total} komunitas. Anda mengelolanya tanpa melihat isinya.',
              en: '{total} communities. You run them without seeing what is in them.',
            },
            { total: formats.number(total) },
          )
        }
      >
        <Button component={Link} to={places.fresh} leftSection={<Icon name="plus" size={16} />}>
          {say({ id: 'Komunitas baru', en: 'New community' })}
        </Button>
      </PageHead>
      <div className="platform-tools">
        <TextInput
          label={say({ id: 'Cari nama atau kode', en: 'Find a name or code' })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          leftSection={<Icon name="search" size={16} />}
          type="search"
        />
        <Select
          label={say({ id: 'Status', en: 'Status' })}
          placeholder={say({ id: 'Semua', en: 'All' })}
          clearable
          value={status}
          onChange={setStatus}
          data={(Object.keys(STATUS) as Status[]).map((value) => ({ value, label: say(STATUS[value].words) }))}
        />
      </div>
      {list.error && !list.data ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Bone height="10rem" />
      ) : rows.length === 0 ? (
        <Empty icon="search" title={say({ id: 'Tidak ada yang cocok', en: 'Nothing matches' })}>
          {say({ id: 'Ubah pencarian, atau buat komunitas baru.', en: 'Change the search, or make a new community.' })}
        </Empty>
      ) : (
        <table className="platform-table">
          <thead>
            <tr>
              <th>{say({ id: 'Nama', en: 'Name' })}</th>
              <th>{say({ id: 'Status', en: 'Status' })}</th>
              <th>{say({ id: 'Paket', en: 'Plan' })}</th>
              <th className="n">{say({ id: 'Anggota', en: 'Members' })}</th>
              <th className="n">{say({ id: 'Data', en: 'Records' })}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <Link to={places.community(row.code)}>{row.name}</Link>
                  <div className="quiet small">
                    {say(KINDS[row.kind] ?? row.kind)} · {row.code}
                  </div>
                </td>
                <td>
                  <span className="state" data-tone={STATUS[row.status].tone}>
                    {say(STATUS[row.status].words)}
                  </span>
                </td>
                <td data-label={say({ id: 'Paket', en: 'Plan' })}>
                  {row.plan_name ?? <span className="quiet">{say({ id: 'tanpa paket', en: 'none' })}</span>}
                </td>
                <td className="n" data-label={say({ id: 'Anggota', en: 'Members' })}>
                  {row.users === null ? '–' : formats.number(row.users)}
                </td>
                <td className="n" data-label={say({ id: 'Data', en: 'Records' })}>
                  {row.records === null ? '–' : formats.number(row.records)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {list.hasNextPage && (
        <p style={{ marginTop: '1rem' }}>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {say({ id: 'Tampilkan lagi', en: 'Show more' })}
          </Button>
        </p>
      )}
    </div>
  )
}
