// The end of a form: what went wrong, the button that sends it, and the way out.
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Note } from '../parts/States.tsx'
import { useSay } from '../words.tsx'

type Props = {
  failure: string | null
  busy: boolean
  cancel: () => void
  /** What the button says; "Save" when absent. */
  send?: string
  color?: string
  /** One form of several on a page: its button does not stand out. */
  quiet?: boolean
  disabled?: boolean
  /** In a dialog that may lie on another one: Escape closes only the upper one. */
  onTop?: boolean
  children?: ReactNode
}

export function FormEnd({ failure, busy, cancel, send, color, quiet, disabled, onTop, children }: Props) {
  const say = useSay()
  return (
    <>
      <div role="alert">{failure && <Note tone="harm">{failure}</Note>}</div>
      <div className="row">
        <Button
          type="submit"
          loading={busy}
          disabled={disabled ?? false}
          {...(color ? { color } : {})}
          {...(quiet ? { variant: 'default' } : {})}
        >
          {send ?? say({ id: 'Simpan', en: 'Save' })}
        </Button>
        <Button variant="subtle" color="gray" onClick={cancel} {...(onTop ? { 'data-mantine-stop-propagation': 'true' } : {})}>
          {say({ id: 'Batal', en: 'Cancel' })}
        </Button>
        {children}
      </div>
    </>
  )
}
