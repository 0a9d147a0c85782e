// A tenant's seal: AES-256-GCM for what is kept, HMAC-SHA-256 for what is looked up.
// Bytes of a sealed value: format (1) · key version, big-endian (2) · nonce (12) · ciphertext · tag (16).
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomFillSync, type KeyObject } from 'node:crypto'
import { normal, wordsOf } from './normal.ts'
import type { Seal } from './seal.ts'

const FORMAT = 1
const HEAD = 3
const NONCE = 12
const TAG = 16
export const MAX_VERSION = 0xffff

/** The bytes are not what this tenant sealed for this field, or the key is gone. Says nothing of the content. */
export class SealError extends Error {
  readonly code: 'seal_damaged' | 'seal_key_unknown'
  constructor(code: 'seal_damaged' | 'seal_key_unknown', field: string) {
    const what = code === 'seal_damaged' ? 'is damaged or not its own' : 'was sealed with a key that is not known'
    super(`A sealed value of ${field} ${what}.`)
    this.name = 'SealError'
    this.code = code
  }
}

/** The open keys of one tenant. Read at every use: a reload may replace what it holds while a seal is in somebody's hands. */
export type OpenKeys = {
  tenantId: string
  /** 32 bytes, never rotated: the root of all blind indexes. */
  index: Buffer
  /** Data keys by version, as key objects: given as bytes, OpenSSL would prepare them again for every value (five times slower). */
  data: ReadonlyMap<number, KeyObject>
  /** Version that seals now. */
  current: () => number
}

export type TenantSeal = Seal & {
  /** Version of the data key that seals now. */
  readonly version: () => number
}

/** The first bytes of everything sealed with a version: what tells an old row from a new one in SQL. */
export const sealHead = (version: number): Buffer => Buffer.from([FORMAT, version >> 8, version & 0xff])

/** The key version a value was sealed with; null when the bytes are not a sealed value. */
export const sealedWith = (sealed: Uint8Array): number | null =>
  sealed.length >= HEAD + NONCE + TAG && sealed[0] === FORMAT ? (sealed[1]! << 8) | sealed[2]! : null

/** A seal over open keys. Field names are bound into everything, so nothing can be moved between fields, tenants or key versions. */
export function sealWith(keys: OpenKeys): TenantSeal {
  // The field is the last part and the others have a fixed length: no two bindings read the same.
  const bindings = new Map<string, Buffer>()
  const binding = (version: number, field: string): Buffer => {
    const name = `${version} ${field}`
    let bytes = bindings.get(name)
    if (!bytes) bindings.set(name, (bytes = Buffer.concat([sealHead(version), Buffer.from(`${keys.tenantId}\0${field}`)])))
    return bytes
  }
  const indexKey = indexKeys(keys)
  const blindOf = (kind: 'equal' | 'word', normalised: string, field: string): Buffer =>
    createHmac('sha256', indexKey(kind, field)).update(normalised).digest().subarray(0, 16)

  return {
    version: () => keys.current(),
    seal(plain, field) {
      const version = keys.current()
      const head = sealHead(version)
      const nonce = freshNonce()
      const cipher = createCipheriv('aes-256-gcm', keys.data.get(version)!, nonce, { authTagLength: TAG })
      cipher.setAAD(binding(version, field))
      const body = cipher.update(plain, 'utf8')
      cipher.final()
      return Buffer.concat([head, nonce, body, cipher.getAuthTag()])
    },
    open(sealed, field) {
      const version = sealedWith(sealed)
      if (version === null) throw new SealError('seal_damaged', field)
      const key = keys.data.get(version)
      if (!key) throw new SealError('seal_key_unknown', field)
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(HEAD, HEAD + NONCE), { authTagLength: TAG })
        decipher.setAAD(binding(version, field))
        decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
        const plain = decipher.update(sealed.subarray(HEAD + NONCE, sealed.length - TAG))
        decipher.final()
        return plain.toString('utf8')
      } catch {
        throw new SealError('seal_damaged', field)
      }
    },
    blind: (plain, field) => blindOf('equal', normal(plain), field),
    blindWords: (plain, field) => wordsOf(plain).map((word) => blindOf('word', word, field)),
  }
}

/** One derived key per kind of index and field (HKDF, RFC 5869), kept because deriving costs more than using. */
function indexKeys(keys: OpenKeys): (kind: 'equal' | 'word', field: string) => KeyObject {
  const derived = new Map<string, KeyObject>()
  return (kind, field) => {
    const name = `balai blind index\0${kind}\0${field}`
    let key = derived.get(name)
    if (!key) derived.set(name, (key = createSecretKey(Buffer.from(hkdfSync('sha256', keys.index, keys.tenantId, name, 32)))))
    return key
  }
}

// Random bytes are asked for in pages: one call to the generator per value would cost as much as the cipher.
const page = Buffer.alloc(NONCE * 256)
let used = page.length

function freshNonce(): Buffer {
  if (used === page.length) {
    randomFillSync(page)
    used = 0
  }
  const nonce = Buffer.from(page.subarray(used, used + NONCE))
  used += NONCE
  return nonce
}
