import { readFile } from 'node:fs/promises'
import type { Estimate } from '@zuil/warehouse'
import { afterAll, describe, expect, test } from 'vitest'
import { DrawingBoard } from '../../../src/server/charts/drawing-board.ts'
import { pictureOf } from '../../../src/server/figures/drawings/figure-picture.ts'
import { PAPER_COLOURS, pictureFile } from '../../../src/server/figures/drawings/picture-file.ts'
import { PictureShelf } from '../../../src/server/figures/drawings/picture-shelf.ts'
import { periodOfFiles } from '../../../src/server/figures/figure-links.ts'
import { tableOf } from '../../../src/server/figures/figure-table.ts'
import { CHARTS, type FigureDescription } from '../../../src/server/figures/page-description.ts'
import type { FigureId } from '../../../src/server/figures/pages/described-pages.ts'
import { squareAt } from '../boundaries/outlines.ts'
import { type Cells, handMade, value, WITHHELD, WRITING, writingWith } from './hand-made-figure.ts'

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
    const withheld = chart === 'heat' ? 'niet getoond' : 'niet getoond, minder dan 10 personen'
    if (chart !== 'strip') expect(texts).toContain(withheld)
  })
})

test('a map shows the outlines that there are behind its dots, hatches those of what is withheld, and has dots for the others', async () => {
  const outline = (x: number) => [[squareAt(x, 51).toReversed()]]
  const [description, cells] = FIGURES.map
  const drawn = async (...known: readonly number[]) => {
    const boundaries = new Map(known.map((nis) => [nis, outline(3.6 + (nis % 10) / 20)]))
    const writing = writingWith(boundaries)
    const { wide = '' } = (await pictureOf(handMade(description, cells), { writing, pictures, sentence: 'x' })) ?? {}
    // The background of a drawing has no line around it; what has no fill shows what is below.
    const paths = [...wide.matchAll(/<path [^>]*stroke="[^>]*>/g)].map(([path]) => path)
    const fillsOf = (form: RegExp) =>
      paths.filter((path) => form.test(path)).map((path) => / fill="([^"]*)"/.exec(path)?.[1] ?? 'none')
    return { dots: fillsOf(/ d="M[^"]*A/), outlines: fillsOf(/ d="M[^A"]*"/) }
  }
  const hatched = 'url(#withheld-municipalities-map-wide)'
  const [own, around, bar] = ['var(--chart-tone-1)', 'none', 'var(--chart-bar)']
  expect(await drawn()).toEqual({ dots: ['var(--chart-rest)', hatched, bar], outlines: [] })
  expect(await drawn(44021, 44043, 44088)).toEqual({ dots: [bar], outlines: [around, own, hatched] })
  expect(await drawn(44021)).toEqual({ dots: ['var(--chart-rest)', hatched, bar], outlines: [own] })
})

test('a figure says of which period its files are where it shows others, over time or beside it', () => {
  const data = handMade(...FIGURES.line)
  const [release] = data.releases
  const beside = { label: '2024', cells: data.cells }
  expect(periodOfFiles(data, WRITING)).toBe('')
  expect(periodOfFiles({ ...data, beside }, WRITING)).toBe('2025')
  expect(periodOfFiles({ ...data, releases: release ? [release, release] : [] }, WRITING)).toBe('2025')
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
    filesPeriod: '',
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

describe('a drawing can be read where its numbers are small, the same, or many', () => {
  const drawn = async (description: FigureDescription & { readonly id: FigureId }, cells: Cells) => {
    const { wide = '' } = (await pictureOf(handMade(description, cells), { writing: WRITING, pictures, sentence: 'x' })) ?? {}
    return { wide, texts: [...wide.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text) }
  }
  const [overTime] = FIGURES.line
  const twoLines = { ...overTime, measure: 'A3', figures: ['active-social-tariff', 'active-other'], columns: 'figure' } as const
  const small = (number: number): Estimate => ({ ...value(number), decimals: 1 })

  test('ticks between nothing and a fifth of a percent are all different', async () => {
    const { texts } = await drawn(overTime, { '2024': small(0.2), '2025': small(0.2) })
    const ticks = texts.filter((text) => /^0(,\d+)?$/.test(text ?? ''))
    expect(ticks.length).toBeGreaterThan(2)
    expect(new Set(ticks).size).toBe(ticks.length)
  })

  test('where two lines have the same number it stands there once', async () => {
    const both = (number: number) => ({ 'active-social-tariff': value(number), 'active-other': value(number) })
    const { texts } = await drawn(twoLines, { '2024': both(37), '2025': both(43) })
    expect(texts.filter((text) => text?.startsWith('37'))).toHaveLength(1)
  })

  test('numbers of a line leave the words of their unit to what stands above', async () => {
    const rate = { ...overTime, measure: 'B5', figures: ['participations-per-1000'] } as const
    const { texts } = await drawn(rate, { '2024': value(412), '2025': value(430) })
    expect(texts.filter((text) => text?.startsWith('4'))).toEqual(expect.arrayContaining(['412', '430']))
    expect(texts.filter((text) => text?.includes('per'))).toEqual([])
  })

  test('names of periods make room for a number below its point', async () => {
    const pair = (one: number, other: number) => ({ 'active-social-tariff': value(one), 'active-other': value(other) })
    const high = await drawn(twoLines, { '2024': pair(400, 300), '2025': pair(500, 400) })
    const low = await drawn(twoLines, { '2024': pair(15, 10), '2025': pair(500, 400) })
    const heightOf = (svg: string) => Number(/viewBox="0 0 [\d.]+ ([\d.]+)"/.exec(svg)?.[1])
    expect(heightOf(low.wide) - heightOf(high.wide)).toBe(16)
  })

  test('short names above a table of tones stand upright', async () => {
    const hours = { ...FIGURES.heat[0], measure: 'C7', figures: ['checkins'], rows: 'weekday', columns: 'hour' } as const
    const { wide } = await drawn(hours, { '1': { '9': value(12), '10': value(14) } })
    expect(wide).toContain('12')
    expect(wide).not.toContain('rotate(')
  })
})
