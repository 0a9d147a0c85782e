// What stands around the words of a letter: whose paper it is, who signs, its number and days. Filled by whoever issues it.
import type { Ctx } from '#kernel/ctx.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { letterSettings } from '../settings.ts'
import { headTitleOf, villageTitleOf } from './titles.ts'

/** A village as its letters name it. Names without their title ("Sukamaju"), titles apart ("Desa"). */
export type VillageFacts = {
  readonly title: string
  readonly name: string
  readonly code: string
  readonly headTitle: string
  readonly headName: string
  readonly address: string
  readonly postalCode: string
  readonly phone: string
  readonly email: string
  readonly website: string
  readonly district: { readonly title: string; readonly name: string; readonly code: string; readonly headName: string }
  readonly regency: { readonly title: string; readonly name: string; readonly code: string }
  readonly province: { readonly name: string; readonly code: string }
  /** The coat of arms as SVG; null: the house's neutral one. */
  readonly logo: string | null
}

/**
 * Who signs. `mode`: `direct` as head of the village; `an` for the head (atas nama); `ub` for whoever signs for the head (untuk beliau),
 * which is then `onBehalfOf` (Permendagri 1/2023 on official letters).
 */
export type Signatory = {
  readonly name: string
  /** Without the name of the village: "Kepala Desa", "Sekretaris Desa". */
  readonly position: string
  readonly mode: 'direct' | 'an' | 'ub'
  readonly onBehalfOf?: string
  /** Staff number, and what it is called: NIP, NIPD, NIAP. */
  readonly staffNumber: string | null
  readonly staffNumberLabel: string
}

export type LetterFrame = {
  readonly village: VillageFacts
  readonly signatory: Signatory
  /** The number in full, as it was drawn; a draft has dots. */
  readonly number: string
  /** Day of the letter, and from when until when it holds: `YYYY-MM-DD`. */
  readonly day: string
  readonly validFrom: string | null
  readonly validUntil: string | null
  /** Where a stranger verifies the letter; null: no QR code. */
  readonly verification: string | null
  /** What stands for a value that nobody knows, "-". */
  readonly emptyValue: string
}

type Profile = Readonly<Record<string, string | null>>

/** A title in front of a name once: "Kabupaten Wanareja" → Kabupaten, Wanareja; "Kota Damai" → Kota, Damai. */
function apart(name: string | null, titles: readonly string[]): { title: string; name: string } {
  const said = (name ?? '').trim()
  const found = titles.find((title) => said.toLowerCase().startsWith(`${title.toLowerCase()} `))
  return found ? { title: found, name: said.slice(found.length + 1) } : { title: titles[0] ?? '', name: said }
}

/** The village as its profile and settings say. Throws 409 `no_village_profile` where nobody has written one. */
export async function villageFacts(ctx: Ctx): Promise<VillageFacts> {
  const { rows } = await ctx.db.query<Profile>(
    `select name, code, head_name, address, postal_code, phone, email, website, district, district_code, district_head_name,
            regency, regency_code, province, province_code
       from registry.village_profiles where tenant_id = $1 and deleted_at is null`,
    [ctx.tenant.id],
  )
  const p = rows[0]
  if (!p)
    throw new Refusal(409, 'no_village_profile', {
      id: 'Isi dahulu profil desa: kop surat diambil dari sana.',
      en: 'Write the village profile first: the letterhead comes from it.',
    })
  const [ownTitle, ownHead, districtTitle] = [
    await ctx.setting(letterSettings.villageTitle),
    await ctx.setting(letterSettings.headTitle),
    await ctx.setting(letterSettings.districtTitle),
  ]
  const village = villageTitleOf(p['name'] ?? '', ctx.tenant.name, ownTitle)
  const of = (name: string): string => p[name] ?? ''
  return {
    ...village,
    code: of('code'),
    headTitle: ownHead ?? headTitleOf(village.title),
    headName: of('head_name'),
    address: of('address'),
    postalCode: of('postal_code'),
    phone: of('phone'),
    email: of('email'),
    website: of('website'),
    district: { ...apart(of('district'), [districtTitle, 'Distrik']), code: of('district_code'), headName: of('district_head_name') },
    regency: { ...apart(of('regency'), ['Kabupaten', 'Kota']), code: of('regency_code') },
    province: { name: apart(of('province'), ['Provinsi']).name, code: of('province_code') },
    logo: null,
  }
}

/** The frame of a letter signed by the head of the village on a day: what a preview shows, and a start for whoever issues. */
export async function frameOf(ctx: Ctx, { day, number }: { readonly day: string; readonly number: string }): Promise<LetterFrame> {
  const village = await villageFacts(ctx)
  return {
    village,
    signatory: {
      name: village.headName,
      position: village.headTitle,
      mode: 'direct',
      staffNumber: null,
      staffNumberLabel: await ctx.setting(letterSettings.staffNumberLabel),
    },
    number,
    day,
    validFrom: null,
    validUntil: null,
    verification: null,
    emptyValue: await ctx.setting(letterSettings.emptyValue),
  }
}
