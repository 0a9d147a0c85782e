// How far something is: a bar, what it is doing, and the count in words.
import { useFormats, useSay } from '../words.tsx'

export function Progress({ done, total, doing }: { done: number; total: number; doing: string }) {
  const say = useSay()
  const formats = useFormats()
  const known = total > 0
  const count = known
    ? say({ id: '{done} dari {total}', en: '{done} of {total}' }, { done: formats.number(done), total: formats.number(total) })
    : ''
  return (
    <div className="progress">
      <div className="progress-words small">
        <span>{doing}</span>
        <span className="push soft">{count}</span>
      </div>
      <div
        role="progressbar"
        className="progress-bar"
        aria-label={doing}
        aria-valuemin={0}
        {...(known ? { 'aria-valuemax': total, 'aria-valuenow': done, 'aria-valuetext': count } : {})}
      >
        <span data-unknown={known ? undefined : true} style={known ? { width: `${Math.min(100, (100 * done) / total)}%` } : undefined} />
      </div>
    </div>
  )
}
