// Messages by SMS: one HTTP request to the installation's gateway, in whatever form that gateway wants.
import type { SmsGateway } from './config.ts'
import { Undelivered, type Adapter } from './message.ts'

const PATIENCE_MS = 15_000
/** What a gateway says about the message itself; saying it again will not help. */
const FOR_GOOD = [400, 404, 405, 410, 413, 422]

/** Puts values where `{to}` and `{text}` stand, written so that they cannot leave their place. */
const fill = (template: string, values: Readonly<Record<string, string>>, written: (value: string) => string): string =>
  template.replace(/\{(to|text)\}/g, (_place, name: string) => written(values[name] ?? ''))

const inJson = (value: string): string => JSON.stringify(value.toWellFormed()).slice(1, -1)
const inForm = (value: string): string => encodeURIComponent(value.toWellFormed())

/** Only the configured address is ever asked: a redirect is a failure, since it would carry the text to somebody else. */
export function smsAdapter(gateway: SmsGateway): Adapter {
  const type = gateway.headers['content-type'] ?? 'application/json'
  const written = /urlencoded/i.test(type) ? inForm : inJson
  return async ({ to, text }) => {
    const values = { to, text }
    let status: number
    try {
      const response = await fetch(fill(gateway.url, values, inForm), {
        method: gateway.method,
        headers: gateway.body ? { 'content-type': type, ...gateway.headers } : { ...gateway.headers },
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...(gateway.body ? { body: fill(gateway.body, values, written) } : {}),
      })
      status = response.status
      await response.body?.cancel()
    } catch (error) {
      throw new Undelivered((error as Error).name === 'TimeoutError' ? 'http timeout' : 'http unreachable', false)
    }
    if (status < 200 || status > 299) throw new Undelivered(`http ${status}`, FOR_GOOD.includes(status))
  }
}
