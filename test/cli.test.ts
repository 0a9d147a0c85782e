// The command line as a script meets it: help that suffices, and exit codes that say what kind of trouble it was.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const dataDir = mkdtempSync(join(tmpdir(), 'balai-cli-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const balai = (args: string[], env: Record<string, string> = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['app/cli.ts', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', LANG: 'en_GB.UTF-8', BALAI_DATA: dataDir, ...env },
  })
  return { status, stdout, stderr }
}

test('help names every command and every setting', () => {
  const { status, stdout } = balai(['--help'])
  expect(status).toBe(0)
  for (const word of [
    'serve',
    'worker',
    'migrate',
    'demo',
    'import',
    'tenant',
    'user',
    'key',
    'doctor',
    'DATABASE_URL',
    'BALAI_KEY',
    'Exit codes',
  ])
    expect(stdout).toContain(word)
  expect(balai(['import', '--help']).stdout).toContain('--dry-run')
})

test('a mistyped command and a wrong setting are 2, with what to do', () => {
  expect(balai(['frobnicate'])).toMatchObject({ status: 2, stderr: expect.stringContaining('unknown command') })
  expect(balai(['migrate'], { PORT: 'three thousand' })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('PORT must be a whole number'),
  })
})

test('a database that cannot be had is 4, in the language of the terminal', () => {
  const nowhere = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }
  expect(balai(['tenant', 'list'], nowhere)).toMatchObject({ status: 4, stderr: expect.stringContaining('cannot be reached') })
  expect(balai(['tenant', 'list'], { ...nowhere, LANG: 'id_ID.UTF-8' })).toMatchObject({
    status: 4,
    stderr: expect.stringContaining('tidak dapat dihubungi'),
  })
})
