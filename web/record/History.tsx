// History in sentences: who did what, when, from what to what.
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { apiAt } from '../addresses.ts'
import { api } from '../api.ts'
import type { Change, HistoryEntry, Page, ResourceFacts, RowJson } from '../model.ts'
import { Bone, Trouble } from '../parts/States.tsx'
import { fieldOf, textOf, useTools } from '../parts/Value.tsx'
import { useCommunity } from '../tenant.tsx'
import { did } from './sentences.ts'

export function History({ resource, row }: { resource: ResourceFacts; row: RowJson }) {
  const { say } = useTools()
  const { code } = useCommunity()
  const history = useInfiniteQuery({
    queryKey: ['history', code, resource.name, row.id],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ data: HistoryEntry[]; page: Page }>(`${apiAt.row(code, resource.name, row.id)}/history`, {
        search: { after: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
    staleTime: 0,
  })
  const entries = history.data?.pages.flatMap((page) => page.data) ?? []
  if (history.error && entries.length === 0) return <Trouble error={history.error} retry={() => void history.refetch()} />
  if (history.isPending)
    return (
      <div className="stack" aria-busy>
        <Bone width="50%" />
        <Bone width="65%" />
        <Bone width="45%" />
      </div>
    )
  return (
    <>
      <ol className="history">
        {entries.map((entry, index) => (
          <Entry key={`${entry.at}${index}`} entry={entry} resource={resource} />
        ))}
      </ol>
      {history.hasNextPage && (
        <Button variant="subtle" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {say({ id: 'Lebih lama lagi', en: 'Older' })}
        </Button>
      )}
    </>
  )
}

export function Entry({ entry, resource, about }: { entry: HistoryEntry; resource: ResourceFacts | undefined; about?: React.ReactNode }) {
  const { say, formats } = useTools()
  const verb = did(entry.action)
  const own = [...(resource?.workflow?.moves ?? []), ...(resource?.actions ?? [])].find((one) => one.noun === entry.action)?.label
  const who = entry.actor?.name ?? say({ id: 'Sistem', en: 'The system' })
  const shown = entry.changes.filter((change) => change.field !== 'id' && resource?.fields[change.field]?.kind !== 'id')
  const one = entry.action === 'changed' && shown.length === 1 ? shown[0] : undefined
  return (
    <li>
      <p>
        <strong>{who}</strong> {verb ? say(verb) : <>· {say(own ?? entry.action)}</>}
        {about && <> {about}</>}
        {one && (
          <>
            {' '}
            <Changed change={one} resource={resource} inline />
          </>
        )}
        <time className="quiet small" dateTime={entry.at} title={formats.moment(entry.at)}>
          {formats.ago(entry.at)}
        </time>
      </p>
      {!one && shown.length > 0 && (
        <details open={entry.action !== 'created' && shown.length <= 4}>
          <summary className="small soft">{say({ id: 'Rincian ({n})', en: 'Details ({n})' }, { n: shown.length })}</summary>
          <ul>
            {shown.map((change) => (
              <li key={change.field}>
                <Changed change={change} resource={resource} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {(entry.ip || entry.user_agent) && (
        <p className="history-from quiet" title={entry.user_agent ?? undefined}>
          {formats.moment(entry.at)}
          {entry.ip && ` · ${entry.ip}`}
        </p>
      )}
    </li>
  )
}

function Changed({ change, resource, inline }: { change: Change; resource: ResourceFacts | undefined; inline?: boolean }) {
  const tools = useTools()
  const { say } = tools
  const field = resource ? fieldOf(resource.fields, change.field) : undefined
  const label = say(field?.label ?? change.field)
  const none = say({ id: 'kosong', en: 'empty' })
  const before = textOf(field, change.before, tools, change.before_title)
  const after = textOf(field, change.after, tools, change.after_title)
  return (
    <span className="changed">
      {inline ? label.toLowerCase() : label}
      {(before || after) && ': '}
      {before && (
        <>
          <del>{before}</del> <span aria-hidden>→</span>{' '}
        </>
      )}
      {(before || after) && <ins>{after || none}</ins>}
    </span>
  )
}
