// `balai tenant …`: what an operator does to communities, also where there is no page for it.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import type { Tenant } from '#kernel/ctx.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { exportTenant, hashOfFile } from '#kernel/platform/archive/export.ts'
import { importTenant } from '#kernel/platform/archive/import.ts'
import { lockedKeysOf } from '#kernel/platform/archive/lock.ts'
import { checkInvitee, inviteFirst } from '#kernel/platform/first-invitation.ts'
import { check } from '#kernel/platform/input.ts'
import { newCommunity } from '#kernel/platform/routes/community-input.ts'
import type { Invitee } from '#kernel/identity/invitation-actions.ts'
import { eraseTenant } from '#kernel/platform/erase.ts'
import { modulesOf, switchModule } from '#kernel/platform/modules.ts'
import { plansOf, subscribe } from '#kernel/platform/plans.ts'
import { askDeletion, cancelDeletion, GRACE_DAYS, restore, suspend } from '#kernel/platform/status.ts'
import { countUsage } from '#kernel/platform/usage.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import { allTenants, createTenant, tenantByCode } from '#kernel/tenancy/tenants.ts'
import { say } from '#kernel/words.ts'
import type { OpenHouse } from '../open-house.ts'
import { line, LOCALE, progressLine, tell, wholeNumber } from './terminal.ts'

type With = <T>(work: (house: OpenHouse) => Promise<T>) => Promise<T>
const ORIGIN = { requestId: 'cli', ip: null, userAgent: 'balai' }

/** Throws 404 `unknown_tenant`. */
export async function named(house: OpenHouse, code: string): Promise<Tenant> {
  const found = await tenantByCode(house, code)
  if (!found)
    throw new Refusal(404, 'unknown_tenant', { id: 'Tidak ada komunitas "{code}".', en: 'There is no community "{code}".' }, [], {
      more: { code },
    })
  return found
}

/** From BALAI_PASSPHRASE, or typed; never an argument, which other programs can see. */
async function passphrase(): Promise<string> {
  const known = process.env['BALAI_PASSPHRASE']
  if (known || !process.stdin.isTTY) return known ?? ''
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await reader.question('Passphrase: ')
  } finally {
    reader.close()
  }
}

export function tenantCommands(program: Command, open: With): void {
  const tenant = program.command('tenant').description('communities of this installation')
  const on =
    <A extends unknown[]>(work: (house: OpenHouse, tenant: Tenant, ...rest: A) => Promise<void>) =>
    (code: string, ...rest: A): Promise<void> =>
      open(async (house) => work(house, await named(house, code), ...rest))
  tenant
    .command('create <code>')
    .description('make a community; its code is its address')
    .requiredOption('--name <name>', 'what people call it')
    .option('--kind <kind>', 'village, estate, practice, business or city', 'village')
    .option('--modules <list>', 'modules, with commas', 'registry')
    .option('--locale <locale>', 'id or en', 'id')
    .option('--time-zone <zone>', 'IANA time zone', 'Asia/Jakarta')
    .option('--currency <code>', 'ISO 4217 code', 'IDR')
    .option('--invite <address>', 'e-mail or mobile number of the first administrator, who gets a link to make their account')
    .option('--invite-name <name>', 'what they are called')
    .action((code: string, o: NewTenantOptions) =>
      open(async (house) => {
        const { invite: _invite, inviteName: _name, timeZone: time_zone, ...facts } = o
        const asked = check({ ...facts, code, time_zone, modules: o.modules.split(',').filter(Boolean) }, newCommunity)
        const invitee = o.invite === undefined ? null : inviteeOf(o.invite, o.inviteName)
        if (invitee) checkInvitee(house, invitee)
        const made = await createTenant(house, { ...asked, timeZone: asked.time_zone })
        tell({ id: 'Komunitas {name} siap di /app/{code}.', en: 'Community {name} is ready at /app/{code}.' }, made)
        if (invitee) return inviteNow(house, made, invitee)
        tell({ id: 'Tambahkan orang: balai user create … --tenant {code}', en: 'Add people: balai user create … --tenant {code}' }, made)
      }),
    )
  tenant
    .command('invite <code> <address>')
    .description('invite the first administrator of a community that has none, by e-mail or SMS')
    .requiredOption('--name <name>', 'what they are called')
    .action(on(async (house, t, address: string, o: { name: string }) => inviteNow(house, t, inviteeOf(address, o.name))))
  tenant
    .command('list')
    .description('code, kind, status and name of every community')
    .action(() => open(async (house) => (await allTenants(house)).forEach((t) => line(`${t.code}\t${t.kind}\t${t.status}\t${t.name}`))))
  tenant
    .command('modules <code>')
    .description('which modules a community has; switch them on and off')
    .option('--on <module>')
    .option('--off <module>')
    .action(
      on(async (house, t, o: { on?: string; off?: string }) => {
        if (o.off) await switchModule(house, t, o.off, false)
        if (o.on) await switchModule(house, t, o.on, true)
        const now = await named(house, t.code)
        for (const m of modulesOf(house)) line(`${now.modules.includes(m.name) ? 'on ' : 'off'}  ${m.name}\t${say(m.label, LOCALE)}`)
      }),
    )
  tenant
    .command('plan <code>')
    .description('give a community a plan (--plan none: no limits)')
    .requiredOption('--plan <code>')
    .action(
      on(async (house, t, o: { plan: string }) => {
        const plan = (await plansOf(house)).find((p) => p.code === o.plan)
        if (!plan && o.plan !== 'none')
          throw new Refusal(404, 'unknown_plan', { id: 'Tidak ada paket "{plan}".', en: 'There is no plan "{plan}".' }, [], { more: o })
        await subscribe(house, t, { plan_id: plan?.id ?? null }, null)
        tell(
          plan
            ? { id: '{name} kini memakai paket {plan}.', en: '{name} now has the plan {plan}.' }
            : { id: '{name} kini tanpa paket: tanpa batas.', en: '{name} has no plan now: no limits.' },
          { name: t.name, plan: plan?.name },
        )
      }),
    )
  tenant
    .command('usage <code>')
    .description('count what a community uses')
    .action(
      on(async (house, t) => {
        const { users, rows, storage_bytes, api_calls } = await countUsage(house, t)
        for (const [name, n] of Object.entries({ users, ...rows, storage_bytes, api_calls })) line(`${name}\t${n}`)
      }),
    )
  movingCommands(tenant, on)
  archiveCommands(tenant, open, on)
}

type NewTenantOptions = {
  name: string
  kind: string
  modules: string
  locale: string
  timeZone: string
  currency: string
  invite?: string
  inviteName?: string
}

/** An address with an @ is an e-mail address, everything else a phone number. Throws 422 without a name. */
function inviteeOf(address: string, name = ''): Invitee {
  if (!name.trim())
    throw new Refusal(422, 'name_missing', {
      id: 'Sebut namanya dengan --invite-name.',
      en: 'Say what they are called with --invite-name.',
    })
  const isMail = address.includes('@')
  return { name: name.trim(), email: isMail ? address : null, phone: isMail ? null : address }
}

async function inviteNow(house: OpenHouse, tenant: Tenant, invitee: Invitee): Promise<void> {
  await inviteFirst(house, tenant, invitee, ORIGIN)
  await noteSecurity(house, {
    kind: 'invited',
    tenantId: tenant.id,
    origin: ORIGIN,
    detail: { what: 'first_administrator', by: 'operator' },
  })
  await house.outbox.drain()
  tell(
    {
      id: 'Undangan untuk {name} dikirim; tautannya berlaku tujuh hari.',
      en: 'The invitation for {name} is on its way; its link is good for seven days.',
    },
    { name: invitee.name },
  )
}

type On = <A extends unknown[]>(
  work: (house: OpenHouse, tenant: Tenant, ...rest: A) => Promise<void>,
) => (code: string, ...rest: A) => Promise<void>

function movingCommands(tenant: Command, on: On): void {
  tenant
    .command('suspend <code>')
    .description('close a community to its members; its data stays')
    .option('--reason <text>')
    .action(
      on(async (house, t, o: { reason?: string }) => {
        await suspend(house, t, o.reason ?? null)
        await noteSecurity(house, { kind: 'tenant_suspended', tenantId: t.id, origin: ORIGIN })
        tell({ id: '{name} ditangguhkan.', en: '{name} is suspended.' }, t)
      }),
    )
  tenant
    .command('restore <code>')
    .description('open a suspended community again')
    .action(
      on(async (house, t) => {
        await restore(house, t)
        await noteSecurity(house, { kind: 'tenant_restored', tenantId: t.id, origin: ORIGIN })
        tell({ id: '{name} dibuka lagi.', en: '{name} is open again.' }, t)
      }),
    )
  tenant
    .command('delete <code>')
    .description('close a community and remove it after some days; until then --cancel calls it back')
    .option('--confirm <code>', 'the code again')
    .option('--days <days>', 'days to think better of it', wholeNumber(0, 365), GRACE_DAYS)
    .option('--cancel', 'call the deletion back')
    .action(
      on(async (house, t, o: { confirm?: string; days: number; cancel?: boolean }) => {
        if (o.cancel) await cancelDeletion(house, t)
        else await askDeletion(house, t, o.confirm ?? '', o.days, null)
        if (o.cancel) tell({ id: 'Penghapusan {name} dibatalkan.', en: 'The deletion of {name} is called back.' }, t)
        else
          tell(
            { id: '{name} ditutup dan akan dihapus setelah {days} hari.', en: '{name} is closed and will be removed after {days} days.' },
            { ...t, ...o },
          )
      }),
    )
  tenant
    .command('erase <code>')
    .description('remove a community whose days are over now, instead of with the daily upkeep')
    .action(
      on(async (house, t) => {
        await eraseTenant(house, t.id, progressLine())
        tell({ id: 'Selesai. Sertifikatnya ada di core.deletions.', en: 'Done. Its certificate is in core.deletions.' })
      }),
    )
}

function archiveCommands(tenant: Command, open: With, on: On): void {
  tenant
    .command('export <code>')
    .description('write a whole community into one file (.tar.gz)')
    .requiredOption('--to <file>')
    .option('--passphrase', 'lock its keys with a passphrase (BALAI_PASSPHRASE or typed), so that it can be restored elsewhere')
    .action(
      on(async (house, t, o: { to: string; passphrase?: boolean }) => {
        const file = resolve(o.to)
        if (existsSync(file)) throw new Refusal(409, 'file_exists', { id: 'Berkas itu sudah ada.', en: 'That file exists already.' })
        const keys = o.passphrase ? await lockedKeysOf(house, t.id, await passphrase()) : null
        const manifest = await exportTenant(house, t, file, keys, progressLine())
        await noteSecurity(house, { kind: 'tenant_exported', tenantId: t.id, origin: ORIGIN, detail: { secrets: Boolean(keys) } })
        const rows = Object.values(manifest.tables).reduce((sum, f) => sum + f.rows, 0)
        tell(
          { id: '{rows} baris ditulis. SHA-256 {hash}', en: '{rows} rows written. SHA-256 {hash}' },
          { rows, hash: await hashOfFile(file) },
        )
      }),
    )
  tenant
    .command('import <file>')
    .description('make a community from such a file; all of it or nothing')
    .option('--code <code>', 'another code than it had')
    .option('--passphrase', 'its keys are locked with one (BALAI_PASSPHRASE or typed)')
    .action((file: string, o: { code?: string; passphrase?: boolean }) =>
      open(async (house) => {
        const secret = o.passphrase || process.env['BALAI_PASSPHRASE'] ? await passphrase() : ''
        const done = await importTenant(house, resolve(file), { passphrase: secret, ...(o.code ? { code: o.code } : {}) }, progressLine())
        tell(
          {
            id: '{code} dipulihkan: {rows} baris dalam {tables} tabel, semuanya cocok dengan arsip.',
            en: '{code} is restored: {rows} rows in {tables} tables, all as in the archive.',
          },
          done,
        )
      }),
    )
}
