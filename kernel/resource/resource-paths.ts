// The paths of one resource in OpenAPI: what to-routes.ts, to-batch.ts, to-export.ts, to-actions.ts and the change log make of its declaration.
import { say } from '#kernel/words.ts'
import type { Action } from './action.ts'
import { inputSchema, type Json } from './json-schema.ts'
import { batchSchema } from './openapi-of-all.ts'
import type { Resource } from './resource.ts'

export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
export const body = (schema: Json): Json => ({ required: true, content: { 'application/json': { schema } } })
export const answer = (description: string, schema?: Json): Json => ({
  description,
  ...(schema ? { content: { 'application/json': { schema } } } : {}),
})
export const problems = (...codes: number[]): Json =>
  Object.fromEntries(codes.map((code) => [String(code), { $ref: '#/components/responses/Problem' }]))
export const inPath = (name: string): Json => ({ name, in: 'path', required: true, schema: { type: 'string' } })
const header = (name: string): Json => ({ $ref: `#/components/parameters/${name}` })
export const asked = (name: string, schema: Json, description: string): Json => ({ name, in: 'query', schema, description })

/** Path → method → operation. `moves`: it has a workflow. */
export function resourcePaths(r: Resource, actions: readonly Action[], moves: boolean): Json {
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
  at(
    `${root}/options`,
    'get',
    operation('options', `Names of ${many.toLowerCase()} to choose from`, {
      'x-permission': `${r.name}:read`,
      parameters: [
        inPath('tenant'),
        asked('q', { type: 'string', maxLength: 100 }, 'Search.'),
        asked('limit', { type: 'integer', minimum: 1, maximum: 200, default: 20 }, 'How many.'),
      ],
      responses: { 200: answer('Names and ids.', ref('Options')), ...problems(400, 401, 404) },
    }),
  )
  at(
    `${one}/history`,
    'get',
    operation('history', `What happened to one ${say1}`, {
      'x-permission': `${r.name}:read`,
      parameters: [
        inPath('tenant'),
        inPath('id'),
        asked('limit', { type: 'integer', minimum: 1, maximum: 200, default: 50 }, 'Entries per page.'),
        asked('after', { type: 'string' }, 'Cursor of the next page.'),
      ],
      responses: { 200: answer('Newest first; secrets stay masked.', ref('History')), ...problems(400, 401, 404) },
    }),
  )
  const several = r.verbs.filter((v) => v === 'update' || v === 'delete' || v === 'restore')
  if (several.length)
    at(
      `${root}/batch`,
      'post',
      operation('batch', `Change many ${many.toLowerCase()} at once, each with its own result`, {
        'x-permission': several.map((v) => `${r.name}:${v}`).join(', '),
        parameters: [inPath('tenant'), header('IdempotencyKey')],
        requestBody: body(batchSchema(r, several)),
        responses: { 200: answer('A result for each, with its status.', ref('BatchResults')), ...problems(403, 404, 422) },
      }),
    )
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
