// A number that groups as you type, in the reader's own signs; the value stays an exact string with a point.
import { TextInput } from '@mantine/core'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useLanguage } from '../../words.tsx'
import { separators } from '../../words/formats.ts'
import type { InputProps } from './props.ts'

type Props = InputProps<string | null> & { scale: number; prefix?: string }

export function DecimalInput({ value, change, leave, scale, prefix, ...rest }: Props) {
  const { locale } = useLanguage()
  const { group, point } = separators(locale)
  const show = (plain: string | null): string => (plain === null ? '' : grouped(plain.replace('.', point), group, point))
  const [text, setText] = useState(show(value))
  const told = useRef(value)
  const box = useRef<HTMLInputElement>(null)
  const caret = useRef<number | null>(null)
  useEffect(() => {
    if (value !== told.current) {
      told.current = value
      setText(show(value))
    }
  }, [value])
  // Grouping moves the text; the caret stays behind the same digit, counted from the right.
  useLayoutEffect(() => {
    if (caret.current === null || !box.current) return
    const place = Math.max(0, text.length - caret.current)
    box.current.setSelectionRange(place, place)
    caret.current = null
  }, [text])
  return (
    <TextInput
      {...rest}
      ref={box}
      value={text}
      inputMode={scale > 0 ? 'decimal' : 'numeric'}
      autoComplete="off"
      {...(prefix ? { leftSection: <span className="soft small">{prefix}</span> } : {})}
      onChange={(event) => {
        const raw = event.currentTarget.value
        caret.current = raw.length - (event.currentTarget.selectionStart ?? raw.length)
        const clean = raw.split(group).join('')
        setText(grouped(clean, group, point))
        told.current = clean.trim() ? clean.trim().replace(point, '.') : null
        change(told.current)
      }}
      onBlur={() => leave?.()}
    />
  )
}

const grouped = (text: string, group: string, point: string): string => {
  const clean = text.split(group).join('')
  const [whole = '', ...rest] = clean.split(point)
  if (!/^-?\d*$/.test(whole)) return text
  return [whole.replace(/\B(?=(\d{3})+$)/g, group), ...rest].join(point)
}
