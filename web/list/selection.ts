// Which rows a person has picked, with the version of each as it was seen.
import { useCallback, useMemo, useRef, useState } from 'react'
import type { RowJson } from '../model.ts'

export type Picked = { readonly id: string; readonly version: number }

/** The API takes at most this many at once. */
export const MOST = 500

export function useSelection(rows: readonly RowJson[]) {
  const [picked, setPicked] = useState<ReadonlyMap<string, number>>(new Map())
  const last = useRef<number | null>(null)
  const list = useRef(rows)
  list.current = rows
  const clear = useCallback(() => {
    last.current = null
    setPicked(new Map())
  }, [])
  const all = useCallback((these: readonly RowJson[]) => setPicked(new Map(these.slice(0, MOST).map((row) => [row.id, row.version]))), [])
  const toggle = useCallback((row: RowJson, index: number, range: boolean) => {
    const from = last.current
    last.current = index
    setPicked((now) => {
      const next = new Map(now)
      const on = !now.has(row.id)
      const span = range && from !== null ? list.current.slice(Math.min(from, index), Math.max(from, index) + 1) : [row]
      for (const one of span) {
        if (on) next.set(one.id, one.version)
        else next.delete(one.id)
      }
      return next.size > MOST ? now : next
    })
  }, [])
  return useMemo(
    () => ({
      count: picked.size,
      has: (id: string) => picked.has(id),
      items: () => [...picked].map(([id, version]): Picked => ({ id, version })),
      clear,
      all,
      toggle,
    }),
    [picked, clear, all, toggle],
  )
}

export type Selection = ReturnType<typeof useSelection>
