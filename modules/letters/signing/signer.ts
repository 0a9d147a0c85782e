// Whoever can sign a PDF: a key in a file, a device that signs hashes, or a service that takes the whole file.
import type { X509Certificate } from 'node:crypto'

export const SIGNER_KINDS = ['p12', 'command', 'bsre'] as const
export type SignerKind = (typeof SIGNER_KINDS)[number]

/** What the signature says about itself; readers of PDFs show it. */
export type How = {
  readonly reason: string
  readonly location: string
  /** Who signs, as on the letter. */
  readonly name: string
  readonly at: Date
}

/** What people want to know of a certificate. Names as RFC 4514 writes them: `CN=Haji Mulyadi,O=Desa Sukamaju`. */
export type CertificateFacts = {
  readonly subject: string
  readonly issuer: string
  /** Hexadecimal, upper case. */
  readonly serial: string
  /** SHA-256 of the certificate, hexadecimal, lower case. */
  readonly fingerprint: string
  readonly validFrom: Date
  readonly validTo: Date
  /** `rsa` or `ec`. */
  readonly algorithm: 'rsa' | 'ec'
}

/** Signs a whole PDF. What it may throw: the refusals of `refusals.ts`. */
export type Signer = {
  readonly kind: SignerKind
  /** Null when only the service knows the certificate. */
  readonly certificate: CertificateFacts | null
  readonly sign: (pdf: Uint8Array, how: How) => Promise<Uint8Array<ArrayBuffer>>
}

/** The smaller thing that most signers are: it signs what a hash stands for, and we make the PDF. */
export type HashSigner = {
  readonly kind: SignerKind
  /** The signer's own certificate first, then the one that issued it, and so on. */
  readonly chain: readonly [X509Certificate, ...X509Certificate[]]
  /** Signs `bytes`, whose SHA-256 is `sha256`. RSA: RSASSA-PKCS1-v1_5; EC: ECDSA-Sig-Value in DER (RFC 3279 §2.2.3). */
  readonly sign: (content: { readonly bytes: Uint8Array; readonly sha256: Uint8Array }) => Promise<Uint8Array>
}
