import type { BrowserContextOptions, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { addressOf } from '../../src/lib/address.ts'
import { cookieOf } from '../sign-in.ts'
import { axeFaults } from './axe-faults.ts'
import { BrowserWindow } from './browser-window.ts'
import { findChromium } from './chromium.ts'
import { startDashboard } from './dashboard-server.ts'
import { buildPages } from './pages-build.ts'

const chromium = findChromium()
/** What a reader's browser may load before the page answers, as it comes over the line. */
const SCRIPT_BYTES_MAX = 80_000
const POLL = { timeout: 15_000, interval: 50 }

beforeAll(buildPages, 150_000)

/** For cases that change the figures or end the server; the others share one. */
async function ownDashboard() {
  const running = await startDashboard()
  onTestFinished(() => running[Symbol.asyncDispose]())
  return running
}

const keyFigure = (page: Page, id: string) => page.locator(`[data-figure=${id}]`).innerText()
const state = (page: Page) => page.locator('[data-state]').getAttribute('data-state')
const cells = (page: Page, chart: string) =>
  page.locator(`[data-chart=${chart}] tbody tr`).first().locator('th, td').allTextContents()

describe.skipIf(!chromium)('the page "Nu" in Chromium (skipped without the program chromium)', () => {
  let window: BrowserWindow
  let running: Awaited<ReturnType<typeof startDashboard>>

  beforeAll(async () => {
    window = await BrowserWindow.open(chromium ?? '')
    running = await startDashboard()
  })
  afterAll(async () => {
    await window?.[Symbol.asyncDispose]()
    await running?.[Symbol.asyncDispose]()
  })

  /** A page in a context of its own, where the shared window will not do. */
  async function openApart(address: string, options: BrowserContextOptions = {}) {
    const context = await window.browser.newContext({ locale: 'nl-BE', viewport: { width: 1280, height: 900 }, ...options })
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(address)
    return page
  }

  test('shows the figures without a complaint of the browser and without a request to anybody else', async () => {
    const { address } = running
    const hosts = new Set<string>()
    const note = (request: Request) => void hosts.add(new URL(request.url()).host)
    window.page.on('request', note)
    onTestFinished(() => void window.page.off('request', note))
    const { page, complaints } = await window.visit(address)
    await expect.poll(() => page.locator('button.ready').count(), POLL).toBe(1)
    expect(await page.locator('h1').innerText()).toContain('zaterdag 21 november 2026')
    expect(await keyFigure(page, 'checkins')).toBe('19.939')
    expect(await page.locator('figure svg[role=img]:visible').count()).toBe(4)
    expect(
      await page.locator('figure').evaluateAll((all) => all.every((figure) => figure.querySelector('details table caption'))),
    ).toBe(true)
    expect(complaints).toEqual([])
    expect([...hosts]).toEqual([new URL(address).host])
  })

  test('moves by itself: number, chart and table change together, and nothing else moves', async () => {
    const { address, source } = await ownDashboard()
    const { page } = await window.visit(address)
    const places = () =>
      page.locator('figure, footer').evaluateAll((all) => all.map((element) => element.getBoundingClientRect().top))
    const bars = () => page.locator('[data-chart=channels] svg').innerHTML()
    await expect.poll(() => page.locator('[data-state=live]').count(), POLL).toBe(1)
    const [placesBefore, barsBefore] = [await places(), await bars()]
    source.addCheckins(1000)
    await expect.poll(() => keyFigure(page, 'checkins'), POLL).toBe('20.939')
    expect(await bars()).not.toBe(barsBefore)
    expect(await cells(page, 'channels')).toEqual(['Zuil', '13.846', '66,1%'])
    expect(await cells(page, 'venues')).toEqual(['Gent', '5.210', '24,9%'])
    expect(await places()).toEqual(placesBefore)
  })

  test('stands still when paused by keyboard, and goes on when told to', async () => {
    const { address, source } = await ownDashboard()
    const { page } = await window.visit(address)
    const calm = await openApart(address)
    const button = page.locator('button.ready')
    await button.focus()
    await page.keyboard.press('Enter')
    expect(await button.innerText()).toBe('Ga verder')
    expect(await state(page)).toBe('paused')
    source.addCheckins(1)
    await expect.poll(() => keyFigure(calm, 'checkins'), POLL).toBe('19.940')
    expect(await keyFigure(page, 'checkins')).toBe('19.939')
    await page.keyboard.press('Enter')
    await expect.poll(() => keyFigure(page, 'checkins'), POLL).toBe('19.940')
    expect(await state(page)).toBe('live')
  })

  test('changes less often for readers who asked for less motion', async () => {
    const { address, source } = await ownDashboard()
    const { page: usual } = await window.visit(address)
    const calm = await openApart('about:blank', { reducedMotion: 'reduce' })
    // The calm page's clock stands still until the test moves it; the stream goes on.
    await calm.clock.install()
    await calm.clock.pauseAt(Date.now() + 1_000)
    await calm.goto(address)
    await expect.poll(() => calm.locator('button.ready').count(), POLL).toBe(1)
    source.addCheckins(1)
    await expect.poll(() => keyFigure(usual, 'checkins'), POLL).toBe('19.940')
    const before = await keyFigure(calm, 'checkins')
    source.addCheckins(1)
    await expect.poll(() => keyFigure(usual, 'checkins'), POLL).toBe('19.941')
    expect(await keyFigure(calm, 'checkins')).toBe(before)
    await calm.clock.fastForward(10_001)
    await expect.poll(() => keyFigure(calm, 'checkins'), POLL).toBe('19.941')
  })

  test('the first stop of the keyboard is a visible link that leads past the head of the page', async () => {
    const { address } = running
    const { page } = await window.visit(address)
    await page.keyboard.press('Tab')
    const skip = page.locator('a.skip')
    expect(await skip.evaluate((link) => link === document.activeElement && getComputedStyle(link).clipPath === 'none')).toBe(
      true,
    )
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id), POLL).toBe('content')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON')
  })

  test('a table opens by keyboard', async () => {
    const { address } = running
    const { page } = await window.visit(address)
    await page.locator('[data-chart=venues] summary').focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('[data-chart=venues] table').isVisible()).toBe(true)
  })

  test('without JavaScript the figures are there, with a way to the next ones', async () => {
    const { address } = running
    const page = await openApart(`${address}/?taal=en`, { javaScriptEnabled: false })
    expect(await keyFigure(page, 'checkins')).toBe('19,939')
    expect(await page.locator('noscript a').getAttribute('href')).toBe('/nu?taal=en')
    expect(await page.locator('button').isVisible()).toBe(false)
    expect(await page.locator('figure svg[role=img]:visible').count()).toBe(4)
  })

  test('says that loading lags, that figures are old, and that they are back', async () => {
    const { address, source } = await ownDashboard()
    const { page } = await window.visit(address)
    source.lagMs = 34_000
    await expect.poll(() => state(page), POLL).toBe('behind')
    expect(await page.locator('.remark').innerText()).toMatch(/loopt 3\d seconden achter; 1.204 records wachten/)
    source.lagMs = 300_000
    await expect.poll(() => state(page), POLL).toBe('stale')
    expect(await page.locator('.remark').innerText()).toContain('Al 5 minuten komen er geen nieuwe cijfers bij')
    source.lagMs = 700
    await expect.poll(() => state(page), POLL).toBe('live')
  })

  test('tells a change of state aloud, and does not read the clock every second', async () => {
    const { address, source } = await ownDashboard()
    const { page } = await window.visit(address)
    await expect.poll(() => state(page), POLL).toBe('live')
    const spoken = page.locator('main [role=status]')
    const first = await page.locator('.sentence').innerText()
    await expect.poll(() => page.locator('.sentence').innerText(), POLL).not.toBe(first)
    expect(await spoken.textContent()).toBe('')
    source.lagMs = 300_000
    await expect.poll(() => spoken.textContent(), POLL).toContain('komen er geen nieuwe cijfers bij')
  })

  test('a page opened before the first figures says so, and fills by itself', async () => {
    const { address, source } = await ownDashboard()
    source.failure = new Error('no warehouse')
    const { page } = await window.visit(address)
    expect(await state(page)).toBe('unavailable')
    expect(await page.getByText('elke check-in wordt bewaard').count()).toBe(1)
    source.failure = undefined
    await expect.poll(() => page.locator('figure').count(), POLL).toBe(4)
  })

  test('keeps the last figures and says since when, when the server is gone', async () => {
    const { address, server } = await ownDashboard()
    const { page } = await window.visit(address)
    // The page arrives live; only one whose scripts run can notice that the server went away.
    await expect.poll(() => page.locator('button.ready').count(), POLL).toBe(1)
    await expect.poll(() => state(page), POLL).toBe('live')
    await server.close()
    await expect.poll(() => state(page), POLL).toBe('offline')
    expect(await page.locator('.remark').innerText()).toMatch(/^De verbinding is weg. U ziet de cijfers van 14:\d\d:\d\d/)
    expect(await keyFigure(page, 'checkins')).toBe('19.939')
  })

  test('an unknown address is a page in the reader’s language with the status 404', async () => {
    const { address } = running
    const response = await fetch(`${address}/nergens?taal=fr`)
    const { page } = await window.visit(`${address}/nergens?taal=fr`)
    expect([response.status, await page.locator('h1').innerText()]).toEqual([404, 'Cette page n’existe pas'])
  })

  test('the language and the theme are in the address and survive each other', async () => {
    const { address } = running
    const { page } = await window.visit(`${address}/?thema=donker`)
    await page.getByRole('link', { name: 'Français' }).click()
    await page.waitForURL('**/nu?taal=fr&thema=donker')
    const root = page.locator('html')
    expect([await root.getAttribute('lang'), await root.getAttribute('data-theme')]).toEqual(['fr', 'dark'])
    expect(await page.locator('h1').innerText()).toContain('Maintenant')
  })

  // each language, each theme with each width
  const matrix = [
    { language: 'nl', theme: 'light', width: 1280 },
    { language: 'nl', theme: 'dark', width: 320 },
    { language: 'fr', theme: 'dark', width: 1280 },
    { language: 'en', theme: 'light', width: 320 },
  ] as const
  test.each(matrix)(
    'axe finds nothing in $language, $theme, at $width px, and nothing is cut off',
    async ({ language, theme, width }) => {
      const { address } = running
      const { page, complaints } = await window.visit(`${address}${addressOf('/', { language, theme })}`, { width })
      await expect.poll(() => state(page), POLL).toBe('live')
      for (const summary of await page.locator('summary').all()) await summary.click()
      expect(await axeFaults(page, { contrast: language === 'nl' })).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      expect(complaints).toEqual([])
    },
  )

  test.each(['/nu', '/bereik', '/beheer', '/aantekeningen', '/verslag'])(
    '%s loads fewer bytes of script than the budget allows',
    async (path) => {
      const { address, clock } = running
      // with nothing kept from the page before
      const context = await window.browser.newContext()
      onTestFinished(() => context.close())
      const [name = '', value = ''] = cookieOf('anna', [{ role: 'publiq' }], clock).split('=')
      await context.addCookies([{ name, value, url: address }])
      const page = await context.newPage()
      const sizes: Promise<number>[] = []
      page.on('requestfinished', (request) => {
        if (request.resourceType() === 'script') sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
      })
      expect((await page.goto(`${address}${path}`))?.status()).toBe(200)
      await page.waitForLoadState('networkidle')
      const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
      expect(total).toBeGreaterThan(10_000)
      expect(total).toBeLessThan(SCRIPT_BYTES_MAX)
    },
  )

  test('follows a device that is dark', async () => {
    const { address } = running
    const { page } = await window.visit(address)
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe('rgb(20, 24, 29)')
  })

  test('on paper every table is open and nothing to click is left', async () => {
    const { address } = running
    const { page } = await window.visit(address)
    await page.emulateMedia({ media: 'print' })
    expect(
      await page.locator('button, nav, summary').evaluateAll((all) => all.filter((element) => element.checkVisibility()).length),
    ).toBe(0)
    expect(
      await page.locator('table').evaluateAll((all) => all.map((table) => table.getBoundingClientRect().height > 50)),
    ).toEqual([true, true, true, true])
  })
})

test('pages and their files carry strict security headers', async () => {
  const { address } = await ownDashboard()
  const page = await fetch(address)
  const html = await page.text()
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+';/)
  expect(policy).toContain("default-src 'self'")
  expect(policy).not.toMatch(/unsafe-eval|unsafe-inline|\*/)
  expect(html).not.toMatch(/ style="|<style|javascript:| on[a-z]+="/)
  const file = await fetch(new URL(/href="([^"]+\.css)"/.exec(html)?.[1] ?? '', address))
  await file.arrayBuffer()
  for (const { headers } of [page, file]) expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(page.headers.get('x-frame-options')).toBe('DENY')
})

test('only reading is answered', async () => {
  const { address } = await ownDashboard()
  const answers = await Promise.all(['POST', 'PUT', 'DELETE'].map((method) => fetch(address, { method })))
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
})
