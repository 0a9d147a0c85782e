// A P12 file (RFC 7292) as banks and authorities give it out, from OpenSSL 3 or much older: its key and its certificates.
import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import forge from 'node-forge'
import { algorithmOf, chainOf, factsOf, mustBeValid } from './certificate.ts'
import { keyMissing, p12Unreadable, passphraseWrong } from './refusals.ts'

export type OpenedP12 = { readonly key: KeyObject; readonly chain: readonly [X509Certificate, ...X509Certificate[]] }

/** A P12 with a long chain has a few kilobytes. */
const MAX_BYTES = 100_000

const der = (node: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(node).getBytes(), 'binary')

function contentsOf(file: Uint8Array, passphrase: string): forge.pkcs12.Pkcs12Pfx {
  if (file.length === 0 || file.length > MAX_BYTES) throw p12Unreadable()
  let outer: forge.asn1.Asn1
  try {
    outer = forge.asn1.fromDer(Buffer.from(file).toString('binary'))
  } catch {
    throw p12Unreadable()
  }
  try {
    return forge.pkcs12.pkcs12FromAsn1(outer, false, passphrase)
  } catch (error) {
    // The library says only in words which of the two it was; anything but its words for a wrong passphrase is a damaged file.
    throw /MAC could not be verified|Invalid password|Cannot decrypt|wrong password/i.test((error as Error).message)
      ? passphraseWrong()
      : p12Unreadable()
  }
}

const keyIn = (bag: forge.pkcs12.Bag): KeyObject => {
  // The library knows RSA keys as numbers; every other kind it leaves as it stood.
  const info = bag.asn1 ?? (bag.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)) : null)
  if (!info) throw keyMissing()
  return createPrivateKey({ key: der(info), format: 'der', type: 'pkcs8' })
}
const certificateIn = (bag: forge.pkcs12.Bag): X509Certificate[] => {
  const whole = bag.asn1 ?? (bag.cert ? forge.pki.certificateToAsn1(bag.cert) : null)
  return whole ? [new X509Certificate(der(whole))] : []
}

/**
 * Opens a P12 and checks that it may sign at `at`. Throws 422 `p12_unreadable`, `passphrase_wrong`, `key_missing`, `key_weak`,
 * `certificate_expired`, `certificate_not_yet_valid`. The passphrase goes nowhere.
 */
export function openP12(file: Uint8Array, passphrase: string, at: Date): OpenedP12 {
  const { pkcs8ShroudedKeyBag: shrouded, keyBag, certBag } = forge.pki.oids as Record<'pkcs8ShroudedKeyBag' | 'keyBag' | 'certBag', string>
  const bags = contentsOf(file, passphrase).safeContents.flatMap(({ safeBags }) => safeBags)
  let opened: OpenedP12
  try {
    const keys = bags.filter(({ type }) => type === shrouded || type === keyBag).map(keyIn)
    const certificates = bags.filter(({ type }) => type === certBag).flatMap(certificateIn)
    const pair = keys.flatMap((key) => certificates.flatMap((one) => (one.checkPrivateKey(key) ? [{ key, one }] : [])))[0]
    if (!pair) throw keyMissing()
    opened = { key: pair.key, chain: chainOf(pair.one, certificates) }
  } catch (error) {
    throw error instanceof Error && error.name === 'Refusal' ? error : keyMissing()
  }
  algorithmOf(createPublicKey(opened.key))
  mustBeValid(factsOf(opened.chain[0]), at)
  return opened
}
