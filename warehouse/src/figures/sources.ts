/** Where the rows that cells are counted from come from: tables and views of the facts, see migrations 0008 and on. */
export interface Source {
  /** After FROM. */
  readonly from: string
  /** Which of its rows belong to a period. */
  readonly period: string
  /** The same, where nobody is told apart: by months, of which the engine keeps sums (projections of the table). */
  readonly periodOfSums?: string
  /** Whether a person has at most one row in a cell, so that rows are people. */
  readonly onePerHolder: boolean
  /** Column of the municipality of a cell; absent where the source knows none. */
  readonly municipality?: string
  /** Column of the organizer of a cell. */
  readonly organizer?: string
  /** Whether it is the transactions as they are now, and no facts that stand still while cells are counted. */
  readonly movesOn?: true
}

const BY_PERIOD = 'period_kind = {periodKind:String} AND period = {period:String}'
const BY_DAY = 'day BETWEEN {firstDay:Date} AND {lastDay:Date}'
/** Periods are whole months. */
const BY_MONTH = 'toStartOfMonth(day) BETWEEN {firstDay:Date} AND {lastDay:Date}'

export const SOURCES = {
  /** What is true of each passholder in the period; home at its last day. */
  'holder-periods': { from: 'holder_periods', period: BY_PERIOD, onePerHolder: true, municipality: 'home_nis' },
  /** What is true of each passholder with each organizer where they took part in the period; home at its last day. */
  'organizer-periods': { from: 'organizer_periods', period: BY_PERIOD, onePerHolder: true, organizer: 'organizer' },
  /** Participations of persons; home at that moment. */
  participations: {
    from: 'participations',
    period: BY_DAY,
    periodOfSums: BY_MONTH,
    onePerHolder: false,
    municipality: 'home_nis',
    organizer: 'organizer',
  },
  /** Tickets at the social tariff; home at that moment. */
  tickets: {
    from: 'social_tariff_tickets',
    period: BY_DAY,
    onePerHolder: false,
    municipality: 'home_nis',
    organizer: 'organizer',
  },
  /** Rewards that persons took; home at that moment. */
  redemptions: {
    from: 'redemptions',
    period: BY_DAY,
    onePerHolder: false,
    municipality: 'home_nis',
    organizer: 'organizer',
  },
  /** Check-ins of persons; the municipality is that of the venue. */
  checkins: {
    from: 'figures_checkins',
    period: BY_DAY,
    onePerHolder: false,
    municipality: 'venue_nis',
    organizer: 'organizer',
    movesOn: true,
  },
  /** Check-ins and tickets of group passes; home of the group. */
  groups: { from: 'figures_groups', period: BY_DAY, onePerHolder: false, municipality: 'home_nis', movesOn: true },
  /** Points that were redeemed in the period, with where they had been earned (first in, first out); home at that moment. */
  'point-flows': { from: 'point_flows', period: BY_DAY, onePerHolder: false, municipality: 'home_nis' },
} as const satisfies Record<string, Source>
export type SourceId = keyof typeof SOURCES
