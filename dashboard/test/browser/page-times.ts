/**
 * Prints how long each page takes, of a dashboard that runs with releases: `npm run demo` beside it, after a `publish`.
 *
 * Each page is opened by the first of these people who may.
 *
 * Usage: npm run page-times [-- <address> [<password> [<e-mail address>…]]]
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { PAGES } from '../../src/lib/pages.ts'
import { findChromium, launchChromium } from './chromium.ts'

const ADDRESS = 'http://127.0.0.1:8080'
const PASSWORD = 'demo-password'
/** publiq reads nearly everything, but settles nothing. */
const PEOPLE = ['publiq@example.be', 'afrekening@example.be']
const FORBIDDEN = 403
/** A page for everybody that is not timed with releases: who signs in reads no cells. */
const SIGNED_IN_PATH = '/woordenboek'
const VISITS = 5
const VIEWPORT = { width: 1280, height: 900 }
const CHANGED_WITHIN_MS = 10_000
/** What issue and documents promise. */
const TARGETS = { server: 200, script: 80, paint: 1_500, change: 300 } as const

interface PageTimes {
  readonly path: string
  /** Milliseconds from the request to the last byte of the page, without a browser: the first visit, and the median of the others. */
  readonly first: number
  readonly later: number
  /** Kilobytes of script before anybody touched anything, as they were sent. */
  readonly script: number
  /** Milliseconds to the largest paint, and from another period to its figures; undefined where there is no other. */
  readonly paint: number
  readonly change: number | undefined
}

/** Undefined for a page that the account may not open. */
async function timesOf(context: BrowserContext, address: string, path: string): Promise<PageTimes | undefined> {
  const visits: number[] = []
  for (let visit = 0; visit <= VISITS; visit++) {
    const startedAt = performance.now()
    const reply = await context.request.get(`${address}${path}`)
    await reply.body()
    if (reply.status() === FORBIDDEN) return undefined
    if (!reply.ok()) throw new Error(`${path} answers ${reply.status()}`)
    visits.push(performance.now() - startedAt)
  }
  const [first = 0, ...others] = visits
  const page = await context.newPage()
  await page.goto(`${address}${path}`, { waitUntil: 'load' })
  // a choice that is made before is measured with the arrival of the scripts
  await page.locator('html[data-scripts=ready]').waitFor({ state: 'attached' })
  const script = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => entry instanceof PerformanceResourceTiming && new URL(entry.name).pathname.endsWith('.js'))
      .reduce((sum, entry) => sum + (entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0), 0),
  )
  const times = {
    path,
    first,
    later: medianOf(others),
    script: script / 1_000,
    paint: await paintOf(page),
    change: await changeOf(page),
  }
  await page.close()
  return times
}

async function paintOf(page: Page): Promise<number> {
  return await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        })
      }),
  )
}

/** From the choice of another period to the frame with the first new figure, as the page itself sees it. */
async function changeOf(page: Page): Promise<number | undefined> {
  if ((await page.locator('select[name=periode] option').count()) < 2) return undefined
  return await page.evaluate(
    (withinMs) =>
      new Promise<number | undefined>((resolve) => {
        const select = document.querySelector('select[name=periode]')
        const main = document.querySelector('main')
        if (!(select instanceof HTMLSelectElement) || !main) return resolve(undefined)
        const before = main.textContent
        const startedAt = performance.now()
        const watcher = new MutationObserver(() => {
          if (main.textContent === before) return
          watcher.disconnect()
          requestAnimationFrame(() => resolve(performance.now() - startedAt))
        })
        watcher.observe(main, { subtree: true, childList: true, characterData: true })
        setTimeout(() => resolve(undefined), withinMs)
        select.selectedIndex = select.selectedIndex === 0 ? 1 : 0
        select.dispatchEvent(new Event('change', { bubbles: true }))
        // Where a choice applies only when it is sent.
        const button = select.form?.querySelector('button[type=submit]')
        if (button instanceof HTMLElement && button.checkVisibility()) button.click()
      }),
    CHANGED_WITHIN_MS,
  )
}

async function signIn(browser: Browser, address: string, person: { email: string; password: string }): Promise<BrowserContext> {
  const { email, password } = person
  const context = await browser.newContext({ viewport: VIEWPORT, locale: 'nl-BE' })
  const page = await context.newPage()
  await page.goto(`${address}/aanmelden?naar=${SIGNED_IN_PATH}`)
  await page.fill('#email', email)
  await page.fill('#password', password)
  await page.click('button[value=sign-in]')
  await page.waitForURL(`${address}${SIGNED_IN_PATH}`)
  await page.close()
  return context
}

/** As the first of these people sees it who may open it. */
async function lineOfPage(people: readonly BrowserContext[], address: string, path: string): Promise<string> {
  for (const person of people) {
    const times = await timesOf(person, address, path)
    if (times) return lineOf(times)
  }
  return `${path.padEnd(16)}  none of them may open it`
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function lineOf({ path, first, later, script, paint, change }: PageTimes): string {
  const numbers = [first, later, script, paint, change].map((value) => (value === undefined ? '–' : value.toFixed(0)))
  return [path.padEnd(16), ...numbers.map((text) => text.padStart(9))].join('')
}

async function report([address = ADDRESS, password = PASSWORD, ...emails]: readonly string[]): Promise<string> {
  const chromium = findChromium()
  if (!chromium) throw new Error('There is no chromium on this machine: install it first.')
  const browser = await launchChromium(chromium)
  try {
    const people: BrowserContext[] = []
    for (const email of emails.length > 0 ? emails : PEOPLE) people.push(await signIn(browser, address, { email, password }))
    const lines: string[] = []
    for (const { path } of Object.values(PAGES)) lines.push(await lineOfPage(people, address, path))
    const { server, script, paint, change } = TARGETS
    const head = [
      'page'.padEnd(16),
      ...['first ms', 'later ms', 'script kB', 'paint ms', 'change ms'].map((text) => text.padStart(10).slice(-9)),
    ]
    const targets = ['target'.padEnd(16), ...[server, server, script, paint, change].map((text) => `<${text}`.padStart(9))]
    return [head.join(''), ...lines, targets.join('')].join('\n')
  } finally {
    await browser.close()
  }
}

try {
  process.stdout.write(`${await report(process.argv.slice(2))}\n`)
} catch (error) {
  const reason = error instanceof Error ? error.message.split('\n')[0] : error
  process.stderr.write(`No page was timed (${reason}). Run npm run demo beside it, and publish a period.\n`)
  process.exitCode = 1
}
