// The five population books of Permendagri 47/2016, on the screen as they are printed, a page at a time.
import './ledger.css'
import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Words } from '#kernel/words.ts'
import { apiAt, at } from '#web/addresses.ts'
import { api } from '#web/api.ts'
import { PageHead } from '#web/parts/PageHead.tsx'
import { Bone, Empty, Trouble } from '#web/parts/States.tsx'
import { useCommunity } from '#web/tenant.tsx'
import { useFormats, useLanguage, useSay } from '#web/words.tsx'
import { type Asked, useAsked } from './asked.ts'
import { AreaFilter, filterOf, Filters } from './Filters.tsx'
import { monthAsked, MonthPicker } from './MonthPicker.tsx'
import { Scrolling } from './Table.tsx'
import { OnPaper } from './OnPaper.tsx'
import { TakeAway } from './TakeAway.tsx'

const BOOKS: Readonly<Record<string, { code: string; label: Words; monthly: boolean }>> = {
  'book-main': { code: 'B.1', label: { id: 'Buku induk penduduk', en: 'Main book of residents' }, monthly: false },
  'book-changes': { code: 'B.2', label: { id: 'Buku mutasi penduduk', en: 'Book of changes' }, monthly: true },
  'book-recap': { code: 'B.3', label: { id: 'Buku rekapitulasi jumlah penduduk', en: 'Recapitulation of residents' }, monthly: true },
  'book-temporary': { code: 'B.4', label: { id: 'Buku penduduk sementara', en: 'Book of temporary residents' }, monthly: true },
  'book-cards': { code: 'B.5', label: { id: 'Buku KTP dan KK', en: 'Book of identity and family cards' }, monthly: false },
}
const DAILY = ['day', 'area_id'] as const
type Page = { columns: { key: string; label: string }[]; data: Record<string, unknown>[]; page: { next: string | null } }

export function Books() {
  const say = useSay()
  const { model } = useCommunity()
  const { asked, set } = useAsked(['book', 'month', ...DAILY])
  const book = Object.hasOwn(BOOKS, asked['book'] ?? '') ? asked['book']! : 'book-main'
  const { monthly } = BOOKS[book]!
  const month = monthAsked(asked['month'], model.tenant.today)
  const search = monthly ? { month, area_id: asked['area_id'] } : filterOf(asked, DAILY)
  return (
    <div className="page ledger-page">
      <OnPaper />
      <PageHead
        title={say({ id: 'Buku penduduk', en: 'Population books' })}
        under={say({ id: 'Menurut Permendagri 47/2016', en: 'As in Permendagri 47/2016' })}
      >
        <TakeAway name={book} search={search} />
      </PageHead>
      <NativeSelect
        className="ledger-by no-print"
        label={say({ id: 'Buku', en: 'Book' })}
        value={book}
        onChange={(event) => set({ book: event.currentTarget.value })}
        data={Object.entries(BOOKS).map(([value, { code, label }]) => ({ value, label: `${code} ${say(label)}` }))}
      />
      {monthly ? (
        <div className="ledger-month no-print">
          <MonthPicker month={month} change={(next) => set({ month: next })} />
          <AreaFilter value={asked['area_id'] ?? null} change={(area_id) => set({ area_id: area_id ?? undefined })} />
        </div>
      ) : (
        <Filters asked={asked} set={set} only={DAILY} />
      )}
      <Book key={book} book={book} search={search} />
    </div>
  )
}

function Book({ book, search }: { book: string; search: Asked }) {
  const say = useSay()
  const formats = useFormats()
  const { locale } = useLanguage()
  const { code } = useCommunity()
  // The recapitulation is one page by itself.
  const paged = book !== 'book-recap'
  const list = useInfiniteQuery({
    queryKey: ['related', code, 'ledger', book, search, locale],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page>(apiAt.tenant(code, `registry/${book}`), {
        search: { ...search, ...(paged ? { limit: '50', after: pageParam || undefined } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
  if (list.error && !list.data) return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Bone height="14rem" />
  const columns = list.data.pages[0]?.columns ?? []
  const lines = list.data.pages.flatMap((page) => page.data)
  const { code: number, label } = BOOKS[book]!
  const title = `${number} ${say(label)}`
  if (lines.length === 0)
    return <Empty icon="book" title={say({ id: 'Buku ini kosong untuk pilihan itu', en: 'This book is empty for that choice' })} />
  // The name leads each line and stays in view.
  const [lead, ...rest] = [columns.find((c) => c.key === 'name'), ...columns.filter((c) => c.key !== 'name')].filter((c) => c !== undefined)
  const groups = paged ? [] : headed(rest)
  const shown = (value: unknown): string =>
    typeof value === 'number'
      ? formats.number(value)
      : typeof value === 'string'
        ? /^\d{4}-\d\d-\d\d$/.test(value)
          ? formats.day(value)
          : value
        : ''
  return (
    <>
      <h2 className="ledger-caption">{title}</h2>
      <Scrolling label={title} className={paged ? 'ledger-text' : 'ledger-wide'}>
        <thead>
          <tr>
            <th scope="col" rowSpan={groups.length ? 2 : 1}>
              {lead?.label}
            </th>
            {groups.length
              ? groups.map((group) => (
                  <th key={group.label} scope="colgroup" colSpan={group.parts.length}>
                    {group.label}
                  </th>
                ))
              : rest.map(({ key, label: heading }) => (
                  <th key={key} scope="col">
                    {heading}
                  </th>
                ))}
          </tr>
          {groups.length > 0 && (
            <tr>
              {groups.flatMap((group) =>
                group.parts.map((part) => (
                  <th key={`${group.label} ${part}`} scope="col">
                    {part}
                  </th>
                )),
              )}
            </tr>
          )}
        </thead>
        <tbody>
          {lines.map((line, n) => (
            <tr key={`${n} ${String(line['id'])}`}>
              <th scope="row">
                {n + 1}.{' '}
                {line['may_open'] === true ? (
                  <Link to={at.record(code, 'registry.citizens', String(line['id']))}>{shown(line[lead?.key ?? ''])}</Link>
                ) : (
                  shown(line[lead?.key ?? ''])
                )}
              </th>
              {rest.map(({ key }) => (
                <td key={key}>{shown(line[key])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </Scrolling>
      {list.hasNextPage && (
        <Button
          className="ledger-more no-print"
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {say({ id: 'Baris berikutnya', en: 'More lines' })}
        </Button>
      )}
    </>
  )
}

/** The recapitulation says "Start: Families": headings over headings. */
function headed(columns: readonly { label: string }[]): { label: string; parts: string[] }[] {
  const groups: { label: string; parts: string[] }[] = []
  for (const column of columns) {
    const [label = '', ...part] = column.label.split(': ')
    const open = groups.at(-1)
    if (open?.label === label) open.parts.push(part.join(': '))
    else groups.push({ label, parts: [part.join(': ')] })
  }
  return groups
}
