// Switching a community's modules on and off. Off, everything of it is gone at once for everybody; its data stays.
import type { Tenant } from '#kernel/ctx.ts'
import { transaction } from '#kernel/db/scoped.ts'
import type { House } from '#kernel/house.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import type { Module } from '#kernel/module.ts'
import { announceTenant } from '#kernel/tenancy/changes.ts'
import { settleModules, unknownModule } from '#kernel/tenancy/tenants.ts'
import { LOCALES, say, type Words } from '#kernel/words.ts'

/** The modules a community may have: all but the kernel's own, which is always there. */
export const modulesOf = (house: Pick<House, 'model'>): Module[] => house.model.modules.filter((m) => m.name !== 'core')

const listed = (modules: readonly Module[]): Words => {
  const [id, en] = LOCALES.map((locale) => modules.map((m) => say(m.label, locale)).join(', '))
  return { id: id ?? '', en: en ?? '' }
}

const fill = (words: Words, names: Words): Words => ({
  id: words.id.replace('{names}', names.id),
  en: words.en.replace('{names}', names.en),
})

/** Throws 409 when a set of modules cannot be: one needs another (`module_needs`), or the plan has not got it (`module_not_in_plan`). */
export function checkModules(house: Pick<House, 'model'>, names: readonly string[], planModules: readonly string[] | null): void {
  const all = modulesOf(house)
  const unknown = names.filter((name) => !all.some((m) => m.name === name))
  if (unknown.length) throw unknownModule(unknown)
  const on = all.filter((m) => names.includes(m.name))
  const missing = all.filter((m) => !names.includes(m.name) && on.some((o) => o.uses.includes(m.name)))
  if (missing.length)
    throw new Refusal(
      409,
      'module_needs',
      fill({ id: 'Nyalakan dulu modul yang diperlukan: {names}.', en: 'Switch on first what it needs: {names}.' }, listed(missing)),
    )
  const outside = planModules ? on.filter((m) => !planModules.includes(m.name)) : []
  if (outside.length)
    throw new Refusal(
      409,
      'module_not_in_plan',
      fill(
        { id: 'Paket komunitas ini tidak memuat modul: {names}.', en: 'This community’s plan does not include: {names}.' },
        listed(outside),
      ),
    )
}

/** Switches one module; answers the modules that are on afterwards. Throws 422 `unknown_module`, 409 `module_needs`, `module_in_use`, `module_not_in_plan`. */
export async function switchModule(house: House, tenant: Tenant, name: string, on: boolean): Promise<readonly string[]> {
  const module = modulesOf(house).find((m) => m.name === name)
  if (!module) throw unknownModule([name])
  const said = { user: null, doing: 'created', request: 'modules', ip: null, agent: null }
  const modules = await transaction(house.database.owner, tenant.id, said, async (db) => {
    // Locked: two switches at once must not forget each other.
    const { rows } = await db.query<{ modules: string[]; allowed: string[] | null }>(
      `select t.modules, p.modules as allowed from core.tenants t left join core.plans p on p.id = t.plan_id where t.id = $1 for update of t`,
      [tenant.id],
    )
    const { modules: now = [], allowed = null } = rows[0] ?? {}
    if (now.includes(name) === on) return now
    if (on) checkModules(house, [...now, name], allowed)
    else refuseInUse(house, now, module)
    const next = on ? [...now, name] : now.filter((m) => m !== name)
    await db.query('update core.tenants set modules = $2, updated_at = now() where id = $1', [tenant.id, next])
    if (on) await settleModules(db, house.model, tenant.id, [name])
    return next
  })
  await announceTenant(house, tenant.id)
  if (on) await house.jobs.resume(tenant.id)
  return modules
}

function refuseInUse(house: Pick<House, 'model'>, now: readonly string[], module: Module): void {
  const users = modulesOf(house).filter((m) => now.includes(m.name) && m.uses.includes(module.name))
  if (users.length)
    throw new Refusal(
      409,
      'module_in_use',
      fill(
        { id: 'Masih diperlukan oleh: {names}. Matikan itu dulu.', en: 'Still needed by: {names}. Switch that off first.' },
        listed(users),
      ),
    )
}
