// Seals what belongs to a person and not to a community, with a key made from the installation's master key,
// so that a stolen database alone does not open it.
import type { MasterKey } from '#kernel/secrets/master-key.ts'
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const NONCE = 12
const TAG = 16

export type OwnSeal = {
  /** Names the master key that seals now; kept beside what it sealed. */
  readonly keyId: string
  /** `bound`: what the value belongs to, such as the person's id; opens nowhere else. AES-256-GCM: nonce, ciphertext, tag. */
  seal(plain: Buffer, bound: string): Buffer
  /** Null when the key is gone, or the bytes are altered or somebody else's. */
  open(sealed: Buffer, keyId: string, bound: string): Buffer | null
}

/** `purpose` separates the keys of one use from those of another (HKDF, RFC 5869). */
export function ownSeal(master: MasterKey, purpose: string): OwnSeal {
  const keyFrom = (key: Buffer): Buffer => Buffer.from(hkdfSync('sha256', key, 'balai', `own seal ${purpose}`, 32))
  const keys = new Map([...master.known].map(([id, key]) => [id, keyFrom(key)]))
  const current = keyFrom(master.key)
  return {
    keyId: master.id,
    seal(plain, bound) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', current, nonce, { authTagLength: TAG }).setAAD(Buffer.from(bound))
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    open(sealed, keyId, bound) {
      const key = keys.get(keyId)
      if (!key || sealed.length < NONCE + TAG) return null
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG })
        decipher.setAAD(Buffer.from(bound)).setAuthTag(sealed.subarray(-TAG))
        return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()])
      } catch {
        return null
      }
    },
  }
}
