import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '@zuil/core/contracts/roles'
import { openWarehouse, type RowValue, type Warehouse } from '@zuil/warehouse'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../../../src/lib/language.ts'
import { changePage } from '../../../src/server/change/change-page.ts'
import { DrawingBoard } from '../../../src/server/charts/drawing-board.ts'
import { PictureShelf } from '../../../src/server/figures/drawings/picture-shelf.ts'
import type { Annotation } from '../../../src/server/notebook/annotation.ts'
import { buildReport } from '../../../src/server/report/report-builder.ts'
import { FigureReader } from '../../../src/server/scope/figure-reader.ts'
import { PlaceBook } from '../../../src/server/scope/place-book.ts'
import { Scope } from '../../../src/server/scope/scope.ts'
import { findsValue } from '../../finds-value.ts'
import { NOTHING_KEPT } from '../../no-figures.ts'
import { NOW, PLACES, releaseRow, serve } from '../../published-figures.ts'

/** Melle joined in the third quarter of 2024; of the quarter a year before it nothing is published. */
const QUARTERS = ['2023-Q4', '2024-Q1', '2024-Q2', '2024-Q3', '2024-Q4', '2025-Q1', '2025-Q2', '2025-Q3']
/** Months without a cell: a report of one of them may tell of changes. */
const LONG_AFTER = '2026-01'
const PUBLISHED_LATE = '2024-01'
const MELLE = 'municipality:44043'
const GENT = 'municipality:44021'
/** A number of people that nothing else has, so that it betrays itself. */
const GENT_MARK = 7_654_320
const GENT_HOLDERS = 7_654_325

const board = new DrawingBoard()
const MEMBERS = new Map(PLACES.regions.map((region) => [region.cardSystem, region.municipalities]))
let folder: string
let warehouse: Warehouse
let api: FastifyInstance

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuil-change-'))
  warehouse = await openWarehouse({ kind: 'embedded', path: folder, memoryBytesMax: 1_000_000_000 })
  await warehouse.migrate()
  const cells = QUARTERS.flatMap((period, index) => [
    ...quarter(index + 1, period, {
      place: MELLE,
      participations: index < 4 ? 500 + 10 * index : 1_500 + 10 * index,
      holders: 1_000,
    }),
    ...quarter(index + 1, period, { place: GENT, participations: GENT_MARK, holders: GENT_HOLDERS }),
    ...quarter(index + 1, period, { place: 'all', participations: 90_000 + 100 * (index % 4), holders: 60_000 }),
  ])
  await warehouse.append('published_cells', cells)
  await warehouse.append('releases', [
    ...QUARTERS.map((period, index) => releaseRow(index + 1, { state: 'PUBLISHED', kind: 'QUARTER', period })),
    releaseRow(QUARTERS.length + 1, { state: 'PUBLISHED', kind: 'MONTH', period: LONG_AFTER }),
    releaseRow(QUARTERS.length + 2, { state: 'PUBLISHED', kind: 'MONTH', period: PUBLISHED_LATE }),
  ])
  api = await serve(warehouse)
})

afterAll(async () => {
  board.close()
  await api?.close()
  await warehouse?.close()
  await rm(folder, { recursive: true, force: true })
})

function quarter(
  release: number,
  period: string,
  { place, participations, holders }: { readonly place: string; readonly participations: number; readonly holders: number },
): readonly (readonly RowValue[])[] {
  const cell = (cube: string, column: string, value: number): readonly RowValue[] => [
    ...[release, cube, 'QUARTER', period, place],
    '',
    [],
    ...[column, value, 'ok'],
  ]
  return [cell('sectors', 'participations', participations), cell('holders', 'people', holders)]
}

const scopeOf = (roles: readonly Role[]) => Scope.of(roles, (cardSystem) => MEMBERS.get(cardSystem) ?? [])
const sourcesNow = (noted: readonly Annotation[] = []) => ({
  figures: new FigureReader(warehouse, () => NOW),
  places: new PlaceBook(
    async () => PLACES,
    () => NOW,
  ),
  pictures: new PictureShelf(board),
  titles: { titlesOf: async () => new Map() },
  ...NOTHING_KEPT,
  annotations: { of: async (places: readonly string[]) => noted.filter(({ place }) => places.includes(place)) },
})

interface Shown {
  readonly place?: string
  readonly language?: Language
}

function pageFor(roles: readonly Role[], search: string, { place = MELLE, language = 'nl' }: Shown = {}) {
  const requested = { state: { language, place }, scope: scopeOf(roles), search, places: [{ place, name: '' }] }
  return changePage(requested, sourcesNow(), NOW)
}

const campaign = (place: string, firstDay: string): Annotation => {
  return { id: `${place} ${firstDay}`, place, kind: 'campaign', firstDay, lastDay: firstDay, text: 'Actie', by: 'anna', at: 0 }
}

/** The chapter of a report, with its sheets. */
async function chapterFor(
  roles: readonly Role[],
  place: string,
  { period = '2025-Q3', noted = [] }: { readonly period?: string; readonly noted?: readonly Annotation[] } = {},
) {
  const requested = { scope: scopeOf(roles), place, period, language: 'nl', chapters: ['change'] } as const
  const report = (await buildReport(requested, sourcesNow(noted))) ?? expect.fail('There is no report')
  const [chapter = expect.fail('There is no chapter')] = report.document.chapters
  return { chapter, sheets: report.sheets }
}

const REGION = [{ role: 'region', cardSystem: 1 }] as const
const TOWN = [{ role: 'municipality', nis: 44043 }] as const
const JOINED = '?soort=toetreding&dag=2024-09-02'

test('offers the day on which a municipality joined, and shows nothing before a day is chosen', async () => {
  const view = await pageFor(TOWN, '')
  expect(view.moments.links).toEqual([
    {
      label: 'Melle trad toe op 2 september 2024',
      href: '/verandering?plaats=municipality:44043&soort=toetreding&dag=2024-09-02',
    },
  ])
  expect([view.figures, view.notice]).toEqual([[], 'Kies een dag: dan staan de cijfers van voor en na hier.'])
})

test('says what changed beside a place that did not change, with its bounds and with what is not published', async () => {
  const { figures, finding, beside } = await pageFor(TOWN, JOINED)
  expect(beside.options.map(({ value }) => value)).toEqual(['all', 'geen'])
  const [figure] = figures
  expect(finding).toBe(`Melle: ${figure?.title.replace('Het', 'het')}.`)
  expect(figure?.title).toBe(
    'Het aantal deelnames per 1.000 pashouders steeg met 1.040, van gemiddeld 510 naar 1.550 (dezelfde kwartalen van het jaar ervoor en erna); duidelijk meer dan in alle gemeenten samen',
  )
  expect(figure?.notes).toContain('Niet gepubliceerd: 3e kwartaal 2023.')
  expect(figure?.notes.find((note) => note.startsWith('Verschil over'))).toMatch(/^Verschil over 3 paren: \+1\.040; met/)
  expect(figure?.table.rows.map(({ cells }) => cells[1])).toEqual([
    ...['ervoor', 'ervoor', 'ervoor', 'ervoor'],
    'de verandering zelf',
    ...['erna', 'erna', 'erna', 'erna'],
  ])
})

test('nothing of a place that its reader does not read is on the page, whatever the address asks for', async () => {
  const view = await pageFor(TOWN, `${JOINED}&naast=${GENT}`)
  expect(view.beside.value).toBe('all')
  const bytes = Buffer.from(JSON.stringify(view))
  expect([GENT_MARK, GENT_HOLDERS].filter((mark) => findsValue(bytes, mark))).toEqual([])
  expect((await pageFor(REGION, `${JOINED}&naast=${GENT}`)).beside.value).toBe(GENT)
})

test('who joined around the same time cannot stand beside a change', async () => {
  const { beside } = await pageFor(REGION, JOINED, { place: GENT })
  expect(beside.options.map(({ value }) => value)).toEqual(['all', 'geen'])
})

test('a drawing, a table and a file have the same numbers', async () => {
  const { figures } = await pageFor(TOWN, JOINED)
  const [figure] = figures
  const csv = figure?.files.find(({ label }) => label === 'CSV')?.href ?? ''
  const reply = await api.inject({ url: csv, headers: { authorization: 'Bearer zuil_two' } })
  expect(reply.statusCode).toBe(200)
  const [head = '', ...lines] = reply.body.trimEnd().split('\r\n')
  const columns = head.split(',')
  const values = lines.map((line) => line.split(',')).filter((cells) => cells[columns.indexOf('place')] === MELLE)
  const numbers = figure?.table.rows.flatMap(({ cells }) => (typeof cells[2] === 'string' && cells[2] !== '–' ? [cells[2]] : []))
  const written = values.map((cells) => Number(cells[columns.indexOf('value')]))
  expect(numbers?.map((text) => Number(text.replace(' per\u00a01.000', '').replace('.', '').replace(',', '.')))).toEqual(written)
  expect(figure?.drawing?.wide).toContain('1.570,0')
})

test('the data API gives a change of a place only to who reads it, and says what it has', async () => {
  const url = `/api/v1/changes?kind=joined&day=2024-09-02&figure=change-participations&place=${GENT}&format=csv`
  const ask = async (address: string) =>
    (await api.inject({ url: address, headers: { authorization: 'Bearer zuil_two' } })).json()
  expect((await ask(url)).type).toMatch(/outside-scope$/)
  expect((await ask(`${url.replace(GENT, MELLE)}&beside=${GENT}`)).type).toMatch(/outside-scope$/)
  expect((await ask(url.replace(GENT, MELLE).replace('change-participations', 'nothing'))).allowed).toContain('change-newcomers')
  expect((await ask(url.replace(GENT, MELLE).replace('2024-09-02', '2012-01-01'))).type).toMatch(/period-not-published$/)
})

test('says so when the day is none, and when nothing is published around it, in each language', async () => {
  expect((await pageFor(TOWN, '?dag=2031-02-01')).day.note).toBe('Dat is geen dag tussen 2010 en vandaag.')
  const notices = await Promise.all(
    LANGUAGES.map(async (language) => (await pageFor(TOWN, '?dag=2013-02-01', { language })).notice),
  )
  expect(new Set(notices).size).toBe(LANGUAGES.length)
})

test('a change across the closed houses of 2020 and 2021 says so', async () => {
  const [during, after] = await Promise.all([pageFor(TOWN, '?dag=2020-09-07'), pageFor(TOWN, JOINED)])
  expect([during, after].map(({ caveats }) => caveats.list.some((text) => text.includes('maart 2020')))).toEqual([true, false])
})

test('is a chapter of the report with the figure of the page, the same for everybody who reads the place', async () => {
  const [own] = (await pageFor(TOWN, JOINED)).figures
  const { chapter, sheets } = await chapterFor(TOWN, MELLE)
  expect(await chapterFor(REGION, MELLE)).toEqual({ chapter, sheets })
  const [figure] = chapter.figures
  expect(figure?.title).toBe(`Melle: ${own?.title.replace('Het', 'het')}`)
  expect([figure?.table, figure?.notes]).toEqual([own?.table, own?.notes])
  expect(figure?.id).toBe('change1-participations')
  expect(sheets[0]?.rows.slice(4, 6)).toEqual([
    ['3e kwartaal 2024', 530, 1_505],
    ['4e kwartaal 2024', 1_540, 1_500],
  ])
  expect(chapter.sentences[1]).toMatch(/^Melle trad toe op 2 september 2024\. Voor de toetreding /)
})

test('in the report of a region a change stands beside its other municipalities, and none is told of without figures', async () => {
  const { chapter } = await chapterFor(REGION, 'region:1')
  expect(chapter.figures.map(({ title }) => title)).toEqual([
    expect.stringMatching(/^Melle: het aantal deelnames .*; duidelijk meer dan in Gent$/),
  ])
  const ofGent = await chapterFor(REGION, 'region:1', { noted: [campaign(GENT, '2024-09-01')] })
  const [, gent] = ofGent.chapter.figures
  // Melle joined meanwhile
  expect(gent?.title).toMatch(/^Gent: het aantal deelnames .* alle gemeenten samen$/)
  const none = await chapterFor(REGION, GENT)
  expect([none.chapter.figures, none.chapter.sentences.length]).toEqual([[], 1])
})

test('a report tells of changes in its period or shortly before it, of no more than three, and of nothing later', async () => {
  const days = ['2024-07-01', '2024-08-01', '2024-09-01', '2024-10-01']
  const noted = days.map((day) => campaign(MELLE, day))
  const toldIn = async (period: string) => {
    const { chapter } = await chapterFor(TOWN, MELLE, { noted, period })
    expect(new Set(chapter.figures.map(({ id }) => id)).size).toBe(chapter.figures.length)
    return chapter.sentences.filter((sentence) => sentence.startsWith('Melle')).map((said) => /\d+ \w+ 2024/.exec(said)?.[0])
  }
  expect(await toldIn('2025-Q3')).toEqual(['1 oktober 2024', '2 september 2024', '1 september 2024'])
  expect([await toldIn(LONG_AFTER), await toldIn(PUBLISHED_LATE)]).toEqual([[], []])
  const earlier = await chapterFor(TOWN, MELLE, { period: '2025-Q2' })
  expect(earlier.chapter.figures[0]?.notes).toContain('Niet gepubliceerd: 3e kwartaal 2023 en 3e kwartaal 2025.')
})
