// A stranger at a bank counter scans the code on Siti Aminah's letter: what they learn, what they do not, and what they cannot try.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api } from '#app/api.ts'
import { fileInForm } from '#app/site/form-file.ts'
import { site } from '#app/site/site.ts'
import { reading } from '#kernel/tenancy/as-tenant.ts'
import { whoIs } from '#kernel/access/members.ts'
import { readCode } from '#modules/letters/verification/code.ts'
import { maskedName } from '#modules/letters/verification/mask.ts'
import { verifyLetter } from '#modules/letters/verification/verify.ts'
import { type Office, officeIn } from './signing-office.ts'
import { ok } from '#modules/registry/test-village.ts'
import { openWorld, type World } from '#test/world.ts'

let world: World
let office: Office
let app: ReturnType<typeof site>
const visit = (path: string, init: RequestInit = {}): Promise<Response> => Promise.resolve(app.request(path, init))
const post = (path: string, file: Uint8Array | null): Promise<Response> => {
  const form = new FormData()
  if (file) form.set('file', new Blob([Uint8Array.from(file)], { type: 'application/pdf' }), 'surat.pdf')
  else form.set('other', 'x')
  return visit(path, { method: 'POST', body: form })
}

/** A form as browsers write it, in pieces of a size. */
const formOf = (content: Buffer, piece: number, path = '/', boundary = '----WebKitFormBoundaryq1W2e3R4'): Request => {
  const whole = Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n`),
    content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  const pieces = Array.from({ length: Math.ceil(whole.length / piece) }, (_, i) => whole.subarray(i * piece, (i + 1) * piece))
  return new Request(`http://localhost${path}`, {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: ReadableStream.from(pieces) as ReadableStream,
    duplex: 'half',
  } as RequestInit)
}

type Known = { id: string; code: string; path: string; number: string }
const facts = async (id: string): Promise<Known> => {
  const ctx = await ctxOfSukamaju()
  const { rows } = await ctx.db.query<{ letter_number: string }>(
    'select letter_number from letters.generated_letters where tenant_id = $1 and id = $2',
    [ctx.tenant.id, id],
  )
  const path = await office.link(id)
  return { id, code: path.slice('/sukamaju/v/'.length), path, number: rows[0]!.letter_number }
}
const ctxOfSukamaju = async () => {
  const andi = (await world.house.identity.userByLogin('andi'))!
  return reading(world.house, await whoIs(world.house, await world.tenantId('sukamaju'), andi.id))
}
const filesOf = async (id: string): Promise<Buffer[]> => {
  const ctx = await ctxOfSukamaju()
  const { rows } = await ctx.db.query<{ file_id: string }>(
    `select v.file_id from core.document_versions v join letters.generated_letters l on l.tenant_id = $1 and l.document_id = v.document_id
      where v.tenant_id = $1 and l.id = $2 order by v.number`,
    [ctx.tenant.id, id],
  )
  const files: Buffer[] = []
  for (const { file_id } of rows) {
    const parts: Buffer[] = []
    for await (const part of await ctx.files.open(file_id)) parts.push(part)
    files.push(Buffer.concat(parts))
  }
  return files
}

let waiting: Known
let signed: Known
let onPaper: Known
beforeAll(async () => {
  world = await openWorld()
  app = site(world.house, api(world.house), '/no-such-folder')
  office = await officeIn(world)
  await office.key()
  const letters = [await office.letter(), await office.letter(), await office.letter()]
  ok(await office.mulyadi.post('/letters/signings/request', { letters: [letters[1].id] }))
  await world.house.jobs.drain()
  ok(await office.siti.post(`/letters/generated_letters/${letters[2].id}/wet-signature`, {}))
  ;[waiting, signed, onPaper] = [await facts(letters[0].id), await facts(letters[1].id), await facts(letters[2].id)]
})
afterAll(() => world?.close())
// Every visit comes from the same unknown address here; the limit has a story of its own.
let page = ''

describe('the page', () => {
  test('says what was issued, its number, when, by whom and how it was signed; and to whom, masked', async () => {
    const response = await visit(signed.path)
    page = await response.text()
    expect(response.status).toBe(200)
    for (const part of [
      'Surat ini sah',
      signed.number,
      'S*** A***',
      'Desa Sukamaju',
      'Haji Mulyadi, Kepala Desa',
      'PAdES',
      'Penerbit Uji Balai',
    ])
      expect(page).toContain(part)
    for (const secret of ['AMINAH', 'Aminah', '9902044507900003', 'Isian', '<script']) expect(page.includes(secret), secret).toBe(false)
  })

  test('is kept by nobody: not by search engines, not by caches, and its address is told to no other site', async () => {
    const { headers } = await visit(signed.path)
    expect(headers.get('x-robots-tag')).toContain('noindex')
    expect(page).toContain('<meta name="robots" content="noindex')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('content-security-policy')).toContain("script-src 'self'")
  })

  test('speaks English too, and works without scripts', async () => {
    const english = await (await visit(`${signed.path}?lang=en`)).text()
    expect(english).toContain('<html lang="en">')
    expect(english).toContain('This letter is valid')
    expect(english).toContain(`<form method="post" action="${signed.path}?lang=en" enctype="multipart/form-data">`)
    expect(page).toContain(`href="${signed.path}?lang=en"`)
  })

  test('a letter that nobody signed yet is not called valid; one signed on paper says so', async () => {
    expect(await (await visit(waiting.path)).text()).toContain('belum ditandatangani')
    const paper = await (await visit(onPaper.path)).text()
    expect(paper).toContain('Surat ini sah')
    expect(paper).toContain('Tanda tangan di kertas')
    expect(paper).not.toContain('PAdES')
  })

  test('a code typed from paper, with hyphens, capitals and look-alikes, is the same code', async () => {
    const typed = onPaper.code
      .toUpperCase()
      .replaceAll('0', 'O')
      .replaceAll('1', 'I')
      .replace(/(.{5})/g, '$1-')
    expect((await visit(`/sukamaju/v/${typed}`)).status).toBe(200)
    expect(readCode(typed)).toBe(onPaper.code)
  })

  test('after its time, it has expired', async () => {
    const ctx = await ctxOfSukamaju()
    const later = await verifyLetter({ ...ctx, today: '2099-01-01' }, signed.code, null)
    expect(later!.letter.standing).toBe(later!.letter.validUntil ? 'expired' : 'valid')
    expect(later!.letter.validUntil).not.toBeNull()
  })

  test('revoked, it says so at once, since when, and of the cause no more than its kind', async () => {
    const { id } = await office.letter()
    const one = await facts(id)
    const revocation = { revocation_kind: 'MISUSED', reason: 'Dipakai Pak Joko menipu koperasi' }
    ok(await office.mulyadi.post(`/letters/generated_letters/${id}/revocation`, revocation))
    const text = await (await visit(one.path)).text()
    expect(text).toContain('sudah dicabut')
    expect(text).toContain('Disalahgunakan')
    expect(text).not.toContain('koperasi')
    expect(text).not.toContain('Surat ini sah')
  })
})

describe('a code of nothing', () => {
  const unknown = 'z'.repeat(26)
  test.each([
    ['of the right form', `/sukamaju/v/${unknown}`],
    ['of no form', '/sukamaju/v/12345'],
    ['with a script in it', '/sukamaju/v/%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
    ['with SQL in it', "/sukamaju/v/' or 1=1 --"],
  ])('%s gets the same page', async (_name, path) => {
    const response = await visit(path)
    expect(response.status).toBe(404)
    const text = await response.text()
    expect(text).toContain('Kami tidak menemukan surat ini')
    expect(text).not.toContain('<script')
    expect(text.replaceAll(/href="[^"]*"/g, '')).toBe(
      (await (await visit(`/sukamaju/v/${unknown}`)).text()).replaceAll(/href="[^"]*"/g, ''),
    )
  })
  test('a letter of Sukamaju is none of Merantian; and half a code finds nothing', async () => {
    expect((await visit(signed.path.replace('sukamaju', 'merantian'))).status).toBe(404)
    expect((await visit(signed.path.slice(0, -1))).status).toBe(404)
  })
  test('a community that does not exist has no page', async () => {
    expect((await visit(`/nirwana/v/${unknown}`)).status).toBe(404)
  })
})

describe('a file', () => {
  test('is compared with both that were issued', async () => {
    const [original, withSignature] = await filesOf(signed.id)
    const is = async (file: Uint8Array) => (await post(signed.path, file)).text()
    expect(await is(withSignature!)).toContain('Ini berkas yang ditandatangani secara elektronik')
    expect(await is(original!)).toContain('tanpa tanda tangan elektronik')
    const changed = Buffer.from(withSignature!)
    changed[500] = changed[500]! ^ 1
    expect(await is(changed)).toContain('Berkas Anda bukan surat ini')
    expect(await is((await filesOf(onPaper.id))[0]!)).toContain('Berkas Anda bukan surat ini')
  })
  test('none at all, and one of 21 MB, are told; the letter stays readable', async () => {
    for (const [response, status, words] of [
      [await post(signed.path, null), 422, 'Pilih dahulu sebuah berkas PDF'],
      [await app.request(formOf(Buffer.alloc(21_000_000), 64_000, signed.path)), 413, 'paling banyak 20 MB'],
    ] as const) {
      expect(response.status).toBe(status)
      const text = await response.text()
      expect(text).toContain(words)
      expect(text).toContain(signed.number)
    }
    expect(
      (await visit(signed.path, { method: 'POST', body: 'file=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }))
        .status,
    ).toBe(422)
  })

  test.each([1, 7, 64, 1_000_000])('in pieces of %i bytes it has the same fingerprint', async (piece) => {
    const content = Buffer.from(`%PDF-1.7\r\n--\r\n----WebKitFormBoundary\r\n\r\n${'isi'.repeat(200)}\r\n`)
    expect(await fileInForm(formOf(content, piece), 1_000_000)).toBe(createHash('sha256').update(content).digest('hex'))
  })
  test('cut off, empty, or with an endless beginning, it is no file', async () => {
    const boundary = 'b'
    const bodyOf = (text: string): Request =>
      new Request('http://localhost/', {
        method: 'POST',
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
        body: text,
      })
    await expect(fileInForm(formOf(Buffer.alloc(0), 50), 100)).rejects.toMatchObject({ code: 'no_file' })
    await expect(fileInForm(bodyOf('--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nhalf'), 100)).rejects.toMatchObject({
      code: 'no_file',
    })
    await expect(fileInForm(bodyOf(`--b\r\n${'x'.repeat(9_000)}`), 100_000)).rejects.toMatchObject({ code: 'no_file' })
    await expect(fileInForm(formOf(Buffer.alloc(101), 50), 100)).rejects.toMatchObject({ code: 'too_large' })
  })
})

test('counts how often, and knows nothing of who', async () => {
  const ctx = await ctxOfSukamaju()
  const { rows } = await ctx.db.query<Record<string, unknown>>(
    'select * from letters.verification_counts where tenant_id = $1 and letter_id = $2',
    [ctx.tenant.id, signed.id],
  )
  expect(Object.keys(rows[0]!).toSorted()).toEqual(['day', 'files', 'letter_id', 'seen', 'tenant_id'])
  expect(rows[0]!['files']).toBe(4)
  expect(Number(rows[0]!['seen'])).toBeGreaterThan(3)
})

test('whoever tries codes from one address soon waits', async () => {
  const other = site(world.house, api(world.house), '/no-such-folder')
  const answers: number[] = []
  for (let n = 0; n < 65; n++) answers.push((await other.request(`/sukamaju/v/${String(n).padStart(26, '2')}`)).status)
  expect(answers.slice(0, 60).every((status) => status === 404)).toBe(true)
  const last = await other.request(signed.path)
  expect(last.status).toBe(429)
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await last.text()).not.toContain(signed.number)
})

test('a name is masked whatever it is', () => {
  expect(maskedName('SITI RAHMAWATI')).toBe('S*** R***')
  expect(maskedName('  Ω  i Gusti 𝒜yu ')).toBe('Ω*** i*** G*** 𝒜***')
  expect(maskedName('')).toBe('')
})
