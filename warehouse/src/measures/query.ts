import type { DimensionId } from '../figures/dimensions.ts'
import type { Texts } from '../texts.ts'

/** Dimensions that only queries have: nothing about persons. */
export const QUERY_DIMENSIONS = {
  channel: { nl: 'kanaal', fr: 'canal', en: 'channel' },
  client: { nl: 'API-client', fr: 'client API', en: 'API client' },
  'days-used': { nl: 'dagen in gebruik', fr: 'jours utilisés', en: 'days in use' },
  reason: { nl: 'reden', fr: 'raison', en: 'reason' },
  step: { nl: 'tien seconden geleden', fr: 'il y a (dix secondes)', en: 'tens of seconds ago' },
} as const satisfies Record<string, Texts>
export type QueryDimensionId = keyof typeof QUERY_DIMENSIONS

/**
 * A query of a measure's own, for operators, organizers' accounts and settlement; its cells are read like those of a cube, and
 * are exact. Its SQL gives one row for each cell: `place`, each dimension as a text ('' where the cell is a margin), each column
 * as a whole number. A cell that is not there is zero. A dimension is made a text in a subquery: of a text made beside GROUPING SETS the
 * engine groups what is inside it, and a margin reads '0'. It may name {firstDay:Date}, {lastDay:Date}, {period:String},
 * {places:Array(String)}, the places of the question, and {now:DateTime64(3, 'UTC')}.
 */
export interface Query {
  /** What parts name. */
  readonly id: string
  /** What is counted. */
  readonly names: Texts
  readonly dimensions: readonly (DimensionId | QueryDimensionId)[]
  readonly columns: readonly string[]
  readonly sql: string
}
