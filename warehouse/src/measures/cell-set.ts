import type { CubeId } from '../figures/cube.ts'
import { CUBES } from '../figures/cubes/cubes.ts'
import type { DimensionId } from '../figures/dimensions.ts'
import { placeKindOf } from '../figures/place.ts'
import type { CellPart, Crossing, Figure, Part, QueryPart } from './measure.ts'

/** Every part that a figure is made of. */
export function partsOf(figure: Figure): readonly Part[] {
  switch (figure.kind) {
    case 'COUNT':
    case 'PER_REFERENCE':
    case 'PER_WEEK':
    case 'MEDIAN':
      return [figure.of]
    case 'SHARE':
    case 'PLACES_BELOW':
      return [figure.share.part, figure.share.whole]
    case 'MEAN':
      return [figure.of, figure.per]
    case 'INDEX':
      return [figure.share.part, figure.share.whole, figure.standard.part, figure.standard.whole]
    case 'GAP':
      return [figure.share.part, figure.share.whole, figure.minus.part, figure.minus.whole]
    case 'STANDARDISED_GAP':
      return [figure.share.part, figure.share.whole, figure.minus.part, figure.minus.whole, figure.weights]
    case 'QUOTIENT':
      return [figure.share.part, figure.share.whole, figure.to.part, figure.to.whole]
  }
}

/** The crossing in which a figure reads its cells: some look closer than they are asked. */
export function crossingOf(figure: Figure, crossing: Crossing): Crossing {
  return figure.kind === 'STANDARDISED_GAP' || figure.kind === 'MEDIAN' ? [...crossing, figure.by] : crossing
}

/** Dimensions of the cells that a part reads for a crossing, in the order of their cube or query. */
export function dimensionsOf(part: CellPart, crossing: Crossing): readonly DimensionId[]
export function dimensionsOf(part: Part, crossing: Crossing): Crossing
export function dimensionsOf(part: Part, crossing: Crossing): Crossing {
  const wanted = new Set<string>(crossing.filter((id) => !part.over?.includes(id)))
  if (isQueryPart(part)) return crossing.filter((id) => wanted.has(id))
  for (const id of Object.keys(part.where ?? {})) wanted.add(id)
  return orderOf(part.cube).filter((id) => wanted.has(id))
}

export function isQueryPart(part: Part): part is QueryPart {
  return 'query' in part
}

function orderOf(cube: CubeId): readonly DimensionId[] {
  return CUBES[cube].dimensions.map(({ id }) => id)
}

/** Whether there is such a figure for a place; of several joined by `+` for each of them. */
export function hasPlace({ places }: Pick<Figure, 'places'>, text: string): boolean {
  return !places || text.split('+').every((one) => places.some((kind) => kind === placeKindOf(one)))
}
