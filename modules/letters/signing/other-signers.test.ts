// The signers whose key is elsewhere: a program that stands for a smart card, and a server that speaks as the Esign Client Service does.
import { X509Certificate } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { bsreSigner } from './bsre-signer.ts'
import { commandSigner } from './command-signer.ts'
import { openP12 } from './p12.ts'
import { p12Signer } from './p12-signer.ts'
import type { How } from './signer.ts'
import { AT, KEYS, PASSPHRASE } from './test-keys.ts'
import { canJudge, judged, letterToSign } from './test-pdf.ts'

const HOW: How = { reason: 'Surat Keterangan Domisili', location: 'Desa Sukamaju', name: 'Haji Mulyadi', at: AT }
let letter: Uint8Array
beforeAll(async () => {
  letter = await letterToSign()
})

describe('a program that signs hashes', () => {
  const { key, chain } = openP12(KEYS.mulyadi, PASSPHRASE, AT)
  // DigestInfo of SHA-256 (RFC 8017 §9.2, note 1) before the hash, then PKCS #1 v1.5: what a card does inside.
  const CARD = `const { createPrivateKey, privateEncrypt, constants } = require('node:crypto'); const parts = []
    process.stdin.on('data', (part) => parts.push(part)).on('end', () => process.stdout.write(privateEncrypt({
      key: createPrivateKey(Buffer.from(process.argv[1], 'base64').toString()), padding: constants.RSA_PKCS1_PADDING },
      Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), ...parts]))))`
  const pem = Buffer.from(key.export({ type: 'pkcs8', format: 'pem' })).toString('base64')
  const card = (program: string, ...more: string[]) => commandSigner({ program: process.execPath, args: ['-e', program, ...more], chain })

  test.skipIf(!canJudge)('makes a signature that pdfsig calls valid (skipped without poppler-utils)', async () => {
    expect(judged(await card(CARD, pem).sign(letter, HOW))).toContain('Signature Validation: Signature is Valid.')
  })
  test('and the very one the file with the key would make', async () => {
    const fromFile = await p12Signer(KEYS.mulyadi, PASSPHRASE, AT).sign(letter, HOW)
    expect(Buffer.compare(await card(CARD, pem).sign(letter, HOW), fromFile)).toBe(0)
  })
  test('a card of somebody else is found out at once', async () => {
    const other = openP12(KEYS.mulyadiOld, PASSPHRASE, AT).chain.at(-1)!
    const foreign = commandSigner({ program: process.execPath, args: ['-e', CARD, pem], chain: [new X509Certificate(other.raw)] })
    await expect(foreign.sign(letter, HOW)).rejects.toMatchObject({ code: 'signature_false' })
  })
  test.each([
    ['a card that is locked', 'process.exit(3)', 'signer_refused'],
    ['a card that says nonsense', 'process.stdout.write("halo")', 'signature_false'],
    ['a card that says nothing', '', 'signature_false'],
    ['a card that never stops talking', 'setInterval(() => process.stdout.write("x".repeat(9000)), 1)', 'signer_unavailable'],
  ])('%s', async (_name, program, code) => {
    await expect(card(program).sign(letter, HOW)).rejects.toMatchObject({ code })
  })
  test('a program that is not there, and one that hangs', async () => {
    const gone = commandSigner({ program: 'balai-no-such-program', args: [], chain })
    await expect(gone.sign(letter, HOW)).rejects.toMatchObject({ code: 'signer_unavailable' })
    const asleep = commandSigner({ program: process.execPath, args: ['-e', 'setInterval(() => 0, 1000)'], chain, patience: 150 })
    await expect(asleep.sign(letter, HOW)).rejects.toMatchObject({ code: 'signer_unavailable' })
  })
  test('it is told nothing of our own secrets', async () => {
    process.env['BALAI_TEST_SECRET'] = 'rahasia'
    const nosy = 'process.exit(process.env.BALAI_TEST_SECRET ? 0 : 7)'
    await expect(card(nosy).sign(letter, HOW)).rejects.toMatchObject({ code: 'signer_refused' })
    delete process.env['BALAI_TEST_SECRET']
  })
})

describe('the Esign Client Service', () => {
  type Asked = { path: string; method: string; authorization: string; form: FormData }
  const asked: Asked[] = []
  let answer: (response: ServerResponse, asked: Asked) => void | Promise<void>
  let server: Server
  let url = ''

  const read = async (request: IncomingMessage): Promise<Asked> => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = new Response(Buffer.concat(parts), { headers: { 'content-type': request.headers['content-type'] ?? '' } })
    const { url: path = '', method = '', headers } = request
    return { path, method, authorization: headers.authorization ?? '', form: await body.formData() }
  }
  const signs = async (response: ServerResponse, { form }: Asked): Promise<void> => {
    if (form.get('passphrase') !== 'frasa-sandi-kades') {
      response.writeHead(400, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: 'Passphrase anda salah', status_code: 2031 }))
      return
    }
    const file = new Uint8Array(await (form.get('file') as File).arrayBuffer())
    const signed = await p12Signer(KEYS.mulyadi, PASSPHRASE, AT).sign(file, HOW)
    response.writeHead(200, { 'content-type': 'application/pdf' }).end(signed)
  }
  beforeAll(async () => {
    server = createServer((request, response) => {
      void read(request).then((one) => {
        asked.push(one)
        return answer(response, one)
      })
    })
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/esign/`
  })
  afterEach(() => void asked.splice(0))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const signer = (passphrase = 'frasa-sandi-kades', patience = 5_000) =>
    bsreSigner({ url, username: 'desa', password: 'kunci-layanan', patience }, { nik: '9902042003700001', passphrase })

  test('gets the letter and who signs, and gives back the letter signed', async () => {
    answer = signs
    const signed = await signer().sign(letter, HOW)
    expect(Buffer.compare(signed.subarray(0, letter.length), letter)).toBe(0)
    if (canJudge) expect(judged(signed)).toContain('Signature is Valid')
    const [one] = asked
    expect([one!.method, one!.path]).toEqual(['POST', '/esign/api/sign/pdf'])
    expect(Buffer.from(one!.authorization.replace('Basic ', ''), 'base64').toString()).toBe('desa:kunci-layanan')
    expect([one!.form.get('nik'), one!.form.get('tampilan')]).toEqual(['9902042003700001', 'invisible'])
  })

  test('a wrong passphrase is a refusal that does not repeat it', async () => {
    answer = signs
    const error: Error & { code?: string } = await signer('frasa-yang-salah')
      .sign(letter, HOW)
      .then(
        () => new Error('signed'),
        (e: Error) => e,
      )
    expect(error.code).toBe('signer_refused')
    expect(JSON.stringify([error, error.message, error.stack])).not.toContain('frasa-yang-salah')
  })

  test.each<[string, (response: ServerResponse) => void, string]>([
    ['is broken', (r) => void r.writeHead(503).end('maintenance'), 'signer_unavailable'],
    ['hangs up', (r) => void r.destroy(), 'signer_unavailable'],
    ['sends us elsewhere', (r) => void r.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(), 'signer_unavailable'],
    ['answers with a page', (r) => void r.writeHead(200).end('<html>Login</html>'), 'signer_refused'],
    ['gives the letter back unsigned', (r) => void r.writeHead(200).end(letter), 'signer_refused'],
    ['does not stop sending', (r) => void r.writeHead(200).end(Buffer.alloc(26_000_000, '%PDF-')), 'signer_refused'],
  ])('a service that %s', async (_name, way, code) => {
    answer = way
    await expect(signer().sign(letter, HOW)).rejects.toMatchObject({ code })
    expect(asked.length, 'asked once, nowhere else').toBe(1)
  })
  test('a service that does not answer', async () => {
    answer = () => undefined
    await expect(signer('frasa-sandi-kades', 150).sign(letter, HOW)).rejects.toMatchObject({ code: 'signer_unavailable' })
  })
})
