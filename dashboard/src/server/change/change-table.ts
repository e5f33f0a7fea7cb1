import type { Estimate } from '@zuil/warehouse'
import type { TableCell, TableView } from '../../lib/table-view.ts'
import { answerWordsOf } from '../data-api/answer-words.ts'
import { dimensionColumns, memberOf, type Naming, releaseFacts } from '../data-api/cells-table.ts'
import { estimateValues } from '../data-api/figures-table.ts'
import { unitOf } from '../figures/figure-data.ts'
import type { FigureWriting } from '../figures/figure-writing.ts'
import { capital } from '../figures/figure-writing.ts'
import type { AnswerColumn, AnswerTable } from '../formats/answer-table.ts'
import { type ChangeCells, countedAt } from './change-reading.ts'
import type { ChangeSeries } from './change-series.ts'
import { changeWords } from './change-words.ts'

interface TableWriting {
  readonly writing: FigureWriting
  readonly caption: string
  readonly series: readonly ChangeSeries[]
}

/** The cells of a figure with the bounds of each, as a reader sees them: a row for each period, or for each kind or group. */
export function changeTable(cells: ChangeCells, { writing, caption, series }: TableWriting): TableView {
  const words = changeWords(writing.language)
  const { described, measure } = cells
  const unit = unitOf({ measure }, described.figure)
  const [first] = series
  return {
    caption,
    columns: [
      { label: described.by ? writing.axis(described.by) : writing.axis('period'), numeric: false },
      ...(described.by ? [] : [{ label: words.series.moment, numeric: false }]),
      ...series.flatMap(({ label }) => [
        { label, numeric: true },
        { label: `${label}, ${words.series.bounds}`, numeric: true },
      ]),
    ],
    rows: (first?.rows ?? []).map(({ key, label, moment }, index) => ({
      key,
      cells: [
        label,
        ...(described.by ? [] : [moment === undefined ? '–' : words.moment[moment]]),
        ...series.flatMap(({ rows }) => {
          const threshold = thresholdOf(cells)
          const estimate = rows[index]?.counted?.estimate
          return [valueCell(estimate, { unit, threshold, writing }), writing.bounds(estimate, unit)]
        }),
      ],
    })),
  }
}

function valueCell(
  estimate: Estimate | undefined,
  {
    unit,
    threshold,
    writing,
  }: { readonly unit: ReturnType<typeof unitOf>; readonly threshold: number; readonly writing: FigureWriting },
): TableCell {
  if (estimate?.status === 'withheld') return { withheld: writing.words.status.withheld(threshold) }
  return writing.estimate(estimate, unit, threshold) || '–'
}

/** People below which cells are withheld, as the releases say. */
export function thresholdOf({ releases }: Pick<ChangeCells, 'releases'>): number {
  return Math.max(...[...releases.values()].map(({ threshold }) => threshold))
}

/** The same cells as a file, with the release of each: every period and every place that is looked at. */
export function changeFile(cells: ChangeCells, naming: Naming): AnswerTable {
  const { described, measure, window, place, beside, releases, members } = cells
  const { language, nameOf } = naming
  const words = answerWordsOf(language)
  const unit = unitOf({ measure }, described.figure)
  const dimensions = described.by ? [described.by] : []
  const text = (id: 'measure' | 'figure' | 'unit'): AnswerColumn => ({ id, kind: 'text', description: words.figureColumns[id] })
  const shared = (id: 'release' | 'period' | 'place' | 'place_name' | 'value' | 'status'): AnswerColumn => ({
    id,
    kind: id === 'release' || id === 'value' ? 'number' : 'text',
    description: words.columns[id],
  })
  const number = (id: 'low' | 'high'): AnswerColumn => ({ id, kind: 'number', description: words.figureColumns[id] })
  const asked = new Map(
    [...window.shown, ...window.pairs.flatMap(({ before, after }) => [before, after])].map((period) => [period.key, period]),
  )
  const rows = [...asked.values()]
    .sort((one, other) => one.firstDay - other.firstDay)
    .flatMap((period) =>
      (beside === undefined ? [place] : [place, beside]).flatMap((each) =>
        members.flatMap((member) => {
          const counted = countedAt(cells, each, period, member)
          const release = releases.get(period.key)
          if (!counted || !release) return []
          return [
            [
              release.release,
              measure.id,
              described.figure,
              unit,
              period.key,
              each,
              each.split('+').map(nameOf).map(capital).join(' + '),
              ...dimensions.flatMap((id) => memberOf(id, member, naming)),
              ...estimateValues(counted.estimate).slice(0, 4),
            ],
          ]
        }),
      ),
    )
  const newest = [...releases.values()].at(-1)
  return {
    name: ['zuil', measure.id, described.id].join('-'),
    columns: [
      shared('release'),
      ...(['measure', 'figure', 'unit'] as const).map(text),
      ...(['period', 'place', 'place_name'] as const).map(shared),
      ...dimensions.flatMap((id) => dimensionColumns(id, words, language)),
      shared('value'),
      ...(['low', 'high'] as const).map(number),
      shared('status'),
    ],
    rows,
    facts: {
      ...(newest && releaseFacts(newest, language)),
      measure: `${measure.id} ${measure.names[language]}`,
      definition: measure.definition[language],
      population: measure.population[language],
      coverage: measure.coverage[language],
    },
  }
}
