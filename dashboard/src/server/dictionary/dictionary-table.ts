import type { Language } from '../../lib/language.ts'
import type { AnswerTable } from '../formats/answer-table.ts'
import { dictionaryEntries } from './dictionary.ts'

/** The data dictionary as a file: one row for each figure of each measure; a measure without figures has one row too. */
export function dictionaryTable(language: Language): AnswerTable {
  const text = (id: string, description: string) => ({ id, kind: 'text', description }) as const
  const nothing = { id: '', name: '', unit: '', madeOf: '' }
  return {
    name: `zuil-dictionary-${language}`,
    columns: [
      text('measure', 'Id of the measure'),
      text('slug', 'Its name in addresses'),
      text('name', 'Its name'),
      text('definition', 'What it is'),
      text('population', 'Who or what is counted'),
      text('coverage', 'What it leaves out or cannot know'),
      text('figure', 'One of its figures'),
      text('figure_name', 'Name of the figure'),
      text('unit', 'What the figure is counted in'),
      text('made_of', 'How the figure is made'),
      text('dimensions', 'Sets of dimensions that it is broken down by, with | between the sets; an empty one is the total'),
      text('places', 'Kinds of place'),
      text('periods', 'Kinds of period'),
      text('disclosure', 'Who may see it and how'),
    ],
    rows: dictionaryEntries(language).flatMap((entry) =>
      (entry.figures.length === 0 ? [nothing] : entry.figures).map((figure) => [
        entry.id,
        entry.slug,
        entry.name,
        entry.definition,
        entry.population,
        entry.note === '' ? entry.coverage : `${entry.coverage} ${entry.note}`,
        figure.id,
        figure.name,
        figure.unit,
        figure.madeOf,
        entry.crossings.map((crossing) => crossing.map(({ id }) => id).join()).join(' | '),
        entry.places.join(', '),
        entry.periods.join(', '),
        entry.disclosure,
      ]),
    ),
    facts: {},
  }
}
