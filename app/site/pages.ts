// Pages made on the server, without scripts: the public face of a community, and the description of the API.
import { html, raw } from 'hono/html'
import type { Tenant } from '#kernel/ctx.ts'
import type { PublicNumbers } from '#kernel/home/home.ts'
import { type Locale, say, type Words } from '#kernel/words.ts'
import { NUMBERS_STYLE, numbersSection } from './numbers.ts'

const STYLE = `
  :root { color-scheme: light dark; --paper: #faf8f3; --ink: #22272a; --soft: #5d6668; --line: #ddd8cb; --act: #0f5c57 }
  @media (prefers-color-scheme: dark) { :root { --paper: #171b1c; --ink: #e8e6e0; --soft: #a3aaaa; --line: #343b3c; --act: #6fc3b8 } }
  * { box-sizing: border-box }
  body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.6 system-ui, sans-serif }
  main, header, footer { max-width: 46rem; margin: 0 auto; padding: 1.5rem }
  h1 { font-size: 2rem; line-height: 1.2; margin: 2rem 0 .5rem } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem }
  p.lead { color: var(--soft); font-size: 1.125rem } a { color: var(--act) }
  a.act { display: inline-block; background: var(--act); color: var(--paper); padding: .75rem 1.25rem; border-radius: 4px; text-decoration: none; min-height: 44px }
  dl { display: grid; grid-template-columns: 10rem 1fr; gap: .5rem 1rem } dt { color: var(--soft) } dd { margin: 0; white-space: pre-line }
  table { border-collapse: collapse; width: 100% } td, th { text-align: left; border-top: 1px solid var(--line); padding: .5rem; vertical-align: top }
  code { font-size: .9em } footer { color: var(--soft); font-size: .9rem } summary { cursor: pointer; padding: .5rem 0 }
`

export const MARK = `<svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true"><path d="M2 14 16 4l14 10h-4v14h-7v-9h-6v9H6V14z" fill="currentColor"/></svg>`

type Page = ReturnType<typeof html>

/** A whole page; `head`: what else its head holds. */
export const page = (locale: Locale, title: string, description: string, body: Page, head: Page | '' = ''): Page => html`<!doctype html>
<html lang="${locale}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="icon" href="/app/mark.svg" type="image/svg+xml">
    <meta name="description" content="${description}">
    <meta property="og:title" content="${title}">
    <meta property="og:description" content="${description}">
    <style>${raw(STYLE + NUMBERS_STYLE)}</style>
    ${head}
  </head>
  <body>${body}</body>
</html>`

/** `/{tenant}`: who this is and how to reach them. */
export function communityPage(
  tenant: Tenant,
  facts: readonly { label: Words; value: string }[],
  updated: Date | null,
  locale: Locale,
  numbers: readonly PublicNumbers[] = [],
): Page {
  const t = (id: string, en: string): string => say({ id, en }, locale)
  const today = new Intl.DateTimeFormat(locale === 'id' ? 'id-ID' : 'en-GB', { dateStyle: 'long', timeZone: tenant.timeZone }).format(
    updated ?? new Date(),
  )
  return page(
    locale,
    tenant.name,
    t(`Halaman resmi ${tenant.name}.`, `The official page of ${tenant.name}.`),
    html`<header>${raw(MARK)}</header>
      <main>
        <h1>${tenant.name}</h1>
        <p class="lead">${t('Halaman resmi. Layanan lain akan muncul di sini setelah dibuka.', 'The official page. Services appear here as they open.')}</p>
        ${facts.length ? html`<h2>${t('Hubungi kami', 'Contact')}</h2><dl>${facts.map((f) => html`<dt>${say(f.label, locale)}</dt><dd>${f.value}</dd>`)}</dl>` : ''}
        ${numbersSection(numbers, locale)}
        <h2>${t('Petugas', 'Staff')}</h2>
        <p><a class="act" href="/app/${tenant.code}">${t('Masuk', 'Sign in')}</a></p>
      </main>
      <footer>${t('Keadaan per', 'As of')} ${today}</footer>`,
  )
}

/** `/{tenant}` of a community that is closed. */
export function closedPage(tenant: Tenant, locale: Locale): Page {
  const t = (id: string, en: string): string => say({ id, en }, locale)
  const gone = tenant.status === 'deleting'
  return page(
    locale,
    tenant.name,
    t(`${tenant.name} sedang tutup.`, `${tenant.name} is closed.`),
    html`<header>${raw(MARK)}</header>
      <main>
        <h1>${tenant.name}</h1>
        <p class="lead">${gone ? t('Halaman ini sudah ditutup.', 'This page has been closed.') : t('Halaman ini sedang tutup untuk sementara.', 'This page is closed for the time being.')}</p>
        <p>${t('Untuk keperluan mendesak, datanglah langsung ke kantor.', 'For anything urgent, please come to the office.')}</p>
      </main>`,
  )
}

type Operation = {
  summary: string
  description?: string
  tags?: string[]
  'x-permission'?: string
  parameters?: { name?: string; in?: string; description?: string; $ref?: string }[]
}

/** `/api/docs`: the API to read, from the same description that programs get. */
export function docsPage(description: {
  info: { title: string; version: string; description: string }
  paths: Record<string, Record<string, Operation>>
}): Page {
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const groups = Map.groupBy(operations, (o) => o.operation.tags?.[0] ?? 'other')
  return page(
    'en',
    `${description.info.title} API ${description.info.version}`,
    description.info.description,
    html`<header>${raw(MARK)}</header>
      <main>
        <h1>${description.info.title} API</h1>
        <p class="lead">${description.info.description}</p>
        <p><a href="/api/openapi.json">OpenAPI 3.1 (JSON)</a></p>
        ${[...groups].map(
          ([tag, list]) => html`<h2>${tag}</h2>
            ${list.map(
              ({ path, method, operation }) => html`<details>
                <summary><strong>${method.toUpperCase()}</strong> <code>${path}</code> — ${operation.summary}</summary>
                ${operation.description ? html`<p>${operation.description}</p>` : ''}
                ${operation['x-permission'] ? html`<p>Needs <code>${operation['x-permission']}</code></p>` : ''}
                <table>
                  ${(operation.parameters ?? []).map((p) => html`<tr><td><code>${p.name ?? p.$ref?.split('/').at(-1) ?? ''}</code></td><td>${p.in ?? 'header'}</td><td>${p.description ?? ''}</td></tr>`)}
                </table>
              </details>`,
            )}`,
        )}
      </main>`,
  )
}
