// Looking through the register: every check with what it finds, the way to each record, and what to do about it.
import './checks.css'
import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { apiAt, at } from '#web/addresses.ts'
import { api } from '#web/api.ts'
import { PageHead } from '#web/parts/PageHead.tsx'
import { Bone, PageBones, Trouble, useSentence } from '#web/parts/States.tsx'
import { useTools } from '#web/parts/Value.tsx'
import { useCommunity } from '#web/tenant.tsx'

type Check = {
  readonly key: string
  readonly group: 'people' | 'families' | 'places' | 'books'
  readonly weight: 'error' | 'doubt'
  readonly resource: string
  readonly label: string
  readonly doc: string
}
type Finding = { readonly id: string | null; readonly title: string; readonly detail: string | null }
type Found = { readonly count: number; readonly data: readonly Finding[]; readonly page: { readonly next: number | null } }

const GROUPS = {
  people: { id: 'Warga', en: 'Residents' },
  families: { id: 'Keluarga', en: 'Families' },
  places: { id: 'Alamat dan wilayah', en: 'Addresses and areas' },
  books: { id: 'Buku dan hitungan', en: 'Books and counts' },
} as const

export function Checks() {
  const { say } = useTools()
  const { code } = useCommunity()
  const checks = useQuery({
    queryKey: ['checks', code],
    queryFn: ({ signal }) => api.get<{ data: readonly Check[] }>(apiAt.tenant(code, 'registry/checks'), { signal }),
  })
  return (
    <div className="page checks">
      <PageHead
        title={say({ id: 'Periksa data', en: 'Check the data' })}
        under={say({
          id: 'Yang bertentangan, dan yang sebaiknya dilihat lagi. Dihitung sekarang, pada data yang boleh Anda lihat.',
          en: 'What contradicts itself, and what somebody should look at again. Counted now, over what you may see.',
        })}
      />
      {checks.error && !checks.data ? (
        <Trouble error={checks.error} retry={() => void checks.refetch()} />
      ) : !checks.data ? (
        <PageBones />
      ) : (
        Object.entries(GROUPS).map(([group, label]) => (
          <section key={group}>
            <h2>{say(label)}</h2>
            {checks.data.data
              .filter((check) => check.group === group)
              .map((check) => (
                <One key={check.key} check={check} />
              ))}
          </section>
        ))
      )}
    </div>
  )
}

function One({ check }: { check: Check }) {
  const { say, formats } = useTools()
  const sentence = useSentence()
  const { code } = useCommunity()
  const found = useInfiniteQuery({
    queryKey: ['checks', code, check.key],
    queryFn: ({ signal, pageParam }) =>
      api.get<Found>(apiAt.tenant(code, 'registry/check-findings'), { search: { rule: check.key, offset: String(pageParam) }, signal }),
    initialPageParam: 0,
    getNextPageParam: (last) => last.page.next ?? undefined,
    staleTime: 0,
  })
  const count = found.data?.pages[0]?.count
  if (found.error && !found.data)
    return (
      <div className="check">
        <p>{check.label}</p>
        <p role="alert" className="secret-error">
          {sentence(found.error)}{' '}
          <Button variant="subtle" size="compact-sm" onClick={() => void found.refetch()}>
            {say({ id: 'Coba lagi', en: 'Try again' })}
          </Button>
        </p>
      </div>
    )
  if (count === undefined)
    return (
      <div className="check">
        <p>{check.label}</p>
        <Bone width="4rem" />
      </div>
    )
  if (count === 0)
    return (
      <div className="check" data-none>
        <p>{check.label}</p>
        <p className="quiet">{say({ id: 'tidak ada', en: 'none' })}</p>
      </div>
    )
  return (
    <details className="check">
      <summary>
        <span>{check.label}</span>
        <span className="state" data-tone={check.weight === 'error' ? 'harm' : 'wait'}>
          {say(check.weight === 'error' ? { id: '{n} bertentangan', en: '{n} wrong' } : { id: '{n} perlu dilihat', en: '{n} to look at' }, {
            n: formats.number(count),
          })}
        </span>
      </summary>
      <p className="soft">{check.doc}</p>
      <ul>
        {found.data?.pages
          .flatMap((page) => page.data)
          .map((finding, i) => (
            <li key={`${finding.id} ${i}`}>
              {finding.id ? <Link to={at.record(code, check.resource, finding.id)}>{finding.title}</Link> : <span>{finding.title}</span>}
              {finding.detail && (
                <span className="soft">{/^\d{4}-\d{2}-\d{2}$/.test(finding.detail) ? formats.day(finding.detail) : finding.detail}</span>
              )}
            </li>
          ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="subtle" size="compact-sm" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {say({ id: 'Lebih banyak', en: 'More' })}
        </Button>
      )}
    </details>
  )
}
