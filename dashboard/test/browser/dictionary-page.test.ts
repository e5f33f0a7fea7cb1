import { CATALOGUE } from '@zuil/warehouse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressOf } from '../../src/lib/address.ts'
import { axeFaults } from './axe-faults.ts'
import { BrowserWindow } from './browser-window.ts'
import { findChromium } from './chromium.ts'
import { startDashboard } from './dashboard-server.ts'
import { buildPages } from './pages-build.ts'

const chromium = findChromium()
beforeAll(buildPages, 150_000)

describe.skipIf(!chromium)('the page "Woordenboek" in Chromium (skipped without the program chromium)', () => {
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

  const openPage = (path: string, width: number) => window.visit(`${running.address}${path}`, { width })

  test.each([
    ['nl', 'dark', 360],
    ['fr', 'light', 1280],
    ['en', 'light', 360],
  ] as const)(
    'in %s, %s, %i pixels wide: every measure, no fault that axe knows, nothing beyond the edge',
    async (language, theme, width) => {
      const { page, complaints } = await openPage(addressOf('/woordenboek', { language, theme }), width)
      expect(await page.locator('article').count()).toBe(CATALOGUE.length)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      expect(await axeFaults(page, { contrast: language === 'nl' })).toEqual([])
      expect(complaints).toEqual([])
    },
  )

  test('an address with the id of a measure leads to it, and the files are those of the page’s language', async () => {
    const { page } = await openPage('/woordenboek?taal=en#C12', 1280)
    expect(await page.locator('#C12').evaluate((article) => article.getBoundingClientRect().top < 900)).toBe(true)
    const files = await page.locator('.files a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
    expect(files).toHaveLength(2)
    for (const file of files) {
      const reply = await page.request.get(new URL(file, page.url()).href)
      expect([reply.status(), (await reply.text()).includes('Participation gap')]).toEqual([200, true])
    }
  })
})
