// The authentication library, told about our tables and our passwords. Only sign-in goes through it:
// reading a session on every request is ours (sessions.ts), and so are accounts (users.ts).
import { Refusal } from '#kernel/http/refusal.ts'
import type { Config } from '#kernel/house.ts'
import { newId } from '#kernel/resource/id.ts'
import { betterAuth } from 'better-auth'
import { username } from 'better-auth/plugins/username'
import type pg from 'pg'
import { isUsername, PASSWORD_MAX, PASSWORD_MIN } from './account-rules.ts'
import { COOKIE } from './cookie.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { IDLE } from './sessions.ts'

/** Header that carries the caller's address to the library: we say it, so that nobody else can. */
export const ADDRESS = 'x-balai-address'

/** `worked` is called whenever a password was hashed or compared, so that sign-in can spend the same on every failure. */
export function openBetterAuth(app: pg.Pool, config: Config, worked: () => void) {
  return betterAuth({
    database: app,
    secret: config.secret,
    baseURL: config.baseUrl,
    basePath: '/auth',
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Our own limits count failures, per name and per address (sign-in-brake.ts).
    rateLimit: { enabled: false },
    advanced: {
      database: { generateId: () => newId(), validateSchema: false },
      ipAddress: { ipAddressHeaders: [ADDRESS], ipv6Subnet: 128 },
      useSecureCookies: false,
      cookies: { session_token: { name: COOKIE, attributes: { secure: config.baseUrl.startsWith('https:') } } },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
      password: {
        hash: (password) => (worked(), hashPassword(password)),
        verify: ({ hash, password }) => (worked(), verifyPassword(hash, password)),
      },
    },
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    session: {
      modelName: 'sessions',
      expiresIn: IDLE,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'last_seen_at',
      },
    },
    account: {
      modelName: 'accounts',
      fields: {
        userId: 'user_id',
        providerId: 'provider_id',
        accountId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'verifications',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    plugins: [username({ displayUsername: false, usernameValidator: isUsername })],
    databaseHooks: {
      session: {
        // Whoever gets here knows the password: they may be told that the account is closed.
        create: { before: async ({ userId }) => refuseUnlessActive(app, userId) },
      },
    },
  })
}

async function refuseUnlessActive(app: pg.Pool, userId: string): Promise<void> {
  const { rows } = await app.query<{ status: string }>('select status from core.users where id = $1', [userId])
  if (rows[0]?.status === 'active') return
  throw new Refusal(403, 'account_not_active', {
    id: 'Akun Anda sedang tidak aktif. Hubungi pengelola.',
    en: 'Your account is not active. Ask an administrator.',
  })
}
