import type { ReportingPeriodKind } from '@zuil/core'
import type { CubeDimension } from '../cube.ts'
import { type DimensionId, SECTORS } from '../dimensions.ts'

export const HOME_PLACES = ['ALL', 'REGION', 'MUNICIPALITY'] as const
export const ALL_PERIODS = ['MONTH', 'QUARTER', 'YEAR', 'SEASON'] as const satisfies readonly ReportingPeriodKind[]
export const YEARS = ['YEAR', 'SEASON'] as const satisfies readonly ReportingPeriodKind[]

/** Kansentarief on at least one day of the period; grace counts. */
export const TARIFF_IN_PERIOD: CubeDimension = { id: 'tariff', sql: "if(kt, 'KT', 'OTHER')", key: 'kt', several: false }
/** Kansentarief on the last day of the period. */
export const TARIFF_AT_END: CubeDimension = {
  id: 'tariff',
  sql: "if(kt_at_end, 'KT', 'OTHER')",
  key: 'kt_at_end',
  several: false,
}
/** Kansentarief at the moment of what happened. */
export const TARIFF_THEN: CubeDimension = { id: 'tariff', sql: 'tariff', several: true }

/** Whether somebody took part in the period. */
export const ACTIVITY: CubeDimension = {
  id: 'activity',
  sql: "if(participations > 0, 'ACTIVE', 'INACTIVE')",
  key: 'participations > 0',
  several: false,
}

export const AGE: CubeDimension = { id: 'age', sql: "if(age_band = '', 'UNKNOWN', age_band)", key: 'age_band', several: false }

/** Of sources with a year of birth; a birth year that the registry corrected would put a person in two bands. */
export const AGE_COARSE_THEN: CubeDimension = {
  id: 'age-coarse',
  ...banded(
    [
      ['birth_year = 0 OR birth_year > {ageYear:UInt16}', 'UNKNOWN'],
      ['{ageYear:UInt16} - birth_year < 12', '0-11'],
      ['{ageYear:UInt16} - birth_year < 18', '12-17'],
      ['{ageYear:UInt16} - birth_year < 30', '18-29'],
      ['{ageYear:UInt16} - birth_year < 65', '30-64'],
    ],
    '65+',
  ),
  several: true,
}

/** Of rows that say how many participations there were. */
export const FREQUENCY: CubeDimension = {
  id: 'frequency',
  ...banded(
    [
      ['participations < 2', '1'],
      ['participations < 4', '2-3'],
      ['participations < 7', '4-6'],
      ['participations < 13', '7-12'],
    ],
    '13+',
  ),
  several: false,
}

/** The member of the first condition that holds; rows are told apart by its number. */
export function banded(
  bands: readonly (readonly [condition: string, member: string])[],
  otherwise: string,
): Pick<CubeDimension, 'key' | 'sql'> {
  const members = [...bands.map(([, member]) => member), otherwise]
  const key = `multiIf(${bands.map(([condition], index) => `${condition}, ${index + 1}`).join(', ')}, ${members.length})`
  return { key, sql: `[${members.map((member) => `'${member}'`).join(', ')}][${key}]` }
}

/** Whether a condition holds. */
export function yesOrNo(id: DimensionId, condition: string): CubeDimension {
  return { id, sql: `if(${condition}, 'YES', 'NO')`, key: condition, several: false }
}

/** The number in a column. */
export function numbered(id: DimensionId, column: string): CubeDimension {
  return { id, sql: `toString(${column})`, key: column, several: false }
}

/** All sets of some dimensions, in their order: the total, each alone, each pair and so on. */
export function allSetsOf(...dimensions: readonly DimensionId[]): readonly (readonly DimensionId[])[] {
  const sets: (readonly DimensionId[])[] = [[]]
  for (const dimension of dimensions) sets.push(...sets.map((set) => [...set, dimension]))
  return sets
}

/** Rewards for points, and welcome benefits, as rewards are now. */
export const FOR_POINTS = "reward NOT IN (SELECT reward FROM rewards_now WHERE reward_type = 'WELCOME')"
export const OF_WELCOME = "reward IN (SELECT reward FROM rewards_now WHERE reward_type = 'WELCOME')"

/** Participations on check-in basis: a ticket alone says too little, and only holders with the social tariff have one. */
export const BY_CHECKIN = "evidence != 'TICKET'"

export const WEEKDAY: CubeDimension = { ...numbered('weekday', 'weekday'), several: true }
export const HOUR: CubeDimension = { ...numbered('hour', 'hour'), several: true }

/** The sectors of a mask, each once. */
export function sectorsIn(mask: string): string {
  return `arrayJoin(arrayMap(bit -> [${SECTORS.map((sector) => `'${sector}'`).join(', ')}][bit + 1], bitPositionsToArray(${mask})))`
}
