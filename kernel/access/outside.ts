// The no of an access rule, in words that say when and from where one may come in. Networks are named, their addresses are not told.
import { Refusal } from '#kernel/http/refusal.ts'
import type { Words } from '#kernel/words.ts'
import { type AccessRule, DAY_BEGINS, DAY_ENDS, WEEKDAYS, type Weekday } from './rules.ts'

const DAYS: Record<Weekday, Words> = {
  mon: { id: 'Senin', en: 'Monday' },
  tue: { id: 'Selasa', en: 'Tuesday' },
  wed: { id: 'Rabu', en: 'Wednesday' },
  thu: { id: 'Kamis', en: 'Thursday' },
  fri: { id: 'Jumat', en: 'Friday' },
  sat: { id: 'Sabtu', en: 'Saturday' },
  sun: { id: 'Minggu', en: 'Sunday' },
}

const ZONES: Record<string, string> = { 'Asia/Jakarta': 'WIB', 'Asia/Pontianak': 'WIB', 'Asia/Makassar': 'WITA', 'Asia/Jayapura': 'WIT' }

/** Days in a row become a span: "Senin–Jumat", "Senin, Rabu". */
function daysIn(days: readonly Weekday[], locale: 'id' | 'en'): string {
  if (days.length === 0 || days.length === 7) return locale === 'id' ? 'setiap hari' : 'every day'
  const runs: Weekday[][] = []
  for (const day of WEEKDAYS) {
    if (!days.includes(day)) continue
    const run = runs.at(-1)
    if (run && WEEKDAYS.indexOf(run.at(-1)!) === WEEKDAYS.indexOf(day) - 1) run.push(day)
    else runs.push([day])
  }
  const name = (day: Weekday): string => DAYS[day][locale]
  return runs.map((run) => (run.length > 2 ? `${name(run[0]!)}–${name(run.at(-1)!)}` : run.map(name).join(', '))).join(', ')
}

function hoursIn({ weekdays, from, until }: AccessRule, timeZone: string, locale: 'id' | 'en'): string {
  const days = daysIn(weekdays, locale)
  if (from === null && until === null) return days
  const time = (text: string): string => (locale === 'id' ? text.replace(':', '.') : text)
  return `${days} ${time(from ?? DAY_BEGINS)}–${time(until ?? DAY_ENDS)} ${ZONES[timeZone] ?? timeZone}`
}

const each = (texts: readonly string[], or: string): string => [...new Set(texts)].join(or)

/** 403 `outside_hours`: says the hours of every rule. */
export const outsideHours = (rules: readonly AccessRule[], timeZone: string): Refusal =>
  new Refusal(403, 'outside_hours', {
    id: `Peran Anda hanya dapat masuk pada jamnya: ${each(
      rules.map((r) => hoursIn(r, timeZone, 'id')),
      '; atau ',
    )}.`,
    en: `Your role may come in only during its hours: ${each(
      rules.map((r) => hoursIn(r, timeZone, 'en')),
      '; or ',
    )}.`,
  })

/** 403 `outside_network`: names the rules, which are called after their places. */
export const outsideNetwork = (rules: readonly AccessRule[]): Refusal => {
  const places = each(
    rules.filter((r) => !r.anywhere).map((r) => `“${r.description}”`),
    ', ',
  )
  return new Refusal(403, 'outside_network', {
    id: `Peran Anda hanya dapat masuk dari jaringan yang ditentukan: ${places}. Sambungkan perangkat ke jaringan itu, atau hubungi pengelola.`,
    en: `Your role may come in only from the networks set for it: ${places}. Connect to that network, or ask an administrator.`,
  })
}
