// What strangers may read about the village: its office and its head, from the village profile. Nothing about residents.
import type { PublicFacts } from '#kernel/home/home.ts'
import type { Words } from '#kernel/words.ts'

type Profile = { head_name: string | null; address: string | null; phone: string | null; email: string | null; website: string | null; updated_at: Date }

const LABELS: readonly [keyof Omit<Profile, 'updated_at'>, Words][] = [
  ['head_name', { id: 'Kepala', en: 'Head' }],
  ['address', { id: 'Alamat kantor', en: 'Office' }],
  ['phone', { id: 'Telepon', en: 'Phone' }],
  ['email', { id: 'Surel', en: 'E-mail' }],
  ['website', { id: 'Situs', en: 'Website' }],
]

export const publicFacts: PublicFacts = async (ctx) => {
  const { rows } = await ctx.db.query<Profile>(
    'select head_name, address, phone, email, website, updated_at from registry.village_profiles where tenant_id = $1 and deleted_at is null',
    [ctx.tenant.id],
  )
  const profile = rows[0]
  if (!profile) return { facts: [], updated: null }
  return { facts: LABELS.flatMap(([name, label]) => (profile[name] ? [{ label, value: profile[name] }] : [])), updated: profile.updated_at }
}
