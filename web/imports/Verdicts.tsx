// The verdict of every row, by outcome; thousands of rows scroll as lightly as ten.
import { Button } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import { Bone, Note, Trouble } from '../parts/States.tsx'
import { useCommunity } from '../tenant.tsx'
import { useFormats, useSay } from '../words.tsx'
import type { ImporterJson, ImportJson, IssueJson, VerdictJson, VerdictPage } from './model.ts'

const OUTCOMES = {
  rejected: { words: { id: 'Ditolak', en: 'Rejected' }, tone: 'harm' },
  new: { words: { id: 'Baru', en: 'New' }, tone: 'good' },
  unchanged: { words: { id: 'Sudah ada', en: 'Unchanged' }, tone: 'still' },
} as const

type Which = '' | 'rejected' | 'warned' | 'new' | 'unchanged'

export function Verdicts({ one, importer }: { one: ImportJson; importer: ImporterJson | undefined }) {
  const say = useSay()
  const formats = useFormats()
  const { code } = useCommunity()
  const counts = one.counts
  const [which, setWhich] = useState<Which>(counts?.rejected ? 'rejected' : counts?.warnings ? 'warned' : '')
  const list = useInfiniteQuery({
    queryKey: ['verdicts', code, one.id, one.status, which],
    queryFn: ({ pageParam, signal }) =>
      api.get<VerdictPage>(apiAt.tenant(code, `imports/${one.id}/verdicts`), {
        search: { outcome: which || undefined, after: pageParam || undefined, limit: '100' },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const rows = list.data?.pages.flatMap((page) => page.data) ?? []
  const notes = list.data?.pages[0]?.notes ?? []
  const all = counts ? counts.new + counts.unchanged + counts.rejected : one.sheet.rows
  const choices: { key: Which; words: { id: string; en: string }; n: number }[] = [
    { key: 'rejected', words: OUTCOMES.rejected.words, n: counts?.rejected ?? 0 },
    { key: 'warned', words: { id: 'Peringatan', en: 'Warnings' }, n: counts?.warnings ?? 0 },
    { key: 'new', words: OUTCOMES.new.words, n: counts?.new ?? 0 },
    { key: 'unchanged', words: OUTCOMES.unchanged.words, n: counts?.unchanged ?? 0 },
    { key: '', words: { id: 'Semua', en: 'All' }, n: all },
  ]
  return (
    <section aria-labelledby="verdicts">
      <h2 id="verdicts">{say({ id: 'Baris demi baris', en: 'Row by row' })}</h2>
      {notes.length > 0 && (
        <div className="stack" style={{ margin: '.75rem 0' }}>
          {notes.map((note, index) => (
            <Note key={index} tone="wait">
              {say(note.message)}{' '}
              <span className="soft small">
                {say({ id: '(baris {rows})', en: '(rows {rows})' }, { rows: formats.list(note.rows.slice(0, 12).map(String)) })}
              </span>
            </Note>
          ))}
        </div>
      )}
      <div className="outcomes" role="group" aria-label={say({ id: 'Saring menurut hasil', en: 'Filter by outcome' })}>
        {choices
          .filter((choice) => choice.n > 0)
          .map((choice) => (
            <button
              key={choice.key}
              type="button"
              className="plain outcome-choice"
              aria-pressed={which === choice.key}
              onClick={() => setWhich(choice.key)}
            >
              {say(choice.words)} <span>{formats.number(choice.n)}</span>
            </button>
          ))}
      </div>
      {list.error && rows.length === 0 ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Bone height="10rem" />
      ) : (
        <Rows
          rows={rows}
          importer={importer}
          more={() => {
            if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
          }}
        />
      )}
      {list.hasNextPage && (
        <p className="list-more">
          <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {say({ id: 'Muat lagi', en: 'Load more' })}
          </Button>
        </p>
      )}
    </section>
  )
}

function Rows({ rows, importer, more }: { rows: readonly VerdictJson[]; importer: ImporterJson | undefined; more: () => void }) {
  const say = useSay()
  const scroller = useRef<HTMLUListElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 44,
    getItemKey: (index) => rows[index]?.row ?? index,
    overscan: 8,
    initialRect: { width: 800, height: 500 },
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= rows.length - 10) more()
  }, [last, rows.length])
  return (
    <ul className="verdicts" ref={scroller} tabIndex={0} aria-label={say({ id: 'Baris berkas', en: 'Rows of the file' })}>
      <li aria-hidden style={{ height: virtual.getTotalSize(), border: 0, padding: 0 }} />
      {items.map((item) => {
        const row = rows[item.index]
        if (!row) return null
        const outcome = OUTCOMES[row.outcome]
        return (
          <li
            key={row.row}
            ref={virtual.measureElement}
            data-index={item.index}
            className="verdict"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <span className="quiet">{row.row}</span>
            <strong>{row.title || '–'}</strong>
            <span className="state small" data-tone={outcome.tone}>
              {say(outcome.words)}
            </span>
            <Issues issues={row.errors} importer={importer} tone="harm" />
            <Issues issues={row.warnings} importer={importer} tone="wait" />
          </li>
        )
      })}
    </ul>
  )
}

function Issues({ issues, importer, tone }: { issues: readonly IssueJson[]; importer: ImporterJson | undefined; tone: 'harm' | 'wait' }) {
  const say = useSay()
  return issues.map((issue, index) => {
    const column = importer?.columns.find((one) => one.key === issue.column)
    return (
      <span key={index} className="verdict-issue" data-tone={tone}>
        {tone === 'wait' && <span className="unseen">{say({ id: 'Peringatan: ', en: 'Warning: ' })}</span>}
        {column && <b>{say(column.label)}: </b>}
        {say(issue.message)}
      </span>
    )
  })
}
