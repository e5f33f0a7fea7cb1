/**
 * Makes the picture of the README from a dashboard that runs, best with `npm run demo` for some minutes: the page "Nu", light.
 *
 * Usage: npm run picture [-- <address> [<file.png>]]
 */
import { join } from 'node:path'
import { findChromium, launchChromium } from './chromium.ts'

const ADDRESS = 'http://127.0.0.1:8080'
const FILE = join(import.meta.dirname, '../../../docs/demo.png')
/** What fits a column of text beside nothing else. */
const VIEWPORT = { width: 1280, height: 900 }
/** Also on a busy machine, where figures come late. */
const READY_WITHIN_MS = 45_000

async function picture(address = ADDRESS, file = FILE): Promise<string> {
  const chromium = findChromium()
  if (!chromium) throw new Error('There is no chromium on this machine: install it first.')
  const browser = await launchChromium(chromium)
  try {
    const page = await browser.newPage({ locale: 'nl-BE', viewport: VIEWPORT, colorScheme: 'light', reducedMotion: 'reduce' })
    await page.goto(address, { timeout: READY_WITHIN_MS })
    await page.locator('[data-state=live]').first().waitFor({ state: 'attached', timeout: READY_WITHIN_MS })
    await page.locator('figure svg[role=img]:visible').first().waitFor({ timeout: READY_WITHIN_MS })
    await page.screenshot({ path: file, animations: 'disabled' })
    return file
  } finally {
    await browser.close()
  }
}

try {
  const [address, file] = process.argv.slice(2)
  process.stdout.write(`${await picture(address, file)}\n`)
} catch (error) {
  process.stderr.write(
    `No picture was made (${error instanceof Error ? error.message.split('\n')[0] : error}). Run npm run demo beside it.\n`,
  )
  process.exitCode = 1
}
