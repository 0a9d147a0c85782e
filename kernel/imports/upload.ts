// What a browser sends when a person chooses a file to import.
import { readBytes, tooLarge } from '#kernel/http/body.ts'
import type { C } from '#kernel/http/env.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import { LIMITS } from '#kernel/sheet/limits.ts'

/** What a multipart body adds around the file, in bytes. */
const ENVELOPE = 64 * 1024

const CHOOSE = { id: 'Pilih berkas .xlsx atau .csv.', en: 'Choose an .xlsx or .csv file.' }

/** The parts of a multipart upload: `file` and `importer`. */
export async function readUpload(c: C): Promise<{ file: string; importer: string; bytes: Uint8Array }> {
  const type = c.req.header('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(type))
    throw new Refusal(415, 'not_multipart', {
      id: 'Kirim berkas sebagai multipart/form-data.',
      en: 'Send the file as multipart/form-data.',
    })
  const body = await readBytes(c.req.raw, LIMITS.bytes + ENVELOPE)
  const form = await new Response(Buffer.from(body), { headers: { 'content-type': type } }).formData().catch(() => null)
  const file = form?.get('file')
  const importer = form?.get('importer')
  if (!(file instanceof File) || !file.size) throw invalid([{ field: 'file', code: 'required', message: CHOOSE }])
  if (file.size > LIMITS.bytes) throw tooLarge(LIMITS.bytes)
  const name = (file.name.split(/[/\\]/).at(-1) ?? '').replace(/\p{C}/gu, '').trim().slice(-200) || 'berkas'
  return { file: name, importer: typeof importer === 'string' ? importer : '', bytes: new Uint8Array(await file.arrayBuffer()) }
}
