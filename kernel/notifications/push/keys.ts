// The key by which push services know this installation (VAPID, RFC 8292): made on first start and kept beside the master key.
import { createECDH } from 'node:crypto'
import { loadKey } from '#kernel/secrets/master-key.ts'

export type PushKeys = { readonly publicKey: string; readonly privateKey: string }

/**
 * From `env` (`BALAI_PUSH_KEY`: 32 bytes in base64 or hex) or, when that is blank, from `file`, which is made on first start.
 * Another key means that every browser must be asked anew. Throws `KeyError`.
 */
export function loadPushKeys(from: { env: string | undefined; file: string }): PushKeys {
  const curve = createECDH('prime256v1')
  const key = loadKey(from, 'BALAI_PUSH_KEY')
  curve.setPrivateKey(key)
  return { publicKey: curve.getPublicKey('base64url'), privateKey: key.toString('base64url') }
}
