// The signature itself: CMS SignedData (RFC 5652) with what PAdES baseline B-B asks of it (ETSI EN 319 142-1 §6.3).
import { createHash, verify, type X509Certificate } from 'node:crypto'
import { element, elements, NULL, octets, oid, sequence, setOf, small, tlv } from './der.ts'
import { signatureFalse } from './refusals.ts'
import type { HashSigner } from './signer.ts'

const DATA = oid('1.2.840.113549.1.7.1')
const SIGNED_DATA = oid('1.2.840.113549.1.7.2')
const CONTENT_TYPE = oid('1.2.840.113549.1.9.3')
const MESSAGE_DIGEST = oid('1.2.840.113549.1.9.4')
/** RFC 5035: names the certificate by its hash, so that nobody can put another one with the same key beside the signature. */
const SIGNING_CERTIFICATE_V2 = oid('1.2.840.113549.1.9.16.2.47')
const SHA256 = sequence(oid('2.16.840.1.101.3.4.2.1'), NULL)
const RSA = sequence(oid('1.2.840.113549.1.1.1'), NULL)
const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'))

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** Issuer and serial number as they stand in the certificate (RFC 5280 §4.1): byte for byte, never written anew. */
function issuerAndSerial(certificate: X509Certificate): { issuer: Buffer; serial: Buffer } {
  const [body] = elements(element(certificate.raw).inside)
  const parts = elements(body?.inside ?? Buffer.alloc(0))
  const from = parts[0]?.tag === 0xa0 ? 1 : 0
  const [serial, , issuer] = parts.slice(from)
  if (!serial || !issuer) throw new RangeError('A certificate without issuer or serial number.')
  return { issuer: issuer.whole, serial: serial.whole }
}

const attribute = (type: Uint8Array, value: Uint8Array): Buffer => sequence(type, setOf(value))

/**
 * A detached signature over content whose SHA-256 is `digest`. No signing-time attribute: PAdES has the time in the PDF's own dictionary.
 * Throws 502 `signature_false` when what came back does not fit the certificate, and what the signer throws.
 */
export async function detachedSignature(digest: Uint8Array, signer: HashSigner): Promise<Buffer> {
  const [certificate] = signer.chain
  const { issuer, serial } = issuerAndSerial(certificate)
  const essCertificate = sequence(octets(sha256(certificate.raw)), sequence(sequence(tlv(0xa4, issuer)), serial))
  const attributes = setOf(
    attribute(CONTENT_TYPE, DATA),
    attribute(MESSAGE_DIGEST, octets(digest)),
    attribute(SIGNING_CERTIFICATE_V2, sequence(sequence(essCertificate))),
  )
  const signature = await signer.sign({ bytes: attributes, sha256: sha256(attributes) })
  const key = certificate.publicKey
  if (!verify('sha256', attributes, key, signature)) throw signatureFalse()
  const signerInfo = sequence(
    small(1),
    sequence(issuer, serial),
    SHA256,
    // Signed as a set, written under [0] (RFC 5652 §5.4).
    tlv(0xa0, element(attributes).inside),
    key.asymmetricKeyType === 'rsa' ? RSA : ECDSA_SHA256,
    octets(signature),
  )
  const signedData = sequence(small(1), setOf(SHA256), sequence(DATA), tlv(0xa0, ...signer.chain.map(({ raw }) => raw)), setOf(signerInfo))
  return sequence(SIGNED_DATA, tlv(0xa0, signedData))
}
