// The kernel's own resources: members come to be by an account, roles hold only known permissions.
import type { Samples } from './sample.ts'

const invitation = (n: number, marker: string, role: string) => ({
  name: `${marker} ${n}`.slice(0, 100),
  email: `undangan-${n}@desa-contoh.id`,
  phone: null,
  role_id: role,
})

const account = (n: number, marker: string, role: string) => ({
  name: `${marker} ${n}`.slice(0, 100),
  username: `anggota-${n}`,
  email: null,
  password: 'Gotong-Royong-1945',
  role_id: role,
})

const key = (n: number, marker: string) => ({
  name: `${marker} ${n}.`.slice(0, 100),
  scopes: ['library.books:read'],
  expires_at: new Date(Date.now() + 86_400_000).toISOString(),
})

export const core: Samples = {
  'core.roles': { values: () => ({ permissions: ['library.books:read'], visibility: {} }) },
  'core.memberships': {
    make: async (maker, n) => {
      const role = await maker.make('core.roles')
      const answer = await maker.client.post('/core/memberships/account', account(n, maker.marker, role.id))
      if (answer.status !== 200) throw new Error(`No account: ${JSON.stringify(answer.body)}`)
      return answer.body.id
    },
    inputs: {
      role: async (maker) => ({ role_id: (await maker.make('core.roles')).id, reason: 'Mutasi tahunan' }),
      account: async (maker) => account(maker.number(), maker.marker, (await maker.make('core.roles')).id),
    },
  },
  // Made by the database when somebody is given a role.
  'core.role_history': {
    make: async (maker) => {
      const { id } = await maker.make('core.memberships')
      return (await maker.client.get(`/core/role_history?membership_id=${id}`)).body.data[0].id
    },
  },
  'core.access_rules': { values: () => ({ weekdays: ['mon', 'tue'], from_time: '08:00', until_time: '16:00', networks: ['10.0.0.0/8'] }) },
  'core.invitations': {
    make: async (maker, n) => {
      const role = await maker.make('core.roles')
      const answer = await maker.client.post('/core/invitations/invitation', invitation(n, maker.marker, role.id))
      if (answer.status !== 200) throw new Error(`No invitation: ${JSON.stringify(answer.body)}`)
      return answer.body.id
    },
    inputs: { invitation: async (maker) => invitation(maker.number(), maker.marker, (await maker.make('core.roles')).id) },
  },
  'core.holidays': { values: (n) => ({ date: new Date(Date.UTC(2001, 0, n)).toISOString().slice(0, 10) }) },
  'core.saved_views': { values: () => ({ shared: true }) },
  // There is one row per kind, and the kinds are few.
  'core.notification_words': { single: true, values: () => ({ kind: 'core.work_failed' }) },
  'core.settings': { values: (n) => ({ key: `jam_${n}`, data_type: 'STRING', validation_rule: null }) },
  'core.api_keys': {
    make: async (maker, n) => {
      const answer = await maker.client.post('/core/api_keys/issuance', key(n, maker.marker))
      if (answer.status !== 200) throw new Error(`No key: ${JSON.stringify(answer.body)}`)
      return answer.body.id
    },
    inputs: { issuance: async (maker) => key(maker.number(), maker.marker), revocation: async () => ({}) },
  },
}
