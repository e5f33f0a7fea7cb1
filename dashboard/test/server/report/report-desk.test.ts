import { inflateRawSync } from 'node:zlib'
import { placesNow } from '@zuil/warehouse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LANGUAGES } from '../../../src/lib/language.ts'
import type { ReportDocument } from '../../../src/lib/report/report-view.ts'
import { DrawingBoard } from '../../../src/server/drawing-board.ts'
import { PictureShelf } from '../../../src/server/figures/drawings/picture-shelf.ts'
import { PaperPress } from '../../../src/server/paper/paper-press.ts'
import { ReportDesk } from '../../../src/server/report/report-desk.ts'
import { FigureReader } from '../../../src/server/scope/figure-reader.ts'
import { PlaceBook } from '../../../src/server/scope/place-book.ts'
import { Scope } from '../../../src/server/scope/scope.ts'
import { type ReadPdf, readPdf } from '../../pdf-reader.ts'
import { type PublishedYear, publishedYear } from '../../published-year.ts'
import { MemoryReportShelf } from '../../report-shelf.ts'
import { zipEntries } from '../formats/zip.ts'

const REGION = { place: 'region:1', period: '2025', language: 'nl' } as const
const CHAPTERS = ['summary', 'reach', 'gap', 'costs', 'withheld'] as const
const TYPED = '#pagebreak() *vet* $x$ <label> @wie'
const board = new DrawingBoard()
const press = new PaperPress()
const shelf = new MemoryReportShelf()
let year: PublishedYear
let desk: ReportDesk
let everything: Scope
let document: ReportDocument
let pdf: ReadPdf
let bytes: Buffer

beforeAll(async () => {
  year = await publishedYear()
  const places = new PlaceBook(() => placesNow(year.warehouse), Date.now)
  const figures = new FigureReader(year.warehouse, Date.now)
  const nothingKept = { annotations: { of: () => [] }, targets: { of: () => [] } }
  const pictures = new PictureShelf(board)
  const sources = { places, figures, pictures, titles: { titlesOf: async () => new Map() }, ...nothingKept }
  desk = new ReportDesk({ sources, press, shelf })
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

  test('is tagged as PDF/UA-1, with its language, headings, tables with heads, and words for every drawing', () => {
    const figures = document.chapters.flatMap((chapter) => chapter.figures)
    expect(pdf.structure).toContain('/Lang (nl-BE)')
    expect(bytes.toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(count(/\/S \/H1\b/g)).toBe(CHAPTERS.length + 2)
    expect(count(/\/S \/H2\b/g)).toBe(figures.length)
    expect(count(/\/S \/Table\b/g)).toBe(figures.length)
    expect(count(/\/S \/TH\b/g)).toBe(figures.reduce((sum, { table }) => sum + table.columns.length, 0))
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
  expect(sheets).toHaveLength(figures.length + 1)
  expect(parts.get('xl/worksheets/sheet2.xml')).toMatch(/<v>\d+(\.\d+)?<\/v>/)
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
