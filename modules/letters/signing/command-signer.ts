// Signs with a device that never gives its key away (smart card, HSM): a program of the operator's gets a hash and answers with a signature.
import { spawn } from 'node:child_process'
import type { X509Certificate } from 'node:crypto'
import { signerRefused, signerSilent } from './refusals.ts'
import { pdfSigner } from './sign-pdf.ts'
import type { Signer } from './signer.ts'

/**
 * The program reads the 32 bytes of a SHA-256 and writes the raw signature, as `openssl pkeyutl -sign -pkeyopt digest:sha256 -inkey
 * pkcs11:…` does with a PKCS#11 provider. Named by whoever runs the server, never by a member; its PIN is its own business.
 */
export type SigningCommand = {
  readonly program: string
  readonly args: readonly string[]
  readonly chain: readonly [X509Certificate, ...X509Certificate[]]
  /** Milliseconds; a card that waits for a finger needs more. */
  readonly patience?: number
}

/** The largest signature we know is RSA 4096's. */
const MAX_ANSWER = 4_096

function ask({ program, args, patience = 15_000 }: SigningCommand, hash: Uint8Array): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  // No shell, and nothing of our own environment: our secrets are none of the program's business.
  const child = spawn(program, [...args], { stdio: ['pipe', 'pipe', 'ignore'], timeout: patience, env: { PATH: process.env['PATH'] } })
  const parts: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => {
    parts.push(part)
    if (parts.reduce((sum, { length }) => sum + length, 0) > MAX_ANSWER) child.kill('SIGKILL')
  })
  child.on('error', () => reject(signerSilent()))
  child.on('close', (code, signal) => {
    if (signal) reject(signerSilent())
    else if (code !== 0) reject(signerRefused())
    else resolve(Buffer.concat(parts))
  })
  // A program that ends before it has read says so by its exit code.
  child.stdin.on('error', () => undefined)
  child.stdin.end(hash)
  return promise
}

/** A signer that asks the program. Throws 502 `signer_unavailable`, `signer_refused`, `signature_false`. */
export const commandSigner = (command: SigningCommand): Signer =>
  pdfSigner({ kind: 'command', chain: command.chain, sign: ({ sha256 }) => ask(command, sha256) })
