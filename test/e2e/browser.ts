// A real browser on a real server: finds Chromium, opens pages, and knows what a page must be free of.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { serve, type Serving } from '#app/serve.ts'
import { PASSWORD } from '../places.ts'
import { openWorld, type World } from '../world.ts'

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
]

/** The system's Chromium or Chrome where there is one, else the one from npm. */
async function launch(): Promise<Browser> {
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'].find(
    (path) => existsSync(path),
  )
  if (installed) return chromium.launch({ executablePath: installed, args: ARGS })
  const { default: packaged } = await import('@sparticuz/chromium')
  return chromium.launch({ executablePath: await packaged.executablePath(), args: [...packaged.args, ...ARGS] })
}

export type Stage = {
  readonly world: World
  readonly address: string
  /** A fresh browser profile; `phone` has the width and touch of one. */
  visitor(options?: { phone?: boolean; locale?: 'id' | 'en'; dark?: boolean }): Promise<Page>
  signIn(page: Page, username: string, password?: string): Promise<void>
  close(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const world = await openWorld()
  const serving: Serving = await serve({ ...world.house, close: async () => {} }, true)
  const browser = await launch()
  const address = `http://localhost:${serving.port}`
  const contexts: BrowserContext[] = []
  return {
    world,
    address,
    async visitor({ phone = false, locale = 'id', dark = false } = {}) {
      const context = await browser.newContext({
        baseURL: address,
        locale: locale === 'id' ? 'id-ID' : 'en-GB',
        timezoneId: 'Asia/Jakarta',
        viewport: phone ? { width: 390, height: 844 } : { width: 1366, height: 768 },
        hasTouch: phone,
        isMobile: phone,
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
        acceptDownloads: true,
      })
      contexts.push(context)
      const page = await context.newPage()
      page.setDefaultTimeout(45_000)
      page.on('pageerror', (error) => {
        throw new Error(`The page failed: ${error.message}`)
      })
      return page
    },
    async signIn(page, username, password = PASSWORD) {
      await page.goto('/app/')
      await byPassword(page)
      await page.getByLabel(/nama pengguna|username/i).fill(username)
      await page.getByLabel(/^(kata sandi|password)/i).fill(password)
      await page.keyboard.press('Enter')
      await page.waitForURL((url) => !url.pathname.includes('sign-in'))
      await page.getByRole('heading', { level: 1 }).waitFor()
    },
    async close() {
      for (const context of contexts) await context.close()
      await browser.close()
      await serving.stop()
      await world.close()
    },
  }
}

/** On the sign-in page: the form with a name and a password. Phones are first asked for their number. */
export async function byPassword(page: Page): Promise<void> {
  const name = page.getByLabel(/nama pengguna|username/i)
  const other = page.getByRole('button', { name: /dengan kata sandi|with a password/i })
  await name.or(other).first().waitFor()
  if (await other.isVisible()) await other.click()
}

const axeSource = createRequire(import.meta.url).resolve('axe-core')

/** Fails when axe finds anything serious or critical on the page (WCAG 2.2 A and AA). */
export async function expectAccessible(page: Page): Promise<void> {
  // Evaluated, not added as a script: the page's own policy allows no foreign script.
  await page.evaluate(readFileSync(axeSource, 'utf8'))
  const found = await page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: {
          run(
            options: object,
          ): Promise<{ violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[] }>
        }
      }
    ).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    return violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(' ')} — ${n.failureSummary}`).join('; ')}`)
  })
  expect(found, `${page.url()}`).toEqual([])
}

/** Keeps a picture of a page for people to look at (ignored by git). */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(new URL('screenshots/', import.meta.url), { recursive: true })
  await page.screenshot({ path: new URL(`screenshots/${name}.png`, import.meta.url).pathname })
}
