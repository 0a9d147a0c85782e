// The next allowed acts as buttons, from the API's answer and never guessed; each asks for what it needs in a small form.
import { Button, Menu } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { lazy, Suspense, useState } from 'react'
import type { ActionFacts, ResourceFacts, RowJson } from '../model.ts'
import { Icon } from '../parts/Icon.tsx'
import { actionScreen, type ActionScreenProps } from '../screens.ts'
import { useSay } from '../words.tsx'

// Not part of a list's first load: most people look before they act.
const ActionForm = lazy(() => import('./ActionForm.tsx').then((m) => ({ default: m.ActionForm })))

type Props = { resource: ResourceFacts; may: readonly string[]; row: RowJson | null; most?: number }

/** Acts as buttons; beyond `most` they gather under one. */
export function ActionButtons({ resource, may, row, most: room = 2 }: Props) {
  const say = useSay()
  const phone = useMediaQuery('(max-width: 47.99em)', innerWidth < 768, { getInitialValueInEffect: false })
  const most = phone && row ? 0 : room
  const [running, setRunning] = useState<ActionFacts | null>(null)
  const open = resource.actions.filter(
    (action) => !action.unlisted && (action.on === 'one') === (row !== null) && may.includes(action.noun),
  )
  if (open.length === 0) return null
  // Grave acts never sit where a hurried hand finds them.
  const calm = open.filter((action) => !action.grave)
  const front = open.length <= most ? open : calm.slice(0, most)
  const rest = open.filter((action) => !front.includes(action))
  return (
    <>
      {front.map((action) => (
        <Button key={action.noun} variant="default" onClick={() => setRunning(action)}>
          {say(action.label)}
        </Button>
      ))}
      {rest.length > 0 && (
        <Menu position="bottom-end" width={240}>
          <Menu.Target>
            <Button variant="default" rightSection={<Icon name="down" size={15} />}>
              {front.length ? say({ id: 'Tindakan lain', en: 'More actions' }) : say({ id: 'Tindakan', en: 'Actions' })}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((action) => (
              <Menu.Item key={action.noun} onClick={() => setRunning(action)} {...(action.grave ? { color: 'harm' } : {})}>
                {say(action.label)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {running && (
        <Suspense>
          <Asking resource={resource} action={running} row={row} close={() => setRunning(null)} />
        </Suspense>
      )}
    </>
  )
}

/** The module's own form where it has one, else the form made of the input's fields. */
function Asking(props: ActionScreenProps) {
  const own = actionScreen(props.resource.name, props.action.noun)
  return own ? <own.component {...props} /> : <ActionForm {...props} />
}
