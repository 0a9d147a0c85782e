// The running installation: what was opened once at start and is handed down. Not a global: app/ makes it.
import type { FilesConfig } from '#kernel/documents/storage/config.ts'
import type { Storage } from '#kernel/documents/storage/storage.ts'
import type { Database } from '#kernel/db/open.ts'
import type { Identity } from '#kernel/identity/identity.ts'
import type { Jobs } from '#kernel/jobs/jobs.ts'
import type { PushConfig } from '#kernel/notifications/push/config.ts'
import type { PushKeys } from '#kernel/notifications/push/keys.ts'
import type { OutboxConfig } from '#kernel/outbox/config.ts'
import type { OpenOutbox } from '#kernel/outbox/outbox.ts'
import type { Platform } from '#kernel/platform/runner.ts'
import type { Model } from '#kernel/resource/model.ts'
import type { MasterKey } from '#kernel/secrets/master-key.ts'
import type { Locale } from '#kernel/words.ts'
import type { Logger } from 'pino'

export type Config = {
  readonly port: number
  /** Where people reach us, `http://localhost:3000`: cookies and links are made for it. */
  readonly baseUrl: string
  readonly dataDir: string
  /** Code of the one tenant a standalone installation serves. */
  readonly standalone: string | null
  readonly locale: Locale
  /** Believe X-Forwarded-For from a reverse proxy. */
  readonly trustProxy: boolean
  /** Shared by cookies and links; made on first start beside the master key. */
  readonly secret: string
  /** Sign-in attempts per minute and address; raised only by load tests. */
  readonly signInPerMinute: number
  readonly requestsPerMinute: number
  /** Whether anybody with a phone may make an account (without a community), or only those who were given one. */
  readonly signUp: 'open' | 'closed'
  /** How mail and SMS leave. */
  readonly outbox: OutboxConfig
  /** Which push services may be called. */
  readonly push: PushConfig
  /** Where files are kept, how large they may be, and who scans them. */
  readonly files: FilesConfig
}

export type House = {
  readonly config: Config
  readonly database: Database
  readonly model: Model
  readonly master: MasterKey
  readonly log: Logger
  readonly identity: Identity
  readonly jobs: Jobs
  readonly outbox: OpenOutbox
  /** How push services know this installation. */
  readonly pushKeys: PushKeys
  /** Where the bytes of files lie. */
  readonly storage: Storage
  /** The operator's long work: exports and deletions of communities. */
  readonly platform: Platform
}
