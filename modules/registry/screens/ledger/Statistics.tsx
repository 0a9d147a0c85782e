// Statistics: choose what to count by, narrow it down, see it as bars and as a table, open the names, take it away.
import './ledger.css'
import { NativeSelect } from '@mantine/core'
import { PageHead } from '#web/parts/PageHead.tsx'
import { Trouble } from '#web/parts/States.tsx'
import { holds, useCommunity } from '#web/tenant.tsx'
import { useSay } from '#web/words.tsx'
import { AgePyramid } from './AgePyramid.tsx'
import { useAsked, useLedger } from './asked.ts'
import { Breakdown } from './Breakdown.tsx'
import { ByArea } from './ByArea.tsx'
import { FILTER_KEYS, filterOf, Filters } from './Filters.tsx'
import { OnPaper } from './OnPaper.tsx'
import { TakeAway } from './TakeAway.tsx'
import { grouped, isReport, REPORTS } from './views.ts'

type Known = { key: string; label: string; past: boolean; needs: string | null }

export function Statistics() {
  const say = useSay()
  const { model } = useCommunity()
  const { asked, set } = useAsked(['by', ...FILTER_KEYS])
  const known = useLedger<{ data: Known[] }>('breakdowns', {})
  const by = asked['by'] ?? 'gender'
  // Who may vote is a question of its own: of everybody who lives here, on any day.
  const keys = by === 'voters' ? (['day', 'area_id', 'sex'] as const) : FILTER_KEYS
  const filter = filterOf(asked, keys)
  const breakdowns = (known.data?.data ?? []).filter((b) => b.needs === null || holds(model.me.permissions, b.needs))
  const report = isReport(by)
  if (known.error && !known.data) return <Trouble error={known.error} retry={() => void known.refetch()} />
  return (
    <div className="page ledger-page">
      <OnPaper />
      <PageHead
        title={say({ id: 'Statistik', en: 'Statistics' })}
        under={say({
          id: 'Setiap angka dapat dibuka: di baliknya ada nama.',
          en: 'Every number can be opened: there are names behind it.',
        })}
      >
        <TakeAway name={report ? by : 'statistics'} search={report ? filter : { breakdown: by, ...filter }} />
      </PageHead>
      <NativeSelect
        className="ledger-by no-print"
        label={say({ id: 'Menurut', en: 'By' })}
        value={by}
        onChange={(event) => set({ by: event.currentTarget.value })}
      >
        {breakdowns.length === 0 && !report && <option value={by}>{say({ id: 'Memuat…', en: 'Loading…' })}</option>}
        <optgroup label={say({ id: 'Laporan', en: 'Reports' })}>
          {Object.entries(REPORTS).map(([key, label]) => (
            <option key={key} value={key}>
              {say(label)}
            </option>
          ))}
        </optgroup>
        {grouped(breakdowns).map((group) => (
          <optgroup key={group.label.en} label={say(group.label)}>
            {group.items.map((b) => (
              <option key={b.key} value={b.key}>
                {b.label}
              </option>
            ))}
          </optgroup>
        ))}
      </NativeSelect>
      <Filters asked={asked} set={set} only={keys} />
      {by === 'age-pyramid' ? (
        <AgePyramid filter={filter} />
      ) : by === 'voters' || by === 'vulnerable-groups' ? (
        <ByArea key={by} report={by} filter={filter} />
      ) : (
        <Breakdown key={by} breakdown={by} filter={filter} />
      )}
    </div>
  )
}
