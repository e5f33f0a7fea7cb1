import type { FigureView } from '../../lib/figure/figure-view.ts'
import { DRAWN_ROWS_MAX } from './drawings/drawing.ts'
import { pictureOf } from './drawings/figure-picture.ts'
import type { PictureShelf } from './drawings/picture-shelf.ts'
import { baseOf } from './figure-base.ts'
import { cellAt, drawnColumns, type FigureData } from './figure-data.ts'
import { findingOf } from './figure-finding.ts'
import { definitionOf, filesOf, periodOfFiles } from './figure-links.ts'
import { readFigure } from './figure-reading.ts'
import { type FigureSetting, publishedFor } from './figure-setting.ts'
import { tableOf } from './figure-table.ts'
import { capital } from './figure-writing.ts'
import type { Axis, FigureDescription } from './page-description.ts'
import type { FigureId } from './pages/described-pages.ts'

/** A description of which the messages have the subject. */
export type KnownFigure = FigureDescription & { readonly id: FigureId }

interface FigureOptions {
  readonly pictures: PictureShelf
  readonly pictureAddress: (figure: string) => string
}

/** A figure in full; undefined where the chosen place has none or nothing is published. */
export async function buildFigure(
  description: KnownFigure,
  setting: FigureSetting,
  options: FigureOptions,
): Promise<FigureView | undefined> {
  const data = await readFigure(description, setting)
  if (!data || data.rows.length === 0) return undefined
  const { id } = description
  return await figureOf(data, setting, { ...options, id, title: findingOf(data, id, setting.writing) })
}

/** What a reader sees of a figure: all of it is made of the same cells. @param title its finding */
export async function figureOf(
  data: FigureData,
  setting: FigureSetting,
  { pictures, pictureAddress, id, title }: FigureOptions & { readonly id: string; readonly title: string },
): Promise<FigureView> {
  const { description } = data
  const { writing } = setting
  const { words, language } = writing
  const published = publishedFor(data.measure, setting)
  const [figure = ''] = description.figures
  const base = published ? await baseOf({ measure: description.measure, figure }, { published, setting }) : ''
  const measure = measureLine(data, setting)
  const drawing = await pictureOf(data, { writing, pictures, sentence: `${title}. ${measure}.` })
  const { release } = data
  return {
    id,
    title,
    measure,
    notes: notesOf(data, setting),
    isBroad: description.chart === 'heat',
    annotations: data.annotations.map(({ letter, text }) => ({ letter, text })),
    ...(drawing && { drawing }),
    table: tableOf(data, { writing, caption: measure }),
    source: words.source({ release: String(release.release), published: writing.format.date(release.publishedAt), base }),
    explained: [
      { label: words.explained.definition, text: data.measure.definition[language] },
      { label: words.explained.population, text: data.measure.population[language] },
      { label: words.explained.coverage, text: data.measure.coverage[language] },
      { label: words.explained.protection, text: words.explained.protected(release.threshold) },
    ],
    definition: definitionOf(data.measure, language),
    files: filesOf(data, writing),
    filesPeriod: periodOfFiles(data, writing),
    picture: drawing ? pictureAddress(id) : '',
  }
}

/** Axes whose rows name a figure or a time: nobody needs to be told that they are told apart by it. */
const SAID_BY_ITSELF: readonly Axis[] = ['figure', 'period', 'cohort', 'series']

/** What is measured, of whom, when: `Bereik: pashouders, per leeftijd. Maasmechelen, 2025`. */
function measureLine({ description, measure, release, releases }: FigureData, { place, writing }: FigureSetting): string {
  const { language } = writing
  const named = measure.names[language]
  const figure = measure.figures.find(({ id }) => id === description.figures[0])?.names[language] ?? ''
  const isOne = description.rows !== 'figure' && description.columns !== 'figure' && figure !== named.toLowerCase()
  const axes = [description.rows, description.columns].flatMap((axis) =>
    axis === undefined || SAID_BY_ITSELF.includes(axis) ? [] : [writing.axis(axis).toLowerCase()],
  )
  // A measure whose name asks something needs no colon after it, nor its own mark.
  const what = writing.words.measured({
    measure: named.replace(/\s*\?$/, ''),
    figure: isOne && !named.endsWith('?') ? figure : '',
    axes: axes.filter((axis) => !named.toLowerCase().includes(axis)),
  })
  const [oldest] = releases
  const isSeveral = oldest !== undefined && oldest.period !== release.period
  const when = isSeveral ? `${writing.period(oldest.period)} – ${writing.period(release.period)}` : writing.period(release.period)
  return `${what}. ${capital(writing.place(place))}, ${when}`
}

function notesOf(data: FigureData, setting: FigureSetting): readonly string[] {
  const { notes } = setting.writing.words
  const { description, release, rows } = data
  const withheld = rows.flatMap((row) => drawnColumns(data).filter((column) => cellAt(data, row, column)?.status === 'withheld'))
  const isLong = description.chart === 'bars' || description.chart === 'dots'
  return [
    ...(release.period === setting.period.key ? [] : [notes.otherPeriod(setting.writing.period(release.period))]),
    ...(release.provisional ? [notes.provisional] : []),
    ...(withheld.length > 0 ? [notes.withheld(withheld.length, release.threshold)] : []),
    ...(isLong && rows.length > DRAWN_ROWS_MAX ? [notes.named(DRAWN_ROWS_MAX, rows.length)] : []),
    ...(description.rows === 'cohort' ? [notes.blank] : []),
    ...(description.chart === 'strip' ? [notes.benchmark] : []),
  ]
}
