import type { ReportingPeriodKind } from '@zuil/core'
import type { Books } from '../books.ts'
import { TARIFFS } from '../books.ts'
import type { CrossDimension, Crossing } from '../cross-table.ts'
import { AGES, type Residents } from '../residents.ts'
import { SECTORS } from '../sectors.ts'

/** How the cells of some measures follow from the books. */
export interface TruthMeasure {
  readonly periods: readonly ReportingPeriodKind[]
  /** Days after the end of the period in which what is asked may still happen; 0 when it is known at the end. */
  readonly afterDays?: number
  /** The residents as they were at the end of the period; the books as they are these days later. */
  readonly crossings: (residents: Residents, books: Books) => readonly Crossing[]
}

export const ALL_PERIODS = ['MONTH', 'QUARTER', 'YEAR', 'SEASON'] as const satisfies readonly ReportingPeriodKind[]
export const YEARS = ['YEAR', 'SEASON'] as const satisfies readonly ReportingPeriodKind[]
export const YES_NO = ['YES', 'NO'] as const

export function yesNo(id: string, is: (row: number) => boolean): CrossDimension {
  return { id, members: YES_NO, of: (row) => (is(row) ? 0 : 1) }
}

/** Dimensions whose member is the value of a column, by row. */
export function tariffColumn(column: ArrayLike<number>): CrossDimension {
  return { id: 'tariff', members: TARIFFS, of: (row) => column[row] ?? 0 }
}

export function ageColumn(column: ArrayLike<number>): CrossDimension {
  return { id: 'age', members: AGES, of: (row) => column[row] ?? 0 }
}

export function sectorColumn(column: ArrayLike<number>): CrossDimension {
  return { id: 'sector', members: SECTORS, of: (row) => column[row] ?? 0 }
}

/** The member of a number among bands that begin with these. */
export function bandDimension(id: string, bands: readonly { member: string; from: number }[], of: (row: number) => number) {
  const members = bands.map(({ member }) => member)
  return { id, members, of: (row: number) => bands.findLastIndex(({ from }) => of(row) >= from) }
}

export const FREQUENCIES = [
  { member: '1', from: 1 },
  { member: '2-3', from: 2 },
  { member: '4-6', from: 4 },
  { member: '7-12', from: 7 },
  { member: '13+', from: 13 },
] as const

const COARSE_AGES = [
  { member: 'UNKNOWN', from: Number.NEGATIVE_INFINITY },
  { member: '0-11', from: 0 },
  { member: '12-17', from: 12 },
  { member: '18-29', from: 18 },
  { member: '30-64', from: 30 },
  { member: '65+', from: 65 },
] as const

/** By the year of birth of the rows and the year in which the period ends. */
export function coarseAge(birthYears: ArrayLike<number>, year: number): CrossDimension {
  return bandDimension('age-coarse', COARSE_AGES, (row) => {
    const born = birthYears[row] ?? 0
    return born === 0 || born > year ? -1 : year - born
  })
}

export const HOME_PLACES = ['ALL', 'REGION', 'MUNICIPALITY'] as const

/** What crossings of holders have in common: a holder is one row, at home at the end of the period. */
export function byHome({ place }: Pick<Residents, 'place'>) {
  const itself = (holder: number) => holder
  return { places: HOME_PLACES, municipality: (holder: number) => place[holder] ?? 0, people: itself }
}
