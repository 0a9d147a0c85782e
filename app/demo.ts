// The demo communities: two villages with people who work in them, set up the first time so that anybody can look around.
import { addMember } from '#kernel/access/add-member.ts'
import { ADMINISTRATOR } from '#kernel/access/templates.ts'
import type { House } from '#kernel/house.ts'
import { systemActor, type Who, writing } from '#kernel/tenancy/as-tenant.ts'
import { allTenants, createTenant, type NewTenant } from '#kernel/tenancy/tenants.ts'
import type { Words } from '#kernel/words.ts'

export const DEMO_PASSWORD = 'selamat-datang'

export const DEMO_TENANTS: readonly NewTenant[] = [
  { code: 'sukamaju', name: 'Desa Sukamaju', kind: 'village', modules: ['registry'], timeZone: 'Asia/Jakarta' },
  { code: 'merantian', name: 'Nagari Merantian', kind: 'village', modules: ['registry'], timeZone: 'Asia/Jakarta' },
]

export type DemoAccount = { readonly username: string; readonly name: string; readonly in: readonly (readonly [tenant: string, role: string])[]; readonly says: Words }

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { username: 'admin', name: 'Andi Saputra', in: [['sukamaju', ADMINISTRATOR], ['merantian', ADMINISTRATOR]], says: { id: 'mengatur kedua desa', en: 'manages both villages' } },
  { username: 'sekdes', name: 'Siti Rahmawati', in: [['sukamaju', 'Sekretaris Desa']], says: { id: 'sekretaris Desa Sukamaju', en: 'secretary of Sukamaju' } },
  { username: 'operator', name: 'Rina Kurnia', in: [['merantian', 'Operator Kependudukan']], says: { id: 'operator Nagari Merantian', en: 'registrar of Merantian' } },
  { username: 'kades', name: 'Haji Mulyadi', in: [['sukamaju', 'Kepala Desa']], says: { id: 'kepala Desa Sukamaju', en: 'head of Sukamaju' } },
]

/** Whether this installation is empty, so that the demo may be set up. */
export const isEmpty = async (house: House): Promise<boolean> => (await allTenants(house)).length === 0

/** Makes the demo communities, their accounts and the records of their modules. Safe to run again after an interrupted start. */
export async function makeDemo(house: House, tell: (words: Words) => void): Promise<void> {
  for (const asked of DEMO_TENANTS) {
    const known = (await allTenants(house)).find((t) => t.code === asked.code)
    if (known) continue
    tell({ id: `Menyiapkan contoh: ${asked.name}`, en: `Setting up the example: ${asked.name}` })
    const tenant = await createTenant(house, asked)
    const who: Who = { tenant, actor: systemActor(house.model), origin: { requestId: 'demo', ip: null, userAgent: null }, locale: tenant.locale }
    await writing(house, who, 'created', async (ctx) => {
      for (const module of house.model.modules) if (tenant.modules.includes(module.name)) await module.demo?.(ctx)
    })
  }
  for (const account of DEMO_ACCOUNTS) {
    if (await house.identity.userByLogin(account.username)) continue
    const user = await house.identity.createUser({ name: account.name, username: account.username, password: DEMO_PASSWORD, locale: house.config.locale })
    for (const [tenant, role] of account.in) await addMember(house, tenant, user, role)
  }
}
