// What OpenAPI says of the routes that every resource has alike: names to choose from, history, many at once.
import type { Json } from './json-schema.ts'
import type { Resource } from './resource.ts'
import { BATCH_MAX } from './to-batch.ts'

/** The body of a batch: which of a resource's verbs, on which rows, and for an update what to change. */
export const batchSchema = (r: Resource, verbs: readonly string[]): Json => ({
  type: 'object',
  required: ['action', 'items'],
  properties: {
    action: { type: 'string', enum: verbs },
    items: {
      type: 'array',
      minItems: 1,
      maxItems: BATCH_MAX,
      items: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          version: { type: 'integer', description: 'As it was read; without it whatever is there is changed.' },
        },
      },
    },
    ...(verbs.includes('update') ? { changes: { $ref: `#/components/schemas/${r.name}.update` } } : {}),
  },
})

const list = (item: Json, more: Json = {}): Json => ({ type: 'object', properties: { data: { type: 'array', items: item }, ...more } })

export const OF_EVERY_RESOURCE: Json = {
  Options: list({ type: 'object', properties: { id: { type: 'string', format: 'uuid' }, title: { type: 'string' } } }),
  History: list(
    {
      type: 'object',
      properties: {
        id: { type: 'string', format: 'uuid' },
        at: { type: 'string', format: 'date-time' },
        actor: { type: ['object', 'null'], properties: { id: { type: 'string', format: 'uuid' }, name: { type: 'string' } } },
        action: { type: 'string' },
        changes: {
          type: 'array',
          items: { type: 'object', properties: { field: { type: 'string' }, before: {}, after: {} } },
        },
      },
    },
    { page: { $ref: '#/components/schemas/Page' } },
  ),
  BatchResults: {
    type: 'object',
    properties: {
      results: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            id: { type: 'string', format: 'uuid' },
            status: { type: 'integer' },
            code: { type: 'string' },
            detail: { type: 'string' },
          },
        },
      },
    },
  },
}
