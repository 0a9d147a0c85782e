// What villages and their heads are called across Indonesia (UU 6/2014 art. 6 leaves names to custom).

/** Title of the village → title of its head. */
const HEADS: Readonly<Record<string, string>> = {
  Desa: 'Kepala Desa',
  Kelurahan: 'Lurah',
  Nagari: 'Wali Nagari',
  Gampong: 'Keuchik',
  Kampung: 'Kepala Kampung',
  Pekon: 'Peratin',
  Tiyuh: 'Kepalo Tiyuh',
  Lembang: 'Kepala Lembang',
  Negeri: 'Kepala Pemerintah Negeri',
  Kalurahan: 'Lurah',
}

export const headTitleOf = (village: string): string => HEADS[village] ?? `Kepala ${village}`

/** Title and bare name: as the community set it, else as the profile or the community's own name begins, else Desa. */
export function villageTitleOf(profileName: string, tenantName: string, set: string | null): { title: string; name: string } {
  const titles = [...(set ? [set] : []), ...Object.keys(HEADS)]
  const begins = (name: string): string | undefined => titles.find((title) => name.toLowerCase().startsWith(`${title.toLowerCase()} `))
  const own = begins(profileName)
  const name = own ? profileName.slice(own.length + 1) : profileName
  return { title: set ?? own ?? begins(tenantName) ?? 'Desa', name }
}
