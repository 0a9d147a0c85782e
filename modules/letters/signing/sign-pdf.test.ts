// Signatures on letters: valid to a reader that is not ours, worth nothing once a byte differs, and refused before they are worth nothing.
import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { element, elements, oid, setOf, small, tlv } from './der.ts'
import { openP12 } from './p12.ts'
import { fromKeptKey, keptKey, keySigner, p12Signer } from './p12-signer.ts'
import type { How } from './signer.ts'
import { AT, KEYS, PASSPHRASE } from './test-keys.ts'
import { canJudge, judged, letterToSign } from './test-pdf.ts'

const HOW: How = { reason: 'Surat Keterangan Domisili (asli)', location: 'Desa Sukamaju', name: 'Haji Mulyadi, S.Sos. “Pak Haji”', at: AT }
const YEARS_LATER = new Date('2040-01-01T00:00:00Z')

let letter: Uint8Array
beforeAll(async () => {
  letter = await letterToSign()
})

const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'done'
  } catch (error) {
    return (error as { code?: string }).code ?? 'no refusal'
  }
}

describe.skipIf(!canJudge)('to pdfsig of poppler-utils, without it skipped', () => {
  test.each([
    ['a P12 of OpenSSL 3', KEYS.mulyadi, 'Haji Mulyadi'],
    ['a P12 of an older program', KEYS.mulyadiOld, 'Haji Mulyadi'],
    ['an ECDSA key', KEYS.sitiEc, 'Siti Aminah'],
  ])('%s signs validly and the whole letter', async (_name, key, who) => {
    const said = judged(await p12Signer(key, PASSPHRASE, AT).sign(letter, HOW))
    expect(said).toContain('Signature Validation: Signature is Valid.')
    expect(said).toContain('Total document signed')
    expect(said).toContain('Signature Type: ETSI.CAdES.detached')
    expect(said).toContain('Signing Hash Algorithm: SHA-256')
    expect(said).toContain(`Signer Certificate Common Name: ${who}`)
  })

  test('one changed byte, anywhere in the letter, and it is not valid', async () => {
    const signed = await p12Signer(KEYS.mulyadi, PASSPHRASE, AT).sign(letter, HOW)
    const places = [20, Math.floor(letter.length / 2), signed.length - 30]
    for (const place of places) {
      const changed = Uint8Array.from(signed)
      changed[place] = changed[place]! ^ 1
      expect(judged(changed), `byte ${place}`).not.toContain('Signature is Valid')
    }
  })
})

test('the letter as it was is the beginning of the letter as signed, and stays what PDF/A asks', async () => {
  const signed = await p12Signer(KEYS.mulyadi, PASSPHRASE, AT).sign(letter, HOW)
  expect(Buffer.compare(signed.subarray(0, letter.length), letter)).toBe(0)
  const tail = Buffer.from(signed.subarray(letter.length)).toString('latin1')
  // ISO 19005-2 §6.1.3 (identifier in the last trailer), §6.4.1 and §6.3.3 (a field that is not seen needs no appearance).
  expect(tail).toMatch(/\/ID \[[^]+?<[0-9A-F]{32}>\]/)
  expect(tail).toContain('/Rect [0 0 0 0]')
  expect(tail).not.toContain('NeedAppearances')
  // Every entry of the new table points at the object it names (ISO 32000-1 §7.5.4, entries of exactly 20 bytes).
  const whole = Buffer.from(signed).toString('latin1')
  const at = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(whole)![1])
  let checked = 0
  let number = 0
  for (const line of whole.slice(at, whole.indexOf('trailer', at)).split('\n').slice(1)) {
    const head = /^(\d+) \d+$/.exec(line)
    const entry = /^(\d{10}) 00000 n $/.exec(line)
    if (head) number = Number(head[1])
    if (!entry) continue
    expect(whole.slice(Number(entry[1])).startsWith(`${number} 0 obj\n`)).toBe(true)
    number++
    checked++
  }
  expect(checked).toBe(4)
  // The signed range leaves out the hole and nothing else.
  const range = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)/.exec(tail)!.slice(1).map(Number)
  expect(range[0]).toBe(0)
  expect(whole[range[1]!]).toBe('<')
  expect(whole[range[2]! - 1]).toBe('>')
  expect(range[2]! + range[3]!).toBe(signed.length)
})

test('the signature names its certificate, keeps the chain, and says no time of its own (EN 319 142-1 §6.3)', async () => {
  const opened = openP12(KEYS.mulyadi, PASSPHRASE, AT)
  expect(opened.chain.map(({ subject }) => /CN=(.*)/.exec(subject)![1])).toEqual(['Haji Mulyadi', 'Penerbit Uji Balai', 'Akar Uji Balai'])
  const signed = Buffer.from(await keySigner(opened).sign(letter, HOW)).toString('latin1')
  const cms = Buffer.from(/\/Contents <([0-9A-F]+)>/.exec(signed)![1]!, 'hex')
  const signedData = elements(element(elements(element(cms).inside)[1]!.inside).inside)
  const certificates = elements(signedData.find(({ tag }) => tag === 0xa0)!.inside).map(
    ({ whole }) => new X509Certificate(whole).serialNumber,
  )
  expect(certificates).toEqual(opened.chain.map(({ serialNumber }) => serialNumber))
  expect(cms.includes(oid('1.2.840.113549.1.9.16.2.47'))).toBe(true)
  expect(cms.includes(createHash('sha256').update(opened.chain[0].raw).digest())).toBe(true)
  expect(cms.includes(oid('1.2.840.113549.1.9.5')), 'signing-time').toBe(false)
})

test('the same letter signed twice at the same moment is the same bytes', async () => {
  const signer = p12Signer(KEYS.mulyadi, PASSPHRASE, AT)
  expect(Buffer.compare(await signer.sign(letter, HOW), await signer.sign(letter, HOW))).toBe(0)
})

test('a key as we keep it signs like the file it came from', async () => {
  const kept = keptKey(openP12(KEYS.mulyadi, PASSPHRASE, AT))
  expect(kept).not.toContain(PASSPHRASE)
  const [a, b] = await Promise.all([keySigner(fromKeptKey(kept)), p12Signer(KEYS.mulyadi, PASSPHRASE, AT)].map((s) => s.sign(letter, HOW)))
  expect(Buffer.compare(a!, b!)).toBe(0)
})

describe('a no in words', () => {
  test.each([
    ['a wrong passphrase', KEYS.mulyadi, 'padi-menghijau', AT, 'passphrase_wrong'],
    ['no passphrase', KEYS.mulyadi, '', AT, 'passphrase_wrong'],
    ['a wrong passphrase of an older file', KEYS.mulyadiOld, 'padi-menghijau', AT, 'passphrase_wrong'],
    ['a certificate whose time is over', KEYS.mulyadi, PASSPHRASE, YEARS_LATER, 'certificate_expired'],
    ['a certificate whose time has not come', KEYS.mulyadi, PASSPHRASE, new Date('2025-12-31T23:59:59Z'), 'certificate_not_yet_valid'],
    ['a key of 1024 bits', KEYS.weak, PASSPHRASE, AT, 'key_weak'],
    ['a file without a key', KEYS.noKey, PASSPHRASE, AT, 'key_missing'],
    ['an empty file', new Uint8Array(), PASSPHRASE, AT, 'p12_unreadable'],
    ['half a file', KEYS.mulyadi.subarray(0, 900), PASSPHRASE, AT, 'p12_unreadable'],
    ['a picture', readFileSync(new URL('../../../web/public/mark.svg', import.meta.url)), PASSPHRASE, AT, 'p12_unreadable'],
    ['a megabyte of nothing', new Uint8Array(1_000_000), PASSPHRASE, AT, 'p12_unreadable'],
  ])('%s', (_name, file, passphrase, at, code) => {
    expect(codeOf(() => openP12(file, passphrase, at))).toBe(code)
  })

  test('a damaged P12 is a refusal whatever byte was hit', () => {
    for (let place = 0; place < KEYS.sitiEc.length; place += 61) {
      const damaged = Uint8Array.from(KEYS.sitiEc)
      damaged[place] = damaged[place]! ^ 0xff
      expect(['p12_unreadable', 'passphrase_wrong', 'key_missing'], `byte ${place}`).toContain(
        codeOf(() => openP12(damaged, PASSPHRASE, AT)),
      )
    }
  })

  test('a certificate that expired since it was uploaded signs no more', async () => {
    await expect(p12Signer(KEYS.mulyadi, PASSPHRASE, AT).sign(letter, { ...HOW, at: YEARS_LATER })).rejects.toMatchObject({
      code: 'certificate_expired',
    })
  })

  test('a letter that is signed, a PDF of others and no PDF at all are not signed', async () => {
    const signer = p12Signer(KEYS.mulyadi, PASSPHRASE, AT)
    await expect(signer.sign(await signer.sign(letter, HOW), HOW)).rejects.toMatchObject({ code: 'already_signed' })
    const latin = Buffer.from(letter).toString('latin1')
    const bad = [
      '',
      'Surat ini sah.',
      latin.slice(0, -30),
      latin.slice(0, latin.length / 2),
      latin.replace('/Root', '/Encrypt 9 0 R /Root'),
      latin.replace(/startxref\n\d+/, 'startxref\n999999999'),
      latin.replace(/\/Pages \d+ 0 R/, '/Pages 9999 0 R'),
    ]
    for (const text of bad) await expect(signer.sign(Buffer.from(text, 'latin1'), HOW)).rejects.toHaveProperty('code', 'pdf_not_signable')
  })
})

test('lengths and identifiers as X.690 writes them', () => {
  expect(oid('1.2.840.113549.1.7.2').toString('hex')).toBe('06092a864886f70d010702')
  expect(tlv(4, new Uint8Array(127)).subarray(0, 2).toString('hex')).toBe('047f')
  expect(tlv(4, new Uint8Array(200)).subarray(0, 3).toString('hex')).toBe('0481c8')
  expect(tlv(4, new Uint8Array(300)).subarray(0, 4).toString('hex')).toBe('0482012c')
  expect(setOf(small(3), small(1)).toString('hex')).toBe('3106020101020103')
  expect(() => element(Buffer.from('0405aa', 'hex'))).toThrow(RangeError)
})
