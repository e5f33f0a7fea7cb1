import { ROUNDING_BASES } from '@zuil/core'
import { type Cube, DIMENSIONS, type DimensionId, type Release } from '@zuil/warehouse'
import type { Language } from '../../lib/language.ts'
import type { AnswerColumn, AnswerTable, AnswerValue } from '../formats/answer-table.ts'
import { type AnswerCell, roundingError } from './added-cells.ts'
import { type AnswerColumnId, type AnswerWords, answerWordsOf } from './answer-words.ts'
import type { CellsQuestion } from './cells-query.ts'

/** Members that are NIS codes of municipalities. */
const MUNICIPALITY_DIMENSIONS: readonly DimensionId[] = ['destination', 'origin']
const KINDS: Readonly<Partial<Record<AnswerColumnId, AnswerColumn['kind']>>> = {
  release: 'number',
  value: 'number',
  cells: 'number',
  rounding_error: 'number',
}

export interface Naming {
  readonly language: Language
  /** Name of a place. */
  readonly nameOf: (place: string) => string
}

/** The cells of a question as a table with its explanation. */
export function cellsTable(question: CellsQuestion, cells: readonly AnswerCell[], naming: Naming): AnswerTable {
  const { cube, dimensions, release } = question
  const words = answerWordsOf(naming.language)
  const column = (id: AnswerColumnId): AnswerColumn => ({ id, kind: KINDS[id] ?? 'text', description: words.columns[id] })
  const before = (['release', 'cube', 'period', 'place', 'place_name'] as const).map(column)
  const after = (['column', 'value', 'status', 'cells', 'rounding_error'] as const).map(column)
  return {
    name: ['zuil', cube.id, release.period, ...dimensions].join('-'),
    columns: [...before, ...dimensions.flatMap((id) => dimensionColumns(id, words, naming.language)), ...after],
    rows: cells.map((cell) => [
      release.release,
      cube.id,
      release.period,
      cell.place,
      cell.place.split('+').map(naming.nameOf).join(' + '),
      ...dimensions.flatMap((id, index) => memberOf(id, cell.members[index] ?? '', naming)),
      ...valuesOf(cell, cube),
    ]),
    facts: {
      ...releaseFacts(release, naming.language),
      cube: cube.names[naming.language],
      counted: cube.population[naming.language],
    },
  }
}

/** What every file says of the release it comes from. */
export function releaseFacts(release: Release, language: Language): Readonly<Record<string, string>> {
  const words = answerWordsOf(language)
  return {
    release: String(release.release),
    published: new Date(release.publishedAt).toISOString(),
    period: release.period,
    threshold: String(release.threshold),
    protection: words.protection(release.threshold),
    licence: words.licence,
    ...(release.provisional && { provisional: words.provisional }),
  }
}

/** Two columns for each dimension: its code and its name. */
export function dimensionColumns(id: DimensionId, words: AnswerWords, language: Language): readonly AnswerColumn[] {
  const name = DIMENSIONS[id].names[language]
  return [
    { id, kind: 'text', description: words.dimension(name) },
    { id: `${id}_name`, kind: 'text', description: words.dimensionName(name) },
  ]
}

/** A member and its name. */
export function memberOf(id: DimensionId, member: string, { language, nameOf }: Naming): readonly string[] {
  if (MUNICIPALITY_DIMENSIONS.includes(id)) {
    const place = `municipality:${member}`
    const name = nameOf(place)
    return [member, name === place ? member : name]
  }
  return [member, DIMENSIONS[id].memberNames[member]?.[language] ?? member]
}

function valuesOf({ column, value, status, cells }: AnswerCell, cube: Cube): readonly AnswerValue[] {
  const isShown = status === 'ok' || status === 'at_least' || status === 'structural_zero'
  return [column, isShown ? value : undefined, status, cells, roundingError(baseOf(column, cube), cells)]
}

function baseOf(column: string, { columns }: Cube): number {
  return column === 'people' ? ROUNDING_BASES.holders : (columns.find(({ id }) => id === column)?.roundingBase ?? 1)
}
