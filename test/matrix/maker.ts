// Makes rows of any resource through the API, as one person in one place, and remembers what must never leak.
import type { Field } from '#kernel/resource/field.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import type { Client, World } from '../world.ts'
import { rowOf } from './sample.ts'
import { sampleFor } from './samples/index.ts'

/** A row that was made, the secrets in it as plain text, and its other words that no other row has. */
export type Made = { readonly id: string; readonly plain: readonly string[]; readonly words: readonly string[] }

export type Maker = {
  readonly client: Client
  /** Stands in every text it makes. */
  readonly marker: string
  make(resource: string, changes?: Record<string, unknown>): Promise<Made>
  /** The body of a create that would succeed. */
  body(resource: string, changes?: Record<string, unknown>): Promise<Record<string, unknown>>
  /** A valid input of an action. */
  input(resource: string, noun: string, fields: Readonly<Record<string, Field>>): Promise<Record<string, unknown>>
  number(): number
}

/** Plain secrets worth looking for: codes such as `A`, and days, would be found everywhere. */
const secretsIn = (r: Resource, body: Record<string, unknown>): string[] =>
  Object.entries(r.fields).flatMap(([name, f]) =>
    f.secret && f.kind !== 'choice' && f.kind !== 'day' && String(body[name] ?? '').length >= 8 ? [String(body[name])] : [],
  )

const wordsIn = (r: Resource, body: Record<string, unknown>, marker: string): string[] => [
  ...new Set(
    Object.entries(r.fields).flatMap(([name, f]) =>
      !f.secret && typeof body[name] === 'string' && body[name].startsWith(marker) && body[name].endsWith('.') ? [body[name]] : [],
    ),
  ),
]

export const pathOf = (r: Pick<Resource, 'module' | 'plural'>): string => `/${r.module}/${r.plural}`

let counter = 100

export function makerOf(world: World, client: Client, marker: string): Maker {
  const named = (name: string): Resource => {
    const r = world.house.model.resources.get(name)
    if (!r) throw new Error(`No resource is named ${name}.`)
    return r
  }
  const references = async (fields: Readonly<Record<string, Field>>, given: Record<string, unknown>): Promise<Record<string, unknown>> => {
    const found: Record<string, unknown> = {}
    for (const [name, f] of Object.entries(fields))
      if (f.kind === 'ref' && f.required && !f.readonly && given[name] === undefined) found[name] = (await maker.make(f.to ?? '')).id
    return found
  }
  const maker: Maker = {
    client,
    marker,
    number: () => ++counter,
    async body(resource, changes = {}) {
      const r = named(resource)
      const n = maker.number()
      const own = { ...sampleFor(resource).values?.(n, maker), ...changes }
      return { ...rowOf(r.fields, n, marker), ...(await references(r.fields, own)), ...own }
    },
    async make(resource, changes = {}) {
      const r = named(resource)
      const sample = sampleFor(resource)
      if (sample.single) {
        const { body } = await client.get(pathOf(r))
        if (body.data[0]) return { id: body.data[0].id, plain: [], words: [] }
      }
      if (sample.make) return { id: await sample.make(maker, maker.number()), plain: [], words: [] }
      const body = await maker.body(resource, changes)
      const answer = await client.post(pathOf(r), body)
      if (answer.status !== 201) throw new Error(`No sample of ${resource}: ${JSON.stringify(answer.body)}`)
      return { id: answer.body.id, plain: secretsIn(r, body), words: wordsIn(r, body, marker) }
    },
    async input(resource, noun, fields) {
      const own = await sampleFor(resource).inputs?.[noun]?.(maker)
      if (own) return own
      return { ...rowOf(fields, maker.number(), marker), ...(await references(fields, {})) }
    },
  }
  return maker
}
