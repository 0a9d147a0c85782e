// What happens to a document after it was brought: it is scanned, a machine reads it, and before it ends people are reminded, once for each step.
import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { House } from '#kernel/house.ts'
import { keepHouse } from '#kernel/upkeep/upkeep.ts'
import { ok, villageIn } from '#modules/registry/test-village.ts'
import { openWorld, type Client, type World } from '#test/world.ts'
import { documentJobs } from './jobs.ts'
import { readPicture } from './reading/ocr.ts'
import { summaryOf } from './reading/summary.ts'
import { stepOn } from './reminders.ts'
import { scan } from './scan/clamd.ts'
import { bring, pdf, read, upload } from './test-files.ts'

let world: World
let siti: Client
let citizen: { resource: string; id: string }
beforeAll(async () => {
  world = await openWorld()
  const village = await villageIn(world)
  siti = village.siti
  const { family } = await village.home('Krajan')
  citizen = { resource: 'registry.citizens', id: (await village.member(family, 'BUDIMAN', 'KEPALA_KELUARGA')).id }
}, 120_000)
afterAll(() => world?.close())

/** Speaks clamd's INSTREAM: finds what it is told to find, refuses what is too long. */
function clamd(): { server: Server; sizes: number[] } {
  const sizes: number[] = []
  const server = createServer((socket) => {
    let held = Buffer.alloc(0)
    const body: Buffer[] = []
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      held = Buffer.concat([held, bytes])
      if (!body.length && held.indexOf('zINSTREAM\0') === 0) held = held.subarray(10)
      for (;;) {
        if (held.length < 4) return
        const length = held.readUInt32BE(0)
        if (length === 0) {
          const whole = Buffer.concat(body)
          sizes.push(whole.length)
          return void socket.end(whole.includes('EICAR') ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0')
        }
        if (held.length < 4 + length) return
        body.push(Buffer.from(held.subarray(4, 4 + length)))
        held = held.subarray(4 + length)
        if (Buffer.concat(body).length > 1_000_000) return void socket.end('INSTREAM size limit exceeded. ERROR\0')
      }
    })
  })
  return { server, sizes }
}

describe('the virus scanner', () => {
  let scanner: ReturnType<typeof clamd>
  let address: { host: string; port: number }
  beforeAll(async () => {
    scanner = clamd()
    scanner.server.listen(0, '127.0.0.1')
    await once(scanner.server, 'listening')
    address = { host: '127.0.0.1', port: (scanner.server.address() as AddressInfo).port }
  })
  afterAll(() => void scanner.server.close())

  async function* body(...parts: string[]): AsyncGenerator<Buffer> {
    for (const part of parts) yield Buffer.from(part)
  }

  test('says what it found, of a file in parts as of one; what it refuses or does not answer is an error', async () => {
    expect(await scan(address, body('satu', 'dua'))).toBe('clean')
    expect(scanner.sizes.at(-1)).toBe(7)
    expect(await scan(address, body('EI', 'CAR'))).toBe('infected')
    await expect(scan(address, body('x'.repeat(2_000_000)))).rejects.toThrow(/StreamMaxLength/)
    await expect(scan({ host: '127.0.0.1', port: 1 }, body('x'))).rejects.toThrow()
  })

  describe('in a village that has one', () => {
    const config = (): { clamd: unknown } => world.house.config.files as { clamd: unknown }
    beforeEach(() => {
      config().clamd = address
      return () => void (config().clamd = null)
    })
    const stateOf = async (id: string): Promise<string> => ok(await siti.get(`/core/document_versions/${id}`)).scan_state
    /** The kinds of work are made when the house is opened, before a test can say where its scanner listens. */
    const runScan = async (versionId: string): Promise<unknown> => {
      const kind = documentJobs(world.house.config.files)[0] as unknown as { run(job: object, input: object): Promise<unknown> }
      return world.read('siti', 'sukamaju', (ctx) =>
        kind.run(
          { ctx, transaction: (work: never) => world.write('siti', 'sukamaju', work), progress: () => {} },
          { version_id: versionId },
        ),
      )
    }

    test('nothing is opened before it was scanned; clean it opens, infected never', async () => {
      const clean = ok(await bring(siti, citizen, 'bersih.pdf', pdf()))
      expect(await stateOf(clean.version_id)).toBe('pending')
      expect((await siti.post(`/core/document_versions/${clean.version_id}/content-link`, {})).body).toMatchObject({ code: 'file_pending' })
      await runScan(clean.version_id)
      expect(await stateOf(clean.version_id)).toBe('clean')
      expect((await read(siti, clean.version_id)).status).toBe(200)
      const ill = ok(await bring(siti, citizen, 'sakit.pdf', pdf('', '% EICAR')))
      await runScan(ill.version_id)
      expect(await stateOf(ill.version_id)).toBe('infected')
      expect((await siti.post(`/core/document_versions/${ill.version_id}/content-link`, {})).body).toMatchObject({ code: 'file_infected' })
      const events = await world.read('siti', 'sukamaju', (ctx) =>
        ctx.db.query(`select resource_id from core.events where tenant_id = $1 and name = 'document.infected'`, [ctx.tenant.id]),
      )
      expect(events.rows).toEqual([{ resource_id: ill.id }])
    })

    test('with the scanner away the file waits, and a day later it is scanned anew', async () => {
      config().clamd = { host: '127.0.0.1', port: 1 }
      const { version_id } = ok(await bring(siti, citizen, 'tunggu.pdf', pdf()))
      await expect(runScan(version_id)).rejects.toMatchObject({ code: 'scanner_unavailable' })
      expect(await stateOf(version_id)).toBe('pending')
      const jobs = async (): Promise<number> =>
        world.read(
          'siti',
          'sukamaju',
          async (ctx) =>
            (
              await ctx.db.query<{ n: number }>(
                `select count(*) as n from core.jobs where tenant_id = $1 and name = 'core.scan_file' and input ->> 'version_id' = $2`,
                [ctx.tenant.id, version_id],
              )
            ).rows[0]!.n,
        )
      expect(await jobs()).toBe(1)
      await keepHouse(world.house, ['core.waiting-scans'])
      expect(await jobs()).toBe(1)
      await world.house.database.owner.query('alter table core.document_versions disable trigger user')
      await inSukamaju(world.house, `update core.document_versions set created_at = now() - interval '1 day' where tenant_id = $1`)
      await world.house.database.owner.query('alter table core.document_versions enable trigger user')
      expect(await keepHouse(world.house, ['core.waiting-scans'])).toEqual([])
      expect(await jobs()).toBe(2)
    })
  })
})

/** As the owner, inside the village. */
async function inSukamaju(house: Pick<House, 'database'>, sql: string): Promise<void> {
  const client = await house.database.owner.connect()
  try {
    const { rows } = await client.query<{ id: string }>(`select id from core.tenants where code = 'sukamaju'`)
    await client.query('begin')
    await client.query('select core.enter($1::uuid)', [rows[0]!.id])
    await client.query(sql, [rows[0]!.id])
    await client.query('commit')
  } finally {
    client.release()
  }
}

describe('what a machine reads', () => {
  const LINES = [
    'KARTU TANDA PENDUDUK',
    'Nama : BUDIMAN SETIAWAN',
    'Alamat : JL. MELATI NO. 1',
    'Surat ini berlaku di seluruh wilayah Indonesia.',
  ]
  /** A scan with these words, in whichever font the machine has. */
  async function scanOf(lines: readonly string[]): Promise<Buffer> {
    const rows = lines.map((line, i) => `<text x="40" y="${80 + i * 70}" font-size="38" font-family="sans-serif">${line}</text>`).join('')
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1100" height="${120 + lines.length * 70}"><rect width="100%" height="100%" fill="#fff"/>${rows}</svg>`
    return sharp(Buffer.from(svg)).jpeg().toBuffer()
  }

  test('the words of a scan are found, sealed where they lie, and summed up in its own sentences', { timeout: 120_000 }, async () => {
    const { id, version_id } = ok(await bring(siti, citizen, 'pindaian.jpg', await scanOf(LINES), { title: 'Pindaian' }))
    await world.house.jobs.drain()
    const version = ok(await siti.get(`/core/document_versions/${version_id}`))
    expect(version.ocr_text).not.toContain('BUDIMAN')
    const found = async (q: string): Promise<string[]> => ok(await siti.get(`/core/documents?q=${q}`)).data.map((d: { id: string }) => d.id)
    expect(await found('setiawan')).toEqual([id])
    expect(await found('melati')).toEqual([id])
    expect(await found('kenanga')).toEqual([])
    expect(await (await world.as('made')).get('/core/documents?q=setiawan')).toMatchObject({ body: { data: [] } })
    const opened = ok(await siti.post(`/core/document_versions/${version_id}/disclosure`, { fields: ['summary', 'ocr_text'] })).values
    expect(opened.ocr_text).toContain('BUDIMAN SETIAWAN')
    expect(LINES.join(' ')).toContain(opened.summary.split(' · ').at(-1))
    const { rows } = await world.read('siti', 'sukamaju', (ctx) =>
      ctx.db.query<{ text: string }>('select v::text as text from core.document_versions v where tenant_id = $1 and id = $2', [
        ctx.tenant.id,
        version_id,
      ]),
    )
    expect(rows[0]!.text).not.toContain('BUDIMAN')
  })

  test('a picture without words has none', { timeout: 60_000 }, async () => {
    expect(
      await readPicture(
        await sharp({ create: { width: 300, height: 300, channels: 3, background: '#2d6a4f' } })
          .png()
          .toBuffer(),
      ),
    ).toBe('')
  })

  test('a summary is made of the text’s own sentences, and of nothing else', () => {
    expect(summaryOf('NIK 123\nSurat ini berlaku selamanya. Ya.\nDibuat di desa Sukamaju')).toBe(
      'Surat ini berlaku selamanya. · Dibuat di desa Sukamaju',
    )
    expect(summaryOf('12 34\nab')).toBe(null)
    expect(summaryOf(`${'kata '.repeat(60)}\n`.repeat(4))!.length).toBeLessThanOrEqual(400)
  })
})

describe('before it ends', () => {
  test('the steps: 90, 60, 30, 14, 7 and 1 days before, the day, then every week; what was missed is made up for once', () => {
    expect([91, 90, 75, 60, 31, 30, 14, 8, 7, 2, 1, 0].map(stepOn)).toEqual([null, 90, 90, 60, 60, 30, 14, 14, 7, 7, 1, 0])
    expect([-1, -6, -7, -13, -14, -30].map(stepOn)).toEqual([0, 0, -7, -7, -14, -28])
  })

  test('each step is told once, and a renewed document is told of again', async () => {
    const day = (from: number): string => new Date(Date.now() + 7 * 3_600_000 + from * 86_400_000).toISOString().slice(0, 10)
    const { id } = ok(await bring(siti, citizen, 'izin.pdf', pdf(), { title: 'Izin', expiry_date: day(30) }))
    const told = async (): Promise<unknown[]> => {
      expect(await keepHouse(world.house, ['core.expiring-documents'])).toEqual([])
      const { rows } = await world.read('siti', 'sukamaju', (ctx) =>
        ctx.db.query<{ data: object }>(
          `select data from core.events where tenant_id = $1 and name = 'document.expiring' and resource_id = $2 order by occurred_at`,
          [ctx.tenant.id, id],
        ),
      )
      return rows.map((r) => r.data)
    }
    expect(await told()).toMatchObject([{ expiry_date: day(30), days: 30, step: 30 }])
    expect(await told()).toHaveLength(1)
    const { body: sent } = await upload(siti, 'izin-baru.pdf', pdf('', '% baru'))
    ok(await siti.post(`/core/documents/${id}/revision`, { upload_id: sent.id, expiry_date: day(60) }))
    expect(await told()).toMatchObject([{ step: 30 }, { expiry_date: day(60), step: 60 }])
  })

  test('what is over is marked so, and valid again with a new version', async () => {
    const { id } = ok(await bring(siti, citizen, 'lama.pdf', pdf(), { title: 'Lama', issue_date: '2020-01-01', expiry_date: '2021-01-01' }))
    const status = async (): Promise<string> => ok(await siti.get(`/core/documents/${id}`)).status
    expect(await status()).toBe('valid')
    await keepHouse(world.house, ['core.expired-documents'])
    expect(await status()).toBe('expired')
    const { body: sent } = await upload(siti, 'baru.pdf', pdf('', '% b'))
    ok(await siti.post(`/core/documents/${id}/revision`, { upload_id: sent.id }))
    expect(await status()).toBe('valid')
  })
})
