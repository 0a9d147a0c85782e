// The language of the person who looks: phrases, numbers, days and times, all through two hooks.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { isLocale, preferredLocale, say as sayIn, type Locale, type Words } from '#kernel/words.ts'
import { formatsFor, type Formats } from './words/formats.ts'

const KEPT = 'balai.locale'

const readKept = (): Locale | null => {
  try {
    const kept = localStorage.getItem(KEPT)
    return isLocale(kept) ? kept : null
  } catch {
    return null
  }
}

type Language = {
  readonly locale: Locale
  readonly timeZone: string | undefined
  choose: (locale: Locale) => void
  place: (timeZone: string) => void
}

const LanguageContext = createContext<Language | null>(null)

/** Knows the chosen language (kept on this device) and the time zone of the community on the screen. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [locale, setLocale] = useState<Locale>(() => readKept() ?? preferredLocale(navigator.languages.join(','), 'id'))
  const [timeZone, place] = useState<string>()
  useEffect(() => {
    document.documentElement.lang = locale
  }, [locale])
  const value = useMemo(
    () => ({
      locale,
      timeZone,
      place,
      choose: (next: Locale) => {
        setLocale(next)
        try {
          localStorage.setItem(KEPT, next)
        } catch {
          // Without storage the choice lasts as long as the tab.
        }
      },
    }),
    [locale, timeZone],
  )
  return <LanguageContext value={value}>{children}</LanguageContext>
}

export function useLanguage(): Language {
  const language = useContext(LanguageContext)
  if (!language) throw new Error('useLanguage outside LanguageProvider')
  return language
}

/** Whether a person has chosen a language on this device; if not, the account's language is taken over. */
export const hasChosenLanguage = (): boolean => readKept() !== null

export type Say = (words: Words | string | null | undefined, values?: Record<string, unknown>) => string

/** Says a phrase in the chosen language. A plain string came from the server in the right language already. */
export function useSay(): Say {
  return SAYERS[useLanguage().locale]
}

const makeSayer =
  (locale: Locale): Say =>
  (words, values) =>
    !words ? '' : typeof words === 'string' ? words : sayIn(words, locale, values)

const SAYERS: Readonly<Record<Locale, Say>> = { id: makeSayer('id'), en: makeSayer('en') }
export const sayer = (locale: Locale): Say => SAYERS[locale]

/** Numbers, days and times in the chosen language and the community's time zone. */
export function useFormats(): Formats {
  const { locale, timeZone } = useLanguage()
  return formatsFor(locale, timeZone)
}
