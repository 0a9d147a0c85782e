// Who publishes a report and who signs it, from the village profile; and what its filter was, in words.
import type { Ctx } from '#kernel/ctx.ts'
import type { Sheet } from '#kernel/sheet/sheet.ts'
import { say, type Words } from '#kernel/words.ts'
import { RESIDENCY, STATUS } from '../codes.ts'
import { areaWords } from '../ledger/area-words.ts'
import type { Filter, FilterInput } from '../ledger/filter.ts'

type Profile = {
  name: string
  head_name: string | null
  address: string | null
  postal_code: string | null
  district: string | null
  regency: string | null
  province: string | null
}

/** Letterhead and signature block; neither where the village has no profile yet, or the caller may not read it. */
export async function villagePaper(ctx: Ctx): Promise<Pick<Sheet, 'letterhead' | 'signature'>> {
  if (!ctx.can('registry.village_profiles:read')) return {}
  const { rows } = await ctx.db.query<Profile>(
    `select p.name, p.head_name, p.address, p.postal_code, p.district, p.regency, p.province from registry.village_profiles p
     where p.tenant_id = $1 and p.deleted_at is null`,
    [ctx.tenant.id],
  )
  const p = rows[0]
  if (!p) return {}
  // What the village calls itself: "Desa Sukamaju", "Nagari Merantian".
  const village = /^(desa|nagari|kelurahan|gampong|kampung|pekon|negeri)\b/i.test(p.name) ? p.name : `Desa ${p.name}`
  const titled = (title: string, name: string | null): string[] =>
    name ? [name.toLowerCase().startsWith(title.toLowerCase()) ? name : `${title} ${name}`] : []
  const regency = p.regency && /^(kota|kabupaten)\b/i.test(p.regency) ? [p.regency] : titled('Kabupaten', p.regency)
  return {
    letterhead: {
      above: [...(regency.length ? [`Pemerintah ${regency[0]!}`] : []), ...titled('Kecamatan', p.district)],
      name: village,
      below: [p.address, p.postal_code].filter(Boolean).join(', ') || null,
    },
    signature: {
      place: p.name.replace(/^\S+\s+(?=\S)/, (first) => (village === p.name ? '' : first)),
      office: `Kepala ${village}`,
      name: p.head_name || '.'.repeat(40),
    },
  }
}

const MONTHS: Readonly<Record<'id' | 'en', readonly string[]>> = {
  id: ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
}

/** `2026-05-01` → "Mei 2026". */
export const monthWords = (ctx: Ctx, month: string): string =>
  `${MONTHS[ctx.locale][Number(month.slice(5, 7)) - 1] ?? ''} ${month.slice(0, 4)}`
/** `2026-05-31` → "31 Mei 2026". */
export const dayWords = (ctx: Ctx, day: string): string => `${Number(day.slice(8, 10))} ${monthWords(ctx, day)}`

/** Which area a report is of; nothing when of the whole village. */
export async function areaLine(ctx: Ctx, areaId: string | null): Promise<string[]> {
  if (areaId === null) return []
  return [
    say({ id: 'Wilayah: {area}', en: 'Area: {area}' }, ctx.locale, { area: (await areaWords(ctx, [areaId])).get(areaId)?.label ?? '?' }),
  ]
}

/** A filter as lines under a title: the day, and one line with what was filtered. */
export async function filterLines(ctx: Ctx, f: Filter): Promise<string[]> {
  const t = (words: Words, values: Record<string, unknown> = {}): string => say(words, ctx.locale, values)
  const { sex, age_from, age_to, status, residency, heads, area_id } = f.input satisfies FilterInput
  const ages =
    age_from !== null && age_to !== null
      ? t({ id: 'umur {from}–{to}', en: 'aged {from}–{to}' }, { from: age_from, to: age_to })
      : age_from !== null
        ? t({ id: 'umur {from} ke atas', en: 'aged {from} and over' }, { from: age_from })
        : age_to !== null && t({ id: 'umur sampai {to}', en: 'aged up to {to}' }, { to: age_to })
  const said = [
    ...(await areaLine(ctx, area_id)),
    sex && t(sex === 'L' ? { id: 'laki-laki', en: 'male' } : { id: 'perempuan', en: 'female' }),
    ages,
    status && t(STATUS[status]),
    residency && t(RESIDENCY[residency]),
    heads && t({ id: 'kepala keluarga', en: 'heads of family' }),
    f.group && t(f.group.label),
    ...f.also.map(
      ({ breakdown, category }) =>
        `${t(breakdown.label)}: ${breakdown.categories?.[category] ? t(breakdown.categories[category]) : category}`,
    ),
  ].filter(Boolean)
  return [t({ id: 'Keadaan {day}', en: 'As of {day}' }, { day: dayWords(ctx, f.day) }), ...(said.length ? [said.join(' · ')] : [])]
}
