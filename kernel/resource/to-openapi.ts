// Declaration → OpenAPI 3.1: the same facts that make the routes describe them, so that the two cannot disagree.
import { say } from '#kernel/words.ts'
import type { Action } from './action.ts'
import { inputSchema, type Json, schemaOf } from './json-schema.ts'
import type { Model } from './model.ts'
import type { Query } from './query.ts'
import type { Resource } from './resource.ts'

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
const body = (schema: Json): Json => ({ required: true, content: { 'application/json': { schema } } })
const answer = (description: string, schema?: Json): Json => ({
  description,
  ...(schema ? { content: { 'application/json': { schema } } } : {}),
})
const problems = (...codes: number[]): Json =>
  Object.fromEntries(codes.map((code) => [String(code), { $ref: '#/components/responses/Problem' }]))
const inPath = (name: string): Json => ({ name, in: 'path', required: true, schema: { type: 'string' } })
const header = (name: string): Json => ({ $ref: `#/components/parameters/${name}` })
const asked = (name: string, schema: Json, description: string): Json => ({ name, in: 'query', schema, description })

function paths(r: Resource, actions: readonly Action[], moves: boolean): Json {
  const root = `/api/{tenant}/${r.module}/${r.plural}`
  const one = `${root}/{id}`
  const many = say(r.label.many, 'en')
  const say1 = say(r.label.one, 'en').toLowerCase()
  const operation = (verb: string, summary: string, rest: Json): Json => ({
    tags: [r.module],
    operationId: `${r.module}_${r.plural}_${verb}`,
    summary,
    'x-permission': `${r.name}:${verb}`,
    ...rest,
  })
  const list = operation('read', `List ${many.toLowerCase()}`, {
    description: r.doc,
    parameters: [
      inPath('tenant'),
      asked('limit', { type: 'integer', minimum: 1, maximum: 200, default: 25 }, 'Rows per page.'),
      asked('fields', { type: 'string' }, 'Fields to answer, separated by commas. Default: all.'),
      asked('after', { type: 'string' }, 'Cursor of the next page.'),
      asked('q', { type: 'string', maxLength: 100 }, 'Search.'),
      asked(
        'sort',
        { type: 'string', enum: [...new Set([...r.sort, 'created_at'])].flatMap((s) => [s, `-${s}`]) },
        'Order; a minus reverses it.',
      ),
      asked('count', { type: 'boolean' }, 'Also count all rows.'),
      asked('deleted', { type: 'boolean' }, 'Only deleted rows.'),
      ...(moves ? [asked('overdue', { type: 'boolean' }, 'Only rows whose deadline has passed, or only the others.')] : []),
      ...(r.filter ?? []).map((f) =>
        asked(
          f,
          { type: 'string' },
          `Filter; several values with commas. Also ${f}.gte, ${f}.lte, ${f}.null, ${f}.not where they make sense.`,
        ),
      ),
    ],
    responses: { 200: answer('A page.', ref(`${r.name}.page`)), ...problems(400, 401, 404) },
  })
  const found: Json = {
    [root]: { get: list },
    [one]: {
      get: {
        ...operation('read', `Read one ${say1}`, {
          parameters: [inPath('tenant'), inPath('id')],
          responses: { 200: answer('The record; its version is the ETag.', ref(r.name)), ...problems(401, 404) },
        }),
        operationId: `${r.module}_${r.plural}_read_one`,
      },
    },
  }
  const at = (path: string, method: string, value: Json): void => {
    found[path] = { ...(found[path] as Json), [method]: value }
  }
  if (r.verbs.includes('create'))
    at(
      root,
      'post',
      operation('create', `Create a ${say1}`, {
        parameters: [inPath('tenant'), header('IdempotencyKey')],
        requestBody: body(ref(`${r.name}.create`)),
        responses: { 201: answer('Created.', ref(r.name)), ...problems(403, 409, 422) },
      }),
    )
  if (r.verbs.includes('update'))
    at(
      one,
      'patch',
      operation('update', `Change a ${say1}`, {
        parameters: [inPath('tenant'), inPath('id'), header('IfMatch'), header('IdempotencyKey')],
        requestBody: body(ref(`${r.name}.update`)),
        responses: { 200: answer('Changed.', ref(r.name)), ...problems(403, 404, 409, 412, 422, 428) },
      }),
    )
  if (r.verbs.includes('delete'))
    at(
      one,
      'delete',
      operation('delete', `Delete a ${say1}`, {
        parameters: [inPath('tenant'), inPath('id'), header('IfMatch'), header('IdempotencyKey')],
        responses: { 204: answer('Deleted; it can be restored.'), ...problems(403, 404, 412, 428) },
      }),
    )
  if (r.verbs.includes('restore'))
    at(
      `${one}/restoration`,
      'post',
      operation('restore', `Restore a deleted ${say1}`, {
        parameters: [inPath('tenant'), inPath('id')],
        responses: { 200: answer('Restored.', ref(r.name)), ...problems(403, 404) },
      }),
    )
  if (r.verbs.includes('reveal'))
    at(
      `${one}/disclosure`,
      'post',
      operation('reveal', `Reveal secret fields of a ${say1}; it is recorded`, {
        parameters: [inPath('tenant'), inPath('id')],
        requestBody: body({ type: 'object', properties: { fields: { type: 'array', items: { type: 'string' } } }, required: ['fields'] }),
        responses: { 200: answer('The values.'), ...problems(403, 404, 422) },
      }),
    )
  if (r.verbs.includes('export'))
    at(
      `${root}/export`,
      'get',
      operation('export', `Download ${many.toLowerCase()} as a sheet`, {
        parameters: [
          inPath('tenant'),
          asked('format', { enum: ['csv', 'xlsx'] }, 'CSV or XLSX.'),
          asked('columns', { type: 'string' }, 'Columns, with commas.'),
        ],
        responses: { 200: answer('The file.'), ...problems(400, 403) },
      }),
    )
  if (moves)
    at(
      `${one}/status-history`,
      'get',
      operation('status_history', `Where one ${say1} has been: every state, newest first`, {
        'x-permission': `${r.name}:read`,
        parameters: [inPath('tenant'), inPath('id')],
        responses: { 200: answer('The changes of its state.'), ...problems(401, 404) },
      }),
    )
  for (const a of actions)
    at(
      a.on === 'one' ? `${one}/${a.noun}` : `${root}/${a.noun}`,
      'post',
      operation(a.noun, say(a.label, 'en'), {
        description: say(a.doc, 'en'),
        parameters: [inPath('tenant'), ...(a.on === 'one' ? [inPath('id')] : []), header('IdempotencyKey')],
        requestBody: body(inputSchema(a.input, true)),
        responses: { 200: answer('Done.'), ...problems(403, 404, 409, 422) },
      }),
    )
  return found
}

const CLOCK: Json = {
  type: ['object', 'null'],
  description: 'Since when it is in its state, and when that is due; null for a record older than its workflow.',
  properties: {
    since: { type: 'string', format: 'date-time' },
    due_at: { type: ['string', 'null'], format: 'date-time' },
    overdue: { type: 'boolean' },
    paused: { type: 'boolean' },
  },
}

function schemas(r: Resource, moves: boolean): Json {
  const row = {
    type: 'object',
    description: r.doc,
    properties: {
      id: { type: 'string', format: 'uuid' },
      version: { type: 'integer' },
      ...Object.fromEntries(Object.entries(r.fields).map(([name, f]) => [name, schemaOf(f, true)])),
      title: { type: 'string' },
      titles: {
        type: 'object',
        additionalProperties: { type: ['string', 'null'] },
        description: 'Names of the records this one refers to.',
      },
      may: { type: 'array', items: { type: 'string' }, description: 'What the caller may do next.' },
      ...(moves ? { clock: CLOCK } : {}),
      created_at: { type: 'string', format: 'date-time' },
      updated_at: { type: 'string', format: 'date-time' },
      deleted_at: { type: ['string', 'null'], format: 'date-time' },
    },
  }
  const page = {
    type: 'object',
    properties: { data: { type: 'array', items: ref(r.name) }, page: ref('Page'), may: { type: 'array', items: { type: 'string' } } },
  }
  return {
    [r.name]: row,
    [`${r.name}.page`]: page,
    [`${r.name}.create`]: inputSchema(r.fields, true),
    [`${r.name}.update`]: inputSchema(r.fields, false),
  }
}

const AS_FILE = (permission: string): Json[] => [
  asked('format', { type: 'string', enum: ['json', 'xlsx', 'pdf'], default: 'json' }, `As a file to take away; needs ${permission}.`),
  asked('paper', { type: 'string', enum: ['a4', 'f4'], default: 'a4' }, 'Paper of a PDF.'),
]

const queryPath = (q: Query): Json => ({
  [`/api/{tenant}/${q.name.replace('.', '/')}`]: {
    [q.by === 'POST' ? 'post' : 'get']: {
      tags: [q.name.split('.')[0]],
      operationId: q.name.replaceAll(/[.-]/g, '_'),
      summary: say(q.label, 'en'),
      description: q.doc,
      'x-permission': q.permission,
      parameters: [
        inPath('tenant'),
        ...(q.by === 'POST' ? [] : Object.entries(q.input).map(([name, f]) => asked(name, schemaOf(f), say(f.label, 'en')))),
        ...(q.sheet ? AS_FILE(q.sheet.permission) : []),
      ],
      ...(q.by === 'POST' ? { requestBody: body(inputSchema(q.input, true)) } : {}),
      responses: {
        200: q.file ? { description: 'The file.', content: { [q.file.mime]: {} } } : answer('The answer.'),
        ...problems(400, 401, 403, ...(q.by === 'POST' ? [422] : [])),
      },
    },
  },
})

/** The whole API of an installation. */
export function toOpenApi(model: Model, version: string): Json {
  const resources = [...model.resources.values()]
  return {
    openapi: '3.1.0',
    info: {
      title: 'Balai',
      version,
      description: 'Every list, record and act of a community. Errors are problem documents (RFC 9457) with a stable `code`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: model.modules.map((m) => ({ name: m.name, description: m.doc })),
    paths: Object.assign(
      {},
      ...resources.map((r) => paths(r, model.actions.get(r.name) ?? [], model.workflows.has(r.name))),
      ...[...model.queries.values()].map(queryPath),
    ) as Json,
    // Either of them; signing in, what is public and the health of the server ask for none.
    security: [{ session: [] }, { key: [] }],
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'balai.session', description: 'A person who signed in.' },
        key: { type: 'http', scheme: 'bearer', description: 'A key of a device or program, `balai_…`, made under Settings → API keys.' },
      },
      schemas: {
        Page: {
          type: 'object',
          properties: { next: { type: ['string', 'null'] }, total: { type: 'integer' }, capped: { type: 'boolean' } },
        },
        Problem: {
          type: 'object',
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string' },
            detail: { type: 'string' },
            request_id: { type: 'string' },
            errors: {
              type: 'array',
              items: { type: 'object', properties: { field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } } },
            },
          },
        },
        ...(Object.assign({}, ...resources.map((r) => schemas(r, model.workflows.has(r.name)))) as Json),
      },
      responses: {
        Problem: {
          description: 'What was wrong, where, and what to do.',
          content: { 'application/problem+json': { schema: ref('Problem') } },
        },
      },
      parameters: {
        IfMatch: {
          name: 'If-Match',
          in: 'header',
          required: true,
          schema: { type: 'string' },
          description: 'The version that was read, as in `"3"`.',
        },
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          schema: { type: 'string', maxLength: 200 },
          description: 'The same key again answers the same and does it once.',
        },
      },
    },
  }
}
