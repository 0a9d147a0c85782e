// The kernel's own resources: members come to be by an account, roles hold only known permissions.
import { pdf, upload } from '#kernel/documents/test-files.ts'
import type { Maker } from '../maker.ts'
import type { Samples } from './sample.ts'

/** A file that somebody has uploaded, and nothing has claimed. */
async function uploaded(maker: Maker): Promise<string> {
  const answer = await upload(maker.client, `berkas-${maker.number()}.pdf`, pdf('', `% ${maker.number()}`))
  if (answer.status !== 201) throw new Error(`No upload: ${JSON.stringify(answer.body)}`)
  return answer.body.id
}

const attached = async (maker: Maker): Promise<Record<string, unknown>> => ({
  upload_id: await uploaded(maker),
  type_id: (await maker.make('core.document_types')).id,
  title: `${maker.marker} ${maker.number()}`,
  // Soon, so that somebody is reminded of it.
  expiry_date: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10),
  resource: 'registry.citizens',
  resource_id: (await maker.make('registry.citizens')).id,
})

async function document(maker: Maker): Promise<{ id: string; version_id: string }> {
  const answer = await maker.client.post('/core/documents/attachment', await attached(maker))
  if (answer.status !== 200) throw new Error(`No document: ${JSON.stringify(answer.body)}`)
  return answer.body
}

const toRecord = async (maker: Maker): Promise<Record<string, unknown>> => ({
  resource: 'registry.citizens',
  resource_id: (await maker.make('registry.citizens')).id,
})

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
  'core.document_types': { values: () => ({ mime_types: [], max_bytes: null, metadata: {} }) },
  'core.documents': {
    through: 'registry.citizens',
    make: async (maker) => (await document(maker)).id,
    inputs: { attachment: attached, revision: async (maker) => ({ upload_id: await uploaded(maker) }), link: toRecord },
  },
  'core.document_versions': { through: 'registry.citizens', make: async (maker) => (await document(maker)).version_id },
  // A second one: the last link of a document stays.
  'core.document_links': {
    through: 'registry.citizens',
    make: async (maker) => {
      const { id } = await document(maker)
      const answer = await maker.client.post(`/core/documents/${id}/link`, await toRecord(maker))
      if (answer.status !== 200) throw new Error(`No link: ${JSON.stringify(answer.body)}`)
      const { body } = await maker.client.get(`/core/document_links?document_id=${id}`)
      return body.data[0].id
    },
  },
}
