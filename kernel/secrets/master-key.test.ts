// The master key as the person who runs the server meets it: made once, kept closed, understood or clearly refused.
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LOCALES, say } from '#kernel/words.ts'
import { KeyError } from './key-error.ts'
import { loadMasterKey } from './master-key.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'balai-key-'))
  file = join(folder, 'data', 'master.key')
})
afterEach(() => rmSync(folder, { recursive: true }))

function refusal(work: () => unknown): KeyError {
  try {
    work()
  } catch (e) {
    if (e instanceof KeyError) return e
    throw e
  }
  throw new Error('It was not refused.')
}

describe('the first start in the office of Sukamaju', () => {
  test('makes a key only its owner can read, and the second start finds it', () => {
    const first = loadMasterKey({ env: undefined, file })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(folder, 'data'))).toEqual(['master.key'])
    const second = loadMasterKey({ env: '  ', file })
    expect(second.id).toBe(first.id)
    expect(second.key).toEqual(first.key)
    expect(first.id).toMatch(/^[0-9a-f]{16}$/)
    expect(first.key.toString('hex')).not.toContain(first.id)
  })

  test('closes a key file that a restore left open', () => {
    loadMasterKey({ env: undefined, file })
    chmodSync(file, 0o644)
    loadMasterKey({ env: undefined, file })
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('never replaces a damaged key file: what it locked would be lost', () => {
    loadMasterKey({ env: undefined, file })
    writeFileSync(file, 'sandi rahasia\n')
    expect(refusal(() => loadMasterKey({ env: undefined, file })).code).toBe('key_file_malformed')
    expect(readFileSync(file, 'utf8')).toBe('sandi rahasia\n')
    writeFileSync(file, '')
    expect(refusal(() => loadMasterKey({ env: undefined, file })).code).toBe('key_file_malformed')
  })
})

describe('BALAI_KEY', () => {
  const [now, before] = [randomBytes(32), randomBytes(32)]

  test('is 32 bytes in hex, base64 or base64url', () => {
    for (const env of [now.toString('hex'), now.toString('hex').toUpperCase(), now.toString('base64'), ` ${now.toString('base64url')}\n`])
      expect(loadMasterKey({ env, file }).key).toEqual(now)
  })

  test('may hold older keys, which only unlock; a key file unlocks too', () => {
    const filed = loadMasterKey({ env: undefined, file })
    const master = loadMasterKey({ env: `${now.toString('base64')}, ${before.toString('hex')}`, file })
    expect(master.key).toEqual(now)
    expect([...master.known.values()]).toEqual([now, before, filed.key])
  })

  test('says which key is malformed and what to do, in both languages, without repeating it', () => {
    for (const wrong of ['kata sandi', now.toString('hex').slice(2), `${now.toString('base64')}AA`, '']) {
      const error = refusal(() => loadMasterKey({ env: `${now.toString('hex')},${wrong}`, file }))
      expect(error.code).toBe('key_malformed')
      for (const locale of LOCALES) {
        const text = say(error.words, locale, error.values)
        expect(text).toMatch(/2.*32 byte.*openssl rand -base64 32/)
        if (wrong) expect(text).not.toContain(wrong)
      }
    }
  })
})
