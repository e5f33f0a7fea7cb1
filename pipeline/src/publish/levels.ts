import type { ReportingPeriod } from '@zuil/core'
import { type Cube, cellsOfFewOrganizers, type DimensionId, type PlaceKind, releaseCells, type Statement } from '@zuil/warehouse'

/** Cells of one set of dimensions for one kind of place, by what they are. */
export interface LevelName {
  readonly cube: Cube
  readonly kind: PlaceKind
  readonly dimensions: readonly DimensionId[]
}

/** All levels of some cubes, in the order in which they are counted. */
export function levelsOf(cubes: readonly Cube[]): readonly LevelName[] {
  return cubes.flatMap((cube) => cube.places.flatMap((kind) => cube.lattice.map((dimensions) => ({ cube, kind, dimensions }))))
}

/** The statement for the cells of a level that tell too much of one organizer. */
export function fewOrganizersIn({ cube, kind, dimensions }: LevelName, period: ReportingPeriod): Statement {
  const index = levelsOf([cube]).findIndex((level) => level.kind === kind && level.dimensions === dimensions)
  const statement = cellsOfFewOrganizers(cube, period)[index]
  if (!statement) throw new RangeError(`${cube.id} has no such level`)
  return statement
}

/** The statement that counts each level; same order. */
export function levelStatements(cubes: readonly Cube[], period: ReportingPeriod): readonly Statement[] {
  return cubes.flatMap((cube) => releaseCells(cube, period))
}
