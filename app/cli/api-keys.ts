// `balai api-key …`: keys of devices and programs, for an operator who sets one up without a browser.
import type { Command } from 'commander'
import { whoIs } from '#kernel/access/members.ts'
import { issueKey } from '#kernel/api-keys/acts.ts'
import { revokeKey } from '#kernel/api-keys/revoke.ts'
import type { Tenant } from '#kernel/ctx.ts'
import { scopedDb } from '#kernel/db/scoped.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import { writing } from '#kernel/tenancy/as-tenant.ts'
import { tenantByCode } from '#kernel/tenancy/tenants.ts'
import type { OpenHouse } from '../open-house.ts'
import { line, note, tell } from './terminal.ts'

type With = <T>(work: (house: OpenHouse) => Promise<T>) => Promise<T>

const ORIGIN = { requestId: 'cli', ip: null, userAgent: null }
const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

async function place(house: OpenHouse, code: string): Promise<Tenant> {
  const tenant = await tenantByCode(house, code)
  if (!tenant)
    throw new Refusal(404, 'unknown_tenant', { id: 'Tidak ada komunitas "{code}".', en: 'There is no community "{code}".' }, [], {
      more: { code },
    })
  return tenant
}

type NewKeyOptions = { name: string; as: string; scopes: string; days: string; networks?: string }

async function create(house: OpenHouse, code: string, o: NewKeyOptions): Promise<void> {
  const tenant = await place(house, code)
  const user = await house.identity.userByLogin(o.as)
  if (!user)
    throw new Refusal(404, 'unknown_user', { id: 'Tidak ada pengguna "{login}".', en: 'There is no user "{login}".' }, [], {
      more: { login: o.as },
    })
  const days = Number(o.days)
  if (!Number.isFinite(days)) throw new Refusal(422, 'invalid_days', { id: 'Tulis jumlah hari.', en: 'Write a number of days.' })
  const expires_at = new Date(Date.now() + days * 86_400_000).toISOString()
  const who = await whoIs(house, tenant.id, user.id, ORIGIN)
  const input = { name: o.name, scopes: listOf(o.scopes), networks: listOf(o.networks), visibility: {}, attributes: {}, expires_at }
  const made = await writing(house, who, 'issuance', (ctx) => issueKey(ctx, input))
  await noteSecurity(house, { kind: 'key_made', tenantId: tenant.id, userId: user.id, actorName: user.name, origin: ORIGIN })
  // The key alone on standard output, so that it can be piped into a file; the words beside it.
  note({ id: 'Simpan kunci ini sekarang; ia tidak dapat ditampilkan lagi.', en: 'Keep this key now; it cannot be shown again.' })
  line(made.key)
}

type Listed = { id: string; name: string; prefix: string; status: string; expires_at: Date; last_used_at: Date | null }

async function list(house: OpenHouse, code: string): Promise<void> {
  const tenant = await place(house, code)
  const { rows } = await scopedDb(house.database.app, tenant.id).query<Listed>(
    `select k.id, k.name, k.prefix, k.status, k.expires_at, s.last_used_at
       from core.api_keys k join core.api_key_secrets s on s.tenant_id = $1 and s.key_id = k.id
      where k.tenant_id = $1 and k.deleted_at is null order by k.name_sort, k.id`,
    [tenant.id],
  )
  for (const key of rows) {
    const state = key.status === 'active' && key.expires_at.getTime() <= Date.now() ? 'expired' : key.status
    line(
      [
        `balai_${key.prefix}`,
        state,
        key.expires_at.toISOString().slice(0, 10),
        key.last_used_at?.toISOString().slice(0, 16) ?? '-',
        key.name,
      ].join('\t'),
    )
  }
}

async function revoke(house: OpenHouse, code: string, mark: string): Promise<void> {
  const tenant = await place(house, code)
  const prefix = mark.replace(/^balai_/, '').slice(0, 8)
  const said = { user: null, doing: 'revocation', request: 'cli', ip: null, agent: null }
  const name = await revokeKey(house, tenant.id, prefix, said)
  if (name === null)
    throw new Refusal(
      404,
      'unknown_key',
      { id: 'Tidak ada kunci yang masih berlaku dengan tanda {prefix}.', en: 'There is no valid key marked {prefix}.' },
      [],
      { more: { prefix } },
    )
  await noteSecurity(house, { kind: 'key_revoked', tenantId: tenant.id, origin: ORIGIN, detail: { key: prefix } })
  tell({ id: 'Kunci {name} dicabut.', en: 'The key {name} is revoked.' }, { name })
}

export function apiKeyCommands(program: Command, open: With): void {
  const key = program.command('api-key').description('keys with which devices and programs use the API')
  key
    .command('create <tenant>')
    .description('make a key; it is printed once')
    .requiredOption('--name <name>', 'the device or program')
    .requiredOption('--as <login>', 'the member it belongs to; it never does more than they may')
    .requiredOption('--scopes <list>', 'permissions with commas, such as registry.citizens:read')
    .option('--days <n>', 'how many days it is valid', '90')
    .option('--networks <list>', 'only from these networks, such as 192.168.1.0/24')
    .action((tenant: string, o: NewKeyOptions) => open((house) => create(house, tenant, o)))
  key
    .command('list <tenant>')
    .description('mark, state, last day, last use and name of every key')
    .action((tenant: string) => open((house) => list(house, tenant)))
  key
    .command('revoke <tenant> <mark>')
    .description('end a key at once and for good; its mark is balai_ and the eight characters after it')
    .action((tenant: string, mark: string) => open((house) => revoke(house, tenant, mark)))
}
