// A month and a year, a step back and a step forth; `YYYY-MM-01` in the address.
import { ActionIcon, NativeSelect } from '@mantine/core'
import { Icon } from '#web/parts/Icon.tsx'
import { useCommunity } from '#web/tenant.tsx'
import { useLanguage, useSay } from '#web/words.tsx'

const shifted = (month: string, by: number): string => {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`
}

/** The month of the address; without one, the last that is over. */
export const monthAsked = (asked: string | undefined, today: string): string =>
  asked && /^(19|20)\d\d-(0[1-9]|1[0-2])-01$/.test(asked) ? asked : shifted(today, -1)

/** "Mei 2026". */
export function useMonthName(): (month: string) => string {
  const { locale } = useLanguage()
  const format = new Intl.DateTimeFormat(locale === 'id' ? 'id-ID' : 'en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return (month) => format.format(new Date(`${month}T00:00:00Z`))
}

export function MonthPicker({ month, change }: { month: string; change: (month: string) => void }) {
  const say = useSay()
  const { locale } = useLanguage()
  const { model } = useCommunity()
  const now = Number(model.tenant.today.slice(0, 4))
  const year = Number(month.slice(0, 4))
  const names = new Intl.DateTimeFormat(locale === 'id' ? 'id-ID' : 'en-GB', { month: 'long', timeZone: 'UTC' })
  const years = [...new Set([...Array.from({ length: 12 }, (_, n) => now - n), year])].toSorted((a, b) => b - a)
  return (
    <>
      <ActionIcon
        variant="default"
        size={36}
        onClick={() => change(shifted(month, -1))}
        aria-label={say({ id: 'Bulan sebelumnya', en: 'Month before' })}
      >
        <Icon name="left" />
      </ActionIcon>
      <NativeSelect
        label={say({ id: 'Bulan', en: 'Month' })}
        value={month.slice(5, 7)}
        onChange={(event) => change(`${year}-${event.currentTarget.value}-01`)}
        data={Array.from({ length: 12 }, (_, n) => ({
          value: String(n + 1).padStart(2, '0'),
          label: names.format(new Date(Date.UTC(2020, n, 1))),
        }))}
      />
      <NativeSelect
        label={say({ id: 'Tahun', en: 'Year' })}
        value={String(year)}
        onChange={(event) => change(`${event.currentTarget.value}-${month.slice(5)}`)}
        data={years.map(String)}
      />
      <ActionIcon
        variant="default"
        size={36}
        disabled={shifted(month, 1) > model.tenant.today}
        onClick={() => change(shifted(month, 1))}
        aria-label={say({ id: 'Bulan berikutnya', en: 'Month after' })}
      >
        <Icon name="right" />
      </ActionIcon>
    </>
  )
}
