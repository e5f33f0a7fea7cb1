import type { Warehouse } from '@zuil/warehouse'
import { afterAll, expect, test } from 'vitest'
import { LANGUAGES } from '../../../src/lib/language.ts'
import { DrawingBoard } from '../../../src/server/charts/drawing-board.ts'
import { PictureShelf } from '../../../src/server/figures/drawings/picture-shelf.ts'
import { planningPage } from '../../../src/server/planning/planning-page.ts'
import { FigureReader } from '../../../src/server/scope/figure-reader.ts'
import { PlaceBook } from '../../../src/server/scope/place-book.ts'
import { Scope } from '../../../src/server/scope/scope.ts'
import { EMPTY_WAREHOUSE, NOTHING_KEPT } from '../../no-figures.ts'
import { NOW, PLACES } from '../../published-figures.ts'

const MEMBER = 'inwoners=20000&tegemoetkoming=3000&bereik=10&dekking=40&tickets=5&prijs=7,5'

const board = new DrawingBoard()
afterAll(() => board.close())

/** Open data of Genk, which is in no region of the reader. */
const OPEN_DATA: Pick<Warehouse, 'query'> = {
  async query<Row>(_sql: string, _parameters: unknown, origin: string): Promise<Row[]> {
    const persons = { 'reference inhabitants': 67_000, 'reference increased-reimbursement': 15_000 }[origin]
    const rows = persons === undefined ? [] : [{ place: 'municipality:71016', ageBand: '', persons, year: 2026 }]
    // `as` holds: what is asked for by these names has this shape
    return rows as Row[]
  },
}

function estimates(search: string, language: 'nl' | 'fr' | 'en' = 'nl', warehouse: Pick<Warehouse, 'query'> = EMPTY_WAREHOUSE) {
  const clock = () => NOW
  const sources = {
    figures: new FigureReader(warehouse, clock),
    places: new PlaceBook(async () => PLACES, clock),
    pictures: new PictureShelf(board),
    titles: { titlesOf: async () => new Map() },
    ...NOTHING_KEPT,
  }
  const scope = Scope.of([{ role: 'region', cardSystem: 1 }], () => [44_021, 44_043])
  const state = { language, place: 'region:1', period: '2025', compareWith: 'none' } as const
  return planningPage({ state, scope, typed: new URLSearchParams(search) }, sources)
}

const resultsOf = async (search: string, id: string) => {
  const { sections } = await estimates(search)
  return sections.find((section) => section.id === id)?.results.map(({ value, note }) => (note ? `${value}, ${note}` : value))
}

test('what a municipality that joins would pay follows from what was typed and the usual key', async () => {
  expect((await resultsOf(MEMBER, 'member'))?.map((text) => text.replaceAll(/\s/g, ' '))).toEqual([
    '€ 18.000, van € 13.500 tot € 22.500',
    '€ 18.000',
    '6.000',
    '1.200',
    '2.000',
  ])
})

test('devices and cards are reckoned with what was typed', async () => {
  expect(await resultsOf('piek=40', 'devices')).toEqual(['5', '1', '6'])
  expect(await resultsOf('voorraad=99&nieuw=470&pashouders=1000&levertijd=6', 'cards')).toEqual(['550, bestel nu', '10', '9'])
})

test.each([
  ['a number is missing', 'inwoners=20000', 'member'],
  ['a share is no number', `${MEMBER}&gemeente=veel`, 'member'],
  ['the shares are more than the price', `${MEMBER}&deelnemer=70&gemeente=40`, 'member'],
  ['a number is out of its bounds', 'piek=40&seconden=0', 'devices'],
  ['a number is below nothing', 'piek=-5', 'devices'],
])('nothing is reckoned where %s', async (_why, search, section) => {
  expect(await resultsOf(search, section)).toEqual([])
})

test('a field says where its number is from, and what is wrong with one that was typed', async () => {
  const { sections } = await estimates('piek=5e3&levertijd=6&gemeente=35')
  const fields = new Map(sections.flatMap((section) => section.fields.map((field) => [field.name, field])))
  expect(fields.get('piek')).toMatchObject({ value: '5e3', isWrong: true, note: expect.stringContaining('van 0 tot 5.000') })
  const notes = ['seconden', 'levertijd', 'gemeente', 'inwoners'].map((name) => fields.get(name)?.note)
  expect(notes).toEqual(['gebruikelijk', 'gebruikelijk', 'door u ingevuld', 'nog in te vullen'])
})

test('the inhabitants of a municipality that is chosen are filled in from open data, and change with it', async () => {
  const peopleOf = async (search: string) => {
    const { sections } = await estimates(search, 'nl', OPEN_DATA)
    return sections[0]?.fields.slice(0, 2).map(({ value, note }) => [value, note])
  }
  const open = [
    ['67000', 'open cijfers van de gemeente'],
    ['15000', 'open cijfers van de gemeente'],
  ]
  expect(await peopleOf('toetreder=municipality:71016')).toEqual(open)
  const typed = 'inwoners=100&tegemoetkoming=10'
  expect(await peopleOf(`toetreder=municipality:71016&toetreder-eerder=municipality:44021&${typed}`)).toEqual(open)
  expect((await peopleOf(`toetreder=municipality:71016&toetreder-eerder=municipality:71016&${typed}`))?.[0]).toEqual([
    '100',
    'door u ingevuld',
  ])
  expect((await peopleOf('toetreder=municipality:99999'))?.[0]).toEqual(['', 'nog in te vullen'])
})

test('every section has its formula and its assumptions in each language', async () => {
  for (const language of LANGUAGES) {
    const { sections } = await estimates('', language)
    expect(sections.map(({ assumptions }) => assumptions.length)).toEqual([4, 3, 3])
    expect(sections.filter(({ formula }) => !formula.includes('='))).toEqual([])
  }
})
