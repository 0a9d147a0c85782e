// What the environment says, read once and checked: a wrong setting stops the start with words, not a stack.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { filesConfig } from '#kernel/documents/storage/config.ts'
import type { Config } from '#kernel/house.ts'
import { pushConfig } from '#kernel/notifications/push/config.ts'
import { outboxConfig } from '#kernel/outbox/config.ts'
import { isLocale } from '#kernel/words.ts'

export type Settings = Config & {
  readonly databaseUrl: string | undefined
  readonly databaseAppUrl: string | undefined
  readonly masterKey: string | undefined
  readonly pushKey: string | undefined
  readonly poolSize: number
  readonly workInProcess: boolean
}

export class ConfigError extends Error {
  override name = 'ConfigError'
}

type Env = Record<string, string | undefined>

function whole(env: Env, name: string, fallback: number, min: number, max: number): number {
  const raw = env[name]
  if (raw === undefined || raw === '') return fallback
  const value = Number(raw)
  if (!Number.isInteger(value) || value < min || value > max)
    throw new ConfigError(`${name} must be a whole number from ${min} to ${max}, not "${raw}".`)
  return value
}

function yes(env: Env, name: string, fallback: boolean): boolean {
  const raw = env[name]
  if (raw === undefined || raw === '') return fallback
  if (!['true', 'false', '1', '0'].includes(raw)) throw new ConfigError(`${name} must be true or false, not "${raw}".`)
  return raw === 'true' || raw === '1'
}

/** The secret that signs cookies: from BALAI_SECRET, or made once beside the data. */
function secretOf(env: Env, dataDir: string): string {
  const given = env['BALAI_SECRET']
  if (given) {
    if (given.length < 32) throw new ConfigError('BALAI_SECRET must have at least 32 characters.')
    return given
  }
  const file = join(dataDir, 'cookie.secret')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx', flush: true })
  }
  return readFileSync(file, 'utf8').trim()
}

/** Who may make an account: a village closes it, a city may open it. */
function signUpOf(env: Env): 'open' | 'closed' {
  const raw = env['BALAI_SIGN_UP'] || 'closed'
  if (raw !== 'open' && raw !== 'closed') throw new ConfigError(`BALAI_SIGN_UP must be open or closed, not "${raw}".`)
  return raw
}

const complain = (words: string): never => {
  throw new ConfigError(words)
}

/** Reads the settings. Throws ConfigError naming the variable. */
export function readConfig(env: Env = process.env): Settings {
  const dataDir = resolve(env['BALAI_DATA'] || './data')
  const port = whole(env, 'PORT', 3000, 0, 65_535)
  const locale = env['BALAI_LOCALE'] || 'id'
  if (!isLocale(locale)) throw new ConfigError(`BALAI_LOCALE must be id or en, not "${locale}".`)
  const baseUrl = env['BALAI_URL'] || `http://localhost:${port}`
  if (!URL.canParse(baseUrl)) throw new ConfigError('BALAI_URL must be a full address such as https://balai.example.id')
  return {
    port,
    baseUrl: new URL(baseUrl).origin,
    dataDir,
    standalone: env['BALAI_TENANT'] || null,
    locale,
    trustProxy: yes(env, 'BALAI_TRUST_PROXY', false),
    secret: secretOf(env, dataDir),
    signInPerMinute: whole(env, 'BALAI_SIGN_IN_PER_MINUTE', 20, 1, 1_000_000),
    outbox: outboxConfig(env, complain),
    push: pushConfig(env, complain),
    files: filesConfig(env, complain),
    signUp: signUpOf(env),
    requestsPerMinute: whole(env, 'BALAI_REQUESTS_PER_MINUTE', 3_000, 10, 100_000_000),
    databaseUrl: env['DATABASE_URL'] || undefined,
    databaseAppUrl: env['DATABASE_APP_URL'] || undefined,
    masterKey: env['BALAI_KEY'] || undefined,
    pushKey: env['BALAI_PUSH_KEY'] || undefined,
    poolSize: whole(env, 'BALAI_POOL', 10, 2, 200),
    workInProcess: yes(env, 'BALAI_WORK', true),
  }
}
