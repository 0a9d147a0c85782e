// Where files are kept and how large they may be, from the environment.
import { type Clamd, clamdOf } from '../scan/config.ts'
import type { StorageConfig } from './open.ts'

export type FilesConfig = {
  readonly storage: StorageConfig
  /** Largest file people may bring, in bytes. */
  readonly maxBytes: number
  /** The virus scanner; null: files are not scanned. */
  readonly clamd: Clamd | null
}

type Env = Readonly<Record<string, string | undefined>>
type Complain = (words: string) => never

const EXAMPLE = 's3://KEY:SECRET@s3.example.id/bucket?region=ap-southeast-3'

/** Reads `BALAI_STORAGE`, `BALAI_FILE_MAX_MB` and `BALAI_CLAMD`; `complain` stops the start with words. */
export function filesConfig(env: Env, complain: Complain): FilesConfig {
  const mb = Number(env['BALAI_FILE_MAX_MB'] || 100)
  if (!Number.isInteger(mb) || mb < 1 || mb > 2_000) complain('BALAI_FILE_MAX_MB must be a whole number from 1 to 2000.')
  return {
    storage: storageOf(env['BALAI_STORAGE']?.trim(), complain),
    maxBytes: mb * 1_000_000,
    clamd: clamdOf(env['BALAI_CLAMD'], complain),
  }
}

/** `folder`, or an S3 address; `?tls=false` for a storage in the same closed network. */
function storageOf(said: string | undefined, complain: Complain): StorageConfig {
  if (!said || said === 'folder') return { kind: 'folder' }
  // Never quoted back: it holds a password.
  if (!said.startsWith('s3://') || !URL.canParse(said)) complain(`BALAI_STORAGE must be "folder" or look like ${EXAMPLE}.`)
  const url = new URL(said)
  const bucket = url.pathname.replace(/^\/|\/$/g, '')
  if (!url.username || !url.password)
    complain(`BALAI_STORAGE lacks the key or the secret (percent-encoded where they hold / or @): ${EXAMPLE}.`)
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) complain(`BALAI_STORAGE lacks the bucket after the host: ${EXAMPLE}.`)
  const tls = url.searchParams.get('tls') ?? 'true'
  if (tls !== 'true' && tls !== 'false') complain('BALAI_STORAGE: tls is true or false.')
  return {
    kind: 's3',
    endpoint: `${tls === 'true' ? 'https' : 'http'}://${url.host}/${bucket}`,
    region: url.searchParams.get('region') ?? 'auto',
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  }
}
