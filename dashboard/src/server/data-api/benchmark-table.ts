import type { BenchmarkRow, FigureRow } from '@zuil/warehouse'
import type { AnswerTable, AnswerValue } from '../formats/answer-table.ts'
import { answerWordsOf } from './answer-words.ts'
import { type Naming, releaseFacts } from './cells-table.ts'
import type { FiguresQuestion } from './figures-query.ts'

/** The figures of an organizer, each beside the middle half of its peers. */
export function benchmarkTable(
  { measure, release }: Pick<FiguresQuestion, 'measure' | 'release'>,
  { own, peers }: { readonly own: readonly FigureRow[]; readonly peers: readonly BenchmarkRow[] },
  { language, nameOf }: Naming,
): AnswerTable {
  const words = answerWordsOf(language)
  const text = (id: 'figure' | 'figure_name' | 'unit') => ({ id, kind: 'text', description: words.figureColumns[id] }) as const
  const shared = (id: 'release' | 'period' | 'place' | 'place_name' | 'value' | 'status') =>
    ({ id, kind: id === 'release' || id === 'value' ? 'number' : 'text', description: words.columns[id] }) as const
  const peer = (id: keyof typeof words.benchmarkColumns) =>
    ({ id, kind: 'number', description: words.benchmarkColumns[id] }) as const
  const quartiles = new Map(peers.map((row) => [row.figure, row]))
  const figures = new Map(measure.figures.map((figure) => [figure.id, figure]))
  return {
    name: `zuil-benchmark-${release.period}`,
    columns: [
      shared('release'),
      shared('period'),
      shared('place'),
      shared('place_name'),
      text('figure'),
      text('figure_name'),
      text('unit'),
      shared('value'),
      shared('status'),
      ...(['organizers', 'lower_quartile', 'median', 'upper_quartile', 'own_quarter'] as const).map(peer),
    ],
    rows: own.map((row) => {
      const figure = figures.get(row.figure)
      return [
        release.release,
        release.period,
        row.place,
        nameOf(row.place),
        row.figure,
        figure?.names[language] ?? row.figure,
        figure?.unit ?? measure.unit,
        row.status === 'ok' ? row.value : undefined,
        row.status,
        ...besides(row, quartiles.get(row.figure)),
      ]
    }),
    facts: {
      ...releaseFacts(release, language),
      measure: `${measure.id} ${measure.names[language]}`,
      definition: measure.definition[language],
      coverage: measure.coverage[language],
    },
  }
}

function besides({ value, status }: FigureRow, peers: BenchmarkRow | undefined): readonly AnswerValue[] {
  if (!peers) return [undefined, undefined, undefined, undefined, undefined]
  const { organizers, lower, median, upper } = peers
  const quarter = status === 'ok' ? 1 + [lower, median, upper].filter((bound) => value >= bound).length : undefined
  return [organizers, lower, median, upper, quarter]
}
