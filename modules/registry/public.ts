// What strangers may read about the village: its office and its head, from the village profile, and how many live there.
import type { PublicFacts } from '#kernel/home/home.ts'
import type { Words } from '#kernel/words.ts'
import { publicStatistics, publicTotals } from './ledger/public.ts'

type Profile = {
  head_name: string | null
  address: string | null
  phone: string | null
  email: string | null
  website: string | null
  updated_at: Date
}

const LABELS: readonly [keyof Omit<Profile, 'updated_at'>, Words][] = [
  ['head_name', { id: 'Kepala', en: 'Head' }],
  ['address', { id: 'Alamat kantor', en: 'Office' }],
  ['phone', { id: 'Telepon', en: 'Phone' }],
  ['email', { id: 'Surel', en: 'E-mail' }],
  ['website', { id: 'Situs', en: 'Website' }],
]

/** Breakdowns on the public page, in its order. */
const SHOWN = ['age_range', 'education', 'occupation', 'marital_status', 'hamlet']

export const publicFacts: PublicFacts = async (ctx) => {
  const { rows } = await ctx.db.query<Profile>(
    'select head_name, address, phone, email, website, updated_at from registry.village_profiles where tenant_id = $1 and deleted_at is null',
    [ctx.tenant.id],
  )
  const profile = rows[0]
  if (!profile) return { facts: [], updated: null }
  const office = LABELS.flatMap(([name, label]) => (profile[name] ? [{ label, value: profile[name] }] : []))
  const [totals, ...tables] = await Promise.all([publicTotals(ctx), ...SHOWN.map((breakdown) => publicStatistics(ctx, breakdown))])
  const counted = tables.filter((table) => table !== null)
  const day = counted[0]?.day
  return {
    facts: [...office, ...totals],
    updated: profile.updated_at,
    // Without residents there is nothing to count.
    ...(totals.length && day
      ? { numbers: { title: { id: 'Penduduk dalam angka', en: 'The population in numbers' }, day, tables: counted } }
      : {}),
  }
}
