// The keys of a community locked with a passphrase instead of the installation's master key: then its archive can be opened elsewhere.
// scrypt (RFC 7914) at N = 2^17, r = 8, p = 1 (OWASP's recommendation), then AES-256-GCM as for every locked key.
import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { invalid } from '#kernel/http/refusal.ts'
import { type MasterKey, masterKey } from '#kernel/secrets/master-key.ts'

const derive = promisify(scrypt) as (secret: string, salt: Buffer, size: number, cost: object) => Promise<Buffer>
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
const SHORTEST = 12

export const newSalt = (): Buffer => randomBytes(16)

/** Throws 422 when it is too short to be worth anything. */
export async function passphraseKey(passphrase: string, salt: Buffer): Promise<MasterKey> {
  if (passphrase.length < SHORTEST || passphrase.length > 1000)
    throw invalid([
      {
        field: 'passphrase',
        code: 'too_short',
        message: { id: 'Frasa sandi paling sedikit 12 huruf.', en: 'A passphrase has at least 12 characters.' },
      },
    ])
  return masterKey([await derive(passphrase.normalize('NFKC'), salt, 32, COST)])
}
