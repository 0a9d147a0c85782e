// What a hand-written route says of itself, at the place where it is declared. kernel/http/to-paths.ts gathers it into openapi.json.
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { Field } from '#kernel/resource/field.ts'

type Fields = Readonly<Record<string, Field>>

/** A body as it is checked: the very schema or fields that the route reads it with. */
export type BodyFact = z.ZodType | Fields

/** What is answered: words, the shape where it is JSON, the media type where it is a file. */
export type AnswerFact = { readonly doc: string; readonly shape?: z.ZodType; readonly type?: string }

export type RouteFact = {
  readonly summary: string
  readonly doc?: string
  /** `anybody`: no sign-in. `person`: signed in, with a session. `member`: of the community in the path, with a session or a key. */
  readonly who: 'anybody' | 'person' | 'member' | 'operator'
  readonly permission?: string
  readonly query?: z.ZodObject | Fields
  readonly body?: BodyFact
  /** Where a body is no JSON. */
  readonly bodyType?: 'multipart/form-data' | 'application/octet-stream'
  /** Request headers the route obeys beside those that all do. */
  readonly headers?: readonly ('IfMatch' | 'IdempotencyKey')[]
  readonly answers: Readonly<Record<number, string | AnswerFact>>
  /** Stable codes by status, beside those that follow from who asks and from having a body. */
  readonly problems?: Readonly<Record<number, readonly string[]>>
}

const FACT = Symbol('what the route says')
type Saying = MiddlewareHandler & { readonly [FACT]?: RouteFact }

/** `app.post('/path', says({ … }), async (c) => …)`: passes every request on. */
export const says = (fact: RouteFact): MiddlewareHandler => Object.assign<MiddlewareHandler, object>((_c, next) => next(), { [FACT]: fact })

/** The fact that a handler carries; undefined for every other. */
export const factOf = (handler: unknown): RouteFact | undefined => (handler as Saying)[FACT]

/** JSON forms that answers share. */
export const moment = z.iso.datetime()
export const words = z.strictObject({ id: z.string(), en: z.string() })
export const count = z.int().min(0)
/** A list, and where it is read by pages the mark of the next one. */
export const listOf = <T extends z.ZodType>(item: T) => z.strictObject({ data: z.array(item) })
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ data: z.array(item), page: z.looseObject({ next: z.string().nullable() }) })
