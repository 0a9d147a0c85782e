// The page behind the QR code of a letter: for a stranger with a phone, without scripts, in both languages, fit to be printed.
import { html, raw } from 'hono/html'
import type { Tenant } from '#kernel/ctx.ts'
import { type Locale, say, type Words } from '#kernel/words.ts'
import type { FileIs, Standing, Verified } from '#modules/letters/index.ts'
import { MARK, page } from './pages.ts'

type Page = ReturnType<typeof page>

const STYLE = `
  .standing { border: 2px solid var(--tone); border-left-width: 10px; border-radius: 4px; padding: 1rem; margin: 1.5rem 0 }
  .standing strong { display: block; font-size: 1.35rem; line-height: 1.3; color: var(--tone) }
  .good { --tone: #0f6b4f } .wait { --tone: #8a5a00 } .harm { --tone: #a32020 }
  @media (prefers-color-scheme: dark) { .good { --tone: #6fd3a8 } .wait { --tone: #e5b454 } .harm { --tone: #ff9a90 } }
  form { border-top: 1px solid var(--line); margin-top: 2rem } label { display: block; margin: .75rem 0 }
  input[type=file] { display: block; width: 100%; min-height: 44px; font: inherit; margin-top: .25rem }
  button { font: inherit; min-height: 44px; padding: .5rem 1.25rem; border: 0; border-radius: 4px; background: var(--act); color: var(--paper) }
  nav a { display: inline-block; min-height: 44px; padding: .5rem 0 } dd { overflow-wrap: anywhere }
  @media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .75rem } h1 { font-size: 1.5rem } main, header, footer { padding: 1rem } }
  @media print { form, nav { display: none } body { background: #fff; color: #000 } }
`
const HEAD = html`<meta name="robots" content="noindex, nofollow, noarchive"><style>${raw(STYLE)}</style>`

const TONES: Record<Standing, 'good' | 'wait' | 'harm'> = { valid: 'good', unsigned: 'wait', expired: 'wait', revoked: 'harm' }
const STANDINGS: Record<Standing, { title: Words; more: Words }> = {
  valid: {
    title: { id: 'Surat ini sah dan masih berlaku', en: 'This letter is valid' },
    more: { id: 'Diterbitkan dan ditandatangani oleh kantor ini.', en: 'It was issued and signed by this office.' },
  },
  unsigned: {
    title: { id: 'Surat ini belum ditandatangani', en: 'This letter has not been signed yet' },
    more: {
      id: 'Kantor ini sudah memberinya nomor, tetapi belum ada tanda tangan. Surat ini belum sah.',
      en: 'This office has given it a number, but nobody has signed it. It is not valid yet.',
    },
  },
  expired: {
    title: { id: 'Masa berlaku surat ini sudah habis', en: 'This letter has expired' },
    more: { id: 'Surat ini pernah diterbitkan di sini, tetapi tidak berlaku lagi.', en: 'It was issued here, but it no longer holds.' },
  },
  revoked: {
    title: { id: 'Surat ini sudah dicabut', en: 'This letter was revoked' },
    more: { id: 'Surat ini tidak berlaku. Jangan menerimanya.', en: 'It is not valid. Do not accept it.' },
  },
}
const FILES: Record<FileIs, { tone: 'good' | 'wait' | 'harm'; title: Words; more: Words }> = {
  signed: {
    tone: 'good',
    title: { id: 'Berkas Anda sama', en: 'Your file is the same' },
    more: {
      id: 'Ini berkas yang ditandatangani secara elektronik; tidak satu huruf pun berubah.',
      en: 'It is the electronically signed file; not a letter of it has changed.',
    },
  },
  original: {
    tone: 'good',
    title: { id: 'Berkas Anda sama', en: 'Your file is the same' },
    more: {
      id: 'Ini berkas yang diterbitkan kantor ini, tanpa tanda tangan elektronik; tidak satu huruf pun berubah.',
      en: 'It is the file this office issued, without an electronic signature; not a letter of it has changed.',
    },
  },
  other: {
    tone: 'harm',
    title: { id: 'Berkas Anda bukan surat ini', en: 'Your file is not this letter' },
    more: {
      id: 'Berkas itu berbeda dari yang diterbitkan. Foto dan hasil pindai selalu berbeda: cocokkan isinya dengan keterangan di bawah.',
      en: 'It differs from what was issued. Photos and scans always differ: compare the paper with what is written below.',
    },
  },
}

const box = (tone: string, title: string, more: string): Page =>
  html`<div class="standing ${tone}" role="status"><strong>${title}</strong>${more}</div>`

type Here = { readonly tenant: Tenant; readonly locale: Locale; readonly path: string }

const days = ({ tenant, locale }: Here): ((at: Date) => string) => {
  const format = new Intl.DateTimeFormat(locale === 'id' ? 'id-ID' : 'en-GB', { dateStyle: 'long', timeZone: tenant.timeZone })
  return (at) => format.format(at)
}
/** A calendar day has no hour and no zone. */
const dayText = (day: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale === 'id' ? 'id-ID' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))

const frame = (here: Here, title: string, body: Page): Page => {
  const { tenant, locale, path } = here
  const other = locale === 'id' ? 'en' : 'id'
  return page(
    locale,
    title,
    say({ id: `Pemeriksaan surat ${tenant.name}.`, en: `Letters of ${tenant.name}, verified.` }, locale),
    html`<header>${raw(MARK)} ${tenant.name}</header>
      <main>${body}
        <nav><a href="${path}?lang=${other}" hreflang="${other}" lang="${other}">${other === 'en' ? 'In English' : 'Dalam bahasa Indonesia'}</a></nav>
      </main>
      <footer>${say({ id: 'Halaman ini tidak mencatat siapa yang memeriksa.', en: 'This page does not record who verifies.' }, locale)}</footer>`,
    HEAD,
  )
}

/** What is known of a letter, what a file is to it, or why a file could not be compared. */
export function verificationPage(here: Here, letter: Verified, file: FileIs | null, problem: Words | null): Page {
  const t = (id: string, en: string): string => say({ id, en }, here.locale)
  const day = days(here)
  const { title, more } = STANDINGS[letter.standing]
  const line = (label: string, value: string | null): Page | '' => (value === null ? '' : html`<dt>${label}</dt><dd>${value}</dd>`)
  const { signature, revoked } = letter
  return frame(
    here,
    t('Pemeriksaan surat', 'Verify a letter'),
    html`<h1>${letter.heading}</h1>
      ${box(TONES[letter.standing], say(title, here.locale), say(more, here.locale))}
      ${file ? box(FILES[file].tone, say(FILES[file].title, here.locale), say(FILES[file].more, here.locale)) : ''}
      ${problem ? box('harm', t('Berkas tidak dapat dibandingkan', 'The file could not be compared'), say(problem, here.locale)) : ''}
      <dl>
        ${line(t('Nomor', 'Number'), letter.number)}
        ${line(t('Tanggal', 'Date'), dayText(letter.date, here.locale))}
        ${line(t('Untuk', 'For'), letter.addressee)}
        ${line(t('Diterbitkan oleh', 'Issued by'), here.tenant.name)}
        ${line(t('Berlaku sampai', 'Valid until'), letter.validUntil && dayText(letter.validUntil, here.locale))}
        ${line(t('Dicabut sejak', 'Revoked since'), revoked && day(revoked.at))}
        ${line(t('Sebab dicabut', 'Why it was revoked'), revoked && say(revoked.why, here.locale))}
        ${line(t('Ditandatangani oleh', 'Signed by'), signature && [signature.name, signature.position].filter(Boolean).join(', '))}
        ${line(t('Ditandatangani pada', 'Signed on'), signature && day(signature.at))}
        ${line(
          t('Cara', 'How'),
          signature &&
            (signature.certificate
              ? t(
                  `Tanda tangan elektronik (PAdES) atas nama ${signature.certificate.subject}, sertifikat dari ${signature.certificate.issuer}`,
                  `Electronic signature (PAdES) of ${signature.certificate.subject}, certificate issued by ${signature.certificate.issuer}`,
                )
              : t('Tanda tangan di kertas', 'Signed on paper')),
        )}
      </dl>
      <form method="post" action="${here.path}?lang=${here.locale}" enctype="multipart/form-data">
        <h2>${t('Punya berkas PDF-nya?', 'Do you have the PDF?')}</h2>
        <p>${t('Bandingkan dengan yang kami terbitkan. Berkas Anda tidak disimpan.', 'Compare it with what we issued. Your file is not kept.')}</p>
        <label>${t('Berkas PDF, paling besar 20 MB', 'PDF file, at most 20 MB')}<input type="file" name="file" accept="application/pdf,.pdf" required></label>
        <button type="submit">${t('Bandingkan', 'Compare')}</button>
      </form>`,
  )
}

/** A code that no letter of this community has. */
export const unknownPage = (here: Here): Page =>
  frame(
    here,
    say({ id: 'Surat tidak ditemukan', en: 'No such letter' }, here.locale),
    html`<h1>${say({ id: 'Kami tidak menemukan surat ini', en: 'We do not find this letter' }, here.locale)}</h1>
      ${box(
        'harm',
        say({ id: 'Kode ini bukan kode surat kami', en: 'This is not the code of a letter of ours' }, here.locale),
        say(
          {
            id: 'Pindai kembali kode QR pada surat. Bila hasilnya tetap begini, surat itu mungkin palsu: tanyakan kepada kantor.',
            en: 'Scan the QR code of the letter again. If this stays, the letter may be forged: ask the office.',
          },
          here.locale,
        ),
      )}`,
  )

/** Asked too often from one address. */
export const waitPage = (here: Here, seconds: number): Page =>
  frame(
    here,
    say({ id: 'Sebentar', en: 'A moment, please' }, here.locale),
    html`<h1>${say({ id: 'Sebentar', en: 'A moment, please' }, here.locale)}</h1>
      <p class="lead">${say({ id: 'Terlalu banyak pemeriksaan dari alamat Anda. Coba lagi dalam {seconds} detik.', en: 'Too many letters were verified from your address. Try again in {seconds} seconds.' }, here.locale, { seconds })}</p>`,
  )
