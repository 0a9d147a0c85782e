// A clear no: what was wrong, where, and what to do, as data. Turned into a problem document (RFC 9457) at the edge.
import type { Words } from '#kernel/words.ts'

export type FieldProblem = {
  readonly field: string
  readonly code: string
  readonly message: Words
  readonly values?: Record<string, unknown>
}

/** Any answer that is not what the caller asked for. `code` is stable, for programs; `message` is for people. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  readonly code: string
  readonly words: Words
  readonly fields: readonly FieldProblem[]
  /** Extra members of the problem document, such as `current`. */
  readonly more: Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(
    status: number,
    code: string,
    words: Words,
    fields: readonly FieldProblem[] = [],
    extra: { more?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(`${status} ${code}: ${words.en}`)
    this.status = status
    this.code = code
    this.words = words
    this.fields = fields
    this.more = extra.more ?? {}
    this.headers = extra.headers ?? {}
  }
}

export const notFound = (): Refusal =>
  new Refusal(404, 'not_found', { id: 'Tidak ditemukan, atau Anda tidak dapat melihatnya.', en: 'Not found, or you may not see it.' })

/** Seen but not allowed: says which permission is missing, so that people know whom to ask. */
export const forbidden = (permission: string): Refusal =>
  new Refusal(
    403,
    'forbidden',
    {
      id: 'Peran Anda tidak mengizinkan ini. Mintalah kepada pengelola.',
      en: 'Your role does not allow this. Ask an administrator.',
    },
    [],
    { more: { permission } },
  )

export const invalid = (fields: readonly FieldProblem[]): Refusal =>
  new Refusal(422, 'invalid_input', { id: 'Beberapa isian perlu diperbaiki.', en: 'Some fields need your attention.' }, fields)
