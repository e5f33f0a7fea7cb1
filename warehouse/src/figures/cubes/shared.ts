import type { ReportingPeriodKind } from '@zuil/core'
import type { CubeDimension } from '../cube.ts'
import { type DimensionId, SECTORS } from '../dimensions.ts'

export const HOME_PLACES = ['ALL', 'REGION', 'MUNICIPALITY'] as const
export const ALL_PERIODS = ['MONTH', 'QUARTER', 'YEAR', 'SEASON'] as const satisfies readonly ReportingPeriodKind[]
export const YEARS = ['YEAR', 'SEASON'] as const satisfies readonly ReportingPeriodKind[]

/** Kansentarief on at least one day of the period; grace counts. */
export const TARIFF_IN_PERIOD: CubeDimension = { id: 'tariff', sql: "if(kt, 'KT', 'OTHER')", several: false }
/** Kansentarief on the last day of the period. */
export const TARIFF_AT_END: CubeDimension = { id: 'tariff', sql: "if(kt_at_end, 'KT', 'OTHER')", several: false }
/** Kansentarief at the moment of what happened. */
export const TARIFF_THEN: CubeDimension = { id: 'tariff', sql: 'tariff', several: true }

export const AGE: CubeDimension = { id: 'age', sql: "if(age_band = '', 'UNKNOWN', age_band)", several: false }

/** Of sources with a year of birth; a birth year that the registry corrected would put a person in two bands. */
export const AGE_COARSE_THEN: CubeDimension = {
  id: 'age-coarse',
  sql: `multiIf(birth_year = 0 OR birth_year > {ageYear:UInt16}, 'UNKNOWN', {ageYear:UInt16} - birth_year < 12, '0-11', {ageYear:UInt16} - birth_year < 18, '12-17', {ageYear:UInt16} - birth_year < 30, '18-29', {ageYear:UInt16} - birth_year < 65, '30-64', '65+')`,
  several: true,
}

/** Of rows that say how many participations there were. */
export const FREQUENCY: CubeDimension = {
  id: 'frequency',
  sql: "multiIf(participations < 2, '1', participations < 4, '2-3', participations < 7, '4-6', participations < 13, '7-12', '13+')",
  several: false,
}

/** All sets of some dimensions, in their order: the total, each alone, each pair and so on. */
export function allSetsOf(...dimensions: readonly DimensionId[]): readonly (readonly DimensionId[])[] {
  const sets: (readonly DimensionId[])[] = [[]]
  for (const dimension of dimensions) sets.push(...sets.map((set) => [...set, dimension]))
  return sets
}

/** Participations on check-in basis: a ticket alone says too little, and only holders with the social tariff have one. */
export const BY_CHECKIN = "evidence != 'TICKET'"

export const WEEKDAY: CubeDimension = { id: 'weekday', sql: 'toString(weekday)', several: true }
export const HOUR: CubeDimension = { id: 'hour', sql: 'toString(hour)', several: true }

/** The sectors of a mask, each once. */
export function sectorsIn(mask: string): string {
  return `arrayJoin(arrayMap(bit -> [${SECTORS.map((sector) => `'${sector}'`).join(', ')}][bit + 1], bitPositionsToArray(${mask})))`
}
