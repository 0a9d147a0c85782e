// A client that says its PIN when it is asked for, making one first if it has none: as people do in the browser.
import { PASSWORD, PIN } from './places.ts'
import type { Send } from './world.ts'

/** The header of the proof. A request that names it, even as '', is left as it is. */
export const STEP_UP = 'balai-step-up'

/** `put` and `post` send without any of this; `tokens` are those of this client, by person and place. */
type Ask = { readonly put: Send; readonly post: Send; readonly tokens: Map<string, string> }

export const sayingPin =
  (send: Send, ask: Ask, place: string): Send =>
  async (path, body, headers = {}) => {
    if (STEP_UP in headers || path.endsWith('/step-up')) return send(path, body, headers)
    const at = /^\/api\/([^/]+)/.exec(path)?.[1] ?? place
    // Somebody who is signed in by a header of their own stays who they are.
    const own: Record<string, string> = headers['cookie'] ? { cookie: headers['cookie'] } : {}
    const key = `${at} ${own['cookie'] ?? ''}`
    const known = ask.tokens.get(key)
    const answer = await send(path, body, known ? { ...headers, [STEP_UP]: known } : headers)
    if (answer.status !== 403 || !['pin_required', 'pin_not_set'].includes(answer.body?.code)) return answer
    if (answer.body.code === 'pin_not_set') {
      const made = await ask.put(`/api/${at}/pin`, { pin: PIN, password: PASSWORD }, own)
      if (made.status !== 204) throw new Error(`No PIN could be made: ${JSON.stringify(made.body)}`)
    }
    const said = await ask.post(`/api/${at}/step-up`, { pin: PIN }, own)
    if (said.status !== 200) throw new Error(`The PIN was not taken: ${JSON.stringify(said.body)}`)
    ask.tokens.set(key, said.body.token)
    return send(path, body, { ...headers, [STEP_UP]: said.body.token })
  }
