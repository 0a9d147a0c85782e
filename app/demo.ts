// The demo communities: two villages with people who work in them, set up the first time so that anybody can look around.
import { addMember } from '#kernel/access/add-member.ts'
import { ADMINISTRATOR } from '#kernel/access/templates.ts'
import type { Ctx, Tenant } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { certificatesOf } from '#kernel/platform/certificates.ts'
import { addOperator } from '#kernel/platform/operators.ts'
import { createPlan, plansOf, subscribe } from '#kernel/platform/plans.ts'
import { putPin } from '#kernel/step-up/pins.ts'
import { reading, systemActor, type Who, writing } from '#kernel/tenancy/as-tenant.ts'
import { allTenants, createTenant, type NewTenant, tenantByCode } from '#kernel/tenancy/tenants.ts'
import type { Words } from '#kernel/words.ts'
import { cadresHamlet } from '#modules/registry/index.ts'

export const DEMO_PASSWORD = 'selamat-datang'
export const DEMO_PIN = '738214'

export const DEMO_TENANTS: readonly NewTenant[] = [
  { code: 'sukamaju', name: 'Desa Sukamaju', kind: 'village', modules: ['registry', 'office', 'letters'], timeZone: 'Asia/Jakarta' },
  { code: 'merantian', name: 'Nagari Merantian', kind: 'village', modules: ['registry', 'office', 'letters'], timeZone: 'Asia/Jakarta' },
]

export type DemoAccount = {
  readonly username: string
  readonly name: string
  readonly in: readonly (readonly [tenant: string, role: string])[]
  readonly operator?: true
  /** Facts about the member that limit what they see, read when the village is filled. */
  readonly limits?: (ctx: Ctx) => Promise<Record<string, unknown>>
  readonly says: Words
}

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  {
    username: 'admin',
    name: 'Andi Saputra',
    in: [
      ['sukamaju', ADMINISTRATOR],
      ['merantian', ADMINISTRATOR],
    ],
    says: { id: 'mengatur kedua desa', en: 'manages both villages' },
  },
  {
    username: 'sekdes',
    name: 'Siti Rahmawati',
    in: [['sukamaju', 'Sekretaris Desa']],
    says: { id: 'sekretaris Desa Sukamaju', en: 'secretary of Sukamaju' },
  },
  {
    username: 'operator',
    name: 'Rina Kurnia',
    in: [['merantian', 'Operator Kependudukan']],
    says: { id: 'operator Nagari Merantian', en: 'registrar of Merantian' },
  },
  {
    username: 'kades',
    name: 'Haji Mulyadi',
    in: [['sukamaju', 'Kepala Desa']],
    says: { id: 'kepala Desa Sukamaju', en: 'head of Sukamaju' },
  },
  {
    username: 'kader',
    name: 'Neneng Wulandari',
    in: [['sukamaju', 'Kader Posyandu']],
    limits: async (ctx) => ({ area_id: await cadresHamlet(ctx) }),
    says: { id: 'kader posyandu di satu dusun Sukamaju', en: 'health cadre of one hamlet of Sukamaju' },
  },
  {
    username: 'pengelola',
    name: 'Ratna Dewanti',
    in: [],
    operator: true,
    says: { id: 'pengelola instalasi: /app/platform', en: 'runs the installation: /app/platform' },
  },
]

/** Whether this installation is empty, so that the demo may be set up. */
export const isEmpty = async (house: House): Promise<boolean> =>
  (await allTenants(house)).length === 0 && (await certificatesOf(house)).length === 0

/** Whether it holds nothing but the demo: then it is a trial, and nobody's real people are in it. */
export const isTrial = async (house: House): Promise<boolean> =>
  (await allTenants(house)).every((t) => DEMO_TENANTS.some((demo) => demo.code === t.code))

const itself = (house: House, tenant: Tenant): Who => ({
  tenant,
  actor: systemActor(house.model),
  origin: { requestId: 'demo', ip: null, userAgent: null },
  locale: tenant.locale,
})

/** Makes the demo communities, their accounts and the records of their modules. Safe to run again after an interrupted start. */
export async function makeDemo(house: House, tell: (words: Words) => void): Promise<void> {
  for (const asked of DEMO_TENANTS) {
    const known = (await allTenants(house)).find((t) => t.code === asked.code)
    if (known) continue
    tell({ id: `Menyiapkan contoh: ${asked.name}`, en: `Setting up the example: ${asked.name}` })
    const tenant = await createTenant(house, asked)
    await writing(house, itself(house, tenant), 'created', async (ctx) => {
      for (const module of house.model.modules) if (tenant.modules.includes(module.name)) await module.demo?.(ctx)
    })
  }
  for (const account of DEMO_ACCOUNTS) {
    if (await house.identity.userByLogin(account.username)) continue
    const user = await house.identity.createUser({
      name: account.name,
      username: account.username,
      password: DEMO_PASSWORD,
      locale: house.config.locale,
    })
    if (account.operator) await addOperator(house, user.id)
    for (const [code, role] of account.in) {
      const tenant = await tenantByCode(house, code)
      const limits = tenant && account.limits ? await account.limits(await reading(house, itself(house, tenant))) : {}
      const membershipId = await addMember(house, code, user, role, limits)
      if (tenant) await putPin(house, { tenantId: tenant.id, membershipId }, DEMO_PIN)
    }
  }
  await makePlans(house)
}

/** What the example installation offers; the first village has taken it. */
async function makePlans(house: House): Promise<void> {
  if ((await plansOf(house)).length) return
  const same = { currency: 'IDR', period: 'month', modules: null, offered: true } as const
  await createPlan(house, {
    ...same,
    code: 'rintisan',
    name: 'Rintisan',
    description: null,
    price: '0.00',
    limits: { users: 5, rows: 2_000, storage_mb: 100, api_calls_per_day: 10_000 },
  })
  const village = await createPlan(house, {
    ...same,
    ...{ code: 'desa', name: 'Desa', description: null, price: '150000.00' },
    limits: { users: 25, rows: 50_000, storage_mb: 2_000, api_calls_per_day: 100_000 },
  })
  const first = await tenantByCode(house, DEMO_TENANTS[0]?.code ?? '')
  if (first) await subscribe(house, first, { plan_id: village.id }, null)
}
