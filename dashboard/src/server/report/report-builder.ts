import { setImmediate as turn } from 'node:timers/promises'
import { parsePlace, type Release } from '@zuil/warehouse'
import type { Language } from '../../lib/language.ts'
import {
  NO_NOTES,
  REPORT_CHAPTERS,
  type ReportChapter,
  type ReportChapterId,
  type ReportDocument,
  type ReportEntry,
  type ReportNotes,
} from '../../lib/report/report-view.ts'
import { reportMessagesOf } from '../../messages/report/report-languages.ts'
import type { ReportMessages } from '../../messages/report/report-messages.ts'
import { figureOf } from '../figures/figure-builder.ts'
import { findingOf as titleOf } from '../figures/figure-finding.ts'
import { readFigure } from '../figures/figure-reading.ts'
import type { FigureSetting } from '../figures/figure-setting.ts'
import { capital, uncapital } from '../figures/figure-writing.ts'
import { type KeyNumber, readKeyNumber } from '../figures/key-number.ts'
import { type PageSources, sentenceOf, settingOf } from '../figures/page-builder.ts'
import type { Annotation } from '../notebook/annotation.ts'
import { ALL_PLACES, type Scope } from '../scope/scope.ts'
import type { Collaboration } from '../workspace/collaboration-book.ts'
import type { Membership } from '../workspace/member-book.ts'
import { changeChapter } from './report-change.ts'
import { DESCRIBED_CHAPTERS, describedFigures, describedKeyNumbers } from './report-chapters.ts'
import { collaborationChapter, coverageChapter } from './report-collaboration.ts'
import { agreementsChapter, annotationsChapter, type KeptChapter } from './report-kept.ts'
import { numbersOf, type ReportFigure, type ReportSheet, wordsSheet } from './report-sheet.ts'

/** Which report, for whom. */
export interface ReportRequested {
  readonly scope: Scope
  /** `region:14`, of the scope. */
  readonly place: string
  readonly period: string
  readonly language: Language
  /** Absent: all that the place has. */
  readonly chapters?: readonly ReportChapterId[]
  /** What people wrote; absent: nothing. */
  readonly notes?: ReportNotes
  /** Told after each chapter that was read, of how many. */
  readonly onChapter?: (read: number, of: number) => void
}

/** A report with the numbers of its tables. */
export interface Report {
  readonly document: ReportDocument
  readonly sheets: readonly ReportSheet[]
}

interface ReadChapter {
  readonly id: ReportChapterId
  readonly numbers: readonly KeyNumber[]
  readonly figures: readonly ReportFigure[]
  readonly finding: string
  /** What it says where that is not made of its figures. */
  readonly kept?: KeptChapter
}

interface Making {
  readonly setting: FigureSetting
  readonly words: ReportMessages
  readonly notes: ReportNotes
  /** What people noted about the place, everybody together and, of a region, its municipalities: what every reader of the place reads. */
  readonly annotations: readonly Annotation[]
  /** Of a region: who is in it since when, and how its municipalities work together. */
  readonly members: readonly Membership[]
  readonly collaboration: Collaboration
  /** The one that the report is of. */
  readonly release: Release
}

/**
 * Makes the report of a place and period from the release that is valid for the period, and of what was published before that: what is
 * published later changes nothing in it. Undefined where nothing is published.
 */
export async function buildReport(requested: ReportRequested, sources: PageSources): Promise<Report | undefined> {
  const { place, period, language, scope, notes = NO_NOTES } = requested
  const state = { language, place, period, compareWith: 'previous' } as const
  const open = await settingOf({ state, scope }, sources)
  const release = open?.releases.findLast((one) => one.period === period)
  if (!open || !release) return undefined
  const own = [ALL_PLACES, place]
  const setting = {
    ...open,
    releases: open.releases.filter((one) => one.release <= release.release),
    // whoever reads the report finds the same in it, also of regions around that not everybody reads
    annotations: open.annotations.filter((one) => own.includes(one.place)),
  }
  const around = parsePlace(place)?.kind === 'REGION' ? [...own, ...open.municipalities] : own
  const annotations = await sources.annotations.of([...new Set(around)])
  const { members, collaboration } = sources
  const together = { members: await members.of(place), collaboration: collaboration.of(place) }
  const making: Making = { setting, words: reportMessagesOf(language), notes, annotations, ...together, release }
  const wanted = chaptersOf(requested)
  const read: ReadChapter[] = []
  // One after the other: drawings wait for each other anyway, and a whole report of figures at once is a heap of them.
  for (const id of wanted) {
    read.push(await readChapter(id, making, sources))
    requested.onChapter?.(read.length, wanted.length)
  }
  const document = documentOf(requested, read, making)
  const kept = document.chapters.flatMap(({ title, tables }) =>
    tables.map((table) => wordsSheet(table, { title, source: document.source })),
  )
  return { document, sheets: [...read.flatMap(({ figures }) => figures.map(({ sheet }) => sheet)), ...kept] }
}

/** Chapters that the place has, of those that are wanted, in their order. */
export function chaptersOf({ place, chapters }: Pick<ReportRequested, 'place' | 'chapters'>): readonly ReportChapterId[] {
  const kind = parsePlace(place)?.kind
  return REPORT_CHAPTERS.filter(
    (id) => DESCRIBED_CHAPTERS[id].places.some((one) => one === kind) && (chapters?.includes(id) ?? true),
  )
}

async function readChapter(id: ReportChapterId, making: Making, sources: PageSources): Promise<ReadChapter> {
  if (id === 'change') return { id, numbers: [], finding: '', ...(await changeChapter(making, sources)) }
  const { setting } = making
  const { pictures } = sources
  const { keyNumbers, figures: figureIds, sentence } = DESCRIBED_CHAPTERS[id]
  const numbers: KeyNumber[] = []
  for (const described of describedKeyNumbers(keyNumbers)) {
    const number = await readKeyNumber(described, setting)
    if (number) numbers.push(number)
  }
  const figures: ReportFigure[] = []
  for (const described of describedFigures(figureIds)) {
    const found = await readFigure(described, setting)
    if (!found || found.rows.length === 0) continue
    // a row that says nothing is there for who lays a table beside its file, which a paper has not
    const { unknown: _unsaid, ...data } = found
    // one period is a key number, and no line
    if (described.rows === 'period' && data.rows.length < 2) continue
    const title = titleOf(data, described.id, setting.writing)
    const drawn = await figureOf(data, setting, { id: described.id, title, pictures, pictureAddress: () => '' })
    // their letters stand in drawings over time only; the others would repeat the chapter of annotations
    const isOverTime = described.rows === 'period' || described.columns === 'period'
    const view = isOverTime ? drawn : { ...drawn, annotations: [] }
    const { measure, source } = view
    const sheet = { id: described.id, title, measure, source, ...numbersOf(data, setting.writing) }
    figures.push({ view, sheet, measure: data.measure, estimates: [...data.cells.values()] })
    await turn() // what is known already takes no turn of its own, and others wait for the end of the report
  }
  return { id, numbers, figures, finding: findingOf(numbers, sentence, setting) }
}

/** The chapter in one sentence: its first number that may be shown; empty where there is none. */
function findingOf(
  numbers: readonly KeyNumber[],
  sentence: (typeof DESCRIBED_CHAPTERS)[ReportChapterId]['sentence'],
  setting: FigureSetting,
): string {
  const { writing } = setting
  const number = numbers.find(({ isShown }) => isShown)
  if (sentence !== undefined && number) return sentenceOf(sentence, numbers, setting)
  if (!number) return ''
  const { label, value, note } = number.view
  const place = capital(writing.place(setting.place))
  return writing.words.fallback({ place, label: uncapital(label), value, comparison: note === '' ? '' : `, ${note}` })
}

function documentOf(requested: ReportRequested, read: readonly ReadChapter[], making: Making): ReportDocument {
  const { setting, words, notes, release } = making
  const { writing } = setting
  const { place, period, language } = requested
  const placeName = capital(writing.place(place))
  const published = writing.format.date(release.publishedAt)
  const source = words.source({ release: release.release, published, threshold: release.threshold })
  return {
    language,
    place,
    placeName,
    period,
    periodName: writing.period(period),
    title: words.title({ place: placeName, isYear: setting.period.kind === 'YEAR' }),
    source: release.provisional ? `${words.provisional} ${source}` : source,
    publishedAt: release.publishedAt,
    foreword: paragraphsOf(notes.foreword),
    chapters: read.map((chapter) => chapterOf(chapter, read, making)),
    words: words.words,
  }
}

function chapterOf(chapter: ReadChapter, all: readonly ReadChapter[], making: Making): ReportChapter {
  const { words, notes } = making
  const { id, numbers, figures, finding } = chapter
  const { sentences, tables } = keptOf(chapter, making) ?? { sentences: sentencesOf(chapter, all, making), tables: [] }
  return {
    id,
    title: words.chapters[id],
    finding,
    sentences,
    keyNumbers: numbers.map(({ view }) => view),
    figures: figures.map(({ view }) => view),
    tables,
    entries: entriesOf(id, all, making),
    comment: paragraphsOf(notes.comments[id] ?? ''),
  }
}

/** Chapters of what people keep, and not of figures. */
function keptOf({ id, numbers, kept }: ReadChapter, making: Making): KeptChapter | undefined {
  if (id === 'agreements') return collaborationChapter(agreementsChapter(numbers, making), making.collaboration, making)
  if (id === 'coverage') return coverageChapter(making.members, making)
  return id === 'annotations' ? annotationsChapter(making.annotations, making) : kept
}

function sentencesOf({ id, finding, figures }: ReadChapter, all: readonly ReadChapter[], making: Making): readonly string[] {
  const { words, release } = making
  if (id === 'withheld') return [...words.withheld.rules(release.threshold), withheldTotal(all, words)]
  if (id === 'organizers') return [words.organizersApart]
  return id !== 'summary' && finding === '' && figures.length === 0 ? [words.empty] : []
}

function entriesOf(id: ReportChapterId, all: readonly ReadChapter[], { words, setting }: Making): readonly ReportEntry[] {
  const figures = all.flatMap((chapter) => chapter.figures)
  if (id === 'summary') return all.flatMap((chapter) => summaryOf(chapter, words))
  if (id === 'withheld')
    return figures.flatMap((figure): readonly ReportEntry[] => {
      const { count, of } = withheldIn(figure)
      return count === 0 ? [] : [{ term: figure.view.measure, text: words.withheld.figure({ count, of }) }]
    })
  if (id !== 'coverage') return []
  const { language } = setting.writing
  const measures = new Map(figures.map(({ measure }) => [measure.id, measure]))
  return [...measures.values()].map(({ names, definition, population, coverage }) => ({
    term: names[language],
    text: `${definition[language]} ${words.counts} ${population[language]} ${words.unseen} ${coverage[language]}`,
  }))
}

/** What a chapter says: its number, and what its first figure finds. */
function summaryOf({ id, finding, figures }: ReadChapter, words: ReportMessages): readonly ReportEntry[] {
  const [first] = figures
  const text = [finding, first ? `${first.view.title}.` : ''].filter((sentence) => sentence !== '').join(' ')
  // the key figures of the agreements are those of the other chapters
  return text === '' || id === 'agreements' ? [] : [{ term: words.chapters[id], text }]
}

function withheldTotal(all: readonly ReadChapter[], words: ReportMessages): string {
  const counts = all.flatMap(({ figures }) => figures.map(withheldIn))
  const [count, of] = [counts.reduce((sum, one) => sum + one.count, 0), counts.reduce((sum, one) => sum + one.of, 0)]
  return count === 0 ? words.withheld.nothing : words.withheld.total({ count, of })
}

function withheldIn({ estimates }: ReportFigure): { readonly count: number; readonly of: number } {
  const asked = estimates.filter(({ status }) => status !== 'na')
  return { count: asked.filter(({ status }) => status === 'withheld').length, of: asked.length }
}

/** Paragraphs of a typed text: an empty line begins a new one. */
function paragraphsOf(text: string): readonly string[] {
  return text
    .split(/\r?\n\s*\r?\n/)
    .map((paragraph) => paragraph.trim().replaceAll(/\s+/g, ' '))
    .filter((paragraph) => paragraph !== '')
}
