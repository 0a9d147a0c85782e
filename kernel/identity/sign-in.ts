// Proving who one is with a password, so that a failure tells nothing: not whether the name exists, not by words, not by time.
import { Refusal } from '#kernel/http/refusal.ts'
import type { Config } from '#kernel/house.ts'
import type { Origin } from '#kernel/ctx.ts'
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { hashPassword } from './password.ts'

type Library = typeof import('./better-auth.ts')

/** Failures are answered on a grid of this many milliseconds, which swallows what one query more or less takes. */
const GRID = 100

/** Makes a session and answers its token. Throws 401 `wrong_credentials` or 403 `account_not_active`. */
export function openSignIn(app: pg.Pool, config: Config): (login: string, password: string, origin: Origin) => Promise<string> {
  const effort = new AsyncLocalStorage<{ spent: boolean }>()
  const worked = (): void => {
    const mine = effort.getStore()
    if (mine) mine.spent = true
  }
  // Loaded with the first sign-in: it takes a third of a second that commands and workers need not spend.
  let library: Promise<{ auth: ReturnType<Library['openBetterAuth']>; addressHeader: string }> | undefined
  const load = () =>
    (library ??= import('./better-auth.ts').then(({ openBetterAuth, ADDRESS }) => ({
      auth: openBetterAuth(app, config, worked),
      addressHeader: ADDRESS,
    })))

  async function prove(login: string, password: string, origin: Origin): Promise<string | null> {
    const { auth, addressHeader } = await load()
    const headers = new Headers()
    if (origin.ip) headers.set(addressHeader, origin.ip)
    if (origin.userAgent) headers.set('user-agent', origin.userAgent.slice(0, 300))
    try {
      const answer = login.includes('@')
        ? await auth.api.signInEmail({ body: { email: login, password }, headers })
        : await auth.api.signInUsername({ body: { username: login, password }, headers })
      return answer.token
    } catch (error) {
      const status = (error as { statusCode?: unknown }).statusCode
      if (!(error instanceof Refusal) && typeof status === 'number' && status < 500) return null
      throw error
    }
  }

  return (login, password, origin) => {
    const mine = { spent: false }
    return effort.run(mine, async () => {
      const started = performance.now()
      const token = await prove(login, password, origin)
      if (token) return token
      // A name that cannot exist is refused before any hashing: spend the same all the same.
      if (!mine.spent) await hashPassword(password.slice(0, 128))
      const took = performance.now() - started
      await sleep(Math.ceil(took / GRID) * GRID - took)
      throw new Refusal(401, 'wrong_credentials', {
        id: 'Nama pengguna, e-mail atau kata sandi tidak cocok.',
        en: 'The username, e-mail or password is not right.',
      })
    })
  }
}
