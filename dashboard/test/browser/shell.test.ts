import type { Role } from '@zuil/core/contracts/roles'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { addressOf } from '../../src/lib/address.ts'
import { mayOpen, PAGE_IDS, pageEntry } from '../../src/lib/pages.ts'
import { cookieOf } from '../sign-in.ts'
import { axeFaults } from './axe-faults.ts'
import { BrowserWindow, type Look } from './browser-window.ts'
import { findChromium } from './chromium.ts'
import { startDashboard } from './dashboard-server.ts'
import { buildPages } from './pages-build.ts'

const chromium = findChromium()
const POLL = { timeout: 15_000, interval: 50 }
const CLERK: readonly Role[] = [{ role: 'municipality', nis: 44_021 }]
const OPERATOR: readonly Role[] = [{ role: 'publiq' }]
const OFFICER: readonly Role[] = [{ role: 'settlement', cardSystem: 1 }]

beforeAll(buildPages, 150_000)

describe.skipIf(!chromium)('the frame of the pages in Chromium (skipped without the program chromium)', () => {
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

  interface Asked extends Look {
    /** Of who looks; nobody in particular without. */
    readonly roles?: readonly Role[]
  }

  const openPage = (path: string, { roles, ...look }: Asked = {}) =>
    window.visit(`${running.address}${path}`, { ...look, ...(roles && { cookie: cookieOf('anna', roles, running.clock) }) })

  /** The page where scripts do not run. */
  async function openWithoutScripts(path: string, roles: readonly Role[]) {
    const context = await window.browser.newContext({ locale: 'nl-BE', javaScriptEnabled: false })
    onTestFinished(() => context.close())
    const [name = '', value = ''] = cookieOf('anna', roles, running.clock).split('=')
    await context.addCookies([{ name, value, url: running.address }])
    const page = await context.newPage()
    await page.goto(`${running.address}${path}`)
    return page
  }

  const pages: readonly (readonly [path: string, status: number, roles: readonly Role[]])[] = [
    ['/beheer', 200, OPERATOR],
    ['/beheer', 403, CLERK],
    ['/beheer/rollen?melding=last', 200, OPERATOR],
    ['/afrekening', 200, OFFICER],
    ['/afrekening?periode=2025-Q1&gebruik=50', 200, OFFICER],
    ['/ramingen?piek=5e3', 200, OPERATOR],
    ['/toegankelijkheid', 200, CLERK],
    ['/aantekeningen', 200, CLERK],
    ['/aantekeningen?fout=day', 200, CLERK],
    ['/weergaven', 200, CLERK],
    ['/gepland?fout=full', 200, CLERK],
    ['/verandering?dag=2024-09-02', 200, CLERK],
    ['/dossier/nonsense', 410, []],
    ['/niet-aangemeld', 200, []],
    ['/afgemeld', 200, []],
    ['/nergens', 404, CLERK],
  ]
  // contrast takes axe longest, and does not depend on the language: once in each theme
  test.each([
    { language: 'nl', theme: 'light', width: 320, contrast: true },
    { language: 'fr', theme: 'dark', width: 1280, contrast: true },
    { language: 'en', theme: 'dark', width: 320, contrast: false },
  ] as const)('in $language, $theme, $width pixels wide: no fault that axe knows, nothing beyond the edge', async (view) => {
    for (const [path, status, roles] of pages) {
      const address = addressOf(path, view).replace(/\?(.*)\?/, '?$1&')
      const opened = await openPage(address, { roles, width: view.width })
      expect([path, opened.status]).toEqual([path, status])
      expect(await opened.page.evaluate(() => document.documentElement.scrollWidth)).toBe(view.width)
      expect([path, await axeFaults(opened.page, { contrast: view.contrast })]).toEqual([path, []])
      const foreign = opened.complaints.filter((text) => !text.includes(`status of ${status}`))
      expect(foreign).toEqual([])
    }
  })

  test('at 200 % zoom, which is half the room, everything is still there', async () => {
    const { page } = await openPage('/beheer', { roles: OPERATOR, width: 640, height: 450 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(640)
    expect(await page.getByRole('navigation', { name: 'Pagina’s' }).getByRole('link').count()).toBe(
      PAGE_IDS.filter((id) => mayOpen(id, OPERATOR)).length,
    )
  })

  test('a page for who signs in sends there, and comes back to it', async () => {
    const reply = await fetch(`${running.address}/beheer?taal=fr`, { redirect: 'manual' })
    expect([reply.status, reply.headers.get('location')]).toEqual([303, '/aanmelden?naar=%2Fbeheer%3Ftaal%3Dfr'])
  })

  test('who was signed in too long and clicks on is sent to sign in', async () => {
    const { page } = await openPage('/nu', { roles: OPERATOR })
    await expect.poll(() => page.locator('button.ready').count(), POLL).toBe(1)
    await page.context().clearCookies()
    const left = page.waitForRequest((request) => new URL(request.url()).pathname === '/aanmelden')
    await page.getByRole('link', { name: 'Beheer' }).click()
    expect(new URL((await left).url()).searchParams.get('naar')).toBe('/beheer')
  })

  test('a choice applies at once and stands in the address, which says nothing that goes without saying', async () => {
    const { page } = await openPage('/bereik?taal=en', { roles: OPERATOR })
    await expect.poll(() => page.locator('search button.ready').count(), POLL).toBe(1)
    await page.getByLabel('Compare with').selectOption('geen')
    await page.waitForURL('**/bereik?vergelijk=geen&taal=en')
    await page.getByLabel('Compare with').selectOption('vorige')
    await page.waitForURL('**/bereik?taal=en')
  })

  test('without JavaScript the choices are a form like any other', async () => {
    const page = await openWithoutScripts('/bereik', OPERATOR)
    await page.getByLabel('Vergelijk met').selectOption('geen')
    await page.getByRole('button', { name: 'Toon' }).click()
    await page.waitForURL('**/bereik?*vergelijk=geen*')
    expect(await page.getByLabel('Vergelijk met').inputValue()).toBe('geen')
  })

  test.each([
    ['nobody', undefined, '/nu'],
    ['a clerk', CLERK, '/bereik'],
    ['an organizer', [{ role: 'organizer', organizer: 'bib' }], '/organisatoren'],
    ['who settles', [{ role: 'settlement', cardSystem: 1 }], '/afrekening'],
  ] as const)('%s lands on the own first page', async (_who, roles, path) => {
    const headers = roles ? { cookie: cookieOf('anna', roles, running.clock) } : {}
    const reply = await fetch(`${running.address}/?taal=en`, { redirect: 'manual', headers })
    expect([reply.status, reply.headers.get('location')]).toEqual([303, `${path}?taal=en`])
  })

  test('a page for others is refused to every role that it is not for, and nothing of it is sent', async () => {
    for (const id of PAGE_IDS) {
      const { path, roles } = pageEntry(id)
      if (!roles || roles.includes('municipality')) continue
      for (const address of [path, `${path}/__data.json`]) {
        const reply = await fetch(`${running.address}${address}`, { headers: { cookie: cookieOf('anna', CLERK, running.clock) } })
        const text = await reply.text()
        expect([address, text.includes('"sections"')]).toEqual([address, false])
        if (address === path) expect([address, reply.status]).toEqual([address, 403])
      }
    }
    const auditor = { cookie: cookieOf('anna', [{ role: 'auditor' }], running.clock) }
    // A page below one that is for auditors, too.
    expect((await fetch(`${running.address}/beheer/rollen`, { headers: auditor })).status).toBe(403)
  })

  test('without JavaScript publiq gives a role, finds it in the list and takes it away', async () => {
    const page = await openWithoutScripts('/beheer', OPERATOR)
    await page.getByRole('link', { name: 'Rollen geven en afnemen' }).click()
    await page.getByLabel('Account: e-mailadres of nummer').fill('anna@example.be')
    await page.getByRole('combobox', { name: 'Rol', exact: true }).selectOption('auditor')
    await page.getByRole('button', { name: 'Geef de rol' }).click()
    expect(await page.locator('main').getByRole('status').innerText()).toBe('De rol is gegeven.')
    await page.getByRole('button', { name: 'Neem de rol af: anna@example.be, Auditor' }).click()
    expect(await page.locator('main').getByRole('status').innerText()).toBe('De rol is afgenomen.')
    expect(await page.getByText('anna@example.be: Auditor').count()).toBe(0)
    expect(await page.getByRole('navigation', { name: 'Pagina’s' }).locator('[aria-current=page]').allInnerTexts()).toEqual([
      'Rollen',
    ])
  })

  test('who may not open a page is told as whom they are signed in, and which pages are open', async () => {
    const { page } = await openPage('/beheer', { roles: CLERK })
    expect(await page.locator('h1').innerText()).toBe('Geen rechten voor deze pagina')
    expect(await page.locator('main').innerText()).toContain('aangemeld als gemeente')
    expect(await page.locator('main').getByRole('link', { name: 'Nu' }).getAttribute('href')).toBe('/nu')
  })

  test('by keyboard alone: past the navigation, and out again', async () => {
    const { page } = await openPage('/beheer', { roles: OPERATOR })
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id), POLL).toBe('content')
    await page.getByRole('button', { name: 'Afmelden' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/afgemeld')
    expect(await page.locator('h1').innerText()).toBe('U bent afgemeld')
    expect(await page.context().cookies()).toEqual([])
    expect(await page.getByRole('link', { name: 'Aanmelden' }).count()).toBeGreaterThan(0)
  })

  test('signing in leads back to where one was, and from the page for everybody to the own one', async () => {
    const hrefOn = async (path: string) =>
      await (await openPage(path)).page.getByRole('link', { name: /Aanmelden|Sign in/ }).getAttribute('href')
    expect(await hrefOn('/nu')).toBe('/aanmelden?naar=%2F')
    expect(await hrefOn('/nu?taal=en')).toBe('/aanmelden?naar=%2F%3Ftaal%3Den')
    expect(await hrefOn('/woordenboek')).toBe('/aanmelden?naar=%2Fwoordenboek')
  })

  test('a period is closed by keyboard alone, and only once it was typed', async () => {
    const page = await openWithoutScripts('/afrekening', OFFICER)
    await page.getByRole('checkbox').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.type('2025-Q3')
    await page.keyboard.press('Enter')
    expect(running.settlements.orders).toEqual([])
    await page.keyboard.press('Control+A')
    await page.keyboard.type('2025-Q2')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/afrekening?*gesloten=ja*')
    expect(await page.locator('main').getByRole('status').innerText()).toContain('2e kwartaal 2025 is afgesloten')
    expect(await page.getByRole('form', { name: 'De periode afsluiten' }).count()).toBe(0)
    expect(running.settlements.orders.map(({ by }) => by)).toEqual(['anna'])
  })

  test('without a connection the page says so, stays, and says nothing any more once it is back', async () => {
    const { page } = await openPage('/toegankelijkheid')
    const notice = page.locator('p.shown')
    // scripts that have not arrived yet could not be fetched any more
    await page.waitForLoadState('networkidle')
    await page.context().setOffline(true)
    await expect.poll(() => notice.innerText(), POLL).toContain('U bent offline')
    expect(await page.locator('h1').innerText()).toBe('Toegankelijkheid')
    await page.context().setOffline(false)
    await expect.poll(() => notice.count(), POLL).toBe(0)
  })

  test('while it cannot be said who signed in, open pages are shown and the others say that it passes', async () => {
    const headers = { cookie: cookieOf('anna', [], running.clock).replace(/=.*/, '=nonsense') }
    expect((await fetch(`${running.address}/nu`, { headers })).status).toBe(200)
    running.credentials.isAway = true
    onTestFinished(() => {
      running.credentials.isAway = false
    })
    const away = { cookie: running.cookieWithoutRoles() }
    const [open, closed] = await Promise.all([
      fetch(`${running.address}/nu`, { headers: away }),
      fetch(`${running.address}/beheer`, { headers: away }),
    ])
    expect([open.status, closed.status]).toEqual([200, 503])
    expect(await closed.text()).toContain('De cijfers zijn er nu even niet')
  })

  test('every page forbids scripts, frames and requests that are not its own', async () => {
    const reply = await fetch(`${running.address}/toegankelijkheid`)
    const policy = reply.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=-]+'/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("form-action 'self'")
    expect(policy).not.toMatch(/unsafe-eval|unsafe-inline|https?:/)
  })
})
