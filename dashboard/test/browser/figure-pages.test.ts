import type { Role } from '@zuil/core/contracts/roles'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { addressOf } from '../../src/lib/address.ts'
import { FIGURE_PAGES } from '../../src/lib/figure/figure-view.ts'
import { LANGUAGES } from '../../src/lib/language.ts'
import { pageEntry } from '../../src/lib/pages.ts'
import { type PublishedYear, publishedYear } from '../published-year.ts'
import { cookieOf, SIGN_IN } from '../sign-in.ts'
import { axeFaults } from './axe-faults.ts'
import { BrowserWindow, type Look } from './browser-window.ts'
import { findChromium } from './chromium.ts'
import { startDashboard } from './dashboard-server.ts'
import { buildPages } from './pages-build.ts'

const chromium = findChromium()
const REGION: Role = { role: 'region', cardSystem: 1 }
const PUBLIQ: Role = { role: 'publiq' }
const POLL = { timeout: 10_000, interval: 50 }
beforeAll(buildPages, 150_000)

describe.skipIf(!chromium)('pages of published figures in Chromium (skipped without the program chromium)', () => {
  let window: BrowserWindow
  let year: PublishedYear
  let running: Awaited<ReturnType<typeof startDashboard>>
  beforeAll(async () => {
    year = await publishedYear()
    running = await startDashboard(year.warehouse)
    window = await BrowserWindow.open(chromium ?? '')
  })
  afterAll(async () => {
    await window?.[Symbol.asyncDispose]()
    await running?.[Symbol.asyncDispose]()
    await year?.[Symbol.asyncDispose]()
  })

  const open = (path: string, { role = PUBLIQ, ...look }: Look & { readonly role?: Role } = {}) =>
    window.visit(`${running.address}${path}`, { ...look, cookie: cookieOf('anna', [role], running.clock) })

  /** Its scripts run: what a test does from here on is not done to a page that they take over afterwards. */
  const isReady = (page: Page) => expect.poll(() => page.locator('search button.ready').count(), POLL).toBe(1)

  const openTables = (page: Page) =>
    page.locator('details.table').evaluateAll((all) => {
      for (const details of all) details.setAttribute('open', '')
    })

  /** Something else in every field, as somebody types, ticks or chooses it. */
  const changeAll = (fields: Locator) =>
    fields.evaluateAll((all) => {
      for (const field of all) {
        if (field instanceof HTMLSelectElement) field.selectedIndex = field.selectedIndex === 0 ? field.options.length - 1 : 0
        else if (field instanceof HTMLTextAreaElement) field.value = 'Woord vooraf'
        else if (!(field instanceof HTMLInputElement)) continue
        else if (field.type === 'checkbox') field.checked = !field.checked
        else field.value = field.type === 'date' ? '2023-04-05' : '17'
      }
    })

  const contentOf = (fields: Locator): Promise<readonly string[]> =>
    fields.evaluateAll((all) =>
      all.map((field) => {
        if (field instanceof HTMLInputElement && field.type === 'checkbox') return String(field.checked)
        return 'value' in field ? String(field.value) : ''
      }),
    )

  /** What Chromium hands to a screen reader. */
  const spokenOf = async (page: Page, role: string): Promise<readonly string[]> => {
    const session = await page.context().newCDPSession(page)
    const { nodes } = await session.send('Accessibility.getFullAXTree')
    await session.detach()
    return nodes.filter((node) => node.role?.value === role && !node.ignored).map((node) => String(node.name?.value ?? ''))
  }

  test.each(FIGURE_PAGES)(
    '%s in each language, narrow or wide, light or dark: axe finds nothing, nothing is cut off',
    async (id) => {
      const turns = FIGURE_PAGES.indexOf(id)
      for (const [index, language] of LANGUAGES.entries()) {
        const isLight = (index === 0) === (turns % 2 === 0)
        const [theme, width] = isLight ? (['light', 320] as const) : (['dark', 1280] as const)
        const { page, complaints } = await open(addressOf(pageEntry(id).path, { language, theme }), { width })
        expect(await page.locator('figure').count()).toBeGreaterThan(2)
        await isReady(page)
        await page.locator('figure details').evaluateAll((all) => {
          for (const details of all) details.setAttribute('open', '')
        })
        expect([language, theme, await axeFaults(page, { contrast: language === 'nl' })]).toEqual([language, theme, []])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
        expect(complaints).toEqual([])
      }
    },
  )

  test('tables that were opened before the scripts of a page arrived stay open', async () => {
    const scripts = Promise.withResolvers<void>()
    const { page } = await open('/deelname', { role: REGION, scriptsFrom: scripts.promise })
    await openTables(page)
    expect(await page.locator('search button.ready').count()).toBe(0)
    scripts.resolve()
    await isReady(page)
    expect(await page.locator('details.table:not([open])').count()).toBe(0)
  })

  test('what was typed, ticked or chosen before the scripts of a page arrived stays', async () => {
    const paths = [
      '/aantekeningen',
      '/gepland',
      '/ramingen',
      '/verandering?dag=2024-09-02',
      '/verslag',
      '/werkruimte',
      '/beheer/rollen',
    ]
    for (const path of paths) {
      const scripts = Promise.withResolvers<void>()
      const { page } = await open(path, { scriptsFrom: scripts.promise })
      const fields = page.locator('main').locator('input:not([type=hidden]), select, textarea')
      const before = await contentOf(fields)
      await changeAll(fields)
      const typed = await contentOf(fields)
      expect([path, typed.filter((content, index) => content !== before[index]).length]).toEqual([
        path,
        expect.toSatisfy((count) => count > 2),
      ])
      scripts.resolve()
      await page.locator('html[data-scripts=ready]').waitFor({ state: 'attached' })
      expect([path, await contentOf(fields)]).toEqual([path, typed])
    }
  })

  test('a choice that was made before the scripts of a page arrived applies when they do', async () => {
    const scripts = Promise.withResolvers<void>()
    const { page } = await open('/bereik', { scriptsFrom: scripts.promise })
    await page.getByLabel('Vergelijk met').selectOption('geen')
    await page.evaluate(() => document.body.setAttribute('data-loaded', 'once'))
    scripts.resolve()
    await page.waitForURL('**/bereik?vergelijk=geen')
    expect(await page.locator('body').getAttribute('data-loaded')).toBe('once')
    expect(await page.getByLabel('Vergelijk met').inputValue()).toBe('geen')
  })

  test('a screen reader gets the findings in order, drawings as one sentence, and words where a number is withheld', async () => {
    const { page } = await open('/deelname', { role: REGION })
    await isReady(page)
    await openTables(page)
    const titles = await page.locator('figure h2').allInnerTexts()
    expect((await spokenOf(page, 'heading')).slice(1).filter((name) => titles.includes(name))).toEqual(titles)
    const drawings = await spokenOf(page, 'image')
    expect(drawings.length).toBeGreaterThan(2)
    expect(drawings.filter((sentence) => sentence.length < 20)).toEqual([])
    // the tables have just been opened, and the tree follows the page
    await expect.poll(() => spokenOf(page, 'cell'), POLL).toContain('niet getoond, minder dan 10 personen')
    expect((await spokenOf(page, 'table')).filter((name) => name === '')).toEqual([])
  })

  test('by keyboard alone: past the navigation, a table opens, is moved sideways, and its file is reached', async () => {
    const { page } = await open('/bereik', { role: REGION, width: 320 })
    await isReady(page)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id), POLL).toBe('content')
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
    for (let stop = 0; stop < 12 && (await focused()) !== 'Toon als tabel'; stop++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const figure = page.locator('figure').first()
    await expect.poll(() => figure.locator('table').isVisible(), POLL).toBe(true)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.classList.contains('scroll'))).toBe(true)
    for (let stop = 0; stop < 6 && (await focused()) !== 'CSV'; stop++) await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href') ?? '')).toContain('format=csv')
  })

  test('another place in the address shows its figures', async () => {
    const { page } = await open('/bereik', { role: REGION })
    const finding = page.locator('h1 + p')
    await expect.poll(() => finding.innerText(), POLL).toContain('UiTPAS Gent')
    await page.goto(`${running.address}/bereik?plaats=municipality:44021`)
    await expect.poll(() => finding.innerText(), POLL).toContain('Gent')
    await expect.poll(() => finding.innerText(), POLL).not.toContain('UiTPAS')
  })

  test('a figure is taken along as a file, a drawing and a picture', async () => {
    const { page } = await open('/bereik', { role: REGION })
    const figure = page.locator('#holders-by-age')
    expect(await figure.locator('.source').innerText()).toMatch(/Definitie: [^.]+\S\.$/)
    const csv = await figure.getByRole('link', { name: /^CSV,/ }).getAttribute('href')
    const file = await page.request.get(new URL(csv ?? '', page.url()).href)
    expect([file.status(), file.headers()['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
    const drawing = await page.request.get(
      new URL((await figure.getByRole('link', { name: /^SVG,/ }).getAttribute('href')) ?? '', page.url()).href,
    )
    expect([drawing.status(), (await drawing.text()).slice(0, 4)]).toEqual([200, '<svg'])
    const downloading = page.waitForEvent('download')
    await figure.getByRole('button', { name: /^PNG,/ }).click()
    expect((await downloading).suggestedFilename()).toBe('zuil-holders-by-age.png')
  })

  test('a drawing is shown to nobody else', async () => {
    for (const role of [{ role: 'organizer', organizer: 'bib-gent' } as const, { role: 'municipality', nis: 44043 } as const]) {
      const { page } = await open('/nu', { role })
      const reply = await page.request.get(`${running.address}/tekening/region/municipalities-reach?plaats=region:1`, {
        maxRedirects: 0,
      })
      expect(reply.status()).toBe(403)
    }
    expect((await fetch(`${running.address}/tekening/reach/reach-over-time`, { redirect: 'manual' })).status).toBe(303)
    expect((await fetch(`${running.address}/tekening/nowhere/reach`)).status).toBe(404)
  })

  test('the address of a figure names place and period, so that it shows the same to somebody with another place, and later', async () => {
    const { page } = await open('/bereik', { role: REGION })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const button = page.getByRole('button', { name: /^Kopieer het adres van deze figuur: ./ }).first()
    await button.click()
    await page.getByText('Adres gekopieerd').waitFor()
    const address = new URL(await page.evaluate(() => navigator.clipboard.readText()))
    expect([...address.searchParams.keys()]).toEqual(['plaats', 'periode', 'vergelijk'])
    expect(address.searchParams.get('plaats')).toBe('region:1')
    expect(await page.locator('figure').first().getAttribute('id')).toBe(address.hash.slice(1))
  })

  test('a locked link opens its page without an account, whatever else is asked, and nothing beside it', async () => {
    const { page } = await open('/bereik', { role: REGION })
    await page.getByText('Bewaar of deel deze weergave').click()
    await page.getByRole('button', { name: 'Maak een vaste link' }).click()
    await page.waitForURL('**/weergaven')
    const given = new URL(await page.locator('code').innerText())
    expect(given.origin).toBe(SIGN_IN.publicUrl.origin)
    const link = `${running.address}${given.pathname}`
    const context = await window.browser.newContext()
    onTestFinished(() => context.close())
    const stranger = await context.newPage()
    await stranger.goto(`${link}?plaats=municipality:44021&periode=2024&taal=en`)
    expect(await stranger.locator('h1 + p').innerText()).toContain('UiTPAS Gent')
    expect(await stranger.locator('main').innerText()).toContain('Locked view of UiTPAS Gent')
    expect(await stranger.locator('.measure').first().innerText()).toContain('2025')
    expect(await stranger.locator('main a[href^="/api/"], main a[href^="/tekening/"], main form').count()).toBe(0)
    expect(await axeFaults(stranger, { contrast: false })).toEqual([])
    const status = async (url: string) => (await context.request.get(url, { maxRedirects: 0 })).status()
    expect(await status(`${link.slice(0, -2)}${link.endsWith('AA') ? 'BB' : 'AA'}`)).toBe(410)
    expect(await status(`${running.address}/bereik`)).toBe(303)
    expect(await status(`${running.address}/api/v1/figures?measure=A1&place=region:1&period=2025`)).toBe(401)
  })

  test('an annotation stands at the figures whose time it touches, and can be removed again', async () => {
    const { page } = await open('/aantekeningen', { role: REGION })
    await page.getByLabel('Van', { exact: true }).fill('2025-03-01')
    await page.getByLabel('Tekst').fill('Affiches <b>')
    await Promise.all([
      page.waitForResponse('**/aantekeningen/bewaar'),
      page.locator('form[action="/aantekeningen/bewaar"] button').click(),
    ])
    await page.goto(`${running.address}/bereik`)
    expect(await page.locator('#reach-over-time li').allInnerTexts()).toEqual([
      'A UiTPAS Gent: campagne, 1 maart 2025: Affiches <b>',
    ])
    expect(await page.locator('#reach-over-time svg text').allTextContents()).toContain('A')
    await page.goto(`${running.address}/aantekeningen`)
    await page.getByRole('button', { name: /^Verwijder: UiTPAS Gent, Campagne/ }).click()
    await expect.poll(() => page.getByText('Er zijn nog geen aantekeningen').count(), POLL).toBe(1)
  })

  test('an agreement of a region stands beside its number, with what is still missing', async () => {
    const { page } = await open('/aantekeningen', { role: REGION })
    await page.getByLabel('Streefwaarde').fill('90')
    await page.getByLabel('Tegen eind').fill('2030')
    await Promise.all([
      page.waitForResponse('**/afspraken/bewaar'),
      page.locator('form[action="/afspraken/bewaar"] button').click(),
    ])
    await page.goto(`${running.address}/regio`)
    const note = page.locator('[data-figure=agreement-reach] + dd')
    expect(await note.innerText()).toMatch(/; afspraak voor 2030: 90,0%, nog [\d,]+ procentpunt$/)
  })

  test('the workspace is kept without JavaScript, is read without barriers, and joining stands at the figures', async () => {
    const { page, complaints } = await open('/werkruimte', { role: REGION, width: 320 })
    const plain = await window.browser.newContext({ javaScriptEnabled: false })
    onTestFinished(() => plain.close())
    await plain.addCookies(await page.context().cookies())
    const typing = await plain.newPage()
    const send = async (action: string, fields: Readonly<Record<string, string>>) => {
      await typing.goto(`${running.address}/werkruimte?gemeente=municipality:44043`)
      await typing.locator(`details:has(form[action="/werkruimte/${action}"]) summary`).click()
      const form = typing.locator(`form[action="/werkruimte/${action}"]`)
      for (const [name, value] of Object.entries(fields)) await form.locator(`input[name=${name}]`).fill(value)
      await form.getByRole('button', { name: 'Bewaar' }).click()
    }
    await send('leden', { toegetreden: '2025-08-01' })
    await send('stappen', { 'klaar-council': '2025-01-31' })
    await send('toestellen', { gebouw: 'De Vooruit', lezers: '4', piek: '55' })
    await send('voorraad', { dag: '2026-11-01', kaarten: '900' })
    await send('afspraken', { dag: '2025-01-31' })
    expect(await typing.locator('section:has(#agreements) td').allInnerTexts()).toContain('31 januari 2025')
    await send('voorraad', { dag: '2026-11-01', kaarten: 'veel' })
    expect([typing.url(), await typing.getByRole('alert').innerText()]).toEqual([
      expect.stringMatching(/plaats=region%3A1&gemeente=municipality%3A44043.*#cards$/),
      expect.stringContaining('hele getallen'),
    ])
    for (const language of LANGUAGES) {
      const theme = language === 'fr' ? 'dark' : 'light'
      await page.goto(`${running.address}${addressOf('/werkruimte', { language, theme })}&gemeente=municipality:44043`)
      await page.locator('main details').evaluateAll((all) => {
        for (const details of all) details.setAttribute('open', '')
      })
      expect([language, await axeFaults(page, { contrast: language !== 'en' })]).toEqual([language, []])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    }
    expect(await page.locator('section:has(#cards) dd').allInnerTexts()).toContainEqual(expect.stringMatching(/passholders/))
    expect(complaints).toEqual([])
    await page.goto(`${running.address}/regio`)
    expect(await page.locator('#joining li').allInnerTexts()).toContainEqual(expect.stringContaining('1 augustus 2025: Gent'))
  })

  test('on paper every table is open, and nothing to click is left', async () => {
    const { page } = await open('/deelname', { role: REGION })
    await page.emulateMedia({ media: 'print' })
    const visible = (selector: string) =>
      page.locator(selector).evaluateAll((all) => all.filter((element) => element.checkVisibility()).length)
    expect(await visible('main button, main summary, .files')).toBe(0)
    const heights = await page
      .locator('figure table')
      .evaluateAll((all) => all.map((table) => table.getBoundingClientRect().height))
    expect(heights.filter((height) => height < 20)).toEqual([])
  })

  test('the report is read without barriers, is written by whom it is about, and has no tool on paper', async () => {
    const { page, complaints } = await open('/verslag?periode=2025', { role: REGION })
    expect(await axeFaults(page, { contrast: true })).toEqual([])
    expect(await page.locator('section[id] h2').allTextContents()).toContain('De deelnamekloof')
    await page.setViewportSize({ width: 390, height: 900 })
    const scales = await page
      .locator('figure svg')
      .evaluateAll((all) =>
        all
          .filter((svg) => svg.checkVisibility())
          .map((svg) => svg.clientWidth / Number(svg.getAttribute('viewBox')?.split(' ')[2])),
      )
    // letters of a drawing that is made smaller cannot be read
    expect(scales.filter((scale) => scale < 0.9)).toEqual([])
    expect(scales.length).toBeGreaterThan(5)
    await page.getByText('Schrijf een woord vooraf').click()
    expect(await page.locator('textarea').count()).toBeGreaterThan(5)
    await page.emulateMedia({ media: 'print' })
    expect(
      await page.locator('main form, main summary, main button').evaluateAll((all) => all.some((one) => one.checkVisibility())),
    ).toBe(false)
    expect(complaints).toEqual([])
  })
})
