// Writes that come from another site, and those that only look like it.
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { requireSameOrigin } from './same-origin.ts'

const app = new Hono()
app.use(requireSameOrigin({ baseUrl: 'https://balai.sukamaju.example' }))
app.all('/x', (c) => c.text('ok'))
app.onError((error, c) => c.text((error as { code?: string }).code ?? 'unexpected', 403))

async function ask(headers: Record<string, string>, method = 'POST'): Promise<string> {
  const answer = await app.request('http://10.0.0.5:3000/x', { method, headers: { host: '10.0.0.5:3000', ...headers } })
  return answer.text()
}
const cookie = 'theme=dark; balai.session=abc'

it.each([
  ['our own page', { cookie, origin: 'https://balai.sukamaju.example' }],
  ['our own page, by the office network address', { cookie, origin: 'http://10.0.0.5:3000' }],
  ['a browser that says so itself', { cookie, 'sec-fetch-site': 'same-origin' }],
  ['a program without a cookie', {}],
])('lets through %s', async (_, headers) => expect(await ask(headers as Record<string, string>)).toBe('ok'))

it.each([
  ['another site', { cookie, origin: 'https://evil.example' }],
  ['another site, even before signing in', { origin: 'https://evil.example' }],
  ['a sandboxed frame', { cookie, origin: 'null' }],
  ['a neighbouring site', { cookie, 'sec-fetch-site': 'same-site' }],
  ['a cookie from nowhere', { cookie }],
  ['something that is no address', { cookie, origin: 'balai' }],
])('refuses %s', async (_, headers) => expect(await ask(headers as Record<string, string>)).toBe('cross_origin'))

it('leaves reading alone', async () => expect(await ask({ cookie, origin: 'https://evil.example' }, 'GET')).toBe('ok'))
