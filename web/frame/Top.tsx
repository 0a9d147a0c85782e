// Top: find anything, what is still running, what is new, and me.
import { ActionIcon } from '@mantine/core'
import type { Me } from '../model.ts'
import { Bell } from '../notices/Bell.tsx'
import { Icon } from '../parts/Icon.tsx'
import { useSay } from '../words.tsx'
import { JobTray } from './JobTray.tsx'
import { MeMenu } from './MeMenu.tsx'
import { Switcher } from './Side.tsx'

const mac = /Mac|iPhone|iPad/.test(navigator.platform)

export function Top({ me, find }: { me: Me; find: () => void }) {
  const say = useSay()
  return (
    <header className="top">
      <div className="top-community">
        <Switcher me={me} />
      </div>
      <button type="button" className="plain finder" onClick={find} aria-keyshortcuts="Control+K Meta+K">
        <Icon name="search" />
        <span>{say({ id: 'Cari orang, data, halaman, tindakan', en: 'Find people, records, pages, actions' })}</span>
        <kbd>{mac ? '⌘' : 'Ctrl'} K</kbd>
      </button>
      <div className="row top-end">
        <ActionIcon
          className="finder-small"
          variant="subtle"
          color="gray"
          size="lg"
          onClick={find}
          aria-label={say({ id: 'Cari', en: 'Find' })}
        >
          <Icon name="search" />
        </ActionIcon>
        <JobTray />
        <Bell />
        <MeMenu me={me} />
      </div>
    </header>
  )
}
