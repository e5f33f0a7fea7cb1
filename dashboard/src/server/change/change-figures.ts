import type { MeasureId, Where } from '@zuil/warehouse'
import type { ChangeKind } from '../../lib/change-view.ts'
import type { Chance } from './change-difference.ts'

/** A figure of a change: one number of a measure, before and after. */
export interface ChangeFigure {
  /** Anchor on the page, its name in a file, and the key of its subject in the words. */
  readonly id: ChangeFigureId
  readonly measure: MeasureId
  readonly figure: string
  /** Another figure of the measure: how many it is made of; needed where chance goes by a count. */
  readonly count?: string
  readonly chance: Chance
  /** Which periods: quarters and months over time, years beside each other for each kind of activity. */
  readonly around: 'quarters' | 'months' | 'years'
  /** Of the measure only this cell. */
  readonly at?: Where
  /** Told apart by it: a row for each member, and each is compared by itself. */
  readonly by?: 'sector' | 'age'
  /** Whether another place can stand beside it: of a number of people that says how large the place is, none can. */
  readonly isPerHead: boolean
}

export const CHANGE_FIGURE_IDS = [
  'change-participations',
  'change-newcomers',
  'change-cross-border',
  'change-newcomers-by-month',
  'change-newcomers-social-tariff',
  'change-open',
  'change-open-by-sector',
  'change-newcomers-by-age',
  'change-predecessor',
] as const
export type ChangeFigureId = (typeof CHANGE_FIGURE_IDS)[number]

const PARTICIPATIONS: ChangeFigure = {
  id: 'change-participations',
  measure: 'B5',
  figure: 'participations-per-1000',
  chance: 'SPREAD',
  around: 'quarters',
  isPerHead: true,
}
const NEWCOMERS: ChangeFigure = {
  id: 'change-newcomers',
  measure: 'B12',
  figure: 'new-per-1000',
  count: 'new-holders',
  chance: 'COUNT',
  around: 'quarters',
  isPerHead: true,
}

/** What is looked at for each kind of change; the first figure is the page's sentence. */
export const CHANGE_FIGURES: Readonly<Record<ChangeKind, readonly ChangeFigure[]>> = {
  joined: [
    PARTICIPATIONS,
    NEWCOMERS,
    {
      id: 'change-cross-border',
      measure: 'B3',
      figure: 'cross-border',
      chance: 'SPREAD',
      around: 'quarters',
      isPerHead: true,
    },
  ],
  campaign: [
    {
      id: 'change-newcomers-by-month',
      measure: 'B12',
      figure: 'new-per-1000',
      count: 'new-holders',
      chance: 'COUNT',
      around: 'months',
      isPerHead: true,
    },
    {
      id: 'change-newcomers-social-tariff',
      measure: 'B12',
      figure: 'new-holders',
      count: 'new-holders',
      chance: 'COUNT',
      around: 'months',
      at: { tariff: ['KT'] },
      isPerHead: false,
    },
    PARTICIPATIONS,
  ],
  universal: [
    {
      id: 'change-open',
      measure: 'B14',
      figure: 'without-social-tariff',
      chance: 'SPREAD',
      around: 'quarters',
      isPerHead: true,
    },
    {
      id: 'change-open-by-sector',
      measure: 'B14',
      figure: 'without-social-tariff',
      count: 'holders',
      chance: 'SHARE',
      around: 'years',
      by: 'sector',
      isPerHead: true,
    },
    NEWCOMERS,
  ],
  predecessor: [
    {
      id: 'change-predecessor',
      measure: 'B15',
      figure: 'from-predecessor',
      count: 'from-predecessor',
      chance: 'COUNT',
      around: 'quarters',
      isPerHead: false,
    },
    {
      id: 'change-newcomers-by-age',
      measure: 'D13',
      figure: 'finished',
      count: 'finished',
      chance: 'COUNT',
      around: 'years',
      by: 'age',
      isPerHead: false,
    },
    PARTICIPATIONS,
  ],
}
