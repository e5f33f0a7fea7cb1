import { TOTAL } from './dimension-sets.ts'
import type { Figure, Measure } from './measure.ts'

/** The figures of a measure that have a total, for measures that put several side by side. */
export function figuresOfTotal({ figures, dimensions }: Measure): readonly Figure[] {
  return figures
    .filter((figure) => (figure.dimensions ?? dimensions).some((crossing) => crossing.length === 0))
    .map((figure) => ({ ...figure, dimensions: TOTAL }))
}
