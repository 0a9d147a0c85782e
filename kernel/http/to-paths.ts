// Registered routes → the paths of OpenAPI: whatever says something of itself (says.ts) stands in the document, with its codes.
import { z } from 'zod'
import type { Field } from '#kernel/resource/field.ts'
import { inputSchema, type Json } from '#kernel/resource/json-schema.ts'
import { type AnswerFact, type BodyFact, factOf, type RouteFact } from './says.ts'

/** A route as the app has registered it. */
export type Route = { readonly method: string; readonly path: string; readonly handler: unknown }

/** `/api/:tenant/jobs/:id{[^/]+}` → `/api/{tenant}/jobs/{id}`. */
export const openApiPath = (path: string): string =>
  path.replace(/:([a-z_]+)(\{[^}]*\})?/g, (_all, name: string) => `{${name}}`).replace(/(.)\/$/, '$1')

/** A named format needs no pattern, and that a whole number is one that computers can count is no news. */
function plainly(schema: Json): void {
  if (schema['format']) delete schema['pattern']
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum']
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum']
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: ({ jsonSchema }) => plainly(jsonSchema) })
  return rest
}

const isZod = (body: BodyFact): body is z.ZodType => body instanceof z.ZodType
const bodySchema = (body: BodyFact): Json =>
  isZod(body) ? jsonSchema(body, 'input') : inputSchema(body as Readonly<Record<string, Field>>, true)

function answerOf(said: string | AnswerFact): Json {
  const { doc, shape, type = 'application/json' } = typeof said === 'string' ? { doc: said } : said
  if (shape) return { description: doc, content: { [type]: { schema: jsonSchema(shape, 'output') } } }
  return { description: doc, ...(typeof said === 'object' && said.type ? { content: { [type]: {} } } : {}) }
}

/** Codes that follow from who may ask: the pipeline answers them before the route does. */
const BY_CALLER: Readonly<Record<RouteFact['who'], Readonly<Record<number, readonly string[]>>>> = {
  anybody: {},
  person: { 401: ['not_signed_in'] },
  member: {
    401: ['not_signed_in'],
    403: ['outside_hours', 'outside_network', 'community_suspended', 'community_deleting'],
    404: ['not_found'],
  },
  operator: { 401: ['not_signed_in'], 404: ['not_found'] },
}
const WITH_BODY: Readonly<Record<number, readonly string[]>> = {
  400: ['invalid_json', 'too_deep'],
  413: ['too_large'],
  415: ['not_json'],
  422: ['invalid_input'],
}

/** Refusals that many routes share, by name. */
type Problems = Map<string, Json>

function problemsOf(fact: RouteFact, method: string, path: string, found: Problems): Json {
  const codes = new Map<number, Set<string>>()
  const writes = method !== 'GET'
  for (const part of [
    // A person in `/api/{tenant}` is a member there as well.
    BY_CALLER[fact.who === 'person' && path.startsWith('/api/{tenant}') ? 'member' : fact.who],
    writes ? { 403: ['cross_origin'] } : {},
    fact.permission ? { 403: ['forbidden'] } : {},
    fact.body && !fact.bodyType ? WITH_BODY : {},
    fact.headers?.includes('IfMatch') ? { 400: ['invalid_version'], 428: ['version_required'] } : {},
    fact.headers?.includes('IdempotencyKey') ? { 400: ['invalid_idempotency_key'], 422: ['idempotency_key_reused'] } : {},
    fact.problems ?? {},
    { 429: ['too_many_requests'] },
  ] as Readonly<Record<number, readonly string[]>>[])
    for (const [status, some] of Object.entries(part)) codes.set(Number(status), new Set([...(codes.get(Number(status)) ?? []), ...some]))
  return Object.fromEntries(
    [...codes].map(([status, some]) => {
      const name = [...some].join('.')
      found.set(name, problem([...some]))
      return [status, { $ref: `#/components/responses/${name}` }]
    }),
  )
}

const problem = (codes: readonly string[]): Json => ({
  description: codes.map((code) => `\`${code}\``).join(', '),
  content: {
    'application/problem+json': {
      schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }] },
    },
  },
})

function parametersOf(fact: RouteFact, path: string): Json[] {
  const inPath = [...path.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  // In a query string nothing is null: what is not asked for is left out.
  const query = fact.query ? bodySchema(fact.query) : {}
  const asked = Object.entries((query['properties'] ?? {}) as Record<string, Json>).map(([name, { description, type, ...schema }]) => ({
    name,
    in: 'query',
    ...((query['required'] as string[] | undefined)?.includes(name) ? { required: true } : {}),
    schema: { ...(type ? { type: Array.isArray(type) ? type[0] : type } : {}), ...schema },
    ...(description ? { description } : {}),
  }))
  return [...inPath, ...asked, ...(fact.headers ?? []).map((name) => ({ $ref: `#/components/parameters/${name}` }))]
}

const tagOf = (path: string): string =>
  path.startsWith('/api/platform') ? 'platform' : path.startsWith('/api/{tenant}') ? 'core' : 'identity'

/** `POST /api/{tenant}/jobs/{id}/retry` → `post_jobs_id_retry`. */
const operationId = (method: string, path: string): string =>
  [
    method.toLowerCase(),
    ...path
      .split('/')
      .slice(2)
      .filter((part) => part !== '{tenant}'),
  ]
    .join('_')
    .replaceAll(/[^a-z0-9_]+/g, '_')
    .replaceAll(/_+(?=_|$)/g, '')

function operation(fact: RouteFact, method: string, path: string, found: Problems): Json {
  const parameters = parametersOf(fact, path)
  return {
    tags: [tagOf(path)],
    operationId: operationId(method, path),
    summary: fact.summary,
    ...(fact.doc ? { description: fact.doc } : {}),
    ...(fact.permission ? { 'x-permission': fact.permission } : {}),
    ...(fact.who === 'anybody' ? { security: [] } : fact.who === 'member' ? {} : { security: [{ session: [] }] }),
    ...(parameters.length ? { parameters } : {}),
    ...(fact.body
      ? { requestBody: { required: true, content: { [fact.bodyType ?? 'application/json']: { schema: bodySchema(fact.body) } } } }
      : {}),
    responses: {
      ...Object.fromEntries(Object.entries(fact.answers).map(([status, said]) => [status, answerOf(said)])),
      ...problemsOf(fact, method, path, found),
    },
  }
}

/** The paths of every route that says something of itself, and the refusals they name. */
export function saidPaths(routes: readonly Route[]): { paths: Record<string, Json>; responses: Json } {
  const paths: Record<string, Json> = {}
  const problems: Problems = new Map()
  for (const { method, path: registered, handler } of routes) {
    const fact = factOf(handler)
    if (!fact) continue
    const path = openApiPath(registered)
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(fact, method, path, problems) }
  }
  return { paths, responses: Object.fromEntries(problems) }
}
