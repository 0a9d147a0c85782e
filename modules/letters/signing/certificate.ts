// What a certificate says, whether it may sign now, and which others stand above it.
import type { KeyObject, X509Certificate } from 'node:crypto'
import { certificateExpired, certificateNotYetValid, keyWeak } from './refusals.ts'
import type { CertificateFacts } from './signer.ts'

const CURVES = ['prime256v1', 'secp384r1', 'secp521r1']

/** `rsa` or `ec`. Throws 422 `key_weak` for anything else and for RSA below 2048 bits (SP 800-131A). */
export function algorithmOf(key: KeyObject): 'rsa' | 'ec' {
  const details = key.asymmetricKeyDetails
  if (key.asymmetricKeyType === 'rsa' && (details?.modulusLength ?? 0) >= 2048) return 'rsa'
  if (key.asymmetricKeyType === 'ec' && CURVES.includes(details?.namedCurve ?? '')) return 'ec'
  throw keyWeak()
}

const inOneLine = (name: string): string => name.split('\n').toReversed().join(',')

/** The facts of a certificate. Throws 422 `key_weak`. */
export const factsOf = (certificate: X509Certificate): CertificateFacts => ({
  subject: inOneLine(certificate.subject),
  issuer: inOneLine(certificate.issuer),
  serial: certificate.serialNumber,
  fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  validFrom: new Date(certificate.validFrom),
  validTo: new Date(certificate.validTo),
  algorithm: algorithmOf(certificate.publicKey),
})

/** Throws 422 `certificate_expired` or `certificate_not_yet_valid`: a signature made outside its time is worth nothing. */
export function mustBeValid(certificate: Pick<CertificateFacts, 'validFrom' | 'validTo'>, at: Date): void {
  if (at > certificate.validTo) throw certificateExpired()
  if (at < certificate.validFrom) throw certificateNotYetValid()
}

/** From `leaf` upwards, each followed by who issued it, as far as `others` go. */
export function chainOf(leaf: X509Certificate, others: readonly X509Certificate[]): [X509Certificate, ...X509Certificate[]] {
  const chain: [X509Certificate, ...X509Certificate[]] = [leaf]
  for (let below = leaf; ; ) {
    const above = others.find((one) => below.checkIssued(one) && !chain.some((known) => known.fingerprint256 === one.fingerprint256))
    if (!above) return chain
    chain.push(above)
    below = above
  }
}
