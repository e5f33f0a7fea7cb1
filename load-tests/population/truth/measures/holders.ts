import { formatDay } from '@zuil/core'
import type { Books } from '../books.ts'
import { allSetsOf, type CrossDimension, type Crossing } from '../cross-table.ts'
import type { Residents } from '../residents.ts'
import { ALL_PERIODS, ageColumn, bandDimension, byHome, type TruthMeasure, tariffColumn, YEARS, yesNo } from './truth-measure.ts'

/** A holder who was valid for less had too little time to take part. */
const EXPOSURE_DAYS = 90
const RENEWAL_WAIT_DAYS = 91
const WELCOME_DAYS = 90

/** A1, A2: who has a pass at the end; A15: the same by postal code. */
const stock: TruthMeasure = {
  periods: ALL_PERIODS,
  crossings: (residents) => {
    const rows = residents.all.filter((holder) => residents.isValid[holder] === 1)
    const dimensions = [tariffColumn(residents.tariffAtEnd), ageColumn(residents.age)]
    const social = rows.filter((holder) => residents.tariffAtEnd[holder] === 0)
    return [
      { ...byHome(residents), measure: 'A1', rows, dimensions, sets: allSetsOf('tariff', 'age') },
      { ...byHome(residents), measure: 'A2', rows: social, dimensions, sets: allSetsOf('age') },
    ]
  },
}

const neighbourhoods: TruthMeasure = {
  periods: ['YEAR'],
  crossings: (residents, { registry }) => {
    const rows = residents.all.filter((holder) => residents.isValid[holder] === 1)
    const postalCode = {
      id: 'postal-code',
      members: registry.postalCodes,
      of: (holder: number) => registry.postalCode[holder] ?? 0,
    }
    const sets = [['postal-code']]
    return [{ ...byHome(residents), measure: 'A15', places: ['MUNICIPALITY'], rows, dimensions: [postalCode], sets }]
  },
}

/** A3, A4: of those who had the time to take part, who did. */
const participation: TruthMeasure = {
  periods: YEARS,
  crossings: (residents) => {
    const rows = residents.all.filter((holder) => (residents.validDays[holder] ?? 0) >= EXPOSURE_DAYS)
    const dimensions = [tariffColumn(residents.tariff), ageColumn(residents.age), activityOf(residents)]
    return [
      { ...byHome(residents), measure: 'A3', rows, dimensions, sets: allSetsOf('tariff', 'activity') },
      { ...byHome(residents), measure: 'A4', rows, dimensions, sets: [['tariff', 'age', 'activity']] },
    ]
  },
}

/** A11: of those whose right ended in the period, who had one again within 90 days. */
const renewal: TruthMeasure = {
  periods: ['QUARTER', 'YEAR', 'SEASON'],
  afterDays: RENEWAL_WAIT_DAYS,
  crossings: (residents, { registry }) => {
    const ended = registry.endedRights(residents.period)
    const rows = residents.all.filter((holder) => ended.has(holder))
    const dimensions = [ageColumn(residents.age), yesNo('renewed', (holder) => ended.get(holder) === true)]
    return [{ ...byHome(residents), measure: 'A11', rows, dimensions, sets: allSetsOf('age', 'renewed') }]
  },
}

const DAYS_TO_FIRST = [
  { member: '0-6', from: 0 },
  { member: '7-13', from: 7 },
  { member: '14-27', from: 14 },
  { member: '28-55', from: 28 },
  { member: '56-90', from: 56 },
  { member: 'NEVER', from: 91 },
] as const

/** A13: of those who registered and got a welcome reward, who collected one within 90 days of it. */
const welcome: TruthMeasure = {
  periods: ['QUARTER', 'YEAR'],
  afterDays: WELCOME_DAYS,
  crossings: (residents, { registry, grantedOn, collectedOn }) => {
    const until = residents.period.lastDay + WELCOME_DAYS
    const rows = registeredIn(residents, registry).filter((holder) => (grantedOn[holder] ?? 0) <= until)
    const days = (holder: number) => (collectedOn[holder] ?? 0) - (grantedOn[holder] ?? 0)
    const dimensions = [
      tariffColumn(residents.tariff),
      yesNo('redeemed', (holder) => days(holder) <= WELCOME_DAYS),
      bandDimension('days-to-first', DAYS_TO_FIRST, days),
    ]
    const sets = [...allSetsOf('tariff', 'redeemed'), ['days-to-first']]
    return [{ ...byHome(residents), measure: 'A13', rows, dimensions, sets }]
  },
}

/** B12, D12: who became a holder; B15: with or without a card of before, and whether they took part. */
const registrations: TruthMeasure = {
  periods: ALL_PERIODS,
  crossings: (residents, { registry }) => {
    const rows = registeredIn(residents, registry)
    const dimensions = [tariffColumn(residents.tariff), ageColumn(residents.age)]
    const predecessor = yesNo('predecessor', (holder) => registry.hadPredecessor[holder] === 1)
    const cards = [predecessor, activityOf(residents)]
    return [
      { ...byHome(residents), measure: 'B12', rows, dimensions, sets: [[], ['tariff'], ['age']] },
      { ...byHome(residents), measure: 'B15', rows, dimensions: cards, sets: allSetsOf('predecessor', 'activity') },
    ]
  },
}

/** Whether somebody took part. */
function activityOf({ participations }: Residents): CrossDimension {
  return { id: 'activity', members: ['ACTIVE', 'INACTIVE'], of: (holder) => (participations[holder] ? 0 : 1) }
}

function registeredIn({ all, period }: Residents, { validSince }: Books['registry']): Uint32Array {
  return all.filter((holder) => {
    const since = validSince[holder] ?? 0
    return since >= period.firstDay && since <= period.lastDay
  })
}

/** D10: points saved, given and redeemed in the period, and what stood out at its end. */
const points: TruthMeasure = {
  periods: ALL_PERIODS,
  crossings: (residents, books) => [pointsOf(residents, books)],
}

function pointsOf(residents: Residents, { points: rows }: Books): Crossing {
  const [holders, saved, given, redeemed] = [
    rows.column('holder'),
    rows.column('saved'),
    rows.column('given'),
    rows.column('redeemed'),
  ]
  const { firstDay, lastDay } = residents.period
  const value = (column: ArrayLike<number>) => (row: number) => column[row] ?? 0
  const { places, municipality } = byHome(residents)
  return {
    measure: 'D10',
    rows: rows.between(firstDay, lastDay),
    places,
    municipality: (row) => municipality(holders[row] ?? 0),
    people: value(holders),
    dimensions: [{ ...tariffColumn(residents.tariff), of: (row) => residents.tariff[holders[row] ?? 0] ?? 0 }],
    sets: allSetsOf('tariff'),
    sums: { saved: value(saved), given: value(given), redeemed: value(redeemed) },
  }
}

export const HOLDER_MEASURES: readonly TruthMeasure[] = [
  stock,
  neighbourhoods,
  participation,
  renewal,
  welcome,
  registrations,
  points,
]

/** Last day of the year that a period ends in. */
export function yearOf({ lastDay }: { readonly lastDay: number }): number {
  return Number(formatDay(lastDay).slice(0, 4))
}
