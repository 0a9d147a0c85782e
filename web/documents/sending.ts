// Sending files with their progress, which only XMLHttpRequest tells; one at a time over a village's line, each can be cancelled.
import { useEffect, useRef, useState } from 'react'
import { apiAt } from '../addresses.ts'
import { ApiProblem, newIntent } from '../api.ts'

export type Upload = { readonly id: string; readonly name: string; readonly mime_type: string; readonly size: number }

export type Sending = {
  readonly key: string
  readonly file: File
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed'
  /** Bytes that have left. */
  readonly done: number
  readonly upload: Upload | null
  readonly error: unknown
}

type Going = { readonly request: XMLHttpRequest; readonly sent: Promise<Upload> }

function send(tenant: string, file: File, intent: string, progress: (done: number) => void): Going {
  const request = new XMLHttpRequest()
  const sent = new Promise<Upload>((resolve, reject) => {
    const fail = (status: number, body: object): void => reject(new ApiProblem(status, body))
    request.open('POST', `${apiAt.tenant(tenant, 'core/uploads')}?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('accept-language', document.documentElement.lang)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('idempotency-key', intent)
    request.upload.addEventListener('progress', (event) => progress(event.loaded))
    request.addEventListener('load', () => {
      let body: object = {}
      try {
        body = JSON.parse(request.responseText) as object
      } catch {
        // A proxy answered with a page of its own.
      }
      if (request.status === 201) resolve(body as Upload)
      else fail(request.status >= 502 && !('code' in body) ? 0 : request.status, body)
    })
    for (const ended of ['error', 'abort', 'timeout']) request.addEventListener(ended, () => fail(0, { code: 'unreachable' }))
    request.send(file)
  })
  return { request, sent }
}

export type Queue = {
  readonly files: readonly Sending[]
  add(files: Iterable<File>): void
  /** Cancels what is being sent, or takes away what was. */
  remove(key: string): void
  /** Tries again what failed. */
  retry(key: string): void
}

/** A queue of files for one community. Whatever is still being sent when the screen closes is cancelled. */
export function useSending(tenant: string, single = false): Queue {
  const [files, setFiles] = useState<readonly Sending[]>([])
  const going = useRef(new Map<string, XMLHttpRequest>())
  // The same file tried again has the same intent: what had arrived after all is not kept twice.
  const intents = useRef(new Map<string, string>())
  const change = (key: string, to: Partial<Sending>): void =>
    setFiles((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)))

  const next = files.some((one) => one.state === 'sending') ? undefined : files.find((one) => one.state === 'waiting')
  useEffect(() => {
    if (!next) return
    const { key, file } = next
    change(key, { state: 'sending', done: 0, error: null })
    const intent = intents.current.get(key) ?? newIntent()
    intents.current.set(key, intent)
    const { request, sent } = send(tenant, file, intent, (done) => change(key, { done }))
    going.current.set(key, request)
    sent.then(
      (upload) => change(key, { state: 'sent', upload, done: file.size }),
      (error: unknown) => change(key, { state: 'failed', error }),
    )
  }, [next?.key, tenant])
  useEffect(() => {
    const open = going.current
    return () => {
      for (const request of open.values()) request.abort()
    }
  }, [])

  return {
    files,
    add(chosen) {
      const added = [...chosen].map((file): Sending => ({ key: newIntent(), file, state: 'waiting', done: 0, upload: null, error: null }))
      if (!single) return setFiles((all) => [...all, ...added])
      for (const request of going.current.values()) request.abort()
      setFiles(added.slice(0, 1))
    },
    remove(key) {
      going.current.get(key)?.abort()
      setFiles((all) => all.filter((one) => one.key !== key))
    },
    retry: (key) => change(key, { state: 'waiting' }),
  }
}
