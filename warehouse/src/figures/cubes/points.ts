import { pointsColumn } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { ALL_PERIODS, HOME_PLACES, TARIFF_IN_PERIOD } from './shared.ts'

/** Points that were saved, given and redeemed (D10). */
export const POINTS_CUBE: Cube = {
  id: 'points',
  names: { nl: 'punten', fr: 'points', en: 'points' },
  population: {
    nl: 'passhouders met punten in de periode',
    fr: 'titulaires avec des points pendant la période',
    en: 'holders with points in the period',
  },
  source: 'holder-periods',
  where: ['points_saved > 0 OR points_given > 0 OR points_redeemed > 0'],
  places: HOME_PLACES,
  placesSeveral: false,
  periods: ALL_PERIODS,
  closesAfterDays: 0,
  dimensions: [TARIFF_IN_PERIOD],
  lattice: [[], ['tariff']],
  columns: [
    pointsColumn('saved', { nl: 'gespaarde punten', fr: 'points épargnés', en: 'points saved' }, 'points_saved'),
    pointsColumn('given', { nl: 'toegekende punten', fr: 'points accordés', en: 'points given' }, 'points_given'),
    pointsColumn('redeemed', { nl: 'geruilde punten', fr: 'points échangés', en: 'points redeemed' }, 'points_redeemed'),
  ],
  publishesPeople: true,
  links: [],
}
