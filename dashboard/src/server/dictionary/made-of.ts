import {
  CUBES,
  DIMENSIONS,
  type DimensionId,
  type Figure,
  isQueryPart,
  type Measure,
  type Part,
  type Share,
} from '@zuil/warehouse'
import type { Language } from '../../lib/language.ts'
import { type DictionaryWords, dictionaryWordsOf } from './dictionary-words.ts'

/** How a figure is made, in one line, from its declaration: numerator ÷ denominator, in words. */
export function madeOf(figure: Figure, measure: Measure, language: Language): string {
  const words = dictionaryWordsOf(language)
  const part = (of: Part) => partText(of, measure, language)
  const share = ({ part: some, whole }: Share) => `${part(some)} ÷ ${part(whole)}`
  switch (figure.kind) {
    case 'COUNT':
      return part(figure.of)
    case 'SHARE':
      return share(figure.share)
    case 'MEAN':
      return `${part(figure.of)} ÷ ${part(figure.per)}`
    case 'PER_REFERENCE':
      return `${part(figure.of)} ÷ ${words.references[figure.reference]}`
    case 'PER_WEEK':
      return words.madeOf.perWeek(part(figure.of))
    case 'INDEX':
      return `(${share(figure.share)}) ÷ (${share(figure.standard)})`
    case 'GAP':
      return `(${share(figure.share)}) − (${share(figure.minus)})`
    case 'STANDARDISED_GAP':
      return words.madeOf.standardised(
        `(${share(figure.share)}) − (${share(figure.minus)})`,
        DIMENSIONS[figure.by].names[language],
      )
    case 'QUOTIENT':
      return `(${share(figure.share)}) ÷ (${share(figure.to)})`
    case 'MEDIAN':
      return words.madeOf.median(part(figure.of))
    case 'PLACES_BELOW': {
      const below = figure.below === undefined ? '' : `, ${share(figure.share)} < ${Math.round(figure.below * 100)} %`
      return words.madeOf.placesBelow(part(figure.share.whole), figure.wholeMin, below)
    }
  }
}

function partText(part: Part, measure: Measure, language: Language): string {
  const words = dictionaryWordsOf(language)
  if (isQueryPart(part)) {
    const query = measure.queries?.find(({ id }) => id === part.query)
    return words.madeOf.in(part.columns.join(' + '), query?.names[language] ?? part.query)
  }
  const cube = CUBES[part.cube]
  const columns = part.columns.map((id) => columnText(id, part.cube, { words, language }))
  const where = Object.entries(part.where ?? {}).map(([id, members]) => memberText(id as DimensionId, members, language)) // keys of Where
  const notes = [cube.names[language], ...where, ...(part.everywhere ? [words.everywhere] : [])]
  return words.madeOf.in(columns.join(' + '), notes.join('; '))
}

function columnText(
  id: string,
  cube: keyof typeof CUBES,
  { words, language }: { words: DictionaryWords; language: Language },
): string {
  if (id === 'people') return words.people
  return CUBES[cube].columns.find((column) => column.id === id)?.names[language] ?? id
}

function memberText(id: DimensionId, members: readonly string[] | undefined, language: Language): string {
  const { names, memberNames } = DIMENSIONS[id]
  const said = (members ?? []).map((member) => memberNames[member]?.[language] ?? member)
  return `${names[language]}: ${said.join(', ')}`
}
