// Files that people bring, honest and hostile, made here byte by byte; and how a test sends one.
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import type { Answer, Client } from '#test/world.ts'

/** A PDF with one empty page; `more` goes into its trailer. */
export const pdf = (more = '', body = ''): Buffer =>
  Buffer.from(
    `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n${body}\ntrailer<</Root 1 0 R${more}>>\nstartxref\n9\n%%EOF\n`,
    'latin1',
  )

/** A photo as a phone takes it: with the place in its metadata, lying on its side. */
export const photo = async (width = 800, height = 600): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#2d6a4f' } })
    .withExif({ IFD0: { Make: 'Kamera Desa' }, IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '6/1 12/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

export type Part = { readonly name: string; readonly data?: string; readonly declared?: number; readonly flags?: number }

/** A zip archive whose parts are stored as they are; `declared` is the size a part claims to unpack to. */
export function zip(parts: readonly Part[], comment = ''): Buffer {
  const files: Buffer[] = []
  const table: Buffer[] = []
  let offset = 0
  for (const { name, data = 'x', declared, flags = 0 } of parts) {
    const body = Buffer.from(data)
    const method = declared === undefined ? 0 : 8
    const head = Buffer.alloc(30)
    head.write('PK\x03\x04', 'latin1')
    head.writeUInt16LE(flags, 6)
    head.writeUInt16LE(method, 8)
    head.writeUInt32LE(crc32(body), 14)
    head.writeUInt32LE(body.length, 18)
    head.writeUInt32LE(declared ?? body.length, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.write('PK\x01\x02', 'latin1')
    head.copy(entry, 6, 4, 30)
    entry.writeUInt32LE(offset, 42)
    files.push(head, Buffer.from(name), body)
    table.push(entry, Buffer.from(name))
    offset += 30 + name.length + body.length
  }
  const size = table.reduce((sum, t) => sum + t.length, 0)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...files, ...table, end, Buffer.from(comment)])
}

export const docx = (...more: readonly Part[]): Buffer =>
  zip([{ name: '[Content_Types].xml' }, { name: 'word/document.xml', data: '<w:document/>' }, ...more])

/** Sends a file as a browser does: the bytes themselves, as a stream. */
export async function upload(client: Client, name: string, bytes: Uint8Array | ReadableStream, query = '', headers = {}): Promise<Answer> {
  const response = await client.raw(`/core/uploads?name=${encodeURIComponent(name)}${query}`, {
    method: 'POST',
    body: bytes as NonNullable<RequestInit['body']>,
    headers: { 'content-type': 'application/octet-stream', cookie: client.cookie, 'accept-language': 'id', ...headers },
    duplex: 'half',
  } as RequestInit)
  return { status: response.status, body: await response.json(), headers: response.headers }
}

/** The id of a document type by its name. */
export async function typeNamed(client: Client, name: string): Promise<string> {
  const { body } = await client.get(`/core/document_types?q=${name}&limit=100`)
  return body.data.find((t: { name: string }) => t.name === name).id
}

/** Uploads a file and makes it a document of a record; the answer of the second step. */
export async function bring(
  client: Client,
  record: { resource: string; id: string },
  name: string,
  bytes: Uint8Array,
  more: object = {},
): Promise<Answer> {
  const sent = await upload(client, name, bytes)
  if (sent.status !== 201) throw new Error(JSON.stringify(sent.body))
  return client.post('/core/documents/attachment', {
    upload_id: sent.body.id,
    type_id: await typeNamed(client, 'KTP'),
    resource: record.resource,
    resource_id: record.id,
    ...more,
  })
}

/** The content of a version, through a link made for it. */
export async function read(client: Client, versionId: string, headers: Record<string, string> = {}): Promise<Response> {
  const link = await client.post(`/core/document_versions/${versionId}/content-link`, { disposition: 'inline' })
  if (link.status !== 200) throw new Error(JSON.stringify(link.body))
  return client.raw(link.body.url, { headers })
}

/** Everything that comes. */
export async function gathered<T>(from: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const one of from) all.push(one)
  return all
}
