// What the stories of keys share: issuing one, and a device that has nothing else.
import { expect } from 'vitest'
import { api } from '#app/api.ts'
import { announceMembers } from '#kernel/access/kept-members.ts'
import type { Answer, Client, World } from '#test/world.ts'

export const soon = (days = 30): string => new Date(Date.now() + days * 86_400_000).toISOString()
export type Asked = { name?: string; scopes?: string[]; networks?: string[]; expires_at?: string; visibility?: object; attributes?: object }
export const issue = (client: Client, asked: Asked = {}): Promise<Answer> =>
  client.post('/core/api_keys/issuance', { name: 'Papan cuaca', scopes: ['library.*:read'], expires_at: soon(), ...asked })
export const issued = async (client: Client, asked: Asked = {}): Promise<{ id: string; key: string; prefix: string }> => {
  const answer = await issue(client, asked)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

/** A device: no browser, no cookie, no origin; only the key. */
export type Device = Pick<Client, 'get' | 'post' | 'patch' | 'delete'>
export function deviceOf(world: World, key: string, more: Record<string, string> = {}, app = api(world.house)): Device {
  const send =
    (method: string) =>
    async (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
      const response = await app.request(path.startsWith('/api') ? path : `/api/sukamaju${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...more,
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return {
        status: response.status,
        body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
        headers: response.headers,
      }
    }
  return { get: send('GET'), post: send('POST'), patch: send('PATCH'), delete: send('DELETE') }
}

/** Gives a member of Sukamaju another role, straight in the database, as a change by somebody else. */
export async function moveTo(world: World, username: string, roleId: string): Promise<void> {
  const tenantId = await world.tenantId('sukamaju')
  await world.house.database.owner.query('update core.memberships set role_id = $3 where tenant_id = $1 and username = $2', [
    tenantId,
    username,
    roleId,
  ])
  await announceMembers(world.house, tenantId)
}
