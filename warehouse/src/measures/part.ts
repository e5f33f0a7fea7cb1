import type { CellPart, ReferencePart, Share } from './measure.ts'

type Where = CellPart['where']
type Rest = Omit<CellPart, 'cube' | 'column' | 'where'>

/** Distinct people in cells of a cube. */
export function people(cube: string, where?: Where, rest?: Rest): CellPart {
  return sum(cube, 'people', where, rest)
}

/** A column of a cube, added up. */
export function sum(cube: string, column: string, where?: Where, rest?: Rest): CellPart {
  return { cube, column, ...(where && { where }), ...rest }
}

export function reference(id: ReferencePart['reference'], over?: readonly string[]): ReferencePart {
  return { reference: id, ...(over && { over }) }
}

/** The share with a property, among all or among a group. */
export function shareWith(cube: string, property: NonNullable<Where>, group?: Where): Share {
  return { part: people(cube, { ...group, ...property }), whole: people(cube, group) }
}

/** How a column, or the people, are spread over dimensions of the question. */
export function spread(cube: string, column: string, over: readonly string[], where?: Where): Share {
  return { part: sum(cube, column, where), whole: sum(cube, column, where, { over }) }
}
