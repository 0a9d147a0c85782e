// Walking a list without a mouse: j and k move, Enter opens, e edits, x picks, / searches, n begins a new one.
import { useNavigate } from '@tanstack/react-router'
import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { at } from '../addresses.ts'
import type { ResourceFacts, RowJson } from '../model.ts'
import { useCommunity } from '../tenant.tsx'
import type { Selection } from './selection.ts'

type Context = {
  resource: ResourceFacts
  rows: readonly RowJson[]
  virtual: Virtualizer<HTMLElement, Element>
  selection: Selection
  mayCreate: boolean
  edit: ((id: string) => string) | undefined
  help: () => void
}

const busyElsewhere = (target: EventTarget | null): boolean =>
  (target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    (target as HTMLInputElement).type !== 'checkbox') ||
  document.querySelector('[role="dialog"], [role="menu"]') !== null

export function useListKeys(context: Context): void {
  const navigate = useNavigate()
  const { code } = useCommunity()
  const now = useRef(context)
  now.current = context
  const place = useRef(-1)

  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || busyElsewhere(event.target)) return
      const { resource, rows, virtual, selection, mayCreate, help, edit } = now.current
      const index = place.current
      const row = rows[index]
      const move = (to: number): void => {
        const next = Math.max(0, Math.min(rows.length - 1, to))
        place.current = next
        virtual.scrollToIndex(next, { align: 'auto' })
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            if (place.current === next) document.querySelector<HTMLElement>(`[data-index="${next}"] a`)?.focus({ preventScroll: true })
          }),
        )
      }
      const acts: Record<string, () => void> = {
        j: () => move(index + 1),
        k: () => move(index - 1),
        e: () => void (row?.may?.includes('update') && navigate({ to: edit?.(row.id) ?? at.edit(code, resource.name, row.id) })),
        x: () => row && selection.toggle(row, index, false),
        n: () => void (mayCreate && navigate({ to: at.create(code, resource.name) })),
        Enter: () => (document.querySelector<HTMLElement>(`[data-index="${index}"] a`) ?? document.body).click(),
        '/': () => document.getElementById('list-search')?.focus(),
        '?': help,
        Escape: () => selection.clear(),
      }
      const act = acts[event.key]
      if (!act || (rows.length === 0 && 'jkex'.includes(event.key))) return
      // A focused link or button answers Enter itself. The heading, which has the focus on arrival, does not.
      if (event.key === 'Enter' && (index < 0 || document.activeElement?.closest('a, button, input, summary, [role="tab"]'))) return
      if (event.key !== 'Escape') event.preventDefault()
      act()
    }
    // Whoever walks with Tab or clicks moves the place too; keys may come faster than the focus follows.
    const follow = (event: FocusEvent): void => {
      const index = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset['index']
      if (index !== undefined) place.current = Number(index)
    }
    addEventListener('keydown', listen)
    addEventListener('focusin', follow)
    return () => {
      removeEventListener('keydown', listen)
      removeEventListener('focusin', follow)
    }
  }, [code, navigate])
}
