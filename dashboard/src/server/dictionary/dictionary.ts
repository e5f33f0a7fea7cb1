import { CATALOGUE, DIMENSIONS, type DimensionId, type Measure } from '@zuil/warehouse'
import type { DictionaryEntry } from '../../lib/dictionary-view.ts'
import type { Language } from '../../lib/language.ts'
import { dictionaryWordsOf } from './dictionary-words.ts'
import { madeOf } from './made-of.ts'

/** The data dictionary: every measure there is, in one language, generated from its declaration. */
export function dictionaryEntries(language: Language): readonly DictionaryEntry[] {
  return CATALOGUE.map((measure) => entryOf(measure, language))
}

function entryOf(measure: Measure, language: Language): DictionaryEntry {
  const words = dictionaryWordsOf(language)
  return {
    id: measure.id,
    slug: measure.slug,
    perspective: measure.perspective,
    name: measure.names[language],
    definition: measure.definition[language],
    population: measure.population[language],
    coverage: measure.coverage[language],
    figures: measure.figures.map((figure) => ({
      id: figure.id,
      name: figure.names[language],
      unit: words.units[figure.unit],
      madeOf: madeOf(figure, measure, language),
    })),
    crossings: crossingsOf(measure, language),
    places: measure.places.map((kind) => words.places[kind]),
    periods: measure.periods.length === 0 ? [words.now] : measure.periods.map((kind) => words.periods[kind]),
    disclosure: words.disclosures[measure.disclosure],
    note: measure.figures.length === 0 ? words.notPublished : '',
  }
}

/** Sets of dimensions by name; the total has none. Dimensions of operators' queries have their id only. */
function crossingsOf({ dimensions }: Measure, language: Language): DictionaryEntry['crossings'] {
  return dimensions.map((crossing) =>
    crossing.map((id) => ({ id, name: id in DIMENSIONS ? DIMENSIONS[id as DimensionId].names[language] : id })),
  )
}
