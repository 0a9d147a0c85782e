// Where the bytes lie: a folder or S3, encrypted. Damaged, cut off, swapped or away: what people get is words, never garbage, and nothing is half kept.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rotateSecrets } from '#kernel/secrets/rotate.ts'
import { newId } from '#kernel/resource/id.ts'
import { announceTenant } from '#kernel/tenancy/changes.ts'
import { ok, villageIn } from '#modules/registry/test-village.ts'
import { openWorld, type Client, type World } from '#test/world.ts'
import { newFileKey, openFile, openPieces, sealFile, storedRange, storedSize } from './cipher.ts'
import { objectKey } from './files.ts'
import { filesConfig } from './storage/config.ts'
import { openFolder } from './storage/folder.ts'
import type { Storage } from './storage/storage.ts'
import { sweepFiles } from './sweep.ts'
import { bring, gathered, pdf, read, upload } from './test-files.ts'
import { startS3, type TestS3 } from './test-s3.ts'

let world: World
let siti: Client
let tenantId: string
let citizen: { resource: string; id: string }
let s3: TestS3
let folder: string

beforeAll(async () => {
  world = await openWorld()
  tenantId = await world.tenantId('sukamaju')
  const village = await villageIn(world)
  siti = village.siti
  const { family } = await village.home('Krajan')
  citizen = { resource: 'registry.citizens', id: (await village.member(family, 'BUDIMAN', 'KEPALA_KELUARGA')).id }
  s3 = await startS3()
  folder = mkdtempSync(join(tmpdir(), 'balai-files-'))
}, 120_000)
afterAll(async () => {
  await s3?.stop()
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function* inChunks(bytes: Buffer, size = 100_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const all = async (body: AsyncIterable<Buffer> | null): Promise<Buffer> => Buffer.concat(body ? await gathered(body) : [])

describe('the cipher', () => {
  const id = newId()
  const key = newFileKey()
  const sealed = (plain: Buffer): Promise<Buffer> => all(sealFile(inChunks(plain), key, id))
  const opened = (stored: Buffer, size: number, of = id): Promise<Buffer> => all(openFile(inChunks(stored), key, of, size))

  test.each([1, 65_535, 65_536, 65_537, 131_072, 300_001])('%i bytes come back, whole and in parts', async (size) => {
    const plain = randomBytes(size)
    const stored = await sealed(plain)
    expect(stored.length).toBe(storedSize(size))
    expect((await opened(stored, size)).equals(plain)).toBe(true)
    for (const [from, to] of [
      [0, 0],
      [size - 1, size - 1],
      [Math.floor(size / 3), Math.floor(size / 2)],
      [0, size - 1],
    ] as const) {
      const range = storedRange(size, from, to)
      const part = await all(openPieces(inChunks(stored.subarray(range.from, range.to + 1)), key, id, size, from, to))
      expect(part.equals(plain.subarray(from, to + 1))).toBe(true)
    }
  })

  test('altered, cut off between pieces, reordered, longer, or of another file: none of it opens', async () => {
    const size = 200_000
    const stored = await sealed(randomBytes(size))
    const piece = 65_536 + 16
    const altered = Buffer.from(stored)
    altered[100_000]! ^= 1
    const swapped = Buffer.concat([
      stored.subarray(0, 8),
      stored.subarray(8 + piece, 8 + 2 * piece),
      stored.subarray(8, 8 + piece),
      stored.subarray(8 + 2 * piece),
    ])
    for (const bad of [
      altered,
      stored.subarray(0, 8 + 2 * piece),
      stored.subarray(0, -1),
      stored.subarray(0, 4),
      swapped,
      Buffer.concat([stored, stored.subarray(8)]),
    ])
      await expect(opened(bad, size)).rejects.toMatchObject({ name: 'FileDamaged' })
    await expect(opened(stored, size, newId())).rejects.toMatchObject({ name: 'FileDamaged' })
    // Told to be shorter, its last piece would have to say so.
    await expect(opened(stored.subarray(0, 8 + piece), 65_536)).rejects.toMatchObject({ name: 'FileDamaged' })
  })
})

describe.each([
  ['a folder', (): Storage => openFolder(folder)],
  ['S3', (): Storage => s3.storage],
])('%s', (_name, storageOf) => {
  test('keeps, gives back, lists and removes, small files and large ones', async () => {
    const storage = storageOf()
    for (const size of [10, 20_000_000]) {
      const key = objectKey(tenantId, newId())
      const bytes = randomBytes(size)
      expect(await storage.put(key, inChunks(bytes))).toBe(size)
      expect(await storage.size(key)).toBe(size)
      expect((await all(await storage.get(key))).equals(bytes)).toBe(true)
      expect((await all(await storage.get(key, { from: 3, to: 6 }))).equals(bytes.subarray(3, 7))).toBe(true)
      expect((await gathered(storage.list(`${tenantId}/`))).map((o) => [o.key, o.bytes])).toEqual([[key, size]])
      await storage.remove(key)
      expect([await storage.get(key), await storage.size(key)]).toEqual([null, null])
      await storage.remove(key)
    }
  })

  test('a stream that breaks off leaves nothing', async () => {
    const storage = storageOf()
    for (const size of [10, 20_000_000]) {
      const key = objectKey(tenantId, newId())
      const breaking = async function* (): AsyncGenerator<Buffer> {
        yield* inChunks(randomBytes(size))
        throw new Error('broken')
      }
      await expect(storage.put(key, breaking())).rejects.toThrow('broken')
      expect(await storage.get(key)).toBe(null)
    }
    expect(await gathered(storage.list(`${tenantId}/`))).toEqual([])
  })
})

test('with S3, what still lies in the folder is found there', async () => {
  const key = objectKey(tenantId, newId())
  await openFolder(s3.near).put(key, inChunks(Buffer.from('lama')))
  expect(String(await all(await s3.storage.get(key)))).toBe('lama')
})

describe('in a village', () => {
  const at = (fileId: string): string => join(world.house.config.dataDir, 'files', tenantId, fileId)
  const fileOf = async (versionId: string): Promise<string> => ok(await siti.get(`/core/document_versions/${versionId}`)).file_id

  test('nothing of a file can be read where it lies', async () => {
    const { version_id } = ok(await bring(siti, citizen, 'rahasia.pdf', pdf('', '% nomor 3201011708450009')))
    const stored = readFileSync(at(await fileOf(version_id)))
    expect(stored.includes('3201011708450009') || stored.includes('%PDF')).toBe(false)
  })

  test('a damaged, cut off or missing file is told with words; put back it is read again', async () => {
    const { version_id } = ok(await bring(siti, citizen, 'arsip.pdf', pdf('', `%${'x'.repeat(200_000)}`)))
    const path = at(await fileOf(version_id))
    const good = readFileSync(path)
    const bad = Buffer.from(good)
    bad[150_000]! ^= 1
    for (const damaged of [bad, good.subarray(0, 100_000), Buffer.alloc(0)]) {
      writeFileSync(path, damaged)
      const answer = await read(siti, version_id)
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([500, 'file_lost'])
    }
    renameSync(path, `${path}.away`)
    expect((await read(siti, version_id)).status).toBe(500)
    writeFileSync(path, good)
    rmSync(`${path}.away`)
    expect((await read(siti, version_id)).status).toBe(200)
  })

  test('another file in its place does not open', async () => {
    const [one, two] = [ok(await bring(siti, citizen, 'a.pdf', pdf('', '% a'))), ok(await bring(siti, citizen, 'b.pdf', pdf('', '% b')))]
    writeFileSync(at(await fileOf(one.version_id)), readFileSync(at(await fileOf(two.version_id))))
    expect((await read(siti, one.version_id)).status).toBe(500)
  })

  test('when the storage is away, people are told to wait, no row is made, and later everything is there', async () => {
    const { version_id } = ok(await bring(siti, citizen, 'tetap.pdf', pdf()))
    const away = await startS3()
    await away.stop()
    const counted = (): Promise<number> =>
      world.read(
        'siti',
        'sukamaju',
        async (ctx) =>
          (await ctx.db.query<{ n: number }>('select count(*) as n from core.files where tenant_id = $1', [ctx.tenant.id])).rows[0]!.n,
      )
    const before = await counted()
    const house = world.house as { storage: Storage }
    const near = house.storage
    house.storage = away.storage
    try {
      const sent = await upload(siti, 'baru.pdf', pdf())
      expect(sent.body).toMatchObject({ status: 503, code: 'storage_unavailable' })
      expect(sent.headers.get('retry-after')).toBe('30')
      expect((await read(siti, version_id)).status).toBe(503)
      await expect(sweepFiles(world.house)).rejects.toMatchObject({ code: 'storage_unavailable' })
    } finally {
      house.storage = near
    }
    expect(await counted()).toBe(before)
    expect((await read(siti, version_id)).status).toBe(200)
  })

  test('a plan has room for so much, and no more is kept, nor its bytes', async () => {
    const { owner } = world.house.database
    const left = async (): Promise<number> => (await gathered(world.house.storage.list(tenantId))).length
    await owner.query(
      `insert into core.plans (id, code, name, limits) values (core.new_id(), 'sempit', '{"id":"Sempit","en":"Small"}', '{"storage_mb": 1}')`,
    )
    await owner.query(`update core.tenants set plan_id = (select id from core.plans where code = 'sempit') where id = $1`, [tenantId])
    try {
      await announceTenant(world.house, tenantId)
      const before = await left()
      const full = await upload(siti, 'besar.pdf', pdf('', `%${'x'.repeat(1_500_000)}`))
      expect(full.body).toMatchObject({ status: 413, code: 'storage_full' })
      expect(await left()).toBe(before)
    } finally {
      await owner.query('update core.tenants set plan_id = null where id = $1', [tenantId])
      await announceTenant(world.house, tenantId)
    }
  })

  test('a new data key seals the keys of files anew, and the files stay as they are', async () => {
    const { version_id } = ok(await bring(siti, citizen, 'kunci.pdf', pdf()))
    const path = at(await fileOf(version_id))
    const before = readFileSync(path)
    const heads = async (): Promise<unknown> =>
      (
        await world.read('siti', 'sukamaju', (ctx) =>
          ctx.db.query('select distinct substring(wrapped_key from 1 for 3) as head from core.files where tenant_id = $1', [ctx.tenant.id]),
        )
      ).rows
    const old = await heads()
    expect((await rotateSecrets(world.house, tenantId, 0, () => {})).failed).toEqual([])
    expect(await heads()).not.toEqual(old)
    expect(readFileSync(path).equals(before)).toBe(true)
    expect((await read(siti, version_id)).status).toBe(200)
  })

  test('uploads that became nothing leave after a day, with bytes that belong to no row; documents stay', async () => {
    const { version_id } = ok(await bring(siti, citizen, 'tinggal.pdf', pdf()))
    const { body: sent } = await upload(siti, 'lupa.pdf', pdf())
    const [lost, stranger] = [objectKey(tenantId, newId()), objectKey(newId(), newId())]
    for (const key of [lost, stranger]) await world.house.storage.put(key, inChunks(Buffer.from('tak bertuan')))
    expect(await sweepFiles(world.house)).toEqual({ uploads: 0, orphans: 0 })
    expect(await sweepFiles(world.house, Date.now() + 90_000_000)).toEqual({ uploads: 1, orphans: 2 })
    expect(existsSync(at(sent.id))).toBe(false)
    expect((await read(siti, version_id)).status).toBe(200)
  })
})

test('a setting that cannot be right stops the start with words, and never repeats the secret', () => {
  const say = (env: Record<string, string>): string => {
    try {
      filesConfig(env, (words) => {
        throw new Error(words)
      })
      return ''
    } catch (error) {
      return (error as Error).message
    }
  }
  expect(say({})).toBe('')
  for (const wrong of [
    'tape',
    's3://host/bucket',
    's3://KEY:HUSH@host',
    's3://KEY:HUSH@host/b?tls=maybe',
    'https://KEY:HUSH@host/bucket',
  ]) {
    expect(say({ BALAI_STORAGE: wrong })).toMatch(/^BALAI_STORAGE/)
    expect(say({ BALAI_STORAGE: wrong })).not.toContain('HUSH')
  }
  expect(say({ BALAI_FILE_MAX_MB: 'much' })).toMatch(/^BALAI_FILE_MAX_MB/)
  expect(say({ BALAI_CLAMD: 'localhost' })).toMatch(/^BALAI_CLAMD/)
})
