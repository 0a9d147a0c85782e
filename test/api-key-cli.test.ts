// An operator sets up the weather board's key at a terminal: made for a member, printed once, listed, revoked.
import { Command } from 'commander'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { api } from '#app/api.ts'
import { apiKeyCommands } from '#app/cli/api-keys.ts'
import { openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

/** What a command prints; throws what it throws. Each command opens the installation by itself: here it is open already. */
async function balai(...args: string[]): Promise<string> {
  const printed: string[] = []
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => (printed.push(String(text)), true))
  const quiet = vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
  const program = new Command().exitOverride()
  apiKeyCommands(program, (work) => work(world.house))
  try {
    await program.parseAsync(['api-key', ...args], { from: 'user' })
  } finally {
    spy.mockRestore()
    quiet.mockRestore()
  }
  return printed.join('')
}

const use = async (key: string): Promise<number> =>
  (await api(world.house).request('/api/sukamaju/library/shelves', { headers: { authorization: `Bearer ${key}` } })).status

test('a key from the terminal: the key alone on the output, good at once, in the list, then revoked', async () => {
  const made = await balai(
    'create',
    'sukamaju',
    '--name',
    'Papan cuaca',
    '--as',
    'andi',
    '--scopes',
    'library.shelves:read,library.books:read',
    '--days',
    '30',
  )
  expect(made).toMatch(/^balai_[0-9a-z]{8}_[0-9A-Za-z]{40}\n$/)
  const [key, mark] = [made.trim(), made.slice(0, 14)]
  expect(await use(key)).toBe(200)
  const listed = await balai('list', 'sukamaju')
  expect(listed).toMatch(new RegExp(`^${mark}\tactive\t\\d{4}-\\d\\d-\\d\\d\t\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d\tPapan cuaca\n$`))
  expect(listed).not.toContain(key.slice(15))
  expect(await balai('list', 'merantian')).toBe('')
  expect(await balai('revoke', 'sukamaju', mark)).toContain('Papan cuaca')
  expect(await use(key)).toBe(401)
  expect(await balai('list', 'sukamaju')).toContain('\trevoked\t')
  await expect(balai('revoke', 'sukamaju', mark)).rejects.toMatchObject({ code: 'unknown_key' })
})

test('what cannot be is refused in words', async () => {
  const create = (as: string, scopes: string, place = 'sukamaju', days = '30'): Promise<string> =>
    balai('create', place, '--name', 'X', '--as', as, '--scopes', scopes, '--days', days)
  await expect(create('andi', 'gudang.beras:read')).rejects.toMatchObject({ code: 'invalid_input', fields: [{ field: 'scopes' }] })
  await expect(create('siti', 'library.shelves:read')).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(create('nobody', 'library.shelves:read')).rejects.toMatchObject({ code: 'unknown_user' })
  await expect(create('andi', 'library.shelves:read', 'antah-berantah')).rejects.toMatchObject({ code: 'unknown_tenant' })
  await expect(create('andi', 'library.shelves:read', 'merantian')).rejects.toMatchObject({ code: 'not_found' })
  await expect(create('andi', 'library.shelves:read', 'sukamaju', 'selamanya')).rejects.toMatchObject({ code: 'invalid_days' })
})
