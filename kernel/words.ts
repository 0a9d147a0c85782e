// A phrase in every language of the product: written where it is used, checked by the compiler, chosen at the edge.

export const LOCALES = ['id', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** A phrase in Indonesian and English. `{name}` marks a place for a value; see `say`. */
export type Words = { readonly id: string; readonly en: string }

export const isLocale = (value: unknown): value is Locale => LOCALES.includes(value as Locale)

/** The phrase in one language, with `{name}` places filled from `values`; an unknown place stays as it is. */
export function say(words: Words, locale: Locale, values: Record<string, unknown> = {}): string {
  return words[locale].replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place))
}

/** The best language for an `Accept-Language` header (RFC 9110 §12.5.4): the first we speak, by weight. */
export function preferredLocale(header: string | null | undefined, fallback: Locale): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...params] = part.trim().split(';')
      const q = params.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find(Boolean)
      return { language: tag.slice(0, 2).toLowerCase(), weight: q === undefined ? 1 : Number(q) }
    })
    .filter((w) => w.weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
  return wanted.map((w) => w.language).find(isLocale) ?? fallback
}
