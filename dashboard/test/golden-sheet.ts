import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { cellOf, contactSheet, drawPages, pagesOn } from './contact-sheet.ts'
import { PIXEL_BYTES, type Picture, pictureOf, pngOf } from './png-file.ts'

/**
 * Of the 255 of a colour. One build of PDFium draws the same to the byte, and package.json names the one; two builds (of 2.1.5 and 2.1.13)
 * smoothed the edges of the letters and lines of these papers with differences of at most 2.
 */
const STEP_MAX = 4
/** Of the pixels of a page: seven of A4, an edge that a build smooths by more. The smallest square of a legend has sixteen. */
const SHARE_MAX = 0.0001

/**
 * What is seen on the pages of a PDF that is not on the contact sheet beside the test; nothing when they look the same. Follows vitest:
 * `-u` renews the sheet, a sheet that is not there is made, and with `CI=true` neither.
 */
export async function seenOtherwise(pdf: Uint8Array, name: string): Promise<readonly string[]> {
  const { snapshotState, testPath } = expect.getState()
  if (!testPath) throw new RangeError(`${name} is compared beside the file of a test: call this inside of a test`)
  const golden = join(dirname(testPath), name)
  const isThere = existsSync(golden)
  const pages = await drawPages(pdf)
  const changes = isThere ? changesSince(pictureOf(readFileSync(golden)), pages) : [`${name} is not there`]
  if (changes.length === 0) return []
  const png = pngOf(contactSheet(pages))
  const renewal = snapshotState.snapshotUpdateState
  if (renewal === 'all' || (renewal === 'new' && !isThere)) {
    writeFileSync(golden, png)
    return []
  }
  const shown = join(mkdtempSync(join(tmpdir(), 'zuil-sheet-')), name)
  writeFileSync(shown, png)
  return [...changes, `the pages as they are now: ${shown}; when they are right, run this test with -u`]
}

/** What differs between pages and the sheet of an earlier time, in words. */
export function changesSince(sheet: Picture, pages: readonly Picture[]): readonly string[] {
  const cell = cellOf(pages)
  const before = pagesOn(sheet, cell)
  if (!before) return [`pages are ${cell.width} × ${cell.height} pixels, and were of another size`]
  const now = pagesOn(contactSheet(pages), cell) ?? []
  const count = before.length === now.length ? [] : [`there are ${now.length} pages, and were ${before.length}`]
  const changed = now.slice(0, before.length).flatMap((page, index) => {
    const share = shareChanged(page, before[index] ?? page)
    return share > SHARE_MAX ? [`page ${index + 1}: ${(share * 100).toFixed(2)}% of its pixels have another colour`] : []
  })
  return [...count, ...changed]
}

function shareChanged(page: Picture, before: Picture): number {
  if (page.pixels.equals(before.pixels)) return 0
  let changed = 0
  for (let at = 0; at < page.pixels.length; at += PIXEL_BYTES) {
    const steps = [0, 1, 2].map((colour) => Math.abs((page.pixels[at + colour] ?? 0) - (before.pixels[at + colour] ?? 0)))
    if (Math.max(...steps) > STEP_MAX) changed += 1
  }
  return changed / (page.width * page.height)
}
