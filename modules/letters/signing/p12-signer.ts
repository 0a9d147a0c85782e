// Signs with a key that is here: from a P12 as it was uploaded, or from the sealed form we keep of it.
import { createPrivateKey, sign, X509Certificate } from 'node:crypto'
import { openP12, type OpenedP12 } from './p12.ts'
import { pdfSigner } from './sign-pdf.ts'
import type { Signer } from './signer.ts'

/** A signer from a key and its certificates. */
export const keySigner = ({ key, chain }: OpenedP12): Signer =>
  pdfSigner({ kind: 'p12', chain, sign: ({ bytes }) => Promise.resolve(sign('sha256', bytes, key)) })

/** A signer from a P12 file. Throws what `openP12` throws. */
export const p12Signer = (file: Uint8Array, passphrase: string, at: Date): Signer => keySigner(openP12(file, passphrase, at))

/** Key and certificates as one text, to be sealed with the community's key at once: the P12's own passphrase is not needed again. */
export const keptKey = ({ key, chain }: OpenedP12): string =>
  JSON.stringify({
    key: key.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    chain: chain.map(({ raw }) => raw.toString('base64')),
  })

/** What `keptKey` wrote. */
export function fromKeptKey(text: string): OpenedP12 {
  const kept = JSON.parse(text) as { key: string; chain: [string, ...string[]] }
  const certificate = (base64: string): X509Certificate => new X509Certificate(Buffer.from(base64, 'base64'))
  const [first, ...rest] = kept.chain
  return {
    key: createPrivateKey({ key: Buffer.from(kept.key, 'base64'), format: 'der', type: 'pkcs8' }),
    chain: [certificate(first), ...rest.map(certificate)],
  }
}
