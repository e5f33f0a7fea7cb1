import { PDFiumLibrary } from '@hyzyla/pdfium'
import { PIXEL_BYTES, type Picture } from './png-file.ts'

/** Of the size in print at 72 points an inch: a page of A4 is 238 pixels wide, and each line of a table a line of its own. */
const SCALE = 0.4
const COLUMNS_MAX = 5
const GAP = 8
/** What lies under the pages: a grey that no paper has in its corner. */
const UNDERLAY = 0x99

interface Cell {
  readonly width: number
  readonly height: number
}

/** Each page of a PDF as a small picture, as PDFium draws it: the engine of Chromium, here compiled to WebAssembly. */
export async function drawPages(pdf: Uint8Array): Promise<readonly Picture[]> {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(pdf)
  try {
    const pages: Picture[] = []
    for (const page of document.pages()) {
      const { width, height, data } = await page.render({ scale: SCALE, render: 'bitmap' })
      pages.push({ width, height, pixels: withoutAlpha(data) })
    }
    return pages
  } finally {
    document.destroy()
    library.destroy()
  }
}

/** Of the four bytes of a pixel the last says how opaque it is: pages are, everywhere. */
function withoutAlpha(rgba: Uint8Array): Buffer {
  const pixels = Buffer.alloc((rgba.length / 4) * PIXEL_BYTES)
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += PIXEL_BYTES)
    pixels.set(rgba.subarray(from, from + PIXEL_BYTES), to)
  return pixels
}

/** As large as the largest page. */
export function cellOf(pages: readonly Picture[]): Cell {
  return { width: Math.max(...pages.map(({ width }) => width)), height: Math.max(...pages.map(({ height }) => height)) }
}

/** All pages side by side, in rows. */
export function contactSheet(pages: readonly Picture[]): Picture {
  const cell = cellOf(pages)
  const columns = Math.min(COLUMNS_MAX, pages.length)
  const width = columns * (cell.width + GAP) + GAP
  const height = Math.ceil(pages.length / columns) * (cell.height + GAP) + GAP
  const pixels = Buffer.alloc(width * height * PIXEL_BYTES, UNDERLAY)
  const sheet = { width, height, pixels }
  for (const [index, page] of pages.entries()) {
    const from = cornerOf(index, columns, cell)
    for (let row = 0; row < page.height; row += 1) {
      const source = row * page.width * PIXEL_BYTES
      page.pixels.copy(pixels, offsetOf(sheet, { ...from, top: from.top + row }), source, source + page.width * PIXEL_BYTES)
    }
  }
  return sheet
}

/** The pages of a sheet, each as large as a cell; nothing when it was made of cells of another size. */
export function pagesOn(sheet: Picture, cell: Cell): readonly Picture[] | undefined {
  const columns = (sheet.width - GAP) / (cell.width + GAP)
  const rows = (sheet.height - GAP) / (cell.height + GAP)
  if (!Number.isInteger(columns) || !Number.isInteger(rows)) return undefined
  const cells = Array.from({ length: columns * rows }, (_, index) => cutOut(sheet, cornerOf(index, columns, cell), cell))
  return cells.slice(0, cells.findLastIndex(({ pixels }) => pixels[0] !== UNDERLAY) + 1)
}

interface Corner {
  readonly left: number
  readonly top: number
}

function cornerOf(index: number, columns: number, cell: Cell): Corner {
  const [column, row] = [index % columns, Math.floor(index / columns)]
  return { left: GAP + column * (cell.width + GAP), top: GAP + row * (cell.height + GAP) }
}

const offsetOf = ({ width }: Picture, { left, top }: Corner) => (top * width + left) * PIXEL_BYTES

function cutOut(sheet: Picture, { left, top }: Corner, cell: Cell): Picture {
  const lines = Array.from({ length: cell.height }, (_, row) => {
    const from = offsetOf(sheet, { left, top: top + row })
    return sheet.pixels.subarray(from, from + cell.width * PIXEL_BYTES)
  })
  return { ...cell, pixels: Buffer.concat(lines) }
}
