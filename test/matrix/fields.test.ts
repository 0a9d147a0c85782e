// Every field of every resource, sent everything it should not get: stored as sent, or refused by name. Never a 500, never half.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MODULES } from '#app/modules.ts'
import { modelOf } from '#kernel/resource/model.ts'
import type { Field } from '#kernel/resource/field.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { library } from '../library/index.ts'
import { openWorld, type Answer, type Client, type World } from '../world.ts'
import { askQuery } from './ask.ts'
import { HOSTILE } from './hostile.ts'
import { makerOf, pathOf, type Maker } from './maker.ts'
import { expectProblem, watched } from './people.ts'

const model = modelOf([...MODULES, library])
const resources = [...model.resources.values()]

let world: World
let client: Client
let maker: Maker
beforeAll(async () => {
  world = await openWorld()
  client = watched(await world.as('andi'), () => [])
  maker = makerOf(world, client, 'Sukamaju')
})
afterAll(() => world?.close())

const open = (r: Resource): [string, Field][] => Object.entries(r.fields).filter(([, f]) => !f.readonly)

/** A refusal says which field, or which rule between fields, with a code for programs. */
function expectNamed(answer: Answer, sent: readonly string[], what: string): void {
  expectProblem(answer, what)
  expect([400, 409, 413, 422], what).toContain(answer.status)
  if (answer.status !== 422) return
  expect(answer.body.errors?.length ?? 0, `${what} ${JSON.stringify(answer.body)}`).toBeGreaterThan(0)
  for (const e of answer.body.errors) {
    expect(e, what).toMatchObject({
      field: expect.any(String),
      code: expect.stringMatching(/^[a-z][a-z0-9_]*$/),
      message: expect.stringMatching(/\S/),
    })
    if (!['rule_broken', 'already_used'].includes(e.code)) expect(sent, `${what}: ${e.field}`).toContain(e.field)
  }
}

const clean = (text: string): string => text.trim().normalize('NFC')

/** The stored form of an accepted value. */
function kept(f: Field, value: unknown): unknown {
  if (value === '' || value === null || (typeof value === 'string' && clean(value) === '')) return null
  if (f.kind === 'text' || f.kind === 'long_text') return clean(value as string)
  if (f.kind === 'integer') return Number(value)
  if (f.kind === 'decimal') return Number(value).toFixed(f.scale ?? 2)
  if (f.kind === 'tags') return [...new Set((value as string[]).map(clean))]
  if (f.kind === 'ref' || f.kind === 'id') return (value as string).toLowerCase()
  // As it travels: JSON has no -0.
  return JSON.parse(JSON.stringify(value))
}

/** What the API says a row holds now, secrets revealed. */
async function heldBy(r: Resource, id: string): Promise<Record<string, unknown>> {
  const { body } = await client.get(`${pathOf(r)}/${id}`)
  const secrets = open(r)
    .filter(([, f]) => f.secret)
    .map(([name]) => name)
  for (let i = 0; i < secrets.length; i += 20) {
    const revealed = await client.post(`${pathOf(r)}/${id}/disclosure`, { fields: secrets.slice(i, i + 20) })
    Object.assign(body, revealed.body.values)
  }
  return body
}

function expectHeld(f: Field, held: unknown, sent: unknown, what: string): void {
  if (f.kind === 'decimal' && held !== null) return expect(Number(held), what).toBeCloseTo(Number(kept(f, sent)), f.scale ?? 2)
  if (f.kind === 'point' && held !== null) {
    const [a, b] = [held, sent] as { lat: number; lng: number }[]
    expect([a!.lat, a!.lng].map((x) => x.toFixed(9)).map(Number), what).toEqual([b!.lat, b!.lng].map((x) => x.toFixed(9)).map(Number))
    return
  }
  expect(held, what).toEqual(kept(f, sent))
}

/** Sends changes as one patch of the row as it is. */
async function patch(r: Resource, id: string, changes: Record<string, unknown>): Promise<Answer> {
  const { body } = await client.get(`${pathOf(r)}/${id}`)
  return client.patch(`${pathOf(r)}/${id}`, changes, { 'if-match': `"${body.version}"` })
}

/** One field at a time, when all together are refused by a rule between them. */
async function oneByOne(r: Resource, id: string, names: readonly string[], value: unknown, what: string): Promise<void> {
  for (const name of names) {
    const before = await heldBy(r, id)
    const answer = await patch(r, id, { [name]: value })
    const held = await heldBy(r, id)
    if (answer.status === 200) expectHeld(r.fields[name]!, held[name], value, `${what} ${name}`)
    else {
      expectNamed(answer, [name], `${what} ${name}`)
      expect(held, `${what} ${name} was refused and changed something`).toEqual(before)
    }
  }
}

const changeable = resources.filter((r) => r.verbs.includes('update')).map((r) => [r.name, r] as const)

test.each(changeable)('%s takes or refuses every hostile value in every field', async (_name, r) => {
  const { id } = await maker.make(r.name)
  const names = open(r).map(([name]) => name)
  for (const [kind, value] of HOSTILE) {
    const what = `${r.name} ${kind}`
    const first = await patch(r, id, Object.fromEntries(names.map((name) => [name, value])))
    if (first.status !== 422 && first.status !== 200) {
      expectNamed(first, names, what)
      await oneByOne(r, id, names, value, what)
      continue
    }
    if (first.status === 422) expectNamed(first, names, what)
    const refused = new Set((first.body.errors ?? []).map((e: { field: string; code: string }) => e.field))
    const accepted = first.status === 200 ? names : names.filter((name) => !refused.has(name))
    if (!accepted.length) continue
    const second = first.status === 200 ? first : await patch(r, id, Object.fromEntries(accepted.map((name) => [name, value])))
    if (second.status !== 200) {
      expectNamed(second, accepted, what)
      await oneByOne(r, id, accepted, value, what)
      continue
    }
    const held = await heldBy(r, id)
    for (const name of accepted) expectHeld(r.fields[name]!, held[name], value, `${what} ${name}`)
  }
  expect(({} as { polluted?: boolean }).polluted).toBe(undefined)
})

const creatable = resources.filter((r) => r.verbs.includes('create')).map((r) => [r.name, r] as const)

test.each(creatable)('%s asks for what is missing and refuses what it does not know', async (_name, r) => {
  const body = await maker.body(r.name)
  const required = open(r)
    .filter(([, f]) => f.required && f.initial === undefined)
    .map(([name]) => name)
  const nothing = await client.post(pathOf(r), {})
  expect((nothing.body.errors ?? []).map((e: { field: string }) => e.field).toSorted(), JSON.stringify(nothing.body)).toEqual(
    required.toSorted(),
  )
  for (const name of required) {
    const { [name]: _gone, ...rest } = body
    for (const sent of [rest, { ...body, [name]: null }, { ...body, [name]: '' }])
      expect(await client.post(pathOf(r), sent), name).toMatchObject({ status: 422, body: { errors: [{ field: name, code: 'required' }] } })
  }
  for (const [name, f] of Object.entries(r.fields)) {
    if (f.readonly)
      expect(await client.post(pathOf(r), { ...body, [name]: null }), name).toMatchObject({
        status: 422,
        body: { errors: [{ field: name, code: 'readonly_field' }] },
      })
    if ((f.kind === 'text' || f.kind === 'long_text') && f.max && !f.readonly) {
      const long = await client.post(pathOf(r), { ...body, [name]: 'x'.repeat(f.max + 1) })
      expect(long.body, name).toMatchObject({ status: 422, errors: [{ field: name, code: 'too_long' }] })
    }
  }
  const unknown = ['tenant_id', 'version', 'created_at', 'deleted_at', 'created_by', 'gaji', 'constructor', 'toString', '__proto__']
  for (const name of unknown) {
    const sent = `{"${name}":"x",${JSON.stringify(body).slice(1)}`
    const answer = await client.raw(pathOf(r), { method: 'POST', body: sent, headers: { 'content-type': 'application/json' } })
    expect([answer.status, await answer.json()], name).toMatchObject([422, { errors: [{ field: name, code: 'unknown_field' }] }])
  }
  for (const id of ['1', 7, null, {}, '01900000-0000-7000-8000-00000000000Z', `'; --`])
    expect(await client.post(pathOf(r), { ...body, id }), String(id)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'id', code: 'not_an_id' }] },
    })
})

const writable = [...new Set([...changeable, ...creatable].map(([, r]) => r))]

test('a body that is no object, no JSON, too deep or too large is refused before it is read', async () => {
  for (const r of writable) {
    const path = r.verbs.includes('create') ? pathOf(r) : `${pathOf(r)}/batch`
    const send = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json'): Promise<Response> =>
      client.raw(path, { method: 'POST', body, headers: { 'content-type': type } })
    const status = async (...args: Parameters<typeof send>): Promise<number> => (await send(...args)).status
    for (const body of ['[]', '"x"', '1', 'null', 'true', '[[]]']) expect(await status(body), `${r.name} ${body}`).toBe(422)
    for (const body of ['{', '{"a":}', 'a=b', "{'a':1}", '\u0000']) expect(await status(body), `${r.name} ${body}`).toBe(400)
    expect(await status(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])), r.name).toBe(400)
    expect(await status(`{"name":${'['.repeat(60)}${']'.repeat(60)}}`), r.name).toBe(400)
    expect(await status(`{"name":"${'x'.repeat(1_100_000)}"}`), r.name).toBe(413)
    expect(await status('<a/>', 'application/xml'), r.name).toBe(415)
    expect(await status('name=x', 'application/x-www-form-urlencoded'), r.name).toBe(415)
  }
})

const acts = [...model.actions].flatMap(([name, actions]) =>
  actions.map((a) => [`${name}:${a.noun}`, model.resources.get(name)!, a] as const),
)

test.each(acts)('%s refuses hostile input by name', async (full, r, a) => {
  const address = async (): Promise<string> =>
    a.on === 'one' ? `${pathOf(r)}/${(await maker.make(r.name)).id}/${a.noun}` : `${pathOf(r)}/${a.noun}`
  // First, because making it makes whatever must be there.
  const input = await maker.input(r.name, a.noun, a.input)
  let path = await address()
  for (const [kind, value] of HOSTILE) {
    const sent = Object.fromEntries(Object.keys(a.input).map((field) => [field, value]))
    let answer = await client.post(path, sent)
    // Words that were fine to it may have taken the record away.
    if (answer.status === 404) answer = await client.post((path = await address()), sent)
    if (answer.status !== 200) expectNamed(answer, Object.keys(sent), `${full} ${kind}`)
  }
  for (const body of [[], 'x', 1]) expect([409, 422], full).toContain((await client.post(path, body)).status)
  expect(await client.post(path, { ...input, gaji: 1 })).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'gaji', code: 'unknown_field' }] },
  })
})

test.each([...model.queries])('%s refuses hostile input by name', async (_name, q) => {
  for (const name of [...Object.keys(q.input), 'gaji'])
    for (const [kind, value] of HOSTILE) {
      const text = typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value)
      const answer = await askQuery(client, q, { [name]: text.slice(0, 800) })
      if (answer.status === 404) expect(answer.body.code).toBe('not_found')
      else if (answer.status !== 200) expectNamed(answer, [name, ...Object.keys(q.input)], `${q.name}?${name} ${kind}`)
      else expect(name, q.name).not.toBe('gaji')
    }
})
