// Keys for tests, of nobody: made by OpenSSL 3 (`openssl ca`, `openssl pkcs12 -export`, one with `-legacy`), valid from 2026 to 2036.
import { readFileSync } from 'node:fs'

const file = (name: string): Uint8Array => readFileSync(new URL(`./test-keys/${name}`, import.meta.url))

/** The passphrase of all of them. */
export const PASSPHRASE = 'padi-menguning'
/** When all of them are valid. */
export const AT = new Date('2026-12-01T02:15:00Z')

export const KEYS = {
  /** RSA 2048, Haji Mulyadi, issued by an authority below a root: three certificates. */
  mulyadi: file('mulyadi.p12'),
  /** The same key as files were made until 2021 (RC2, 3DES, SHA-1). */
  mulyadiOld: file('mulyadi-old.p12'),
  /** ECDSA P-256, Siti Aminah; valid until 2099. */
  sitiEc: file('siti-ec.p12'),
  /** RSA 1024. */
  weak: file('weak.p12'),
  /** A certificate and no key. */
  noKey: file('no-key.p12'),
}
