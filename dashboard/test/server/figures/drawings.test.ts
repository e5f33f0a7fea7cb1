import { readFile } from 'node:fs/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { DrawingBoard } from '../../../src/server/drawing-board.ts'
import { pictureOf } from '../../../src/server/figures/drawings/figure-picture.ts'
import { PAPER_COLOURS, pictureFile } from '../../../src/server/figures/drawings/picture-file.ts'
import { PictureShelf } from '../../../src/server/figures/drawings/picture-shelf.ts'
import { tableOf } from '../../../src/server/figures/figure-table.ts'
import { CHARTS, type FigureDescription } from '../../../src/server/figures/page-description.ts'
import type { FigureId } from '../../../src/server/figures/pages/described-pages.ts'
import { type Cells, handMade, value, WITHHELD, WRITING } from './hand-made-figure.ts'

const board = new DrawingBoard()
const pictures = new PictureShelf(board)
afterAll(() => board.close())

/** One figure of each kind, with a value of its own in each cell and one cell that is withheld. */
const FIGURES: Readonly<Record<(typeof CHARTS)[number], readonly [FigureDescription & { readonly id: FigureId }, Cells]>> = {
  bars: [
    { id: 'reach-by-age', measure: 'A1', figures: ['reach'], rows: 'age', chart: 'bars', finding: 'extremes' },
    { '0-5': value(12), '6-11': WITHHELD, '65+': value(34) },
  ],
  dots: [
    { id: 'choice', measure: 'A7', figures: ['share'], rows: 'sector', columns: 'tariff', chart: 'dots', finding: 'apart' },
    { SPORT: { KT: value(41), OTHER: value(53) }, YOUTH: { KT: WITHHELD, OTHER: value(27) } },
  ],
  stack: [
    {
      id: 'frequency',
      measure: 'A5',
      figures: ['share'],
      rows: 'tariff',
      columns: 'frequency',
      chart: 'stack',
      finding: 'largest',
    },
    { KT: { '1': value(45), '2-3': value(35), '4-6': WITHHELD }, OTHER: { '1': value(52), '2-3': value(28), '4-6': value(20) } },
  ],
  line: [
    { id: 'reach-over-time', measure: 'A1', figures: ['reach'], rows: 'period', chart: 'line', finding: 'trend' },
    { '2023': value(11), '2024': WITHHELD, '2025': value(14) },
  ],
  heat: [
    {
      id: 'origin-destination',
      measure: 'B2',
      figures: ['participations'],
      rows: 'place',
      columns: 'destination',
      chart: 'heat',
      finding: 'most',
    },
    {
      'municipality:44021': { '44021': value(900), '44043': WITHHELD },
      'municipality:44043': { '44021': value(120), '44043': value(450) },
    },
  ],
  map: [
    { id: 'municipalities-map', measure: 'B1', figures: ['reach'], rows: 'place', chart: 'map', finding: 'extremes' },
    { 'municipality:44021': value(23), 'municipality:44043': WITHHELD },
  ],
  strip: [
    { id: 'peers', measure: 'C12', figures: ['social-tariff', 'new'], rows: 'figure', chart: 'strip', finding: 'middle' },
    { 'social-tariff': value(37), new: value(19) },
  ],
}
const PEERS = new Map(
  ['social-tariff', 'new'].map((figure) => [figure, { figure, organizers: 9, lower: 12, median: 18, upper: 26 }] as const),
)

describe.each(CHARTS)('a drawing of kind %s', (chart) => {
  const [description, cells] = FIGURES[chart]
  const data = { ...handMade(description, cells), ...(chart === 'strip' && { peers: PEERS }) }
  const picture = () => pictureOf(data, { writing: WRITING, pictures, sentence: 'Wat er te zien is.' })

  test('is one image with one sentence, in two widths, without a word of script or style', async () => {
    const drawn = await picture()
    for (const svg of [drawn?.narrow, drawn?.wide]) {
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" role="img" aria-label="Wat er te zien is." viewBox=/)
      expect(svg).not.toMatch(/ style="|<script|<foreignObject|aria-roledescription|NaN|undefined/)
    }
  })

  test('shows what is withheld as hatched, with a pattern of its own', async () => {
    if (chart === 'strip') return
    const drawn = await picture()
    expect(drawn?.wide).toContain(`<pattern id="withheld-${description.id}-wide"`)
    expect(drawn?.wide.match(new RegExp(`url\\(#withheld-${description.id}-wide\\)`, 'g'))?.length).toBeGreaterThanOrEqual(1)
    expect(drawn?.wide).toContain('niet getoond, minder dan 10 personen')
    expect(drawn?.narrow).not.toContain('-wide)')
  })

  test('prints the numbers of the table and no others, and the table says in words what is withheld', async () => {
    const table = tableOf(data, { writing: WRITING, caption: 'Tabel' })
    const texts = table.rows.flatMap((row) => row.cells.slice(1)).map((cell) => (typeof cell === 'string' ? cell : cell.withheld))
    const said = new Set(texts.flatMap((text) => text.match(/\d+(?:[.,]\d+)*%?/g) ?? []))
    const drawn = (await picture())?.wide ?? ''
    const printed = [...drawn.matchAll(/<text[^>]*font-weight="(?:600|bold)"[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text)
    expect(printed.filter((text) => text !== '<10' && text !== '&lt;10').filter((text) => !said.has(text))).toEqual([])
    if (chart !== 'strip') expect(texts).toContain('niet getoond, minder dan 10 personen')
  })
})

test('a line breaks where a period is withheld, instead of telling what lies between', async () => {
  const periods = { '2021': value(10), '2022': value(11), '2023': WITHHELD, '2024': value(12), '2025': value(14) }
  const drawn = await pictureOf(handMade(FIGURES.line[0], periods), { writing: WRITING, pictures, sentence: 'Zin.' })
  const [line = ''] = drawn?.wide.match(/<path d="[^"]*" stroke="[^"]*" stroke-width="2.5"/) ?? []
  expect(line.match(/M/g)).toHaveLength(2)
})

test('the file of a drawing stands by itself: title, measure and source are in it, and every colour has a value', async () => {
  const [description, cells] = FIGURES.bars
  const drawing = await pictureOf(handMade(description, cells), { writing: WRITING, pictures, sentence: 'Zin.' })
  const figure = {
    id: 'reach-by-age',
    title: 'Het bereik <hoog>',
    measure: 'Bereik. Gent, 2025',
    notes: ['Eén cijfer is niet getoond.'],
    ...(drawing && { drawing }),
    table: { caption: '', columns: [], rows: [] },
    isBroad: false,
    annotations: [{ letter: 'A', text: 'Gent: campagne' }],
    source: 'Bron: UiTPAS, uitgave 7.',
    explained: [],
    definition: { label: '', href: '' },
    files: [],
    picture: '',
  }
  const file = pictureFile(figure)
  expect(file).not.toContain('var(')
  for (const text of [
    'Het bereik &lt;hoog>',
    'Bereik. Gent, 2025',
    'Eén cijfer is niet getoond.',
    'A Gent: campagne',
    'Bron: UiTPAS, uitgave 7.',
  ])
    expect(file).toContain(`>${text}</text>`)
})

test('a drawing on paper has the colours that the pages have in print', async () => {
  const css = await readFile(new URL('../../../src/lib/tokens.css', import.meta.url), 'utf8')
  const print = css.slice(css.indexOf('@media print'))
  const colours = Object.fromEntries(
    [...print.matchAll(/(--[\w-]+): (#[0-9a-f]+);/g)].map(([, name = '', colour]) => [name, colour]),
  )
  expect(Object.keys(PAPER_COLOURS).map((name) => [name, colours[name]])).toEqual(Object.entries(PAPER_COLOURS))
})

test('the same figure is drawn once, and another sentence or width is another drawing', async () => {
  let drawn = 0
  const kept = new PictureShelf({
    draw: (drawing) => {
      drawn++
      return board.draw(drawing)
    },
  })
  const [description, cells] = FIGURES.bars
  const picture = (sentence: string) => pictureOf(handMade(description, cells), { writing: WRITING, pictures: kept, sentence })
  const first = await picture('Zin.')
  expect(await picture('Zin.')).toEqual(first)
  expect(drawn).toBe(2)
  expect((await picture('Anders.'))?.wide).toContain('aria-label="Anders."')
  expect(drawn).toBe(4)
})
