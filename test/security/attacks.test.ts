// What a stranger or a spiteful clerk would try from outside, line by line of docs/threat-model.md.
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serve, type Serving } from '#app/serve.ts'
import { type Answer, type Client, openWorld, type World } from '#test/world.ts'

let world: World
let serving: Serving
let siti: Client
let andi: Client

beforeAll(async () => {
  world = await openWorld()
  serving = await serve({ ...world.house, close: async () => {} }, false)
  ;[siti, andi] = [await world.as('siti'), await world.as('andi')]
})
afterAll(async () => {
  await serving.stop()
  await world.close()
})

const EVIL = 'https://jahat.example'
const NOBODY = '01900000-0000-7000-8000-000000000000'
const WARGA = {
  name: 'Warga Uji',
  gender: 'L',
  birth_place: 'Garut',
  birth_date: '1990-05-17',
  religion: 'ISLAM',
  education: 'SMA',
  occupation: 'PETANI',
  marital_status: 'KAWIN',
}
const wordsOf = (answer: Answer): string => JSON.stringify(answer.body)

/** Sends bytes as they are, without a client that would tidy them; answers the head and body that came back. */
const wire = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(serving.port, '127.0.0.1', () => socket.write(text))
    let said = ''
    socket.on('data', (chunk) => (said += chunk.toString('latin1')))
    socket.on('end', () => resolve(said))
    socket.on('error', reject)
    setTimeout(() => (socket.destroy(), resolve(said)), 1_500).unref()
  })
const ask = (path: string): Promise<string> => wire(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)

describe('another site in the person’s browser', () => {
  const writes: readonly (readonly [string, string])[] = [
    ['POST', '/registry/citizens'],
    ['PATCH', `/registry/citizens/${NOBODY}`],
    ['DELETE', `/registry/citizens/${NOBODY}`],
    ['POST', '/registry/citizens/batch'],
    ['POST', '/imports'],
  ]
  test.each(writes)('cannot send %s %s in Siti’s name', async (method, path) => {
    for (const headers of [
      { origin: EVIL },
      { origin: 'null' },
      { origin: EVIL, 'sec-fetch-site': 'cross-site' },
      { origin: '', 'sec-fetch-site': 'same-site' },
    ]) {
      const sent = { ...headers, 'content-type': 'application/json' } as Record<string, string>
      const response = await siti.raw(path, { method, headers: sent, body: method === 'DELETE' ? null : '{}' })
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([403, 'cross_origin'])
    }
  })
  test('cannot sign anybody in or out, nor change their account', async () => {
    for (const [method, path] of [
      ['POST', '/api/session'],
      ['DELETE', '/api/session'],
      ['PATCH', '/api/me'],
      ['PUT', '/api/me/password'],
      ['DELETE', '/api/me/sessions'],
    ] as const) {
      const response = await siti.raw(path, {
        method,
        headers: { origin: EVIL, 'content-type': 'application/json' },
        body: method === 'DELETE' ? null : '{}',
      })
      expect([path, response.status]).toEqual([path, 403])
    }
    expect((await siti.get('/api/me')).status).toBe(200)
  })
  test('cannot send a form as JSON', async () => {
    const response = await siti.raw('/registry/citizens', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify(WARGA),
    })
    expect(response.status).toBe(415)
  })
  test('cannot read an answer or put the app in a frame', async () => {
    const response = await siti.raw('/registry/citizens', { headers: { origin: EVIL } })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(await ask('/app/')).toMatch(/content-security-policy: [^\r]*frame-ancestors 'none'/i)
  })
})

describe('links that lead away', () => {
  test.each([
    '//jahat.example',
    '/\\jahat.example',
    '/%2F%2Fjahat.example',
    '/app//jahat.example',
    '/https://jahat.example',
    '/?next=//jahat.example',
    '/app?next=https://jahat.example',
  ])('%s stays here', async (path) => {
    const location = /^location: (.*)$/im.exec(await ask(path))?.[1]?.trim()
    if (location !== undefined) expect(new URL(location, 'http://localhost').host).toBe('localhost')
  })
})

describe('fields nobody may set', () => {
  const claims = {
    tenant_id: NOBODY,
    created_by: NOBODY,
    updated_by: NOBODY,
    created_at: '2001-01-01T00:00:00Z',
    version: 99,
    deleted_at: null,
    status: 'DECEASED',
    is_head_of_family: true,
    nik_status: 'PERMANENT',
    area_id: NOBODY,
  }
  test.each(Object.entries(claims))('%s is refused on a new resident, by name', async (field, value) => {
    const { status, body } = await siti.post('/registry/citizens', { ...WARGA, [field]: value })
    expect(status).toBe(422)
    expect(body.errors.map((e: { field: string }) => e.field)).toContain(field)
  })
  test('a clerk cannot make a role, take one, or widen the one they have', async () => {
    const roles = await andi.get('/core/roles')
    const mine = roles.body.data.find((r: { name: string }) => r.name === 'Operator Kependudukan')
    expect((await siti.post('/core/roles', { name: 'Raja', permissions: ['*:*'] })).status).toBeGreaterThanOrEqual(403)
    expect(
      (await siti.patch(`/core/roles/${mine.id}`, { permissions: ['*:*'] }, { 'if-match': `"${mine.version}"` })).status,
    ).toBeGreaterThanOrEqual(403)
    const me = (await andi.get('/core/memberships?q=&limit=50')).body.data.find((m: { username: string }) => m.username === 'siti')
    expect(
      (
        await siti.patch(
          `/core/memberships/${me.id}`,
          { role_id: roles.body.data.find((r: { name: string }) => r.name === 'Administrator').id },
          { 'if-match': `"${me.version}"` },
        )
      ).status,
    ).toBeGreaterThanOrEqual(403)
  })
  test('an account cannot be given rights through its profile', async () => {
    for (const field of ['status', 'email_verified', 'role', 'id', 'two_factor_enabled', 'is_operator'])
      expect((await siti.patch('/api/me', { [field]: true })).status).toBe(422)
  })
})

describe('headers and logs', () => {
  test('a line break in what a client sends ends no header', async () => {
    const answers = [
      await ask('/api/sukamaju%0d%0aset-cookie:%20jahat=1/registry/citizens'),
      await ask('/app/%0d%0ax-jahat:%201'),
      await ask('/sukamaju?lang=id%0d%0ax-jahat:1'),
    ]
    for (const said of answers) expect(said).not.toMatch(/^(set-cookie: jahat|x-jahat)/im)
  })
  test('an export is named by us, whatever the filter says', async () => {
    const response = await siti.raw(`/registry/citizens/export?format=csv&q=${encodeURIComponent('"\r\nx-jahat: 1')}`)
    expect(response.headers.get('x-jahat')).toBeNull()
    expect(response.headers.get('content-disposition') ?? '').toMatch(/^attachment; filename="[a-z0-9._-]+"$/)
  })
  test('the number of a request is ours, not the client’s', async () => {
    const response = await siti.raw(`/registry/citizens/${NOBODY}`, { headers: { 'x-request-id': 'palsu level=error' } })
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
  test('what is written in the change log is what was sent, in one entry', async () => {
    const agent = 'Mozilla/5.0 {"level":60} \u001b[31m palsu'
    const made = await siti.post('/registry/citizens', WARGA, { 'user-agent': agent.replaceAll('\u001b', '') })
    const history = await siti.get(`/registry/citizens/${made.body.id}/history`)
    expect(history.body.data[0].user_agent).toBe(agent.replaceAll('\u001b', ''))
  })
})

describe('files of the machine', () => {
  const climbs = [
    '/app/../../package.json',
    '/app/..%2f..%2fpackage.json',
    '/app/%2e%2e/%2e%2e/package.json',
    '/app/assets/..%2f..%2f..%2fetc/passwd',
    '/app/....//....//etc/passwd',
    '/app/..%5c..%5cpackage.json',
    '/app/%00package.json',
    '/../etc/passwd',
    '/app/.env',
    '/app//etc/passwd',
    '/app/assets/%2e%2e%2f%2e%2e%2fmaster.key',
  ]
  test.each(climbs)('%s shows none', async (path) => {
    const said = await ask(path)
    expect(said).not.toMatch(/root:|"devDependencies"|BALAI_KEY/)
    expect(said).not.toMatch(/^HTTP\/1.1 5/)
  })
  test.each(['/app/%', '/app/%E0%A4%A', '/api/%E0%A4%A/registry/citizens', '/%ff', '/api/sukamaju/registry/citizens/%ff'])(
    '%s, which is no address, is a clear no',
    async (path) => {
      expect(await ask(path)).toMatch(/^HTTP\/1.1 (200|4\d\d)/)
    },
  )
  test('an uploaded file is called what it likes, and lies where we put it', async () => {
    for (const name of ['../../../etc/cron.d/jahat', '..\\..\\x.csv', '/etc/passwd', 'a\u0000b.csv', 'x'.repeat(5_000)]) {
      const form = new FormData()
      form.set('file', new File(['nama;nik\nA;1\n'], name, { type: 'text/csv' }))
      const { status } = await siti.post('/imports', form)
      expect(status).toBeLessThan(500)
    }
  })
})

describe('too much of everything', () => {
  test('a body past its limit is refused before it is read to the end', async () => {
    const response = await siti.raw('/registry/citizens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x'.repeat(1_100_000) }),
    })
    expect(response.status).toBe(413)
  })
  test('depth, breadth and long keys are answered, not suffered', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`kunci_${i}`, i])))
    for (const body of [deep, `{"name":${deep}}`, wide, JSON.stringify({ ['k'.repeat(900_000)]: 1 })]) {
      const began = performance.now()
      const response = await siti.raw('/registry/citizens', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(response.status).toBeLessThan(500)
      expect((await response.text()).length).toBeLessThan(200_000)
      expect(performance.now() - began).toBeLessThan(5_000)
    }
  })
  test('an address of any length is answered', async () => {
    expect((await siti.raw(`/registry/citizens?q=${'a'.repeat(20_000)}`)).status).toBe(414)
    expect(
      (await siti.raw(`/registry/citizens?${Array.from({ length: 400 }, (_, i) => `status=ALIVE&x${i}=1`).join('&')}`)).status,
    ).toBeLessThan(500)
  })
})

describe('patterns that would run for ever', () => {
  const EATERS = [
    'a'.repeat(7_000),
    `${'a'.repeat(3_000)}!`,
    '%'.repeat(2_000),
    `${'0'.repeat(3_000)}x`,
    `${' '.repeat(3_000)}x`,
    '(a+)+$'.repeat(300),
    `${'1-'.repeat(1_500)}x`,
    `${'x@'.repeat(1_500)}`,
  ]
  test('in a search, a filter, a cursor or an order', async () => {
    for (const eater of EATERS)
      for (const name of ['q', 'name', 'birth_date.gte', 'after', 'sort', 'fields', 'family_id']) {
        const began = performance.now()
        const { status } = await siti.get(`/registry/citizens?${name}=${encodeURIComponent(eater).slice(0, 7_000)}`)
        expect([name, status < 500]).toEqual([name, true])
        expect(performance.now() - began).toBeLessThan(2_000)
      }
  })
  test('in any field of any form: every declared pattern is linear in practice', () => {
    for (const r of world.house.model.resources.values())
      for (const [name, f] of Object.entries(r.fields)) {
        if (!f.pattern) continue
        const pattern = new RegExp(`^(?:${f.pattern})$`, 'u')
        const began = performance.now()
        for (const eater of EATERS) pattern.test(eater.repeat(20))
        expect([r.name, name, performance.now() - began < 200]).toEqual([r.name, name, true])
      }
  })
})

describe('the prototype of everything', () => {
  const payloads = [
    '{"__proto__":{"polluted":"ya"}}',
    '{"constructor":{"prototype":{"polluted":"ya"}}}',
    '{"name":"A","__proto__":{"permissions":["*:*"]}}',
  ]
  test('cannot be reached by a body, a filter or a name', async () => {
    for (const body of payloads)
      for (const path of ['/registry/citizens', '/core/saved_views', '/registry/citizens/batch']) {
        const response = await siti.raw(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
        expect(response.status).toBeLessThan(500)
      }
    for (const name of ['__proto__', 'constructor', 'toString', '__proto__.polluted', 'hasOwnProperty'])
      for (const path of [
        `/registry/citizens?${name}=ya`,
        `/registry/citizens?sort=${name}`,
        `/registry/citizens?fields=${name}`,
        `/registry/${name}`,
        `/${name}/citizens`,
        `/registry/citizens/${name}`,
      ]) {
        const { status } = await siti.get(path)
        expect([path, status >= 400 && status < 500]).toEqual([path, true])
      }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(({} as Record<string, unknown>)['permissions']).toBeUndefined()
  })
  test('a kept view with such names comes back as plain data', async () => {
    const response = await siti.raw('/core/saved_views', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"uji","resource":"registry.citizens","definition":{"__proto__":{"polluted":"ya"},"a":1}}',
    })
    expect(response.status).toBeLessThan(500)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe('a spreadsheet that acts', () => {
  test('an exported name that looks like a formula is text in every format', async () => {
    for (const name of ['=HYPERLINK("http://jahat.example")', '+1+1', '-2+3', '@SUM(1)', '\t=1'])
      await siti.post('/registry/citizens', { ...WARGA, name })
    const text = await (await siti.raw('/registry/citizens/export?format=csv&q=HYPERLINK')).text()
    expect(text).toContain('HYPERLINK')
    for (const cell of text.split(/[\r\n;]+/)) expect(cell.replace(/^"/, '')).not.toMatch(/^[=+@\t]|^-\D/)
  })
})

describe('scripts in words', () => {
  test('a name with a script in it is only a name, also on the public page', async () => {
    const name = '<script>alert(1)</script><img src=x onerror=alert(1)>'
    const made = await siti.post('/registry/citizens', { ...WARGA, name })
    expect([made.status, made.body.name]).toEqual([201, name])
    const response = await siti.raw(`/registry/citizens/${made.body.id}`)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    const profile =
      (await andi.get('/registry/village_profiles?limit=1')).body.data[0] ??
      (await andi.post('/registry/village_profiles', { name: 'Sukamaju', code: '3205012001', head_name: 'Kades' })).body
    expect(
      (await andi.patch(`/registry/village_profiles/${profile.id}`, { address: name }, { 'if-match': `"${profile.version}"` })).status,
    ).toBe(200)
    expect(await ask('/sukamaju')).not.toContain('<script>alert')
    expect(await ask('/app/')).toMatch(/content-security-policy: [^\r]*script-src 'self'(;| )/i)
  })
})

describe('ids of other people', () => {
  test('a resident of another village cannot be read, changed, moved, listed or exported by id', async () => {
    const made = await world.as('made')
    const theirs = (await made.post('/registry/citizens', WARGA)).body.id as string
    for (const path of [`/registry/citizens/${theirs}`, `/registry/citizens/${theirs}/history`])
      expect((await siti.get(path)).status).toBe(404)
    expect((await siti.patch(`/registry/citizens/${theirs}`, { name: 'Diambil' }, { 'if-match': '"1"' })).status).toBe(404)
    expect((await siti.delete(`/registry/citizens/${theirs}`, undefined, { 'if-match': '"1"' })).status).toBe(404)
    expect((await siti.post(`/registry/citizens/${theirs}/death`, { occurred_on: '2024-01-01', reported_on: '2024-01-01' })).status).toBe(
      404,
    )
    expect(wordsOf(await siti.get('/registry/citizens?limit=200'))).not.toContain(theirs)
    expect((await siti.get(`/api/merantian/registry/citizens/${theirs}`)).status).toBe(404)
    expect((await made.get(`/registry/citizens/${theirs}`)).body.name).toBe(WARGA.name)
  })
})
