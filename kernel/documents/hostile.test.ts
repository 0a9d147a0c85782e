// Files that should not come in: each is refused with a reason its sender understands, and nothing of it stays.
import { crc32 as crc, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type Client, type World } from '#test/world.ts'
import { docx, gathered, pdf, photo, upload, zip } from './test-files.ts'

let world: World
let siti: Client
beforeAll(async () => {
  world = await openWorld()
  siti = await world.as('siti')
}, 120_000)
afterAll(() => world?.close())

const stored = async (): Promise<number> => {
  let n = 0
  for await (const _ of world.house.storage.list('')) n++
  return n
}

/** A PNG that says it is enormous, in a few bytes. */
function enormous(side: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side)
  head.writeUInt32BE(side, 4)
  head.set([1, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc((side / 8 + 1) * side))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const exe = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])
const text = (s: string): Buffer => Buffer.from(s, 'latin1')
const cases: readonly (readonly [string, string, () => Buffer | Promise<Buffer>, number, string])[] = [
  ['an empty file', 'kosong.pdf', () => Buffer.alloc(0), 422, 'file_empty'],
  ['a program that calls itself a PDF', 'tagihan.pdf', () => exe, 415, 'file_executable'],
  ['a script', 'baca.pdf', () => text('#!/bin/sh\nrm -rf ~'), 415, 'file_executable'],
  ['a PDF that calls itself a picture', 'foto.jpg', () => pdf(), 415, 'file_extension'],
  ['a file without an ending', 'ktp', () => pdf(), 415, 'file_extension'],
  ['a web page', 'surat.pdf', () => text('<html><script>alert(1)</script>'), 415, 'file_type_unknown'],
  ['an SVG with a script', 'logo.svg', () => text('<?xml version="1.0"?><svg onload="alert(1)"/>'), 415, 'file_svg'],
  [
    'an old Word file',
    'surat.doc',
    () => Buffer.concat([text('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), Buffer.alloc(600)]),
    415,
    'file_old_office',
  ],
  ['a PDF with a password', 'rahasia.pdf', () => pdf('/Encrypt 9 0 R'), 422, 'file_password'],
  ['a PDF behind something else', 'dua.pdf', () => Buffer.concat([text('GARBAGE\n'), pdf()]), 422, 'file_two_faced'],
  [
    'a web page behind a PDF',
    'dua.pdf',
    () => Buffer.concat([pdf(), text('<html><script>alert(1)</script></html>')]),
    422,
    'file_two_faced',
  ],
  ['an archive behind a PDF', 'dua.pdf', () => Buffer.concat([pdf(), zip([{ name: 'a.exe' }], '\n%%EOF\n')]), 422, 'file_two_faced'],
  ['a PDF that is cut off', 'putus.pdf', () => pdf().subarray(0, 60), 422, 'file_damaged'],
  ['a Word file with macros', 'makro.docx', () => docx({ name: 'word/vbaProject.bin' }), 415, 'file_macros'],
  ['one that admits it', 'makro.docm', () => docx({ name: 'word/vbaProject.bin' }), 415, 'file_macros'],
  ['a program inside a Word file', 'isi.docx', () => docx({ name: 'word/embeddings/buka.exe' }), 415, 'file_executable'],
  ['a zip bomb', 'bom.docx', () => docx({ name: 'word/besar.xml', data: 'x'.repeat(1000), declared: 900_000_000 }), 422, 'file_bomb'],
  [
    'a bomb of many parts',
    'bom.xlsx',
    () =>
      zip([
        { name: '[Content_Types].xml' },
        { name: 'xl/workbook.xml' },
        ...Array.from({ length: 90 }, (_, i) => ({ name: `xl/${i}`, declared: 15_000_000 })),
      ]),
    422,
    'file_bomb',
  ],
  ['a Word file with a password', 'kunci.docx', () => docx({ name: 'word/x.xml', flags: 1 }), 422, 'file_password'],
  ['an archive that calls itself Word', 'arsip.docx', () => zip([{ name: 'catatan.txt' }]), 415, 'file_extension'],
  ['a plain archive', 'arsip.zip', () => zip([{ name: 'catatan.txt' }]), 415, 'file_type_unknown'],
  ['something behind a Word file', 'dua.docx', () => Buffer.concat([docx(), exe]), 422, 'file_two_faced'],
  ['something before its parts', 'dua.docx', () => Buffer.concat([text('PK\x03\x04'), exe, docx()]), 422, 'file_two_faced'],
  ['a picture of 100 megapixels', 'besar.png', () => enormous(10_000), 422, 'image_too_large'],
  ['half a photo', 'putus.jpg', async () => (await photo()).subarray(0, 400), 422, 'file_damaged'],
  ['a GIF', 'gerak.gif', () => text('GIF89a-------'), 415, 'file_other_image'],
]

test.each(cases)('%s is refused', async (_what, name, make, status, code) => {
  const before = await stored()
  const answer = await upload(siti, name, await make())
  expect(answer.body).toMatchObject({ status, code, detail: expect.stringMatching(/\S/) })
  expect(await stored()).toBe(before)
})

test('what is appended to a picture does not survive being drawn anew', async () => {
  const two = Buffer.concat([await photo(), text('<script>alert(1)</script>'), zip([{ name: 'a.exe' }])])
  const { body } = await upload(siti, 'foto.jpg', two)
  const kept = await world.read('siti', 'sukamaju', async (ctx) => Buffer.concat(await gathered(await ctx.files.open(body.id))))
  expect(kept.includes('<script>') || kept.includes('PK\x03\x04')).toBe(false)
  expect((await sharp(kept).metadata()).width).toBe(600)
})

test('a name cannot lead elsewhere, and is kept in any letters', async () => {
  const { body } = await upload(siti, '../../etc/Surat "Kuasa" 📄.pdf', pdf())
  expect(body).toMatchObject({ name: 'Surat "Kuasa" 📄.pdf', mime_type: 'application/pdf' })
  expect((await siti.raw('/core/uploads', { method: 'POST', body: 'x', headers: { cookie: siti.cookie } })).status).toBe(422)
})

test('more than the limit is refused before it is read, and while it flows when nothing was announced', async () => {
  const max = world.house.config.files.maxBytes
  const said = await siti.raw('/core/uploads?name=a.pdf', {
    method: 'POST',
    body: 'x',
    headers: { cookie: siti.cookie, 'content-length': String(max + 1) },
  })
  expect(said.status).toBe(413)
  let sent = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(sent ? new Uint8Array(1_000_000).fill(37) : pdf())
      sent += 1_000_000
    },
  })
  expect((await upload(siti, 'a.pdf', endless)).body).toMatchObject({ status: 413, code: 'too_large' })
  expect(sent).toBeLessThan(max + 20_000_000)
  expect(await stored()).toBe(3)
})

test('a sender who breaks off leaves nothing behind', async () => {
  const before = await stored()
  const broken = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(pdf()),
    pull: (controller) => controller.error(new Error('gone')),
  })
  const answer = await upload(siti, 'a.pdf', broken)
  expect(answer.body).toMatchObject({ status: 408, code: 'upload_broken' })
  expect(await stored()).toBe(before)
})
