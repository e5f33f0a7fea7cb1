import type { Role } from '@zuil/core/contracts/roles'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FIGURE_PAGES, type FigurePageId } from '../../../src/lib/figure/figure-view.ts'
import { LANGUAGES } from '../../../src/lib/language.ts'
import { DrawingBoard } from '../../../src/server/charts/drawing-board.ts'
import { PictureShelf } from '../../../src/server/figures/drawings/picture-shelf.ts'
import { buildPage } from '../../../src/server/figures/page-builder.ts'
import { planningPage } from '../../../src/server/planning/planning-page.ts'
import { FigureReader } from '../../../src/server/scope/figure-reader.ts'
import { PlaceBook } from '../../../src/server/scope/place-book.ts'
import { Scope } from '../../../src/server/scope/scope.ts'
import { findsValue } from '../../finds-value.ts'
import { NOTHING_KEPT } from '../../no-figures.ts'
import { markOf, NOW, PLACE_TEXTS, PLACES, type PublishedFigures, publishedFigures } from '../../published-figures.ts'

const board = new DrawingBoard()
let world: PublishedFigures
beforeAll(async () => {
  world = await publishedFigures()
})
afterAll(async () => {
  board.close()
  await world?.[Symbol.asyncDispose]()
})

const MEMBERS = new Map(PLACES.regions.map((region) => [region.cardSystem, region.municipalities]))

function sourcesOfPages() {
  const places = new PlaceBook(
    async () => PLACES,
    () => NOW,
  )
  return {
    figures: new FigureReader(world.warehouse, () => NOW),
    places,
    pictures: new PictureShelf(board),
    titles: { titlesOf: async () => new Map() },
    ...NOTHING_KEPT,
  }
}

function pageFor(roles: readonly Role[], page: FigurePageId, state: { place: string; compareWith?: 'previous' | 'region' }) {
  const scope = Scope.of(roles, (cardSystem) => MEMBERS.get(cardSystem) ?? [])
  const whole = { language: 'nl', period: '2025', compareWith: 'previous', ...state } as const
  return buildPage({ page, state: whole, scope, search: '' }, sourcesOfPages())
}

test('estimates begin with what is published of the region, and with no number of a place that its reader does not read', async () => {
  const scope = Scope.of([{ role: 'region', cardSystem: 1 }], (cardSystem) => MEMBERS.get(cardSystem) ?? [])
  const state = { language: 'nl', place: 'region:1', period: '2025', compareWith: 'none' } as const
  const view = await planningPage({ state, scope, typed: new URLSearchParams() }, sourcesOfPages())
  const holders = view.sections.flatMap(({ fields }) => fields).find(({ name }) => name === 'pashouders')
  expect(holders).toMatchObject({ value: String(markOf('region:1')), note: 'gepubliceerd van uw regio' })
  const bytes = Buffer.from(JSON.stringify(view))
  expect(PLACE_TEXTS.filter((other) => !scope.mayRead(other) && findsValue(bytes, markOf(other)))).toEqual([])
})

describe('a page of figures', () => {
  test.each(FIGURE_PAGES)(
    '%s has no number of a place that its reader does not read, whatever it stands beside',
    async (page) => {
      const readers: readonly (readonly [Role, string])[] = [
        [{ role: 'municipality', nis: 44021 }, 'municipality:44021'],
        [{ role: 'organizer', organizer: 'bib-gent' }, 'organizer:bib-gent'],
        [{ role: 'region', cardSystem: 1 }, 'region:1'],
      ]
      for (const [role, place] of readers) {
        const scope = Scope.of([role], (cardSystem) => MEMBERS.get(cardSystem) ?? [])
        for (const compareWith of ['previous', 'region'] as const) {
          const bytes = Buffer.from(JSON.stringify(await pageFor([role], page, { place, compareWith })))
          const others = PLACE_TEXTS.filter((other) => !scope.mayRead(other))
          expect(others.filter((other) => findsValue(bytes, markOf(other)))).toEqual([])
        }
      }
    },
  )

  test('throws rather than shows a place outside of the scope', async () => {
    const reading = pageFor([{ role: 'municipality', nis: 44021 }], 'reach', { place: 'municipality:44043' })
    await expect(reading).rejects.toThrow('which its scope does not have')
  })

  test('says its first number in its sentence, and a gap as above, below or neither', async () => {
    const reach = await pageFor([{ role: 'publiq' }], 'reach', { place: 'municipality:44021' })
    expect(reach.keyNumbers.map(({ id, value }) => [id, value])).toContainEqual(['holders', '76.543.225'])
    // without the reach itself, which the page's own sentence would be about
    expect(reach.finding).toBe('Gent: pashouders 76.543.225.')
    const participation = await pageFor([{ role: 'publiq' }], 'participation', { place: 'municipality:44021' })
    expect(participation.finding).toBe('Gent: de deelname met kansentarief ligt 20 procentpunt onder die van andere pashouders.')
  })

  test('says why a key number is withheld, which is no number of anything, and that none can be shown', async () => {
    const { keyNumbers, finding } = await pageFor([{ role: 'publiq' }], 'participation', { place: 'municipality:44043' })
    const note = 'minder dan 10 personen, of om zo’n cijfer te beschermen'
    expect(keyNumbers.find(({ id }) => id === 'gap')).toMatchObject({ value: 'niet getoond', isWithheld: true, note })
    expect(finding).toBe(`Melle: voor 2025 kan geen kerncijfer worden getoond (${note}).`)
  })

  test('has the same numbers as the file that it links to', async () => {
    const { figures } = await pageFor([{ role: 'publiq' }], 'participation', { place: 'municipality:44021' })
    const figure = figures.find(({ id }) => id === 'participation-over-time')
    const csv = figure?.files.find(({ label }) => label === 'CSV')?.href ?? ''
    const reply = await world.server.inject({ url: csv, headers: { authorization: 'Bearer zuil_publiq' } })
    expect(reply.statusCode).toBe(200)
    const columns = reply.body.split('\r\n')[0]?.split(',') ?? []
    const values = reply.body.split('\r\n').map((line) => line.split(',')[columns.indexOf('value')])
    for (const cell of figure?.table.rows.flatMap((row) => row.cells.slice(1)) ?? [])
      expect(values).toContain(typeof cell === 'string' ? cell.replace(/[^\d,-].*/, '').replace(',', '.') : 'a number')
  })

  test('has a row for each group that its file has, also of those of whom it is not known', async () => {
    const { figures } = await pageFor([{ role: 'publiq' }], 'reach', { place: 'municipality:44021' })
    const figure = figures.find(({ id }) => id === 'holders-by-age')
    const reply = await world.server.inject({
      url: figure?.files.find(({ label }) => label === 'Arrow')?.href.replace('format=arrow', 'format=json') ?? '',
      headers: { authorization: 'Bearer zuil_publiq' },
    })
    const rows: readonly { readonly figure: string; readonly age: string }[] = reply.json().rows
    const ages = new Set(rows.filter((row) => row.figure === 'holders').map(({ age }) => `age ${age}`))
    expect(ages).toContain('age UNKNOWN')
    expect(figure?.table.rows.map(({ key }) => key)).toEqual([...ages])
    const withheld = { withheld: 'niet getoond, minder dan 10 personen' }
    expect(figure?.table.rows.at(-1)?.cells).toEqual(['Onbekend', withheld, withheld])
  })

  test('has in each row the cells of the figure that names it, in each column', async () => {
    const { figures } = await pageFor([{ role: 'publiq' }], 'participation', { place: 'municipality:44021' })
    const withheld = { withheld: 'niet getoond, minder dan 10 personen' }
    expect(figures.find(({ id }) => id === 'breadth')?.table.rows.map(({ cells }) => cells)).toEqual([
      ['In minstens twee sectoren', withheld, withheld],
      ['Verbreed sinds vorig jaar', withheld, withheld],
    ])
  })

  test('says in each language that nothing is published, and what to change', async () => {
    const notices = await Promise.all(
      LANGUAGES.map(async (language) => {
        const places = new PlaceBook(
          async () => PLACES,
          () => NOW,
        )
        const sources = {
          figures: new FigureReader(world.warehouse, () => NOW),
          places,
          pictures: new PictureShelf(board),
          titles: { titlesOf: async () => new Map() },
          ...NOTHING_KEPT,
        }
        const state = { language, place: 'all', period: '', compareWith: 'none' } as const
        return (await buildPage({ page: 'reach', state, scope: Scope.of([{ role: 'publiq' }], () => []), search: '' }, sources))
          .notice
      }),
    )
    expect(new Set(notices).size).toBe(LANGUAGES.length)
  })
})
