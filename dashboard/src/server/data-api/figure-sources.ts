import type { FigureReader } from '../scope/figure-reader.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import type { Noted } from '../workspace/noted-events.ts'

/** Where answers come from. */
export interface FigureSources {
  readonly figures: FigureReader
  readonly places: PlaceBook
  readonly annotations: Noted
}

/** Of every route to figures, in OpenAPI. */
export const DOCUMENTED = { tags: ['Cijfers'], security: [{ TOKEN: [] }, { TOKEN_AS_PASSWORD: [] }] }
