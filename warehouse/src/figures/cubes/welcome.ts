import type { Cube } from '../cube.ts'
import { allSetsOf, banded, HOME_PLACES, TARIFF_IN_PERIOD, yesOrNo } from './shared.ts'

/** Whether newcomers used a welcome benefit within 90 days, and after how many (A13). */
export const WELCOME_CUBE: Cube = {
  id: 'welcome',
  names: { nl: 'welkomstvoordelen', fr: 'avantages de bienvenue', en: 'welcome benefits' },
  population: {
    nl: 'nieuwe passhouders met minstens één welkomstvoordeel',
    fr: 'nouveaux titulaires avec au moins un avantage de bienvenue',
    en: 'new holders with at least one welcome benefit',
  },
  source: 'holder-periods',
  where: ['registered', 'welcome_granted'],
  places: HOME_PLACES,
  placesSeveral: false,
  periods: ['QUARTER', 'YEAR'],
  closesAfterDays: 90,
  dimensions: [
    TARIFF_IN_PERIOD,
    yesOrNo('redeemed', 'welcome_days <= 90'),
    {
      id: 'days-to-first',
      ...banded(
        [
          ['welcome_days > 90', 'NEVER'],
          ['welcome_days < 7', '0-6'],
          ['welcome_days < 14', '7-13'],
          ['welcome_days < 28', '14-27'],
          ['welcome_days < 56', '28-55'],
        ],
        '56-90',
      ),
      several: false,
    },
  ],
  lattice: [...allSetsOf('tariff', 'redeemed'), ['days-to-first']],
  columns: [],
  publishesPeople: true,
  links: [
    { cube: 'registrations', kind: 'CONTAINED', dimensions: [[], ['tariff']] },
    { cube: 'welcome', kind: 'SAME', dimensions: [[]], where: { redeemed: 'NO' }, whereThere: { 'days-to-first': 'NEVER' } },
  ],
}
