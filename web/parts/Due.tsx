// When a record is due, as people say it: "terlambat 2 hari", "due in 3 hours"; nothing where nothing is due.
import type { Clock } from '../model.ts'
import { useFormats, useSay } from '../words.tsx'

export function Due({ clock }: { clock: Clock }) {
  const say = useSay()
  const formats = useFormats()
  if (clock.due_at === null)
    return clock.paused ? <span className="quiet small nowrap">{say({ id: 'waktu berhenti', en: 'the clock stands' })}</span> : null
  const length = formats.length(Math.abs(Date.parse(clock.due_at) - Date.now()))
  return (
    <time className="due small nowrap" data-late={clock.overdue || undefined} dateTime={clock.due_at} title={formats.moment(clock.due_at)}>
      {clock.overdue
        ? say({ id: 'terlambat {length}', en: '{length} overdue' }, { length })
        : say({ id: 'tenggat {length} lagi', en: 'due in {length}' }, { length })}
    </time>
  )
}
