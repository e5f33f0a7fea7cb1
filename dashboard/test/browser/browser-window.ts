import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchChromium } from './chromium.ts'

const HEIGHT = 900
const WIDTH = 1280
/** Until the scripts of a page have taken it over, on a busy machine. */
const READY_WITHIN_MS = 30_000
/** Until a page that is on its way to somewhere can be left, on a busy machine. */
const LEAVE_WITHIN_MS = 15_000
/** Attempts without a pause interrupt one another. */
const LEAVE_PAUSE_MS = 200

export interface Look {
  readonly width?: number
  readonly height?: number
  /** `name=value` of who is signed in; nobody without. */
  readonly cookie?: string
  /** Holds the scripts of the page back until this resolves; what is awaited before is the text alone. */
  readonly scriptsFrom?: Promise<void>
}

export interface Visit {
  readonly page: Page
  /** What the browser said on this page, and errors of its scripts. */
  readonly complaints: readonly string[]
  readonly status: number | undefined
}

/**
 * A Chromium with one window, in which the cases of a file look at one page after the other: the first page of a new context costs five
 * times one that follows. A visit begins with the cookies, the room and the media of its own; what pages keep is in cookies only.
 */
export class BrowserWindow implements AsyncDisposable {
  readonly browser: Browser
  readonly page: Page
  readonly #context: BrowserContext
  #complaints: string[] = []

  private constructor(browser: Browser, page: Page) {
    this.browser = browser
    this.#context = page.context()
    this.page = page
    page.on('console', (message) => this.#complaints.push(message.text()))
    page.on('pageerror', (error) => this.#complaints.push(error.message))
  }

  static async open(executablePath: string): Promise<BrowserWindow> {
    const browser = await launchChromium(executablePath)
    return new BrowserWindow(browser, await browser.newPage({ locale: 'nl-BE' }))
  }

  async visit(address: string, { width = WIDTH, height = HEIGHT, cookie, scriptsFrom }: Look = {}): Promise<Visit> {
    await this.#leave()
    const complaints: string[] = []
    this.#complaints = complaints
    await this.#context.setOffline(false)
    await this.#context.clearCookies()
    await this.page.setViewportSize({ width, height })
    await this.page.emulateMedia({ media: 'screen', colorScheme: 'light', reducedMotion: 'no-preference' })
    if (cookie !== undefined) {
      const [name = '', value = ''] = cookie.split('=')
      await this.#context.addCookies([{ name, value, url: new URL(address).origin }])
    }
    await this.page.unrouteAll()
    if (scriptsFrom) await this.page.route('**/*.js', (route) => scriptsFrom.then(() => route.continue()))
    const response = await this.page.goto(address, { waitUntil: scriptsFrom ? 'domcontentloaded' : 'load' })
    if (!scriptsFrom) await this.page.locator('html[data-scripts=ready]').waitFor({ state: 'attached', timeout: READY_WITHIN_MS })
    return { page: this.page, complaints, status: response?.status() }
  }

  /** What the page before still has to say is not said of the next. Where it was on its way to somewhere, that interrupts leaving it. */
  async #leave(): Promise<void> {
    const until = Date.now() + LEAVE_WITHIN_MS
    for (;;) {
      try {
        await this.page.goto('about:blank')
        return
      } catch (error) {
        if (Date.now() > until) throw error
        await this.page.waitForTimeout(LEAVE_PAUSE_MS)
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close()
  }
}
