import { inflateRawSync } from 'node:zlib'
import { CUBES, placesNow } from '@zuil/warehouse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LANGUAGES } from '../../../src/lib/language.ts'
import type { ReportDocument } from '../../../src/lib/report/report-view.ts'
import { DrawingBoard } from '../../../src/server/charts/drawing-board.ts'
import { PictureShelf } from '../../../src/server/figures/drawings/picture-shelf.ts'
import type { Annotation } from '../../../src/server/notebook/annotation.ts'
import type { Target } from '../../../src/server/notebook/targets.ts'
import { PaperPress } from '../../../src/server/paper/paper-press.ts'
import { ReportDesk } from '../../../src/server/report/report-desk.ts'
import { REPORT_ANNOTATIONS_MAX } from '../../../src/server/report/report-kept.ts'
import { reportWorkbook } from '../../../src/server/report/report-workbook.ts'
import { FigureReader } from '../../../src/server/scope/figure-reader.ts'
import { PlaceBook } from '../../../src/server/scope/place-book.ts'
import { Scope } from '../../../src/server/scope/scope.ts'
import { seenOtherwise } from '../../golden-sheet.ts'
import { NOTHING_KEPT } from '../../no-figures.ts'
import { type ReadPdf, readPdf } from '../../pdf-reader.ts'
import { type PublishedYear, publishedYear } from '../../published-year.ts'
import { MemoryReportShelf } from '../../report-shelf.ts'
import { zipEntries } from '../formats/zip.ts'

const REGION = { place: 'region:1', period: '2025', language: 'nl' } as const
const CHAPTERS = ['summary', 'reach', 'gap', 'costs', 'agreements', 'annotations', 'withheld'] as const
const TYPED = '#pagebreak() *vet* $x$ <label> @wie'
const noted = (place: string, firstDay: string, text: string, lastDay = firstDay): Annotation => {
  return { id: `${place} ${firstDay}`, place, kind: 'campaign', firstDay, lastDay, text, by: 'anna', at: 0 }
}
const NOTED = [
  noted('municipality:44021', '2024-12-15', 'Kerstactie', '2025-01-15'),
  noted('region:1', '2025-03-01', TYPED),
  noted('all', '2025-05-01', 'Overal'),
  noted('municipality:44043', '2025-06-01', 'Melle'),
  noted('region:2', '2025-07-01', 'Van een andere regio'),
  noted('municipality:71022', '2025-07-02', 'Van Hasselt'),
  noted('region:1', '2026-01-02', 'Later'),
]
const AGREED: readonly Target[] = [
  { id: 'r', place: 'region:1', number: 'agreement-reach', value: 99, year: 2030, by: 'anna' },
  { id: 'p', place: 'region:1', number: 'agreement-participations', value: 1, year: 2026, by: 'anna' },
  { id: 'g', place: 'region:1', number: 'agreement-gap', value: 2, year: 2027, by: 'anna' },
  { id: 'o', place: 'region:2', number: 'agreement-gap', value: 2, year: 2030, by: 'anna' },
]
const noting = (all: readonly Annotation[]) => ({
  ...NOTHING_KEPT,
  annotations: { of: async (places: readonly string[]) => all.filter(({ place }) => places.includes(place)) },
  targets: { of: (places: readonly string[]) => AGREED.filter(({ place }) => places.includes(place)) },
})
const board = new DrawingBoard()
const press = new PaperPress()
const shelf = new MemoryReportShelf()
let year: PublishedYear
let desk: ReportDesk
let deskOf: (all: readonly Annotation[]) => ReportDesk
let everything: Scope
let document: ReportDocument
let pdf: ReadPdf
let bytes: Buffer

beforeAll(async () => {
  year = await publishedYear()
  const places = new PlaceBook(() => placesNow(year.warehouse), Date.now)
  deskOf = (all) => {
    const figures = new FigureReader(year.warehouse, Date.now)
    const shown = { titles: { titlesOf: async () => new Map() }, pictures: new PictureShelf(board) }
    return new ReportDesk({ sources: { places, figures, ...shown, ...noting(all) }, press, shelf })
  }
  desk = deskOf(NOTED)
  everything = Scope.of([{ role: 'publiq' }], await places.regions())
  await shelf.keep(REGION, { foreword: TYPED, comments: { reach: 'Eerst.\n\nDan.' } })
  const order = { ...REGION, scope: everything, chapters: CHAPTERS }
  document = (await desk.report(order))?.document ?? expect.fail('There is no report')
  bytes = (await desk.file(order, 'pdf'))?.bytes ?? expect.fail('There is no file')
  pdf = readPdf(bytes)
})
afterAll(async () => {
  board.close()
  await press.close()
  await year?.[Symbol.asyncDispose]()
})

const count = (pattern: RegExp) => pdf.structure.match(pattern)?.length ?? 0

describe('the report of a region as PDF', () => {
  test('reads as it did: every sentence and every number, in their order', async () => {
    const lines = pdf.lines.filter((line) => line !== '.')
    await expect(lines.join('\n')).toMatchFileSnapshot('report-nl.txt')
  })

  test('looks as it did: every page, with its drawings, colours and margins', async () => {
    expect(await seenOtherwise(bytes, 'report-nl.png')).toEqual([])
  })

  test('is tagged as PDF/UA-1, with its language, headings, tables with heads, and words for every drawing', () => {
    const figures = document.chapters.flatMap((chapter) => chapter.figures)
    const tables = [...figures.map(({ table }) => table), ...document.chapters.flatMap((chapter) => chapter.tables)]
    expect(pdf.structure).toContain('/Lang (nl-BE)')
    expect(bytes.toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(count(/\/S \/H1\b/g)).toBe(CHAPTERS.length + 2)
    expect(count(/\/S \/H2\b/g)).toBe(figures.length)
    expect(count(/\/S \/Table\b/g)).toBe(tables.length)
    expect(count(/\/S \/TH\b/g)).toBe(tables.reduce((sum, { columns }) => sum + columns.length, 0))
    expect(count(/\/Alt /g)).toBe(figures.filter(({ drawing }) => drawing).length)
    expect(count(/\/Alt /g)).toBeGreaterThan(3)
  })

  test('says what was withheld in the words of its cells, and shows what was typed as it was typed', () => {
    const text = pdf.lines.join(' ').replaceAll(/\s+/g, ' ')
    expect(text).toContain('niet getoond, minder dan 10 personen')
    expect(text).toContain(TYPED)
    expect(document.chapters.find(({ id }) => id === 'reach')?.comment).toEqual(['Eerst.', 'Dan.'])
  })

  test('is the same to the byte when it is made again', async () => {
    const again = await desk.file({ ...REGION, scope: everything, chapters: CHAPTERS }, 'pdf')
    expect(again?.bytes.equals(bytes)).toBe(true)
  })
})

test('others have their turn after each figure of a report, also when all of it was read and drawn before', async () => {
  let turns = 0
  const count = () => {
    turns += 1
    next = setImmediate(count)
  }
  let next = setImmediate(count)
  const report = await desk.report({ ...REGION, scope: everything, chapters: ['reach', 'costs'] })
  clearImmediate(next)
  expect(report?.document.chapters.flatMap(({ figures }) => figures).length).toBeGreaterThan(3)
  expect(turns).toBeGreaterThanOrEqual(report?.document.chapters.flatMap(({ figures }) => figures).length ?? 0)
})

test('a report holds nothing that was published after its release', async () => {
  const report = await desk.report({ scope: everything, place: 'region:1', period: '2024', language: 'nl' })
  const sources = report?.document.chapters.flatMap(({ figures }) => figures.map(({ source }) => source)) ?? []
  expect(sources.length).toBeGreaterThan(5)
  expect(new Set(sources.map((source) => /uitgave \d+/.exec(source)?.[0]))).toEqual(new Set(['uitgave 1']))
})

test.each(['region:1', 'municipality:44021', 'organizer:bib-gent'])(
  '%s has a report in each language, without an empty title',
  async (place) => {
    for (const language of LANGUAGES) {
      const report = await desk.report({ scope: everything, place, period: '2025', language })
      expect(report?.document.chapters.length).toBeGreaterThan(3)
      expect(report?.document.chapters.every(({ title }) => title !== '')).toBe(true)
    }
  },
)

test('a workbook has a sheet for each table beside what the report says, with numbers as numbers', async () => {
  const order = { ...REGION, scope: everything, chapters: CHAPTERS }
  const file = await desk.file(order, 'xlsx')
  const figures = document.chapters.flatMap((chapter) => chapter.figures)
  const parts = zipEntries(file?.bytes ?? Buffer.alloc(0), inflateRawSync)
  const sheets = [...parts.keys()].filter((name) => name.startsWith('xl/worksheets/sheet'))
  const tables = document.chapters.flatMap((chapter) => chapter.tables)
  expect(tables.map(({ id }) => id)).toEqual(['agreements', 'annotations'])
  expect(sheets).toHaveLength(figures.length + tables.length + 1)
  expect(parts.get('xl/worksheets/sheet2.xml')).toMatch(/<v>\d+(\.\d+)?<\/v>/)
  const report = (await desk.report(order)) ?? expect.fail('There is no report')
  expect(zipEntries(await reportWorkbook(report), inflateRawSync)).toEqual(parts)
})

test('the annotations of a report are of its own period and place, of everybody, and of the municipalities of a region', async () => {
  const rowsOf = async (order: { readonly place: string; readonly period?: string; readonly scope?: Scope }, of = desk) => {
    const report = await of.report({ ...REGION, scope: everything, chapters: ['annotations'], ...order })
    const [chapter] = report?.document.chapters ?? []
    return { sentences: chapter?.sentences ?? [], texts: chapter?.tables[0]?.rows.map(({ cells }) => cells.at(-1)) ?? [] }
  }
  expect((await rowsOf({ place: 'region:1' })).texts).toEqual(['Kerstactie', TYPED, 'Overal', 'Melle'])
  expect((await rowsOf({ place: 'municipality:44021' })).texts).toEqual(['Kerstactie', 'Overal'])
  expect((await rowsOf({ place: 'region:1', period: '2024' })).texts).toEqual(['Kerstactie'])
  const many = deskOf(Array.from({ length: REPORT_ANNOTATIONS_MAX + 3 }, () => noted('region:1', '2025-04-01', 'Vaak')))
  const { sentences, texts } = await rowsOf({ place: 'region:1' }, many)
  expect([texts.length, sentences[1]]).toEqual([REPORT_ANNOTATIONS_MAX, 'Dit zijn de laatste 200 van 203.'])
})

test('whoever reads a report reads the same one', async () => {
  const own = Scope.of([{ role: 'municipality', nis: 44_021 }], () => [])
  const [mine, theirs] = await Promise.all(
    [own, everything].map((scope) => desk.report({ scope, place: 'municipality:44021', period: '2025', language: 'nl' })),
  )
  expect(mine).toBeDefined()
  expect(mine?.document).toEqual(theirs?.document)
})

test('what the region agreed stands beside its numbers, and nothing of another region', async () => {
  const agreements = document.chapters.find(({ id }) => id === 'agreements')
  expect(agreements?.tables[0]?.rows.map(({ cells }) => cells)).toMatchInlineSnapshot(`
    [
      [
        "Inwoners met een pas",
        "9,0%",
        "0,7 procentpunt hoger dan in 2024",
        "99,0%",
        "2030",
        "nog 90,0 procentpunt",
      ],
      [
        "Deelnamekloof",
        "11 procentpunt",
        "geen duidelijk verschil met 2024",
        "2,0 procentpunt",
        "2027",
        "nog 9 procentpunt",
      ],
      [
        "Deelnames per pashouder",
        "2,0",
        "geen duidelijk verschil met 2024",
        "1,0",
        "2026",
        "gehaald",
      ],
    ]
  `)
})

test('a place of others has no report, and neither has one that does not exist', async () => {
  const scope = Scope.of([{ role: 'municipality', nis: 44_021 }], () => [])
  const ask = (place: string) => desk.report({ scope, place, period: '2025', language: 'nl' })
  expect([await ask('municipality:44043'), await ask('municipality:99999'), await ask('region:1')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('a year that is published again after the release of a report changes nothing in it', async () => {
  const again = [6, '2026-03-01 08:00:00.000', 'PUBLISHED', 0, 'YEAR', '2024', 10, Object.keys(CUBES), 0, 0, '{}', 0, 6n]
  await year.warehouse.append('releases', [again])
  const report = await deskOf(NOTED).report({ ...REGION, scope: everything, chapters: CHAPTERS })
  expect(report?.document).toEqual(document)
})
