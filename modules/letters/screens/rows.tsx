// A list of things a template asks for: each in a card of its own that can be moved and removed.
import { ActionIcon, Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Words } from '#kernel/words.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { useSay } from '#web/words.tsx'

type Props<T> = {
  readonly label: string
  readonly help: string
  readonly empty: Words
  readonly add: Words
  readonly items: readonly T[]
  readonly fresh: () => T
  readonly named: (item: T) => string
  readonly error: string | undefined
  readonly max: number
  readonly set: (items: T[]) => void
  readonly children: (item: T, change: (part: Partial<T>) => void, index: number) => ReactNode
}

export function Rows<T>({ label, help, empty, add, items, fresh, named, error, max, set, children }: Props<T>) {
  const say = useSay()
  const move = (from: number, to: number): void => {
    const next = [...items]
    const [one] = next.splice(from, 1)
    if (one !== undefined) next.splice(to, 0, one)
    set(next)
  }
  return (
    <fieldset className="asked">
      <legend className="mantine-InputWrapper-label">{label}</legend>
      <p className="quiet small">{help}</p>
      {items.length === 0 && <p className="soft">{say(empty)}</p>}
      <ul className="asked-list">
        {items.map((item, index) => (
          <li key={index} className="asked-one">
            <div className="asked-fields">
              {children(item, (part) => set(items.map((one, i) => (i === index ? { ...one, ...part } : one))), index)}
            </div>
            <div className="asked-acts">
              <ActionIcon
                variant="subtle"
                size={36}
                disabled={index === 0}
                aria-label={say({ id: 'Naikkan {name}', en: 'Move {name} up' }, { name: named(item) })}
                onClick={() => move(index, index - 1)}
              >
                <Icon name="up" size={16} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="harm"
                size={36}
                aria-label={say({ id: 'Hapus {name}', en: 'Remove {name}' }, { name: named(item) })}
                onClick={() => set(items.filter((_, i) => i !== index))}
              >
                <Icon name="trash" size={16} />
              </ActionIcon>
            </div>
          </li>
        ))}
      </ul>
      <Button
        variant="default"
        size="compact-md"
        disabled={items.length >= max}
        leftSection={<Icon name="plus" size={15} />}
        onClick={() => set([...items, fresh()])}
      >
        {say(add)}
      </Button>
      {error && (
        <p role="alert" className="letter-error">
          {error}
        </p>
      )}
    </fieldset>
  )
}
