import { formatDay } from '@zuil/core'
import type { ChangeKind } from '../../lib/change-view.ts'
import type { FigureView } from '../../lib/figure/figure-view.ts'
import type { PictureShelf } from '../figures/drawings/picture-shelf.ts'
import { annotationsOf } from '../figures/figure-annotations.ts'
import { figureOf } from '../figures/figure-builder.ts'
import { cellKey, type FigureData } from '../figures/figure-data.ts'
import { fileLinks } from '../figures/figure-links.ts'
import { type FigureSetting, publishedOf } from '../figures/figure-setting.ts'
import { changeFinding } from './change-finding.ts'
import type { ChangeCells } from './change-reading.ts'
import { type ChangeSeries, seriesOf } from './change-series.ts'
import { changeTable } from './change-table.ts'
import { type ChangeWords, changeWords } from './change-words.ts'

/** Which change the figures are of, and where their pictures and files are. */
export interface ChangeShown {
  readonly kind: ChangeKind
  readonly day: number
  /** Name of the place beside; empty where nobody is. */
  readonly besideName: string
  readonly pictures: PictureShelf
  /** Of the page, with its question mark. */
  readonly search: string
}

/** A figure of a change as a reader sees it: the same parts as every other figure, made of the same cells. */
export async function changeFigure(cells: ChangeCells, setting: FigureSetting, shown: ChangeShown): Promise<FigureView> {
  const { writing } = setting
  const words = changeWords(writing.language)
  const series = seriesOf(cells, writing, shown.besideName)
  const data = dataOf(cells, series, { setting, shown, words })
  const { title, notes } = changeFinding(cells, { words, writing, besideName: shown.besideName })
  const { id } = cells.described
  const { pictures, search } = shown
  const ofLast = { ...setting, period: lastPublished(cells, setting) }
  const view = await figureOf(data, ofLast, {
    pictures,
    title,
    id,
    pictureAddress: (figure) => `/tekening/change/${figure}${search}`,
  })
  return {
    ...view,
    notes: [...notes, ...view.notes],
    table: changeTable(cells, { writing, series, caption: view.measure }),
    files: fileLinks('/api/v1/changes', fileParameters(cells, setting, shown)),
    filesPeriod: '',
  }
}

function dataOf(
  cells: ChangeCells,
  series: readonly ChangeSeries[],
  { setting, shown, words }: { readonly setting: FigureSetting; readonly shown: ChangeShown; readonly words: ChangeWords },
): FigureData {
  const { described, measure, place, releases } = cells
  const published = publishedIn(cells, setting)
  const [first] = series
  return {
    description: {
      id: described.id,
      measure: described.measure,
      figures: [described.figure],
      rows: described.by ?? 'period',
      columns: 'series',
      chart: described.by ? 'dots' : 'line',
      finding: described.by ? 'apart' : 'trend',
    },
    measure,
    // what is published never goes without its release, so there is one
    release: published.at(-1)?.release ?? [...releases.values()][0] ?? neverPublished(),
    releases: published.map(({ release }) => release),
    annotations: described.by ? [] : annotationsOf(published, { ...setting, annotations: withMark(setting, shown, words) }),
    places: [place],
    rows: (first?.rows ?? [])
      .filter((_row, index) => isDrawn(index, series))
      .map(({ key, label, spoken }) => ({ key, label, spoken })),
    columns: series.map(({ key, label }) => ({ key, label, spoken: label })),
    cells: new Map(
      series.flatMap(({ key, rows }) =>
        rows.flatMap((row) => (row.counted ? [[cellKey(row.key, key, described.figure), row.counted.estimate] as const] : [])),
      ),
    ),
  }
}

/** As with figures of a page: nobody is of unknown age where the registry is complete, and a drawing has no place for a row without values. */
function isDrawn(index: number, series: readonly ChangeSeries[]): boolean {
  return series.some(({ rows }) => rows[index]?.key !== 'UNKNOWN' || rows[index]?.counted?.estimate.status === 'ok')
}

function neverPublished(): never {
  throw new RangeError('A figure of a change without a release was to be shown')
}

/** Published periods that are shown, oldest first. */
function publishedIn({ window }: ChangeCells, { releases }: FigureSetting) {
  const keys = new Set(window.shown.map(({ key }) => key))
  return publishedOf(releases)
    .filter(({ period }) => keys.has(period.key))
    .sort((one, other) => one.period.firstDay - other.period.firstDay)
}

function lastPublished(cells: ChangeCells, setting: FigureSetting): FigureSetting['period'] {
  return publishedIn(cells, setting).at(-1)?.period ?? setting.period
}

/** What people noted, and the change itself where nobody noted it. */
function withMark(
  { annotations, place, writing }: FigureSetting,
  { kind, day }: ChangeShown,
  words: ChangeWords,
): FigureSetting['annotations'] {
  const on = formatDay(day)
  if (annotations.some(({ firstDay }) => firstDay === on)) return annotations
  const isKnown = kind === 'campaign' || kind === 'joined'
  const text = isKnown ? '' : words.kinds[kind]
  const mark = { id: '', place, kind: isKnown ? kind : 'other', firstDay: on, lastDay: on, text, by: '', at: 0 } as const
  return [...annotations, mark].sort((one, other) => one.firstDay.localeCompare(other.firstDay, writing.language))
}

function fileParameters({ described, place, beside }: ChangeCells, { writing }: FigureSetting, { kind, day }: ChangeShown) {
  return new URLSearchParams({
    kind,
    day: formatDay(day),
    figure: described.id,
    place,
    ...(beside !== undefined && { beside }),
    language: writing.language,
  })
}
