// The one way to the server: JSON in, JSON out, problems as typed errors, versions and intents as headers.

import { proofFor, STEP_UP, wantProof } from './step-up.ts'

export type FieldProblem = { readonly field: string; readonly code: string; readonly message: string }

type ProblemBody = {
  readonly title?: string
  readonly detail?: string
  readonly code?: string
  readonly request_id?: string
  readonly errors?: readonly FieldProblem[]
  readonly current?: unknown
}

/** An answer that is not a success (RFC 9457). `status` 0 means that the server could not be reached at all. */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  readonly status: number
  readonly code: string
  readonly detail: string | undefined
  readonly requestId: string | undefined
  readonly errors: readonly FieldProblem[]
  /** The row as it stands on the server, when the version sent was stale. */
  readonly current: unknown
  /** Seconds to wait before the next try, when the server said so. */
  readonly retryAfter: number | undefined

  constructor(status: number, body: ProblemBody, retryAfter?: number) {
    super(body.title ?? `HTTP ${status}`)
    this.status = status
    this.code = body.code ?? 'unknown'
    this.detail = body.detail
    this.requestId = body.request_id
    this.errors = body.errors ?? []
    this.current = body.current
    this.retryAfter = retryAfter
  }
}

export const isProblem = (error: unknown, code?: string): error is ApiProblem =>
  error instanceof ApiProblem && (code === undefined || error.code === code)

type Reach = (reached: boolean) => void
let tellReach: Reach = () => undefined
/** Who wants to know whether the server answers; see frame/connection.ts. */
export const onReach = (tell: Reach): void => {
  tellReach = tell
}

export type Options = {
  readonly body?: unknown
  readonly search?: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal
  /** The version the person saw: sent as `If-Match`. */
  readonly version?: number
  /** One per thing a person meant to do: the same intent sent twice is done once. */
  readonly intent?: string
}

export const withSearch = (path: string, search: Options['search'] = {}): string => {
  const query = new URLSearchParams(
    Object.entries(search).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''),
  )
  return query.size ? `${path}?${query}` : path
}

/** Asks; when the operation wants the person's PIN, gets it from them and asks once more, with the same intent. */
async function answer(method: string, path: string, options: Options): Promise<Response> {
  const asked = { ...options, intent: options.intent ?? newIntent() }
  try {
    return await answerOnce(method, path, asked)
  } catch (error) {
    // Saying the PIN is itself a request, and the dialog's own affair.
    if (!(error instanceof ApiProblem) || path.endsWith('/step-up')) throw error
    if (error.code !== 'pin_required' && error.code !== 'pin_not_set') throw error
    if (!(await wantProof(path, error.code))) throw error
    return answerOnce(method, path, asked)
  }
}

async function answerOnce(method: string, path: string, { body, search, signal, version, intent }: Options): Promise<Response> {
  const headers = new Headers({ accept: 'application/json, application/problem+json', 'accept-language': document.documentElement.lang })
  if (version !== undefined) headers.set('if-match', `"${version}"`)
  if (method !== 'GET') headers.set('idempotency-key', intent ?? newIntent())
  const proof = proofFor(path)
  if (proof) headers.set(STEP_UP, proof)
  const form = body instanceof FormData
  if (body !== undefined && !form) headers.set('content-type', 'application/json')
  let response: Response
  try {
    response = await fetch(withSearch(path, search), {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    tellReach(false)
    throw new ApiProblem(0, { code: 'unreachable' })
  }
  // A proxy in front of a stopped server answers for it.
  const behind = response.status >= 502 && response.status <= 504 && !response.headers.get('content-type')?.includes('json')
  tellReach(!behind)
  if (behind) throw new ApiProblem(0, { code: 'unreachable' })
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as ProblemBody
    throw new ApiProblem(response.status, problem, Number(response.headers.get('retry-after')) || undefined)
  }
  return response
}

async function json<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const response = await answer(method, path, options)
  return (response.status === 204 ? undefined : await response.json()) as T
}

export const api = {
  get: <T>(path: string, options?: Options) => json<T>('GET', path, options),
  post: <T>(path: string, options?: Options) => json<T>('POST', path, options),
  put: <T>(path: string, options?: Options) => json<T>('PUT', path, options),
  patch: <T>(path: string, options?: Options) => json<T>('PATCH', path, options),
  delete: <T>(path: string, options?: Options) => json<T>('DELETE', path, options),
  /** A file that the server makes of what is sent. */
  async file(path: string, options: Options): Promise<Blob> {
    return (await answer('POST', path, options)).blob()
  },
  /** A file to be shown here. */
  async picture(path: string, options: Options): Promise<Blob> {
    return (await answer('GET', path, options)).blob()
  },
  /** Fetches a file and hands it to the browser to save, under the server's name for it. */
  async save(path: string, search?: Options['search']): Promise<void> {
    const response = await answer('GET', path, search ? { search } : {})
    const name = /filename\*=UTF-8''([^;]+)|filename="?([^";]+)"?/i.exec(response.headers.get('content-disposition') ?? '')
    const link = document.createElement('a')
    link.href = URL.createObjectURL(await response.blob())
    link.download = decodeURIComponent(name?.[1] ?? name?.[2] ?? 'balai')
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  },
}

/** A new key for one thing a person means to do. */
export function newIntent(): string {
  // randomUUID exists in secure contexts only; offices reach Balai over plain http in their own network.
  if ('randomUUID' in crypto) return crypto.randomUUID()
  const bytes = [...(crypto as Crypto).getRandomValues(new Uint8Array(16))]
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Keys for a form: the same content tried again keeps its key (done once), changed content gets a new one. */
export function intents(): (body: unknown) => string {
  let last = ''
  let key = ''
  return (body) => {
    const content = JSON.stringify(body)
    if (content !== last) {
      last = content
      key = newIntent()
    }
    return key
  }
}
