// Giving somebody an account in this community: the person (global) and their membership (here) at once.
import { type Action, action } from '#kernel/resource/action.ts'
import { optional, ref, text } from '#kernel/resource/field.ts'
import { newId } from '#kernel/resource/id.ts'
import { checkGrant } from './guards.ts'

export type AccountInput = { name: string; username: string; email: string | null; password: string; role_id: string }

export const accountAction: Action<AccountInput> = action<AccountInput>({
  resource: 'core.memberships',
  noun: 'account',
  on: 'many',
  label: { id: 'Anggota baru', en: 'New member' },
  doc: { id: 'Membuat akun baru dan menjadikannya anggota.', en: 'Creates an account and its membership.' },
  input: {
    name: text({ id: 'Nama', en: 'Name' }, { min: 1, max: 100 }),
    username: text(
      { id: 'Nama pengguna', en: 'Username' },
      {
        min: 3,
        max: 50,
        pattern: '[a-z0-9][a-z0-9._-]*',
        patternHelp: { id: 'Huruf kecil, angka, titik, garis.', en: 'Lower-case letters, digits, dots, dashes.' },
      },
    ),
    email: optional(text({ id: 'Surel', en: 'E-mail' }, { max: 100, format: 'email' })),
    password: text(
      { id: 'Kata sandi', en: 'Password' },
      {
        min: 10,
        max: 200,
        help: { id: 'Paling sedikit 10 huruf. Orangnya dapat menggantinya.', en: 'At least 10 characters. The person can change it.' },
      },
    ),
    role_id: ref('core.roles', { id: 'Peran', en: 'Role' }),
  },
  run: async (ctx, _row, input) => {
    await checkGrant(ctx, input.role_id)
    const user = await ctx.createAccount(input)
    const id = newId()
    await ctx.db.query(
      'insert into core.memberships (tenant_id, id, user_id, name, username, role_id, created_by, updated_by) values ($1, $2, $3, $4, $5, $6, $7, $7)',
      [ctx.tenant.id, id, user.id, input.name, input.username, input.role_id, ctx.actor.userId],
    )
    return { id, name: input.name, username: input.username }
  },
})
