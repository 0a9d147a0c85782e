// The community in numbers, for strangers: bars drawn on the server, the same numbers in a table behind them, small ones hidden.
import { html } from 'hono/html'
import type { PublicNumbers, PublicTable } from '#kernel/home/home.ts'
import { type Locale, say } from '#kernel/words.ts'

export const NUMBERS_STYLE = `
  .bars { display: grid; grid-template-columns: minmax(0, 12rem) minmax(0, 1fr) auto; gap: .3rem .75rem; align-items: center; font-size: .9rem; margin: 1rem 0 .5rem; padding: 0; list-style: none }
  .bars li { display: contents } .bars span { overflow-wrap: anywhere } .bars svg { display: block } .bars b { font-weight: 400; text-align: right; font-variant-numeric: tabular-nums }
  .numbers td, .numbers th + th { text-align: right; font-variant-numeric: tabular-nums } h3 { font-size: 1rem; margin: 1.75rem 0 0 }
  .small { color: var(--soft); font-size: .9rem }
  dl { grid-template-columns: minmax(6rem, 10rem) minmax(0, 1fr) } dd { overflow-wrap: anywhere }
  @media (max-width: 30rem) { .bars { grid-template-columns: minmax(0, 8rem) minmax(0, 1fr) auto } }
`

type Fragment = ReturnType<typeof html>
type Cell = PublicTable['rows'][number]['male']

type Told = { readonly label: string; readonly male: number; readonly female: number }

/** The rows with somebody in them that are told in full; how many are not. */
function toldRows({ rows }: PublicTable): { told: Told[]; hidden: number } {
  const told = rows.flatMap(({ label, male, female }) =>
    typeof male === 'number' && typeof female === 'number' ? [{ label, male, female }] : [],
  )
  return { told: told.filter((row) => row.male + row.female > 0), hidden: rows.length - told.length }
}

/** One sentence for all that is hidden: which of them are small, and which only cover a small one, nobody is told. */
const hiddenWords = (n: number, locale: Locale): string =>
  say(
    {
      id: '{n} kelompok tidak ditampilkan: orangnya kurang dari 5, atau angkanya dapat membuka yang kurang dari 5.',
      en: 'Groups not shown: {n}. They have fewer than 5 people, or would give away one that has.',
    },
    locale,
    { n },
  )

/** Men plain, women hatched; the largest row fills the width. */
function bars(table: PublicTable, n: number, locale: Locale): Fragment {
  const { told, hidden } = toldRows(table)
  const most = Math.max(1, ...told.map((row) => row.male + row.female))
  const percent = (part: number): string => `${((100 * part) / most).toFixed(2)}%`
  const list = html`<ul class="bars" aria-hidden="true">
    ${told.map(
      (row) => html`<li><span>${row.label}</span><svg width="100%" height="14">
        <defs><pattern id="w${n}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2.5" height="6" fill="var(--act)"/></pattern></defs>
        <rect width="${percent(row.male)}" height="14" fill="var(--act)"/>
        <rect x="${percent(row.male)}" width="${percent(row.female)}" height="14" fill="url(#w${n})"/>
      </svg><b>${new Intl.NumberFormat(locale).format(row.male + row.female)}</b></li>`,
    )}
  </ul>`
  return html`${told.length > 0 ? list : ''}${hidden > 0 ? html`<p class="small">${hiddenWords(hidden, locale)}</p>` : ''}`
}

/** The section of the public page; nothing where no module has numbers. */
export function numbersSection(numbers: readonly PublicNumbers[], locale: Locale): Fragment | '' {
  const t = (id: string, en: string): string => say({ id, en }, locale)
  const told = (n: Cell): string => (typeof n === 'number' ? new Intl.NumberFormat(locale).format(n) : n)
  const day = (text: string): string =>
    new Intl.DateTimeFormat(locale === 'id' ? 'id-ID' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(`${text}T00:00:00Z`),
    )
  return numbers.length === 0
    ? ''
    : html`${numbers.map(
        (part, p) => html`<h2>${say(part.title, locale)}</h2>
          <p class="small">${t('Keadaan', 'As of')} ${day(part.day)}. ${t('Batang polos laki-laki, bergaris perempuan.', 'Plain bars are men, hatched ones women.')}
            ${t(
              'Angka 1 sampai 4 ditulis <5, dan * menyembunyikan angka lain, supaya tidak ada orang yang dapat dikenali.',
              'Numbers from 1 to 4 are written <5, and * hides others, so that nobody can be recognised.',
            )}</p>
          ${part.tables.map(
            (table, n) => html`<h3>${table.label}</h3>
              ${bars(table, p * 100 + n, locale)}
              <details><summary>${t('Angkanya dalam tabel', 'The numbers as a table')}: ${table.label}</summary>
                <table class="numbers"><thead><tr><th scope="col">${table.label}</th><th scope="col">${t('Laki-laki', 'Men')}</th><th scope="col">${t('Perempuan', 'Women')}</th></tr></thead>
                <tbody>${table.rows.map((row) => html`<tr><th scope="row">${row.label}</th><td>${told(row.male)}</td><td>${told(row.female)}</td></tr>`)}</tbody></table>
              </details>`,
          )}`,
      )}`
}
