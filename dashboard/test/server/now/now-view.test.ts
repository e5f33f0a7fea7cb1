import { afterAll, expect, test } from 'vitest'
import { formatOf } from '../../../src/lib/format.ts'
import { LANGUAGES } from '../../../src/lib/language.ts'
import { CHART_IDS, type ChartView, type NowView } from '../../../src/lib/now-view.ts'
import { ChartRenderer } from '../../../src/server/charts/chart-renderer.ts'
import type { NowFigures } from '../../../src/server/now/now-source.ts'
import { buildNowView } from '../../../src/server/now/now-view.ts'
import { AFTERNOON, busyFigures, emptyFigures } from '../../fake-source.ts'

const charts = new ChartRenderer()
afterAll(() => charts.close())

function viewOf(figures: NowFigures, language: 'nl' | 'fr' | 'en' = 'nl'): Promise<NowView> {
  const latest = { figures, status: { completeUntil: AFTERNOON - 700, waiting: 3 } }
  return buildNowView({ sequence: 1, at: AFTERNOON, latest, failingSince: undefined }, language, charts)
}

function chartOf(view: NowView, id: ChartView['id']): ChartView {
  const chart = view.charts.find((candidate) => candidate.id === id)
  if (!chart) throw new Error(`No chart ${id}`)
  return chart
}

const textsIn = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)

/** Lengths of the bars in a drawing: `h` of their paths for bars to the right, `v` for columns. */
function barLengths(svg: string, direction: 'h' | 'v'): number[] {
  const paths = [...svg.matchAll(/<path d="M[\d.]+,[\d.]+h([\d.]+)v([\d.]+)h-[\d.]+Z" fill="var\(--chart/g)]
  return paths.map(([, width, height]) => Number(direction === 'h' ? width : height))
}

test.each(LANGUAGES)('in %s every bar is as long, and every number is the same, as in the table beside it', async (language) => {
  const view = await viewOf(busyFigures(AFTERNOON), language)
  for (const id of ['channels', 'refusals', 'venues'] as const) {
    const { svg, table } = chartOf(view, id)
    for (const drawing of [svg.narrow, ...(svg.wide ? [svg.wide] : [])]) {
      expect(textsIn(drawing).toSorted()).toEqual(table.rows.flatMap(({ cells }) => cells.slice(0, 2)).toSorted())
    }
    const values = table.rows.map(({ cells }) => Number(String(cells[1]).replaceAll(/\D/g, '')))
    const longest = Math.max(...values)
    expect(barLengths(svg.narrow, 'h').map(Math.round)).toEqual(values.map((value) => Math.round((value / longest) * 336)))
  }
})

test('the columns of the last hour are as high as its table says', async () => {
  const { svg, table } = chartOf(await viewOf(busyFigures(AFTERNOON)), 'minutes')
  const values = table.rows.map(({ cells }) => Number(cells[1]))
  for (const drawing of [svg.narrow, svg.wide ?? '']) {
    const heights = barLengths(drawing, 'v')
    expect(heights).toHaveLength(60)
    expect(heights.map(Math.round)).toEqual(values.map((value) => Math.round((value / 100) * 208)))
  }
})

test('the running minute is drawn and written as provisional', async () => {
  const { svg, table } = chartOf(await viewOf(busyFigures(AFTERNOON)), 'minutes')
  expect(table.rows.at(-1)?.cells[2]).toBe('voorlopig')
  expect(table.rows.filter(({ cells }) => cells[2] === 'voorlopig')).toHaveLength(1)
  expect(svg.narrow.match(/var\(--chart-provisional\)/g)).toHaveLength(1)
})

test('a thousand in the scale of a chart is written as in the tables', async () => {
  const figures = busyFigures(AFTERNOON)
  const minutes = figures.minutes.map((row) => ({ ...row, checkins: row.checkins * 100 }))
  for (const language of LANGUAGES) {
    const view = await viewOf({ ...figures, minutes }, language)
    expect(textsIn(chartOf(view, 'minutes').svg.narrow)).toContain(formatOf(language).count(2000))
  }
})

test('the rows of every ranking add up to the total of the day', async () => {
  const figures = busyFigures(AFTERNOON)
  const view = await viewOf(figures)
  const sums = ['channels', 'venues', 'refusals'].map((id) =>
    chartOf(view, id as ChartView['id']).table.rows.reduce(
      (sum, { cells }) => sum + Number(String(cells[1]).replaceAll('.', '')),
      0,
    ),
  )
  expect(sums).toEqual([figures.totals.checkins, figures.totals.checkins, figures.totals.refusals])
  expect(view.keyFigures.map(({ value }) => value)).toEqual(['19.939', '66', '19.022', '382'])
})

test('fifteen municipalities have a name and the others are one row', async () => {
  const { table } = chartOf(await viewOf(busyFigures(AFTERNOON)), 'venues')
  expect(table.rows).toHaveLength(16)
  expect(table.rows.at(-1)?.cells).toEqual(['Andere gemeenten (4)', '551', '2,8%'])
})

test('every drawing is one image with one sentence and nothing inside that is read aloud', async () => {
  const view = await viewOf(busyFigures(AFTERNOON))
  expect(view.charts.map(({ id }) => id)).toEqual([...CHART_IDS])
  for (const { svg, title, measure } of view.charts) {
    for (const drawing of [svg.narrow, ...(svg.wide ? [svg.wide] : [])]) {
      const sentence = `${measure}. ${title}.`
      expect(drawing).toContain(`role="img" aria-label="${sentence}"`)
      expect(drawing.match(/ (?:role|aria-[a-z]+)=/g)).toHaveLength(2)
      expect(drawing).not.toMatch(/style=|<script|href=|NaN|undefined/)
    }
  }
})

test('names from the registry cannot break out of a drawing', async () => {
  const hostile = '<img src=x onerror="a()">&$& $1'
  const figures = { ...busyFigures(AFTERNOON), venues: [{ nis: 1, name: hostile, checkins: 9 }] }
  const { svg } = chartOf(await viewOf(figures), 'venues')
  expect(svg.narrow).not.toContain('<img')
  expect(svg.narrow).toContain(
    'aria-label="Aantal check-ins naar gemeente van de activiteit, vandaag. &lt;img src=x onerror=&quot;a()&quot;>&amp;$&amp; $1 telt',
  )
})

test('codes without words are shown as what they are', async () => {
  const figures = {
    ...busyFigures(AFTERNOON),
    refusals: [
      { reason: 'brand-new-reason', refusals: 2 },
      { reason: 'body/invalid-data', refusals: 1 },
    ],
    channels: [{ channel: 'PIGEON', checkins: 1 }],
    venues: [{ nis: 99_999, name: '', checkins: 1 }],
  }
  const view = await viewOf(figures)
  const firsts = view.charts.slice(1).map(({ table }) => table.rows.map(({ cells }) => cells[0]))
  expect(firsts).toEqual([
    ['Ander kanaal (PIGEON)'],
    ['Andere reden (brand-new-reason)', 'Onvolledige of foute gegevens'],
    ['NIS-code 99999'],
  ])
})

test('a day without check-ins says so, without a number that is not one', async () => {
  const view = await viewOf(emptyFigures(AFTERNOON))
  expect(view.finding).toBe('Vandaag zijn er nog geen check-ins.')
  expect(view.charts.map(({ title }) => title)).toEqual([
    'Geen check-ins in het laatste uur',
    'Nog geen check-ins vandaag',
    'Nog niets geweigerd vandaag',
    'Nog geen check-ins vandaag',
  ])
  expect(JSON.stringify(view)).not.toMatch(/NaN|undefined|Infinity/)
})

test('without figures there is a view all the same, with the state and nothing else', async () => {
  const view = await buildNowView({ sequence: 1, at: AFTERNOON, latest: undefined, failingSince: AFTERNOON }, 'nl', charts)
  expect([view.freshness.state, view.charts, view.keyFigures]).toEqual(['unavailable', [], []])
})

test('drawings of two languages at the same time do not mix', async () => {
  const [dutch, french] = await Promise.all([viewOf(busyFigures(AFTERNOON), 'nl'), viewOf(busyFigures(AFTERNOON), 'fr')])
  expect(textsIn(chartOf(dutch, 'channels').svg.narrow)).toContain('Balie')
  expect(textsIn(chartOf(french, 'channels').svg.narrow)).toContain('Guichet')
})
