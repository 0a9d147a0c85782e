// Search as you type: waits for a breath, then asks; the address follows.
import { CloseButton, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { useSay } from '../words.tsx'

const BREATH = 220

export function Search({
  value,
  change,
  label,
  busy,
}: {
  value: string
  change: (q: string | undefined) => void
  label: string
  busy: boolean
}) {
  const say = useSay()
  const [text, setText] = useState(value)
  const sent = useRef(value)
  useEffect(() => {
    // The address changed by other means (a saved view, the back button): follow it.
    if (value !== sent.current) {
      sent.current = value
      setText(value)
    }
  }, [value])
  useEffect(() => {
    if (text.trim() === sent.current) return
    const wait = setTimeout(() => {
      sent.current = text.trim()
      change(text.trim() || undefined)
    }, BREATH)
    return () => clearTimeout(wait)
  }, [text, change])
  return (
    <TextInput
      id="list-search"
      type="search"
      className="list-search"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
        // From the words straight to the first thing found.
        if (event.key === 'Enter' || event.key === 'ArrowDown') {
          event.preventDefault()
          document.querySelector<HTMLElement>('[data-index="0"] a')?.focus()
        }
      }}
      leftSection={busy ? <Icon name="spin" className="spin" size={16} /> : <Icon name="search" size={16} />}
      rightSectionPointerEvents="all"
      rightSection={
        text ? (
          <CloseButton size="sm" aria-label={say({ id: 'Kosongkan pencarian', en: 'Clear search' })} onClick={() => setText('')} />
        ) : (
          <kbd aria-hidden>/</kbd>
        )
      }
      autoComplete="off"
      spellCheck={false}
    />
  )
}
