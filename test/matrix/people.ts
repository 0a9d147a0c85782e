// People of the matrices: somebody whose role is made for the test, and what everybody's answers must never contain.
import { expect } from 'vitest'
import { resolvePermissions } from '#kernel/resource/model.ts'
import { rolesOf } from '#kernel/access/templates.ts'
import { PASSWORD, PEOPLE, type PersonName, type Place } from '../places.ts'
import type { Answer, Client, World } from '../world.ts'

/** Signs in an account that is not one of the named people. */
export async function signIn(world: World, place: Place, login: string): Promise<Client> {
  const nobody = world.anonymous(place)
  const answer = await nobody.post('/api/session', { login, password: PASSWORD })
  expect(answer.status, login).toBe(200)
  const cookie = answer.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  const send =
    (method: 'get' | 'post' | 'put' | 'patch' | 'delete') =>
    (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
      nobody[method](path, body, { cookie, ...headers })
  return { get: send('get'), post: send('post'), put: send('put'), patch: send('patch'), delete: send('delete'), cookie, raw: nobody.raw }
}

/** The same person, but every answer is looked at: never a 500, never one of `forbidden`, always a problem body for a no. */
export function watched(client: Client, forbidden: () => readonly string[]): Client {
  const send =
    (method: 'get' | 'post' | 'put' | 'patch' | 'delete') =>
    async (path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> => {
      const answer = await client[method](path, body, headers)
      const what = `${method.toUpperCase()} ${path}`
      const said = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
      expect(answer.status, `${what} ${said}`).toBeLessThan(500)
      for (const word of forbidden()) expect(said.includes(word), `${what} answered with “${word}”`).toBe(false)
      if (answer.status >= 400) expectProblem(answer, what)
      return answer
    }
  return { ...client, get: send('get'), post: send('post'), put: send('put'), patch: send('patch'), delete: send('delete') }
}

/** A problem document (RFC 9457) with a stable code, in the language of the person. */
export function expectProblem(answer: Answer, what: string): void {
  expect(answer.headers.get('content-type'), what).toContain('application/problem+json')
  expect(answer.body, what).toMatchObject({
    status: answer.status,
    code: expect.stringMatching(/^[a-z_]+$/),
    detail: expect.stringMatching(/\S/),
    request_id: expect.stringMatching(/\S/),
  })
  expect(answer.body.code, what).not.toBe('unexpected')
}

/** What a named person may do in a place, told from the role templates alone. */
export function permissionsOf(world: World, person: PersonName, place: Place): ReadonlySet<string> {
  const role = (PEOPLE[person].in as Partial<Record<Place, string>>)[place]
  const templates = rolesOf(world.house.model.modules)
  const patterns = templates.find((t) => t.name === role)?.permissions ?? []
  const own = ['read', 'create', 'update', 'delete', 'restore'].map((verb) => `core.saved_views:${verb}`)
  return resolvePermissions(world.house.model, [...patterns, ...own])
}
