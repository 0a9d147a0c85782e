// A number with the names behind it one click away. Nobody is behind a nought.
import { Link } from '@tanstack/react-router'
import { at } from '#web/addresses.ts'
import { useCommunity } from '#web/tenant.tsx'
import { useFormats, useSay } from '#web/words.tsx'
import { asText } from './asked.ts'

type Props = {
  /** The question that lists the names. */
  readonly of: 'statistics-names' | 'population-report-names' | 'movement-names'
  readonly value: number
  readonly names: Readonly<Record<string, unknown>>
  /** What is counted, in words: "Islam, laki-laki". */
  readonly what: string
}

export function NumberLink({ of, value, names, what }: Props) {
  const say = useSay()
  const formats = useFormats()
  const { code } = useCommunity()
  if (value === 0) return <span className="quiet">0</span>
  return (
    <Link
      to={at.page(code, 'registry', 'names')}
      search={{ of, ...asText(names) } as never}
      // Kept with the entry in the history, so that the address stays free of prose.
      state={{ what } as never}
      preload={false}
      aria-label={say({ id: '{what}: {n}, lihat nama', en: '{what}: {n}, see the names' }, { what, n: formats.number(value) })}
    >
      {formats.number(value)}
    </Link>
  )
}
