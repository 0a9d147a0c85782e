// The kernel's own resources: members come to be by an account, roles hold only known permissions.
import type { Samples } from './sample.ts'

const account = (n: number, marker: string, role: string) => ({ name: `${marker} ${n}`.slice(0, 100), username: `anggota-${n}`, email: null, password: 'Gotong-Royong-1945', role_id: role })

export const core: Samples = {
  'core.roles': { values: () => ({ permissions: ['library.books:read'], visibility: {} }) },
  'core.memberships': {
    make: async (maker, n) => {
      const role = await maker.make('core.roles')
      const answer = await maker.client.post('/core/memberships/account', account(n, maker.marker, role.id))
      if (answer.status !== 200) throw new Error(`No account: ${JSON.stringify(answer.body)}`)
      return answer.body.id
    },
    inputs: { account: async (maker) => account(maker.number(), maker.marker, (await maker.make('core.roles')).id) },
  },
  'core.saved_views': { values: () => ({ shared: true }) },
}
