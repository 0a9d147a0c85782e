// `balai user …`, `balai key …`: what an operator does to an installation.
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { addMember } from '#kernel/access/add-member.ts'
import { ADMINISTRATOR } from '#kernel/access/templates.ts'
import { transaction } from '#kernel/db/scoped.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { noteSecurity } from '#kernel/security-log/security-log.ts'
import { rewrapKeys, SETTLE_SECONDS } from '#kernel/secrets/keyring.ts'
import { masterKey } from '#kernel/secrets/master-key.ts'
import { rotateSecrets } from '#kernel/secrets/rotate.ts'
import { allTenants } from '#kernel/tenancy/tenants.ts'
import type { OpenHouse } from '../open-house.ts'
import { named } from './tenants.ts'
import { progressLine, tell } from './terminal.ts'

type With = <T>(work: (house: OpenHouse) => Promise<T>) => Promise<T>

/** A password from `--password`, the environment or the terminal; never echoed into a log. */
async function passwordFrom(given: string | undefined): Promise<string> {
  const known = given ?? process.env['BALAI_PASSWORD']
  if (known) return known
  if (!process.stdin.isTTY)
    throw new Refusal(422, 'password_missing', { id: 'Beri kata sandi lewat BALAI_PASSWORD.', en: 'Give the password in BALAI_PASSWORD.' })
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await reader.question('Password: ')
  } finally {
    reader.close()
  }
}

export function userCommands(program: Command, open: With): void {
  const user = program.command('user').description('people and their places in communities')
  const byName = async (house: OpenHouse, login: string) => {
    const found = await house.identity.userByLogin(login)
    if (!found)
      throw new Refusal(404, 'unknown_user', { id: 'Tidak ada pengguna "{login}".', en: 'There is no user "{login}".' }, [], {
        more: { login },
      })
    return found
  }
  user
    .command('create <username>')
    .description('make an account (password from BALAI_PASSWORD or typed)')
    .requiredOption('--name <name>', 'full name')
    .option('--email <address>')
    .option('--password <password>', 'better: set BALAI_PASSWORD')
    .option('--tenant <code>', 'also make them a member of this community')
    .option('--role <role>', 'their role there', ADMINISTRATOR)
    .action((username: string, o: { name: string; email?: string; password?: string; tenant?: string; role: string }) =>
      open(async (house) => {
        const account = {
          name: o.name,
          username,
          password: await passwordFrom(o.password),
          locale: house.config.locale,
          ...(o.email ? { email: o.email } : {}),
        }
        if (o.tenant) await addMember(house, o.tenant, (db) => house.identity.createUser(account, db), o.role)
        else await house.identity.createUser(account)
        tell({ id: 'Akun {username} dibuat.', en: 'Account {username} is made.' }, { username })
      }),
    )
  user
    .command('join <username> <tenant>')
    .description('make an existing person a member of a community')
    .option('--role <role>', 'their role there', ADMINISTRATOR)
    .action((username: string, tenant: string, o: { role: string }) =>
      open(async (house) => {
        await addMember(house, tenant, await byName(house, username), o.role)
        tell({ id: '{username} kini anggota {tenant}.', en: '{username} is now a member of {tenant}.' }, { username, tenant })
      }),
    )
  user
    .command('password <username>')
    .description('set a new password; ends all their sessions')
    .option('--password <password>', 'better: set BALAI_PASSWORD')
    .action((username: string, o: { password?: string }) =>
      open(async (house) => {
        await house.identity.setPassword((await byName(house, username)).id, await passwordFrom(o.password))
        tell({ id: 'Kata sandi {username} diganti.', en: 'The password of {username} is changed.' }, { username })
      }),
    )
  user
    .command('drop-second-factor <username>')
    .description('turn two-step sign-in off for somebody who lost phone and recovery codes')
    .action((username: string) =>
      open(async (house) => {
        const { id } = await byName(house, username)
        await house.identity.dropSecondFactor(id)
        void noteSecurity(house, {
          kind: 'second_factor_off',
          userId: id,
          origin: { requestId: 'cli', ip: null, userAgent: null },
          detail: { by: 'operator' },
        })
        tell({ id: 'Masuk dua langkah {username} dimatikan.', en: 'Two-step sign-in of {username} is off.' }, { username })
      }),
    )
  for (const [name, status, description, done] of [
    ['suspend', 'suspended', 'keep a person out', { id: '{username} tidak dapat masuk lagi.', en: '{username} can no longer come in.' }],
    ['activate', 'active', 'let a person in again', { id: '{username} dapat masuk lagi.', en: '{username} can come in again.' }],
  ] as const)
    user
      .command(`${name} <username>`)
      .description(description)
      .action((username: string) =>
        open(async (house) => {
          await house.identity.setStatus((await byName(house, username)).id, status)
          tell(done, { username })
        }),
      )
}

export function keyCommands(program: Command, open: With): void {
  const key = program.command('key').description('keys that encrypt personal data')
  key
    .command('rotate')
    .description('give every community (or one) a new data key and seal its personal data again')
    .option('--tenant <code>', 'only this community')
    .action((o: { tenant?: string }) =>
      open(async (house) => {
        const all = o.tenant ? [await named(house, o.tenant)] : await allTenants(house)
        for (const t of all) await rotate(house, t.id, t.name)
      }),
    )
  key
    .command('rewrap')
    .description('lock all data keys with the first key of BALAI_KEY (later ones in the list only unlock)')
    .action(() =>
      open(async (house) => {
        const current = masterKey([house.master.key])
        const old = [...house.master.known.values()].map((k) => masterKey([k]))
        let count = 0
        for (const t of await allTenants(house))
          count += await transaction(house.database.app, t.id, said('rewrapped'), (db) => rewrapKeys(db, current, old, t.id))
        tell(
          {
            id: '{count} kunci dibungkus ulang dengan kunci utama yang sekarang.',
            en: '{count} keys are locked with the current master key.',
          },
          { count },
        )
        const sealed = await house.identity.reseal()
        tell({ id: '{sealed} kunci autentikator disegel ulang.', en: '{sealed} authenticator secrets are sealed again.' }, { sealed })
      }),
    )
}

const said = (doing: string) => ({ user: null, doing, request: 'cli', ip: null, agent: null })

async function rotate(house: OpenHouse, tenantId: string, name: string): Promise<void> {
  const progress = progressLine()
  const wait = house.database.kind === 'embedded' ? 0 : SETTLE_SECONDS
  if (wait)
    tell(
      {
        id: 'Menunggu {wait} detik sampai semua proses mengenal kunci baru …',
        en: 'Waiting {wait} seconds until every process knows the new key …',
      },
      { wait },
    )
  const done = await rotateSecrets(house, tenantId, wait, (what, rows) =>
    progress(rows, rows, { id: `Menyegel ulang ${what}`, en: `Sealing ${what} again` }),
  )
  tell(
    { id: '{name}: {rows} data disegel dengan kunci baru.', en: '{name}: {rows} records are sealed with the new key.' },
    { name, rows: done.rows },
  )
  if (done.kept.length)
    tell(
      {
        id: 'Catatan yang tidak dapat diubah tetap terbaca dengan kunci lama, yang disimpan: {kept}.',
        en: 'Records that cannot be changed stay readable by the former key, which is kept: {kept}.',
      },
      { kept: done.kept.join(', ') },
    )
  if (done.failed.length)
    tell(
      { id: '{n} data tidak dapat dibuka dan dibiarkan: {ids}', en: '{n} records could not be opened and were left alone: {ids}' },
      { n: done.failed.length, ids: done.failed.slice(0, 20).join(', ') },
    )
}
