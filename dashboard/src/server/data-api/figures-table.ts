import { DIMENSIONS, type Estimate, type FigureRow } from '@zuil/warehouse'
import type { AnswerColumn, AnswerTable, AnswerValue } from '../formats/answer-table.ts'
import { answerWordsOf } from './answer-words.ts'
import { dimensionColumns, memberOf, type Naming, releaseFacts } from './cells-table.ts'
import type { FiguresQuestion } from './figures-query.ts'

/** The figures of a measure as a table that explains itself. */
export function figuresTable(
  question: FiguresQuestion,
  rows: readonly FigureRow[],
  { noted, ...naming }: Naming & { readonly noted?: ReadonlyMap<string, string> },
): AnswerTable {
  const { measure, dimensions, release } = question
  const { language, nameOf } = naming
  const words = answerWordsOf(language)
  const text = (id: 'measure' | 'figure' | 'figure_name' | 'unit' | 'clear' | 'annotations'): AnswerColumn => ({
    id,
    kind: 'text',
    description: words.figureColumns[id],
  })
  const number = (id: 'low' | 'high'): AnswerColumn => ({ id, kind: 'number', description: words.figureColumns[id] })
  const shared = (id: 'release' | 'period' | 'place' | 'place_name' | 'value' | 'status'): AnswerColumn => ({
    id,
    kind: id === 'release' || id === 'value' ? 'number' : 'text',
    description: words.columns[id],
  })
  const figures = new Map(measure.figures.map((figure) => [figure.id, figure]))
  return {
    name: ['zuil', measure.id, release.period, ...dimensions].join('-'),
    columns: [
      shared('release'),
      text('measure'),
      text('figure'),
      text('figure_name'),
      text('unit'),
      ...(['period', 'place', 'place_name'] as const).map(shared),
      ...dimensions.flatMap((id) => dimensionColumns(id, words, language)),
      shared('value'),
      number('low'),
      number('high'),
      shared('status'),
      text('clear'),
      ...(noted ? [text('annotations')] : []),
    ],
    rows: rows.map((row) => {
      const figure = figures.get(row.figure)
      return [
        release.release,
        measure.id,
        row.figure,
        figure?.names[language] ?? row.figure,
        figure?.unit ?? measure.unit,
        release.period,
        row.place,
        row.place.split('+').map(nameOf).join(' + '),
        ...dimensions.flatMap((id, index) => memberOf(id, row.members[index] ?? '', naming)),
        ...estimateValues(row),
        ...(noted ? [noted.get(row.place) ?? ''] : []),
      ]
    }),
    facts: {
      ...releaseFacts(release, language),
      measure: `${measure.id} ${measure.names[language]}`,
      definition: measure.definition[language],
      population: measure.population[language],
      coverage: measure.coverage[language],
      dimensions: dimensions.map((id) => DIMENSIONS[id].names[language]).join(', '),
    },
  }
}

/** Value, bounds, status and whether a difference is clear, as cells of a table. */
export function estimateValues({ status, value, low, high, isClear }: Estimate): readonly AnswerValue[] {
  const clear = isClear === undefined || status !== 'ok' ? '' : isClear ? 'yes' : 'no'
  if (status === 'structural_zero') return [0, 0, 0, status, clear]
  return status === 'ok' ? [value, low, high, status, clear] : [undefined, undefined, undefined, status, clear]
}
