// Statistics: choose what to count by, narrow it down, see it as bars and as a table, open the names, take it away.
import './ledger.css'
import { PageHead } from '#web/parts/PageHead.tsx'
import { Trouble } from '#web/parts/States.tsx'
import { holds, useCommunity } from '#web/tenant.tsx'
import { useSay } from '#web/words.tsx'
import { AgePyramid } from './AgePyramid.tsx'
import { useAsked, useLedger } from './asked.ts'
import { Breakdown } from './Breakdown.tsx'
import { BreakdownSelect, type Known } from './BreakdownSelect.tsx'
import { ByArea } from './ByArea.tsx'
import { FILTER_KEYS, filterOf, Filters } from './Filters.tsx'
import { OnPaper } from './OnPaper.tsx'
import { TakeAway } from './TakeAway.tsx'
import { isReport, REPORTS } from './views.ts'

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
      <BreakdownSelect value={by} change={(next) => set({ by: next })} reports={REPORTS} breakdowns={breakdowns} />
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
