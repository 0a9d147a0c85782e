// `balai audit` as a script meets it: 0 when every row is as it was sealed, 1 and the culprit when not.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const dataDir = mkdtempSync(join(tmpdir(), 'balai-audit-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const balai = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['app/cli.ts', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', LANG: 'en_GB.UTF-8', BALAI_DATA: dataDir },
  })
  return { status, stdout, stderr }
}

test('a village is made, sealed, checked; then somebody edits what was kept apart', () => {
  expect(balai('tenant', 'create', 'sukamaju', '--name', 'Desa Sukamaju')).toMatchObject({ status: 0 })
  expect(balai('audit', 'seal').stdout).toMatch(/^[1-9]\d* rows are sealed\./m)
  const whole = balai('audit', 'verify')
  expect(whole).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/✓ Desa Sukamaju · change log\n {2}Rows that agree: [1-9]\d*\. Seals that hold: 1\./),
  })

  const seals = join(dataDir, 'seals')
  const [name] = readdirSync(seals)
  const text = readFileSync(join(seals, name!), 'utf8')
  const elsewhere = join(dataDir, 'elsewhere.ndjson')
  writeFileSync(elsewhere, text.replace(/"hash":"../, '"hash":"zz'))
  const broken = balai('audit', 'verify', '--tenant', 'sukamaju', '--seals', elsewhere)
  expect(broken).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('✗ Desa Sukamaju · change log\n  Seal 1 of the change log in the database DIFFERS'),
  })
}, 300_000)
