// When a community works: a setting for each day of the week, written as people do, "07:30-12:00, 13:00-16:00".
import type { Weekday } from '#kernel/access/rules.ts'
import { optional, text } from '#kernel/resource/field.ts'
import { setting, type SettingFact } from '#kernel/settings/fact.ts'
import type { Words } from '#kernel/words.ts'
import type { Window } from './working-time.ts'

const TIME = '([01][0-9]|2[0-3]):[0-5][0-9]'
const SPAN = `${TIME} ?- ?(${TIME}|24:00)`

/** The windows of a written day, in order. Those that end before they begin, or run into each other, are `problemOf`'s to tell. */
export function windowsIn(written: string | null): Window[] {
  const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  return [...(written ?? '').matchAll(/(\d\d:\d\d) ?- ?(\d\d:\d\d)/g)]
    .map((m): Window => [minutes(m[1]!), minutes(m[2]!)])
    .toSorted((a, b) => a[0] - b[0])
}

/** What is wrong with a written day, for whoever writes it. */
export function problemOf(written: string | null): Words | null {
  const windows = windowsIn(written)
  const backwards = windows.some(([from, until]) => from >= until)
  const overlap = windows.some(([from], i) => i > 0 && from < windows[i - 1]![1])
  if (backwards) return { id: 'Jam selesai harus sesudah jam mulai.', en: 'Each span must end after it begins.' }
  return overlap ? { id: 'Jam-jam ini bertumpuk.', en: 'These spans overlap.' } : null
}

const hoursOn = (key: string, label: Words, initial: string | null): SettingFact<string | null> =>
  setting({
    name: `core.hours_${key}`,
    category: 'working_time',
    check: problemOf,
    field: optional(
      text(label, {
        max: 60,
        pattern: `${SPAN}(, ?${SPAN})?(, ?${SPAN})?`,
        patternHelp: { id: 'Tulis seperti 07:30-12:00, 13:00-16:00.', en: 'Write it like 07:30-12:00, 13:00-16:00.' },
        help: {
          id: 'Tenggat dalam jam kerja dihitung dengan ini. Kosong: tidak bekerja.',
          en: 'Deadlines in working hours count with it. Empty: nobody works.',
        },
        initial,
      }),
    ),
  })

/**
 * The defaults are the hours of Indonesian government offices: from 07:30, 37½ hours a week, an hour's rest on Monday to Thursday and an
 * hour and a half on Friday (Presidential Regulation 21/2023, articles 3 and 4).
 */
const ORDINARY = '07:30-12:00, 13:00-16:00'
export const HOURS: Readonly<Record<Weekday, SettingFact<string | null>>> = {
  mon: hoursOn('mon', { id: 'Senin', en: 'Monday' }, ORDINARY),
  tue: hoursOn('tue', { id: 'Selasa', en: 'Tuesday' }, ORDINARY),
  wed: hoursOn('wed', { id: 'Rabu', en: 'Wednesday' }, ORDINARY),
  thu: hoursOn('thu', { id: 'Kamis', en: 'Thursday' }, ORDINARY),
  fri: hoursOn('fri', { id: 'Jumat', en: 'Friday' }, '07:30-11:30, 13:00-16:30'),
  sat: hoursOn('sat', { id: 'Sabtu', en: 'Saturday' }, null),
  sun: hoursOn('sun', { id: 'Minggu', en: 'Sunday' }, null),
}

export const hourSettings: readonly SettingFact[] = Object.values(HOURS)
