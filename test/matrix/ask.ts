// Puts a module's question the way it wants to be put: in the address, or as a body.
import type { Query } from '#kernel/resource/query.ts'
import type { Answer, Client } from '../world.ts'

/** `place`: another community's address, `/api/merantian`; default: the client's own. */
export const askQuery = (
  client: Pick<Client, 'get' | 'post'>,
  q: Pick<Query, 'name' | 'by'>,
  input: Readonly<Record<string, string>> = {},
  place = '',
): Promise<Answer> => {
  const path = `${place}/${q.name.replace('.', '/')}`
  if (q.by === 'POST') return client.post(path, input)
  const asked = Object.entries(input).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return client.get(asked.length ? `${path}?${asked.join('&')}` : path)
}
