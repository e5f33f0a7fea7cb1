import type { CubeId } from '../figures/cube.ts'
import type { CellPart, Crossing, QueryPart, Share, Where } from './measure.ts'

type Rest = Pick<CellPart, 'over' | 'everywhere'>

/** Distinct people in cells of a cube. */
export function people(cube: CubeId, where?: Where, rest?: Rest): CellPart {
  return sum(cube, 'people', where, rest)
}

/** A column of a cube, or several, added up. */
export function sum(cube: CubeId, columns: string | readonly string[], where?: Where, rest?: Rest): CellPart {
  return { cube, columns: typeof columns === 'string' ? [columns] : columns, ...(where && { where }), ...rest }
}

/** A column of a query of the measure's own. */
export function queried(query: string, column: string, rest?: Pick<QueryPart, 'over'>): QueryPart {
  return { query, columns: [column], ...rest }
}

/** The share with a property, among all or among a group. */
export function shareWith(cube: CubeId, property: Where, group?: Where): Share {
  return { part: people(cube, { ...group, ...property }), whole: people(cube, group) }
}

/** How a column, or the people, are spread over dimensions of the question. */
export function spread(cube: CubeId, column: string, over: Crossing, partOver?: Crossing): Share {
  return { part: sum(cube, column, undefined, partOver && { over: partOver }), whole: sum(cube, column, undefined, { over }) }
}
