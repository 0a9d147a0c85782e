// A day that can be typed in any usual way, or picked from the device's own calendar.
import './inputs.css'
import { ActionIcon, TextInput } from '@mantine/core'
import { useContext, useEffect, useRef, useState } from 'react'
import { Icon } from '../../parts/Icon.tsx'
import { CommunityContext } from '../../tenant.tsx'
import { useSay } from '../../words.tsx'
import { readDay, typedDay } from '../days.ts'
import type { InputProps } from './props.ts'

/** What cannot be read as a day is handed on as typed, so that the rules can say what is wrong. */
export function DayInput({ value, change, leave, label, ...rest }: InputProps<string | null>) {
  const say = useSay()
  const today = useContext(CommunityContext)?.model.tenant.today ?? new Date().toISOString().slice(0, 10)
  const [text, setText] = useState(value ? typedDay(value) : '')
  const native = useRef<HTMLInputElement>(null)
  const told = useRef(value)
  useEffect(() => {
    if (value !== told.current) {
      told.current = value
      setText(value ? typedDay(value) : '')
    }
  }, [value])
  const tell = (next: string | null): void => {
    told.current = next
    change(next)
  }
  return (
    <TextInput
      {...rest}
      label={label}
      value={text}
      inputMode="numeric"
      placeholder={say({ id: 'hh-bb-tttt', en: 'dd-mm-yyyy' })}
      autoComplete="off"
      onChange={(event) => {
        setText(event.currentTarget.value)
        tell(event.currentTarget.value.trim() ? (readDay(event.currentTarget.value, today) ?? event.currentTarget.value) : null)
      }}
      onBlur={() => {
        const day = readDay(text, today)
        if (day) setText(typedDay(day))
        leave?.()
      }}
      rightSectionPointerEvents="all"
      rightSection={
        <span className="day-pick">
          <input
            ref={native}
            type="date"
            className="native-day"
            tabIndex={-1}
            aria-hidden
            value={value && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : ''}
            onChange={(event) => {
              setText(typedDay(event.currentTarget.value))
              tell(event.currentTarget.value || null)
            }}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            tabIndex={-1}
            onClick={() => native.current?.showPicker()}
            aria-label={say({ id: 'Kalender', en: 'Calendar' })}
          >
            <Icon name="calendar" size={17} />
          </ActionIcon>
        </span>
      }
    />
  )
}
