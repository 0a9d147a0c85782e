// Declaration → OpenAPI 3.1: the same facts that make the routes describe them, so that the two cannot disagree.
import { say } from '#kernel/words.ts'
import { type Route, saidPaths } from '#kernel/http/to-paths.ts'
import { OF_EVERY_RESOURCE } from './openapi-of-all.ts'
import { inputSchema, type Json, schemaOf } from './json-schema.ts'
import type { Model } from './model.ts'
import type { Query } from './query.ts'
import type { Resource } from './resource.ts'
import { answer, asked, body, inPath, problems, ref, resourcePaths } from './resource-paths.ts'

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

const PLATFORM_TAG = { name: 'platform', description: 'The communities themselves; for operators of the installation only.' }

/** Two accounts of some paths as one: of an operation that both describe, the first. */
const together = (one: Record<string, Json>, other: Record<string, Json>): Json => ({
  ...other,
  ...Object.fromEntries(Object.entries(one).map(([path, methods]) => [path, { ...other[path], ...methods }])),
})

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

/** The whole API of an installation: what follows from its declarations, and what its hand-written routes (`routes`) say of themselves. */
export function toOpenApi(model: Model, version: string, routes: readonly Route[]): Json {
  const resources = [...model.resources.values()]
  const said = saidPaths(routes)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Balai',
      version,
      description: 'Every list, record and act of a community. Errors are problem documents (RFC 9457) with a stable `code`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: [
      { name: 'identity', description: 'Signing in, and what people see and change about themselves.' },
      ...(routes.some((route) => route.path.startsWith('/api/platform')) ? [PLATFORM_TAG] : []),
      ...model.modules.map((m) => ({ name: m.name, description: m.doc })),
    ],
    paths: together(
      Object.assign(
        {},
        ...resources.map((r) => resourcePaths(r, model.actions.get(r.name) ?? [], model.workflows.has(r.name))),
        ...[...model.queries.values()].map(queryPath),
      ) as Record<string, Json>,
      said.paths,
    ),
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
        ...OF_EVERY_RESOURCE,
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
        ...said.responses,
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
