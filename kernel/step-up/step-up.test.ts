// The PIN: made with the password, asked for at what is grave, in every path; guessed at in vain; and a proof that serves nobody else.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleSecurity } from '#kernel/security-log/security-log.ts'
import { intoState } from '#test/matrix/into-state.ts'
import { makerOf, pathOf, type Maker } from '#test/matrix/maker.ts'
import { sampleFor } from '#test/matrix/samples/index.ts'
import { PASSWORD, PIN } from '#test/places.ts'
import { STEP_UP } from '#test/say-pin.ts'
import { type Answer, type Client, openWorld, type World } from '#test/world.ts'

let world: World
let andi: Client
let siti: Client
let maker: Maker
beforeAll(async () => {
  world = await openWorld()
  ;[andi, siti] = [await world.as('andi'), await world.as('siti')]
  maker = makerOf(world, andi, 'Sukamaju')
})
afterAll(() => world?.close())

/** Sends no proof, or exactly this one. */
const showing = (token = ''): Record<string, string> => ({ [STEP_UP]: token })
const proofOf = async (client: Client): Promise<string> => (await client.post('/step-up', { pin: PIN })).body.token
const remove = async (client: Client, token = '', resource = 'registry.families'): Promise<Answer> => {
  const { id } = await maker.make(resource)
  return client.delete(`/${resource.replace('.', '/')}/${id}`, undefined, { 'if-match': '"1"', ...showing(token) })
}
const events = async (kind: string): Promise<number> => {
  await settleSecurity(world.house)
  return (
    await world.house.database.owner.query<{ n: number }>(
      'select coalesce(sum(times), 0)::int as n from core.security_events where kind = $1',
      [kind],
    )
  ).rows[0]!.n
}

describe('a PIN is made by whoever knows the password', () => {
  test('without one, what is grave is refused with words that say where to make it', async () => {
    expect(await siti.get('/pin')).toMatchObject({ status: 200, body: { set_at: null, tries_left: null, locked_until: null } })
    expect(await remove(siti)).toMatchObject({
      status: 403,
      body: { code: 'pin_not_set', permission: 'registry.families:delete', detail: expect.stringContaining('Akun saya') },
    })
    expect(await siti.post('/step-up', { pin: PIN })).toMatchObject({ status: 403, body: { code: 'pin_not_set' } })
  })

  test('a wrong password, an easy PIN, no PIN are refused at their field', async () => {
    const wrong = async (body: object): Promise<unknown> => {
      const { status, body: said } = await siti.put('/pin', body)
      expect(status).toBe(422)
      return said.errors
    }
    expect(await wrong({ pin: PIN, password: 'bukan-sandinya' })).toMatchObject([{ field: 'password', code: 'wrong_password' }])
    for (const pin of ['123456', '170845', '199001', '111111', '738837'])
      expect(await wrong({ pin, password: PASSWORD }), pin).toMatchObject([{ field: 'pin', code: 'easy_to_guess' }])
    for (const pin of ['73821', '7382145', '73821a', '７３８２１４', '', null, 738214, [PIN]])
      expect(await wrong({ pin, password: PASSWORD }), String(pin)).toMatchObject([{ field: 'pin' }])
    expect(await wrong({ pin: PIN, password: PASSWORD, membership_id: 'x' })).toMatchObject([{ code: 'unknown_field' }])
    expect((await siti.get('/pin')).body.set_at).toBe(null)
  })

  test('made, it is nowhere to be read: not in answers, not in the log, and in the table as a hash', async () => {
    expect((await siti.put('/pin', { pin: PIN, password: PASSWORD })).status).toBe(204)
    expect(await siti.get('/pin')).toMatchObject({ body: { set_at: expect.stringMatching(/^20/), tries_left: 5, locked_until: null } })
    const { owner } = world.house.database
    const { rows } = await owner.query<{ hash: string }>('select hash from core.member_pins')
    expect(rows.map((r) => r.hash)).toEqual([expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1,keyid=[0-9a-f]{16}\$/)])
    expect(
      (
        await owner.query(
          `select 1 from core.audit_logs where coalesce(before, '{}')::text || coalesce(after, '{}')::text ~ 'argon2id|${PIN}'`,
        )
      ).rowCount,
    ).toBe(0)
    expect(await events('pin_set')).toBe(1)
    const members = JSON.stringify((await andi.get('/core/memberships?limit=200')).body)
    expect(members).not.toMatch(/argon2id|pin/)
  })
})

describe('what is grave asks for the PIN, in every path', () => {
  test('the model says which', async () => {
    const { body } = await andi.get('/model')
    const grave = body.modules.flatMap((m: any) => m.resources.flatMap((r: any) => r.sensitive.map((verb: string) => `${r.name}:${verb}`)))
    expect(grave.toSorted()).toEqual([...world.house.model.sensitive].toSorted())
    expect(grave).toEqual(
      expect.arrayContaining([
        'registry.citizens:delete',
        'registry.families:delete',
        'core.roles:update',
        'core.roles:delete',
        'core.memberships:delete',
      ]),
    )
  })

  test('every sensitive permission, one by one and in a batch, is closed without the proof and open with it', async () => {
    await andi.put('/pin', { pin: PIN, password: PASSWORD })
    const token = await proofOf(andi)
    for (const permission of world.house.model.sensitive) {
      const [name = '', verb = ''] = permission.split(':')
      const r = world.house.model.resources.get(name)!
      const ask = async (shown: string): Promise<{ one: Answer; many: Answer | null }> => {
        const ready = sampleFor(name).ready?.[verb]
        const id = ready ? await ready(maker) : (await maker.make(name)).id
        const flow = ready ? undefined : world.house.model.workflows.get(name)
        const move = flow?.moves.find((m) => m.noun === verb)
        if (flow && move) await intoState(world, await world.tenantId('sukamaju'), flow, id, move.from[0]!)
        const path = pathOf(r)
        const version = { 'if-match': `"${(await andi.get(`${path}/${id}`)).body.version}"`, ...showing(shown) }
        if (verb === 'delete')
          return {
            one: await andi.delete(`${path}/${id}`, undefined, version),
            many: await andi.post(`${path}/batch`, { action: 'delete', items: [{ id: (await maker.make(name)).id }] }, showing(shown)),
          }
        if (verb === 'update')
          return {
            one: await andi.patch(`${path}/${id}`, {}, version),
            many: await andi.post(`${path}/batch`, { action: 'update', items: [{ id }], changes: {} }, showing(shown)),
          }
        if (verb === 'export') return { one: await andi.get(`${path}/export`, undefined, showing(shown)), many: null }
        const action = world.house.model.actions.get(name)?.find((a) => a.noun === verb)
        const input = action
          ? await maker.input(name, verb, action.input)
          : { fields: [Object.entries(r.fields).find(([, f]) => f.secret)?.[0]] }
        return {
          one: await andi.post(
            action?.on === 'many' ? `${path}/${verb}` : `${path}/${id}/${action ? verb : 'disclosure'}`,
            input,
            showing(shown),
          ),
          many: null,
        }
      }
      const [closed, open] = [await ask(''), await ask(token)]
      for (const answer of [closed.one, closed.many])
        if (answer) expect(answer, permission).toMatchObject({ status: 403, body: { code: 'pin_required', permission } })
      for (const answer of [open.one, open.many])
        if (answer) expect(answer.status, `${permission} ${JSON.stringify(answer.body)}`).toBeLessThan(300)
      if (open.many) expect(open.many.body.results[0].status, permission).toBe(200)
    }
  })

  test('who may not do it at all is not asked for a PIN, and who may not see it does not find it', async () => {
    expect((await remove(await world.as('dewi'))).body.code).toBe('forbidden')
    expect((await remove(await world.as('budi'))).status).toBe(404)
    const made = await world.as('made')
    const { id } = await maker.make('registry.families')
    expect((await made.delete(`/api/sukamaju/registry/families/${id}`, undefined, { 'if-match': '"1"', ...showing() })).status).toBe(404)
  })

  test('a refused try costs nothing: the same intent goes through once the PIN is said', async () => {
    const { id } = await maker.make('registry.families')
    const intent = { 'idempotency-key': crypto.randomUUID(), 'if-match': '"1"' }
    const path = `/registry/families/${id}`
    expect((await siti.delete(path, undefined, { ...intent, ...showing() })).body.code).toBe('pin_required')
    const token = await proofOf(siti)
    expect((await siti.delete(path, undefined, { ...intent, ...showing(token) })).status).toBe(204)
    expect((await siti.delete(path, undefined, { ...intent, ...showing(token) })).headers.get('idempotency-replayed')).toBe('true')
  })
})

describe('a proof serves one session of one member in one community', () => {
  test('not another person, place or session; not one that was signed out; not after the PIN changed', async () => {
    const rina = await world.as('rina', 'sukamaju')
    const there = await world.as('rina', 'merantian')
    for (const client of [rina, there]) expect((await client.put('/pin', { pin: PIN, password: PASSWORD })).status).toBe(204)
    const token = await proofOf(rina)
    expect((await remove(rina, token)).status).toBe(204)
    expect((await remove(siti, token)).body.code).toBe('pin_required')
    const theirs = await makerOf(world, await world.as('made'), 'Merantian').make('registry.families')
    expect((await there.delete(`/registry/families/${theirs.id}`, undefined, { 'if-match': '"1"', ...showing(token) })).body.code).toBe(
      'pin_required',
    )
    const again = await world.anonymous().post('/api/session', { login: 'rina', password: PASSWORD })
    const cookie = again.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ')
    const { id } = await maker.make('registry.families')
    const other = { cookie, 'if-match': '"1"', ...showing(token) }
    expect((await world.anonymous().delete(`/registry/families/${id}`, undefined, other)).body.code).toBe('pin_required')
    expect((await rina.put('/pin', { pin: '480263', password: PASSWORD })).status).toBe(204)
    expect((await remove(rina, token)).body.code).toBe('pin_required')
    const fresh = (await world.anonymous().post('/step-up', { pin: '480263' }, { cookie })).body.token
    expect((await world.anonymous().delete('/api/session', undefined, { cookie })).status).toBe(204)
    expect(
      (await world.anonymous().delete(`/registry/families/${id}`, undefined, { cookie, 'if-match': '"1"', ...showing(fresh) })).status,
    ).toBe(401)
  })
})

describe('guessing', () => {
  const wrong = (n: number): string => String(480_000 + n)
  const unlock = (): Promise<unknown> =>
    world.house.database.owner.query(
      `update core.member_pins set locked_until = now() - interval '1 second' where locked_until is not null`,
    )

  test('five tries, counted down in words; then even the right PIN waits, and each further wrong one doubles the wait', async () => {
    const left: number[] = []
    for (let n = 0; n < 4; n++) left.push((await siti.post('/step-up', { pin: wrong(n) })).body.tries_left)
    expect(left).toEqual([4, 3, 2, 1])
    const minutes = async (): Promise<number> => {
      const answer = await siti.post('/step-up', { pin: wrong(9) })
      expect(answer).toMatchObject({ status: 429, body: { code: 'pin_locked', detail: expect.stringContaining('dikunci') } })
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(60)
      return answer.body.minutes
    }
    expect(await minutes()).toBe(15)
    expect(await siti.post('/step-up', { pin: PIN })).toMatchObject({ status: 429, body: { code: 'pin_locked' } })
    expect((await siti.get('/pin')).body).toMatchObject({ tries_left: 0, locked_until: expect.stringMatching(/^20/) })
    await unlock()
    expect(await minutes()).toBe(30)
    await unlock()
    expect(await minutes()).toBe(60)
    await unlock()
    expect((await siti.post('/step-up', { pin: PIN })).status).toBe(200)
    expect((await siti.get('/pin')).body.tries_left).toBe(5)
    expect([await events('pin_locked'), await events('pin_failed')]).toEqual([3, 4])
  })

  test('fifty guesses at once: at most five are looked at', async () => {
    const before = [await events('pin_failed'), await events('pin_locked')]
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => siti.post('/step-up', { pin: wrong(n) })))
    const codes = Object.groupBy(answers, (a) => a.body.code)
    expect(codes['pin_wrong']?.length).toBe(4)
    expect(codes['pin_locked']?.length).toBe(46)
    const after = [await events('pin_failed'), await events('pin_locked')]
    expect([after[0]! - before[0]!, after[1]! - before[1]!]).toEqual([4, 1])
  })

  test('a locked PIN does not lock the person: with the password a new one is made', async () => {
    expect((await siti.get('/home')).status).toBe(200)
    expect((await siti.put('/pin', { pin: '904857', password: PASSWORD })).status).toBe(204)
    expect((await siti.post('/step-up', { pin: PIN })).body.code).toBe('pin_wrong')
    expect((await siti.post('/step-up', { pin: '904857' })).status).toBe(200)
  })

  test('who guesses the password to make a PIN is slowed down', async () => {
    const nani = await world.as('nani')
    const codes = []
    for (let n = 0; n < 7; n++) codes.push((await nani.put('/pin', { pin: PIN, password: `tebakan ${n}` })).status)
    expect(codes.slice(0, 5)).toEqual([422, 422, 422, 422, 422])
    expect(codes.slice(5)).toEqual([429, 429])
    expect((await nani.put('/pin', { pin: PIN, password: PASSWORD })).status).toBe(429)
  })

  test('what was typed in the wrong form is not a try', async () => {
    const dewi = await world.as('dewi')
    await dewi.put('/pin', { pin: PIN, password: PASSWORD })
    for (const pin of ['1', 'abcdef', '', null]) expect((await dewi.post('/step-up', { pin })).status).toBe(422)
    expect((await dewi.get('/pin')).body.tries_left).toBe(5)
  })
})
