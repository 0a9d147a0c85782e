// A link to the content of one version, for a minute or a few: sealed with the community's key, so that nobody makes or changes one.
import type { Seal } from '#kernel/secrets/seal.ts'

export type ContentToken = {
  readonly version: string
  /** Whose sight it has: looked at again when the link is used. Null: the system. */
  readonly user: string | null
  readonly disposition: 'inline' | 'attachment'
  /** Seconds since 1970. */
  readonly until: number
}

/** Bound into the seal: a value sealed for a field is never a link, and a link of another community does not open. */
const AS = 'core.document_versions.content_link'

export const contentToken = (seal: Seal, { version, user, disposition, until }: ContentToken): string =>
  seal.seal(JSON.stringify([version, user, disposition, until]), AS).toString('base64url')

/** What a link says; null when it is not one of ours, or over. */
export function readToken(seal: Seal, text: string, now: Date): ContentToken | null {
  if (!/^[\w-]{40,400}$/.test(text)) return null
  try {
    const [version, user, disposition, until] = JSON.parse(seal.open(Buffer.from(text, 'base64url'), AS)) as [
      string,
      string | null,
      ContentToken['disposition'],
      number,
    ]
    return until * 1000 > now.getTime() ? { version, user, disposition, until } : null
  } catch {
    return null
  }
}
