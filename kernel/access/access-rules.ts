// Access rules as records: when and from where the members of a role may come in, and what keeps people from locking themselves out.
import type { Ctx } from '#kernel/ctx.ts'
import { invalid } from '#kernel/http/refusal.ts'
import { flag, optional, ref, tags, text } from '#kernel/resource/field.ts'
import type { GenericWrite, Guard } from '#kernel/resource/guard.ts'
import { resource } from '#kernel/resource/resource.ts'
import { checkGrant } from './guards.ts'
import { networkFrom } from './networks.ts'
import { ruleOf, type RuleRow, verdict, WEEKDAYS } from './rules.ts'

const time = {
  max: 5,
  pattern: '([01][0-9]|2[0-3]):[0-5][0-9]',
  patternHelp: { id: 'Tulis jam seperti 08:00.', en: 'Write a time like 08:00.' },
}

export const accessRules = resource('core.access_rules', {
  label: { one: { id: 'Aturan akses', en: 'Access rule' }, many: { id: 'Aturan akses', en: 'Access rules' } },
  doc: 'When and from where the members of a role may come in. A role without active rules is free; with rules, one of them must fit.',
  fields: {
    description: text(
      { id: 'Nama aturan', en: 'Name of the rule' },
      {
        min: 1,
        max: 100,
        help: {
          id: 'Misalnya "Kantor desa". Anggota yang ditolak membaca nama ini.',
          en: 'For example “Village office”. A member who is refused reads this name.',
        },
      },
    ),
    role_id: ref('core.roles', { id: 'Peran', en: 'Role' }),
    weekdays: tags(
      { id: 'Hari', en: 'Days' },
      { max: 3, initial: [], pattern: WEEKDAYS.join('|'), help: { id: 'Tanpa pilihan: setiap hari.', en: 'None chosen: every day.' } },
    ),
    from_time: optional(
      text(
        { id: 'Dari jam', en: 'From' },
        { ...time, help: { id: 'Kosong: dari awal hari.', en: 'Empty: from the beginning of the day.' } },
      ),
    ),
    until_time: optional(
      text(
        { id: 'Sampai jam', en: 'Until' },
        { ...time, help: { id: 'Lebih awal dari jam mulai: sampai esok hari.', en: 'Earlier than the beginning: until the next day.' } },
      ),
    ),
    networks: tags(
      { id: 'Jaringan', en: 'Networks' },
      {
        max: 60,
        initial: [],
        help: {
          id: 'Seperti 192.168.1.0/24 atau 2001:db8::/32. Kosong: dari mana saja.',
          en: 'Like 192.168.1.0/24 or 2001:db8::/32. Empty: from anywhere.',
        },
      },
    ),
    is_active: flag({ id: 'Berlaku', en: 'In force' }, { initial: true }),
  },
  title: ['description'],
  list: ['description', 'role_id', 'weekdays', 'from_time', 'until_time', 'networks', 'is_active'],
  sort: ['created_at'],
  filter: ['role_id', 'is_active'],
  checks: [
    {
      name: 'access_rules_weekdays_check',
      sql: `weekdays <@ array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']`,
      field: 'weekdays',
      message: { id: 'Pilih hari dari daftar.', en: 'Choose days from the list.' },
    },
    {
      name: 'access_rules_hours_check',
      sql: 'from_time <> until_time',
      field: 'until_time',
      message: { id: 'Jam selesai sama dengan jam mulai.', en: 'It ends when it begins.' },
    },
  ],
  verbs: ['read', 'create', 'update', 'delete', 'restore'],
  hidden: true,
})

const NETWORKS_MAX = 50

function checkNetworks(networks: readonly string[]): void {
  const wrong = networks.find((n) => !networkFrom(n))
  if (wrong !== undefined)
    throw invalid([
      {
        field: 'networks',
        code: 'not_a_network',
        message: {
          id: '“{network}” bukan jaringan. Tulis seperti 192.168.1.0/24.',
          en: '“{network}” is not a network. Write it like 192.168.1.0/24.',
        },
        values: { network: wrong },
      },
    ])
  if (networks.length > NETWORKS_MAX)
    throw invalid([
      {
        field: 'networks',
        code: 'too_many',
        message: { id: 'Paling banyak {max} jaringan.', en: 'At most {max} networks.' },
        values: { max: NETWORKS_MAX },
      },
    ])
}

type Kept = RuleRow & { readonly id: string; readonly role_id: string; readonly is_active: boolean }

/** The active rules of the actor's own role as they would be after this write. */
async function ownRulesAfter(ctx: Ctx, { verb, values, row }: GenericWrite): Promise<Kept[]> {
  const { rows } = await ctx.db.query<Kept & { own: string }>(
    `select m.role_id as own, a.id, a.role_id, a.description, a.weekdays, a.from_time, a.until_time, a.networks, a.is_active
       from core.memberships m left join core.access_rules a on a.tenant_id = $1 and a.role_id = m.role_id and a.deleted_at is null
      where m.tenant_id = $1 and m.id = $2`,
    [ctx.tenant.id, ctx.actor.membershipId],
  )
  const own = rows[0]?.own
  const others = rows.filter((r) => r.id !== null && r.id !== row?.id)
  const written = {
    ...(row ?? { id: '', is_active: true, from_time: null, until_time: null, weekdays: [], networks: [] }),
    ...values,
  } as unknown as Kept
  return [...others, ...(verb === 'delete' ? [] : [written])].filter((r) => r.role_id === own && r.is_active)
}

/**
 * The networks are networks; nobody puts rules on a role that holds more than they do; and nobody shuts out their own role, themselves with
 * it, at this moment and from where they are: whoever writes a rule can always take it back.
 */
export const accessRuleGuard: Guard = {
  resource: 'core.access_rules',
  check: async (ctx, write) => {
    const { values, row } = write
    if (Array.isArray(values['networks'])) checkNetworks(values['networks'] as string[])
    if (row) await checkGrant(ctx, row['role_id'])
    if (values['role_id'] !== undefined) await checkGrant(ctx, values['role_id'])
    if (ctx.actor.membershipId === null) return
    const rules = (await ownRulesAfter(ctx, write)).map(ruleOf)
    if (verdict(rules, { at: ctx.now, timeZone: ctx.tenant.timeZone, ip: ctx.origin.ip }) !== 'open')
      throw invalid([
        {
          field: values['networks'] === undefined ? 'role_id' : 'networks',
          code: 'locks_you_out',
          message: {
            id: 'Dengan aturan ini Anda sendiri tidak dapat masuk sekarang dari tempat Anda. Tambahkan dulu aturan yang mengizinkan Anda, atau minta pengelola dengan peran lain.',
            en: 'With this you could not come in yourself, now and from where you are. First add a rule that lets you in, or ask an administrator with another role.',
          },
        },
      ])
  },
}
