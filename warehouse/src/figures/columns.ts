import type { Column } from './cube.ts'

/** Most that one person adds to a cell, by the length of the period: one visit every other day and a half. */
const VISITS = { MONTH: 12, QUARTER: 36, YEAR: 144 } as const

/** Participations, of rows that are one each. */
export const PARTICIPATIONS: Column = {
  id: 'participations',
  names: { nl: 'deelnames', fr: 'participations', en: 'participations' },
  unit: 'participations',
  roundingBase: 10,
  shareMax: VISITS,
  sql: '1',
}

/** Participations, of rows that say how many there were. */
export const PARTICIPATIONS_OF_HOLDER: Column = { ...PARTICIPATIONS, sql: 'participations' }

export const CHECKINS: Column = {
  id: 'checkins',
  names: { nl: 'check-ins', fr: 'check-ins', en: 'check-ins' },
  unit: 'checkins',
  roundingBase: 10,
  shareMax: VISITS,
  sql: '1',
}

export const TICKETS: Column = {
  id: 'tickets',
  names: { nl: 'tickets', fr: 'tickets', en: 'tickets' },
  unit: 'tickets',
  roundingBase: 10,
  shareMax: VISITS,
  sql: '1',
}

export const REDEMPTIONS: Column = {
  id: 'redemptions',
  names: { nl: 'geruilde voordelen', fr: 'avantages échangés', en: 'rewards redeemed' },
  unit: 'redemptions',
  roundingBase: 10,
  shareMax: VISITS,
  sql: '1',
}

/** Points, by the SQL that says how many. */
export function pointsColumn(id: string, names: Column['names'], sql: string): Column {
  return { id, names, unit: 'points', roundingBase: 10, shareMax: { MONTH: 120, QUARTER: 360, YEAR: 1_440 }, sql }
}

/** Money in cents, by the SQL that says how much: what one person adds ends at € 120 a month. */
export function centsColumn(id: string, names: Column['names'], sql: string): Column {
  const shareMax = { MONTH: 12_000, QUARTER: 36_000, YEAR: 144_000 }
  return { id, names, unit: 'cents', roundingBase: 5_000, shareMax, sql, dominance: true }
}

/** Points that a redemption took. */
export const POINTS_TAKEN = pointsColumn('points', { nl: 'punten', fr: 'points', en: 'points' }, 'points')
