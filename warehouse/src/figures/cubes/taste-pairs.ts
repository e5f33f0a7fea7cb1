import type { Cube } from '../cube.ts'
import { allSetsOf, sectorsIn, YEARS } from './shared.ts'

/** From which sectors of the 24 months before to which new one (A6). */
export const TASTE_PAIRS_CUBE: Cube = {
  id: 'taste-pairs',
  names: { nl: 'van sector naar sector', fr: 'de secteur à secteur', en: 'from sector to sector' },
  population: {
    nl: 'passhouders met een nieuwe sector in de periode',
    fr: 'titulaires avec un nouveau secteur pendant la période',
    en: 'holders with a new sector in the period',
  },
  source: 'holder-periods',
  where: ['participations > 0', 'active_before', 'new_sectors > 0'],
  places: ['ALL', 'REGION'],
  placesSeveral: false,
  periods: YEARS,
  closesAfterDays: 0,
  dimensions: [
    { id: 'sector-before', sql: sectorsIn('sectors_before'), several: true },
    { id: 'sector', sql: sectorsIn('new_sectors'), several: true },
  ],
  lattice: allSetsOf('sector-before', 'sector'),
  columns: [],
  neverSame: ['sector-before', 'sector'],
  publishesPeople: true,
  links: [{ cube: 'widening', kind: 'SAME', dimensions: [[]], whereThere: { widened: 'YES' } }],
}
