// Signed in, but not now or not from here: says when and where, and offers the way out.
import { Button } from '@mantine/core'
import type { ApiProblem } from '../api.ts'
import { Icon } from '../parts/Icon.tsx'
import { Trouble } from '../parts/States.tsx'
import { useSay } from '../words.tsx'
import { useSignOut } from './MeMenu.tsx'

export function ShutOut({ error, retry }: { error: ApiProblem; retry: () => void }) {
  const say = useSay()
  const signOut = useSignOut()
  return (
    <main>
      <Trouble error={error} retry={retry} />
      <p style={{ textAlign: 'center' }}>
        <Button variant="subtle" color="gray" onClick={() => void signOut()} leftSection={<Icon name="out" size={17} />}>
          {say({ id: 'Keluar', en: 'Sign out' })}
        </Button>
      </p>
    </main>
  )
}
