import { readTable } from '../facts/table.ts'

/** Kinds of activity; the index is the number of the sector. */
export const SECTORS = ['CULTURE', 'YOUTH', 'SPORT', 'LIBRARY', 'LEARNING', 'OTHER'] as const

/** Activities of schools are counted apart. */
export const SCHOOL_TYPE = 'rJRFUqmd6EiqTD4c7HS90w'

const NAMES: readonly string[] = SECTORS
const NUMBERS = new Map(readTable('event-sectors').map(({ term = '', sector = '' }) => [term, NAMES.indexOf(sector)] as const))

/** Index into {@link SECTORS}; a theme says more than a type. */
export function sectorOf(eventType: string, eventTheme: string): number {
  return NUMBERS.get(eventTheme) ?? NUMBERS.get(eventType) ?? SECTORS.indexOf('OTHER')
}
