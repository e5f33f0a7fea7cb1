import { expect, test } from 'vitest'
import { contactSheet } from './contact-sheet.ts'
import { changesSince } from './golden-sheet.ts'
import { PIXEL_BYTES, type Picture, pictureOf, pngOf } from './png-file.ts'

const WHITE = 255

/** A page of a hundred by a hundred pixels, white but for some at its end. */
function page(coloured = 0, colour = 0, height = 100): Picture {
  const pixels = Buffer.alloc(100 * height * PIXEL_BYTES, WHITE)
  return { width: 100, height, pixels: pixels.fill(colour, pixels.length - coloured * PIXEL_BYTES) }
}

const since = (before: readonly Picture[], now: readonly Picture[]) => changesSince(pictureOf(pngOf(contactSheet(before))), now)
const seven = Array.from({ length: 7 }, () => page())

test('pages look the same when the edge of a letter is drawn otherwise, or many are a little', () => {
  expect(since(seven, seven)).toEqual([])
  expect(since(seven, seven.with(3, page(1)))).toEqual([])
  expect(since(seven, seven.with(3, page(10_000, WHITE - 4)))).toEqual([])
})

test('the page is named on which more than that is drawn otherwise, whatever the colour', () => {
  const named = ['page 4: 0.02% of its pixels have another colour']
  expect(since(seven, seven.with(3, page(2)))).toEqual(named)
  expect(since(seven, seven.with(3, page(2, WHITE - 5)))).toEqual(named)
  const blue = page()
  for (let at = 2; at < 2 * PIXEL_BYTES; at += PIXEL_BYTES) blue.pixels[at] = WHITE - 5
  expect(since(seven, seven.with(3, blue))).toEqual(named)
})

test('pages that came, went or have another size are counted', () => {
  const six = seven.slice(1)
  expect(since(seven, six)).toEqual(['there are 6 pages, and were 7'])
  expect(since(six, seven)).toEqual(['there are 7 pages, and were 6'])
  expect(since([page()], [page(), page()])).toEqual(['there are 2 pages, and were 1'])
  expect(since(seven, [page(0, 0, 99)])).toEqual(['pages are 100 × 99 pixels, and were of another size'])
  expect(since(seven, seven.with(3, page(0, 0, 99)))).toEqual(['page 4: 1.00% of its pixels have another colour'])
})

test('a sheet that another program packed is refused instead of read wrongly', () => {
  const png = pngOf(page())
  png[24] = 16
  expect(() => pictureOf(png)).toThrow('of a kind that pngOf does not write')
})
