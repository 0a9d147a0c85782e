// Signs a PDF as PAdES baseline B-B (ETSI EN 319 142-1): the field, the hash of everything but the hole, the signature in the hole.
import { createHash } from 'node:crypto'
import { factsOf, mustBeValid } from './certificate.ts'
import { detachedSignature } from './cms.ts'
import { prepare } from './pdf-update.ts'
import { pdfNotSignable } from './refusals.ts'
import type { HashSigner, How, Signer } from './signer.ts'

/** What a signature has besides the certificates: attributes, names, and at most the 512 bytes of RSA 4096, twice over. */
const AROUND = 4_096

/**
 * The signed PDF; its first bytes are the PDF that came in. Throws 422 `pdf_not_signable`, `certificate_expired`,
 * `certificate_not_yet_valid`, 409 `already_signed`, and what the signer throws.
 */
export async function signPdf(pdf: Uint8Array, signer: HashSigner, how: How): Promise<Uint8Array<ArrayBuffer>> {
  mustBeValid(factsOf(signer.chain[0]), how.at)
  const room = signer.chain.reduce((sum, { raw }) => sum + raw.length, AROUND)
  const { bytes, range } = prepare(pdf, how, room)
  const digest = createHash('sha256').update(bytes.subarray(0, range[1])).update(bytes.subarray(range[2])).digest()
  const signature = await detachedSignature(digest, signer)
  if (signature.length > room) throw pdfNotSignable()
  bytes.write(signature.toString('hex').toUpperCase(), range[1] + 1, 'latin1')
  return Uint8Array.from(bytes)
}

/** A signer of PDFs from one that signs hashes. */
export const pdfSigner = (signer: HashSigner): Signer => ({
  kind: signer.kind,
  certificate: factsOf(signer.chain[0]),
  sign: (pdf, how) => signPdf(pdf, signer, how),
})
