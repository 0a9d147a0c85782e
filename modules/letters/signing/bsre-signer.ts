// Signs by BSrE's Esign Client Service, which stands beside the village's server and takes the whole PDF (`POST api/sign/pdf`).
import { signerRefused, signerSilent } from './refusals.ts'
import type { Signer } from './signer.ts'

/** Where the service is: set by whoever runs the server, never by a member, so that nobody can make us call somewhere else. */
export type EsignClient = {
  /** `http://esign.kominfo.example:8080/` */
  readonly url: string
  readonly username: string
  readonly password: string
  readonly patience?: number
}

/** Who signs. The passphrase is the official's own: it lives in this call and nowhere else. */
export type BsrePerson = { readonly nik: string; readonly passphrase: string }

/** A signed letter is the letter and some kilobytes. */
const MAX_ANSWER = 25_000_000

async function bytesOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    // Leaving the loop cancels the rest.
    if (size > MAX_ANSWER) throw signerRefused()
    parts.push(part)
  }
  return Uint8Array.from(Buffer.concat(parts))
}

const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-'
const isSigned = (bytes: Uint8Array): boolean => /\/ByteRange\s*\[/.test(Buffer.from(bytes).toString('latin1'))

/**
 * A signer for one person by the service; only the configured address is asked, a redirect is a failure. Throws 502 `signer_unavailable`
 * when it does not answer, `signer_refused` when it does not sign. What it answers is kept beside the original, never in its place.
 */
export const bsreSigner = (client: EsignClient, person: BsrePerson): Signer => ({
  kind: 'bsre',
  certificate: null,
  sign: async (pdf) => {
    const form = new FormData()
    form.set('file', new Blob([Uint8Array.from(pdf)], { type: 'application/pdf' }), 'surat.pdf')
    form.set('nik', person.nik)
    form.set('passphrase', person.passphrase)
    form.set('tampilan', 'invisible')
    let response: Response
    let signed: Uint8Array<ArrayBuffer>
    try {
      response = await fetch(new URL('api/sign/pdf', client.url), {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${client.username}:${client.password}`).toString('base64')}` },
        body: form,
        redirect: 'manual',
        signal: AbortSignal.timeout(client.patience ?? 30_000),
      })
      if (response.status >= 500 || response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
        await response.body?.cancel()
        throw signerSilent()
      }
      if (!response.ok) {
        await response.body?.cancel()
        throw signerRefused()
      }
      signed = await bytesOf(response)
    } catch (error) {
      // The error of the network may name the address: it goes no further.
      throw error instanceof Error && error.name === 'Refusal' ? error : signerSilent()
    }
    if (!isPdf(signed) || !isSigned(signed)) throw signerRefused()
    return signed
  },
})
