// A file comes in: looked at, sealed and stored while it flows, whatever its size. What comes of it is an upload, waiting to become a document.
import { Hono } from 'hono'
import { z } from 'zod'
import type { House } from '#kernel/house.ts'
import { tooLarge } from '#kernel/http/body.ts'
import { type C, type Env, whoOf } from '#kernel/http/env.ts'
import { type Reply, writeOnce } from '#kernel/http/once.ts'
import { says } from '#kernel/http/says.ts'
import { forbidden, invalid, notFound, Refusal } from '#kernel/http/refusal.ts'
import { askRoom } from '#kernel/platform/room.ts'
import type { Stored } from '#kernel/resource/action.ts'
import { isId } from '#kernel/resource/id.ts'
import { findRow } from '#kernel/resource/store.ts'
import { sentBy } from '#kernel/resource/to-routes.ts'
import { reading, type Who } from '#kernel/tenancy/as-tenant.ts'
import { insertFile, objectKey, writeBytes, type Written } from './files.ts'
import { inspect } from './inspect/inspect.ts'
import { documentTypes } from './resources/document-types.ts'
import { requireFits } from './type-limits.ts'

/** No byte for so long, and whoever sends has gone. Milliseconds. */
const STALLED_MS = 60_000

const UPLOAD = says({
  summary: 'Upload a file, to become a document',
  doc: 'The body is the file itself, streamed. It is looked at by its content: PDF, JPEG, PNG, WebP, OOXML without macros, OpenDocument. Pictures are drawn anew without metadata. What becomes no document within a day is removed.',
  who: 'member',
  permission: 'core.documents:attachment',
  query: z.object({ name: z.string().max(200), type: z.uuid().optional() }),
  body: z.file(),
  bodyType: 'application/octet-stream',
  headers: ['IdempotencyKey'],
  answers: {
    201: {
      doc: 'Kept: `id` is what `core.documents:attachment` asks for.',
      shape: z.strictObject({
        id: z.uuid(),
        name: z.string(),
        mime_type: z.string(),
        size: z.int().min(1),
        sha256: z.string(),
        metadata: z.record(z.string(), z.unknown()),
        thumbnail: z.boolean(),
      }),
    },
  },
  problems: {
    408: ['upload_broken'],
    413: ['too_large', 'storage_full'],
    415: [
      'type_takes_others',
      'file_type_unknown',
      'file_executable',
      'file_svg',
      'file_old_office',
      'file_other_image',
      'file_extension',
      'file_macros',
    ],
    422: ['invalid_input', 'file_empty', 'file_password', 'file_two_faced', 'file_bomb', 'file_damaged', 'image_too_large'],
    503: ['storage_unavailable'],
  },
})

/** `POST /uploads?name=ktp.jpg&type={id}` with the file itself as the body. Mounted at /api/{tenant}/core. */
export function uploadRoutes(house: House): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/uploads', UPLOAD, async (c) => {
    const who = whoOf(c)
    requireMayBring(who)
    const name = nameIn(c)
    const type = await typeIn(house, c, who)
    const maxBytes = await limitFor(house, who, type, Number(c.req.header('content-length') ?? 0))
    const body = c.req.raw.body
    const file = await inspect(body ? flowing(body as unknown as AsyncIterable<Uint8Array>) : nothing(), name, {
      maxBytes,
      accepts: ({ mime }) => type && requireFits(type, mime, 0),
    })
    const { storage } = house
    const written: Written[] = []
    const { thumbnail } = file
    let response: Response
    try {
      const whole = await writeBytes(storage, who.tenant.id, file.body)
      written.push(whole)
      const small = thumbnail && (await writeBytes(storage, who.tenant.id, of(thumbnail)))
      if (small) written.push(small)
      const { size, sha256, sent } = file.facts()
      const facts = {
        name: fitting(name, file.kind.extensions),
        mime: file.kind.mime,
        size,
        sha256,
        metadata: file.metadata,
        state: 'unclaimed' as const,
      }
      response = await writeOnce(
        house,
        who,
        'uploaded',
        sentBy(c, `${c.req.query('type') ?? ''}\n${name}\n${sent}`),
        async (ctx): Promise<Reply> => {
          if (small && thumbnail) {
            const sized = { name: 'thumbnail.webp', mime: 'image/webp', size: thumbnail.length, sha256: '', state: 'unclaimed' as const }
            await insertFile(ctx, storage.provider, small, sized)
          }
          await insertFile(ctx, storage.provider, whole, { ...facts, thumbnailId: small?.id ?? null })
          const { mime: mime_type, metadata } = facts
          return { status: 201, body: { id: whole.id, name: facts.name, mime_type, size, sha256, metadata, thumbnail: small !== null } }
        },
      )
    } catch (error) {
      await takeBack(house, who, written)
      throw error
    }
    // Sent twice: the answer is the first one's, and so is the file.
    if (response.headers.has('idempotency-replayed')) await takeBack(house, who, written)
    return response
  })
  return app
}

/** The bytes of an upload that came to nothing; what cannot be removed now is swept up later. */
async function takeBack(house: House, { tenant }: Who, written: readonly Written[]): Promise<void> {
  for (const { id } of written)
    await house.storage
      .remove(objectKey(tenant.id, id))
      .catch((error: Error) => house.log.warn({ error: error.name }, 'the bytes of a refused upload wait for the sweep'))
}

function requireMayBring({ actor }: Who): void {
  const may = ['attachment', 'revision'].some((noun) => actor.permissions.has(`core.documents:${noun}`))
  if (!may) throw actor.permissions.has('core.documents:read') ? forbidden('core.documents:attachment') : notFound()
}

function nameIn(c: C): string {
  const name = (c.req.query('name') ?? '').split(/[/\\]/).at(-1)?.replace(/\p{C}/gu, '').trim().slice(-200) ?? ''
  if (!name)
    throw invalid([
      {
        field: 'name',
        code: 'required',
        message: { id: 'Sertakan nama berkas: ?name=ktp.jpg', en: 'Send the file’s name: ?name=ktp.jpg' },
      },
    ])
  return name.toWellFormed()
}

async function typeIn(house: House, c: C, who: Who): Promise<Stored | null> {
  const id = c.req.query('type')
  if (id === undefined) return null
  const wrong = invalid([
    {
      field: 'type',
      code: 'reference_not_found',
      message: { id: 'Jenis dokumen ini tidak ditemukan.', en: 'This document type was not found.' },
    },
  ])
  if (!isId(id)) throw wrong
  return findRow(await reading(house, who), documentTypes, id).catch((error: unknown) => {
    throw error instanceof Refusal && error.status === 404 ? wrong : error
  })
}

/** The least of: the installation's limit, the type's, and the room in the community's plan. What announces more is refused before it is read. */
async function limitFor(house: House, { tenant }: Who, type: Stored | null, announced: number): Promise<number> {
  const most = Math.min(house.config.files.maxBytes, (type?.['max_bytes'] as number | null) ?? Infinity)
  if (announced > most) throw tooLarge(most)
  await askRoom(house, tenant, announced)
  return most
}

/** The body as it comes; a sender that stalls is given up. */
async function* flowing(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]()
  try {
    for (;;) {
      let timer: NodeJS.Timeout | undefined
      const stalled = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(broken()), STALLED_MS)
      })
      const next = await Promise.race([chunks.next(), stalled])
        .catch((error: unknown) => {
          throw error instanceof Refusal ? error : broken()
        })
        .finally(() => clearTimeout(timer))
      if (next.done) return
      yield next.value
    }
  } finally {
    await chunks.return?.().catch(() => {})
  }
}

const broken = (): Refusal =>
  new Refusal(408, 'upload_broken', {
    id: 'Pengiriman berkas terputus. Tidak ada yang tersimpan; kirim lagi.',
    en: 'Sending the file was interrupted. Nothing was kept; send it again.',
  })

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function* of(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** A picture keeps its kind when it is drawn anew, so its name fits; only endings that nothing opens are made usual. */
const fitting = (name: string, extensions: readonly string[]): string => name.replace(/\.jfif$/i, `.${extensions[0]}`)
