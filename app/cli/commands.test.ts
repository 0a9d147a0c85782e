// What an operator types, in one process: communities, people, operators, keys. Each command says what it did and answers an exit code.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openWorld, type World } from '#test/world.ts'
import type { runCommand } from './program.ts'

type Said = { code: number; out: string; err: string }
let world: World
let run: typeof runCommand
let balai: (...args: string[]) => Promise<Said>

beforeAll(async () => {
  world = await openWorld()
  // The language of the terminal is read when the program starts.
  vi.stubEnv('LC_ALL', 'en_GB.UTF-8')
  run = (await import('./program.ts')).runCommand
  balai = async (...args) => {
    let [out, err] = ['', '']
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
    const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true))
    try {
      return { code: await run((work) => work(world.house), args), out, err }
    } finally {
      stdout.mockRestore()
      stderr.mockRestore()
    }
  }
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await world?.close()
})

const asked = async (person: string, password: string): Promise<number> =>
  (await world.anonymous().post('/api/session', { login: person, password })).status
const withPassword = async (password: string, ...args: string[]): Promise<Said> => {
  vi.stubEnv('BALAI_PASSWORD', password)
  try {
    return await balai(...args)
  } finally {
    vi.stubEnv('BALAI_PASSWORD', '')
  }
}

test('help of every group is 0 and names what there is; what is mistyped is 2', async () => {
  for (const [group, words] of [
    ['tenant', ['create', 'invite', 'list', 'modules', 'plan', 'usage', 'suspend', 'restore', 'delete', 'erase', 'export', 'import']],
    ['user', ['create', 'join', 'password', 'drop-second-factor', 'suspend', 'activate']],
    ['operator', ['add', 'remove', 'list']],
    ['key', ['rotate', 'rewrap']],
  ] as const) {
    const { code, out } = await balai(group, '--help')
    expect(code, group).toBe(0)
    for (const word of words) expect(out).toContain(word)
  }
  for (const wrong of [
    ['tenant', 'create', 'cibaduk'],
    ['tenant', 'delete', 'sukamaju', '--days', 'seminggu'],
    ['user', 'raja'],
    ['operator', 'add'],
  ])
    expect((await balai(...wrong)).code, wrong.join(' ')).toBe(2)
})

test('a community is made, or refused at what is wrong with it, and then there is none', async () => {
  const create = (...more: string[]): Promise<Said> =>
    balai('tenant', 'create', 'cibaduk', '--name', 'Desa Cibaduk', '--modules', 'library', ...more)
  for (const [option, value] of [
    ['--kind', 'kerajaan'],
    ['--locale', 'xx'],
    ['--time-zone', 'Mars/Base'],
    ['--currency', 'rupiah'],
    ['--modules', 'sihir'],
    ['--invite', 'wati@desa.example'],
  ] as const)
    expect((await create(option, value)).code, option).toBe(3)
  expect((await balai('tenant', 'list')).out).not.toContain('cibaduk')
  expect(await create()).toMatchObject({ code: 0, out: expect.stringContaining('Desa Cibaduk is ready at /app/cibaduk.') })
  expect((await create()).code).toBe(3)
  expect((await balai('tenant', 'list')).out).toContain('cibaduk\tvillage\tactive\tDesa Cibaduk')
})

test('its first administrator is invited; where somebody administers already, nobody is', async () => {
  const invite = (code: string): Promise<Said> => balai('tenant', 'invite', code, 'wati@desa.example', '--name', 'Wati')
  expect(await invite('cibaduk')).toMatchObject({ code: 0, out: expect.stringContaining('Wati') })
  const [message] = await world.house.outbox.newest(1)
  expect(message).toMatchObject({ to: 'wati@desa.example', purpose: 'invitation' })
  expect(message?.text).toContain('/app/invitation#')
  expect((await invite('sukamaju')).code).toBe(3)
  expect((await invite('antah-berantah')).code).toBe(3)
})

test('modules, plan, usage, closing and opening', async () => {
  expect((await balai('tenant', 'modules', 'cibaduk', '--off', 'library')).out).toContain('off  library')
  expect((await balai('tenant', 'modules', 'cibaduk', '--on', 'library')).out).toContain('on   library')
  expect((await balai('tenant', 'modules', 'cibaduk', '--on', 'sihir')).code).toBe(3)
  expect((await balai('tenant', 'plan', 'cibaduk', '--plan', 'emas')).code).toBe(3)
  expect(await balai('tenant', 'plan', 'cibaduk', '--plan', 'none')).toMatchObject({ code: 0, out: expect.stringContaining('no limits') })
  expect((await balai('tenant', 'usage', 'cibaduk')).out).toMatch(/^users\t0$/m)
  expect((await balai('tenant', 'suspend', 'cibaduk', '--reason', 'pindah')).code).toBe(0)
  expect((await balai('tenant', 'suspend', 'cibaduk')).code).toBe(3)
  expect((await balai('tenant', 'restore', 'cibaduk')).code).toBe(0)
})

test('out into a file, away, and back from it, seals and all', async () => {
  const file = join(world.house.config.dataDir, 'cibaduk.tar.gz')
  await balai('audit', 'seal', '--tenant', 'cibaduk')
  expect(await balai('tenant', 'export', 'cibaduk', '--to', file)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/SHA-256 [0-9a-f]{64}/),
  })
  expect((await balai('tenant', 'export', 'cibaduk', '--to', file)).code).toBe(3)
  expect((await balai('tenant', 'import', file)).code).toBe(3)
  expect((await balai('tenant', 'delete', 'cibaduk', '--confirm', 'sukamaju')).code).toBe(3)
  expect((await balai('tenant', 'delete', 'cibaduk', '--confirm', 'cibaduk')).out).toContain('after 30 days')
  expect((await balai('tenant', 'erase', 'cibaduk')).code).toBe(3)
  expect((await balai('tenant', 'delete', 'cibaduk', '--cancel')).code).toBe(0)
  expect((await balai('tenant', 'delete', 'cibaduk', '--confirm', 'cibaduk', '--days', '0')).code).toBe(0)
  expect((await balai('tenant', 'erase', 'cibaduk')).code).toBe(0)
  expect((await balai('tenant', 'list')).out).not.toContain('cibaduk')
  expect((await balai('tenant', 'import', file, '--code', 'cibaduk-baru')).out).toContain('cibaduk-baru is restored')
  expect(await balai('audit', 'verify', '--tenant', 'cibaduk-baru')).toMatchObject({ code: 0 })
})

test('an account and its place are made together, or neither', async () => {
  expect((await balai('user', 'create', 'ratih', '--name', 'Ratih')).code).toBe(3)
  for (const [place, role] of [
    ['antah-berantah', 'Auditor'],
    ['sukamaju', 'Raja'],
  ] as const)
    expect(
      (await withPassword('Padi-Menguning-77', 'user', 'create', 'ratih', '--name', 'Ratih', '--tenant', place, '--role', role)).code,
    ).toBe(3)
  expect(await world.house.identity.userByLogin('ratih')).toBeNull()
  expect((await withPassword('pendek', 'user', 'create', 'ratih', '--name', 'Ratih')).code).toBe(3)
  expect(
    (await withPassword('Padi-Menguning-77', 'user', 'create', 'ratih', '--name', 'Ratih', '--tenant', 'sukamaju', '--role', 'auditor'))
      .code,
  ).toBe(0)
  expect(await balai('user', 'join', 'ratih', 'sukamaju')).toMatchObject({ code: 3, err: expect.stringContaining('already') })
  expect((await balai('user', 'join', 'hantu', 'sukamaju')).code).toBe(3)
})

test('a password, the second step, keeping out and letting in', async () => {
  expect((await withPassword('Padi-Menguning-78', 'user', 'password', 'ratih')).code).toBe(0)
  expect(await asked('ratih', 'Padi-Menguning-78')).toBe(200)
  const { id } = (await world.house.identity.userByLogin('ratih'))!
  await world.house.database.owner.query('update core.users set two_factor_enabled = true where id = $1', [id])
  expect(await balai('user', 'drop-second-factor', 'ratih')).toMatchObject({ code: 0, out: expect.stringContaining('ratih is off') })
  const { rows } = await world.house.database.owner.query('select two_factor_enabled as asks from core.users where id = $1', [id])
  expect(rows).toEqual([{ asks: false }])
  expect(await balai('user', 'suspend', 'ratih')).toMatchObject({ code: 0, out: expect.stringContaining('ratih') })
  expect(await asked('ratih', 'Padi-Menguning-78')).toBe(403)
  expect((await balai('user', 'activate', 'ratih')).code).toBe(0)
  expect(await asked('ratih', 'Padi-Menguning-78')).toBe(200)
})

test('operators come and go', async () => {
  expect((await balai('operator', 'add', 'ratih')).out).toContain('now an operator')
  expect((await balai('operator', 'add', 'ratih')).out).toContain('already')
  expect((await balai('operator', 'list')).out).toBe('ratih\tRatih\n')
  expect((await balai('operator', 'remove', 'ratih')).code).toBe(0)
  expect((await balai('operator', 'remove', 'ratih')).code).toBe(3)
})

test('keys are locked and renewed, and what was sealed stays readable', async () => {
  const budi = await world.as('budi')
  expect((await balai('key', 'rewrap')).out).toMatch(/^\d+ keys are locked/)
  expect((await balai('key', 'rotate', '--tenant', 'antah-berantah')).code).toBe(3)
  // On a server it waits until every process knows the new key: test/key-rotation.test.ts.
  if (world.kind === 'embedded')
    expect((await balai('key', 'rotate', '--tenant', 'sukamaju')).out).toMatch(/records are sealed with the new key/)
  expect((await budi.get('/library/books')).status).toBe(200)
})
