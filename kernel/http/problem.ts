// Refusals as problem documents (RFC 9457), in the caller's language. Anything unexpected becomes a 500 that says nothing.
import { explain } from '#kernel/db/explain.ts'
import type { Model } from '#kernel/resource/model.ts'
import { type Locale, say } from '#kernel/words.ts'
import { API_HEADERS } from './headers.ts'
import { Refusal } from './refusal.ts'

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** The refusal for any error; null = our fault, to be logged. */
export const refusalOf = (error: unknown, model: Model): Refusal | null => (error instanceof Refusal ? error : explain(error, model))

export const UNEXPECTED = new Refusal(500, 'unexpected', {
  id: 'Terjadi kesalahan di pihak kami. Tidak ada yang tersimpan. Coba lagi; bila berulang, sampaikan nomor permintaan ini.',
  en: 'Something went wrong on our side. Nothing was saved. Try again; if it happens again, tell us this request number.',
})

/** Nobody reads more at once, and a request must not be answered many times its own size. */
const ERRORS_MAX = 200

export function problemResponse(refusal: Refusal, locale: Locale, requestId: string): Response {
  const { currentRow: _hidden, ...more } = refusal.more
  const body = {
    type: `about:blank#${refusal.code}`,
    title: TITLES[refusal.status] ?? 'Error',
    status: refusal.status,
    code: refusal.code,
    detail: say(refusal.words, locale, refusal.more),
    request_id: requestId,
    ...(refusal.fields.length
      ? {
          errors: refusal.fields
            .slice(0, ERRORS_MAX)
            .map((f) => ({ field: f.field, code: f.code, message: say(f.message, locale, f.values ?? {}) })),
        }
      : {}),
    ...more,
  }
  return new Response(JSON.stringify(body), {
    status: refusal.status,
    headers: {
      ...API_HEADERS,
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...refusal.headers,
    },
  })
}
