import { formatDay, type ReportingPeriod } from '@zuil/core'
import { CounterTable } from '../../history/counter-table.ts'
import { monthNumber } from '../activity-book.ts'
import { type Books, HOLDERS_MAX, pairKey, TARIFFS } from '../books.ts'
import { allSetsOf, type Crossing } from '../cross-table.ts'
import { checkedIn } from '../residents.ts'
import { yearOf } from './holders.ts'
import { MEMORY_MONTHS, STATES } from './loyalty.ts'
import {
  ALL_PERIODS,
  bandDimension,
  coarseAge,
  FREQUENCIES,
  type TruthMeasure,
  tariffColumn,
  YEARS,
  yesNo,
} from './truth-measure.ts'
import { municipalityColumn } from './visits.ts'

/** Days of the months in which a newcomer may come again, at most. */
const RETURN_DAYS = 366
/** A14: organizers with fewer participations are too small to tell; and the share of the social tariff that is little, in percent. */
const LARGE_PARTICIPATIONS = 50
const LITTLE_PERCENT = 5
/** C8: series with fewer participations are not shown. */
const SERIES_PARTICIPATIONS = 30

/** C1, C2, C4, C5: an organizer's public. */
const audience: TruthMeasure = {
  periods: ALL_PERIODS,
  crossings: (residents, books) => {
    const { participations, places } = books
    const [homes, isInRegion] = [participations.column('home'), participations.column('isInRegion')]
    const dimensions = [
      tariffColumn(participations.column('tariff')),
      coarseAge(participations.column('birthYear'), yearOf(residents.period)),
      yesNo('in-region', (row) => isInRegion[row] === 1),
    ]
    const { people: _people, ...origins } = visitsOf(residents.period, books)
    return [
      { ...visitsOf(residents.period, books), measure: 'C1', dimensions, sets: allSetsOf('tariff', 'age-coarse', 'in-region') },
      { ...origins, measure: 'C5', dimensions: [municipalityColumn('origin', homes, places)], sets: [['origin']] },
    ]
  },
}

/** C3, C6: whether holders are new to an organizer, how often they come, and whether they go elsewhere. */
const relations: TruthMeasure = {
  periods: ['QUARTER', ...YEARS],
  crossings: (residents, books) => {
    const pairs = pairsOf(residents.period, books)
    const base = { rows: pairs.rows, places: ['ORGANIZER'], organizer: pairs.organizer, people: pairs.holder } as const
    const state = { id: 'state', members: STATES, of: pairs.stateOf }
    const tariff = { id: 'tariff', members: TARIFFS, of: (pair: number) => pairs.tariff[pair] ?? 1 }
    const elsewhere = yesNo(
      'elsewhere',
      (pair) => ((residents.sectors[pairs.holder(pair)] ?? 0) & ~(pairs.sectors[pair] ?? 0)) !== 0,
    )
    const frequency = bandDimension('frequency', FREQUENCIES, (pair) => pairs.visits[pair] ?? 0)
    const sums = { participations: (pair: number) => pairs.visits[pair] ?? 0 }
    return [
      { ...base, measure: 'C3', dimensions: [tariff, state], sets: allSetsOf('tariff', 'state') },
      { ...base, measure: 'C6', dimensions: [frequency, elsewhere], sets: allSetsOf('frequency', 'elsewhere'), sums },
    ]
  },
}

/** C8: which events reach new holders and those with the social tariff. */
const series: TruthMeasure = {
  periods: YEARS,
  crossings: ({ period }, books) => {
    const { participations, world } = books
    const [events, tariffs] = [participations.column('event'), participations.column('tariff')]
    const { people: holder, ...visits } = visitsOf(period, books)
    const counts = new Uint32Array(world.offers.count + 1)
    for (const row of visits.rows) counts[events[row] ?? 0] = (counts[events[row] ?? 0] ?? 0) + 1
    const pairs = pairsOf(period, books)
    const isNew = (row: number) => pairs.isNew(visits.organizer(row), holder(row))
    const members = Array.from({ length: world.offers.count + 1 }, (_, event) => String(event))
    return [
      {
        ...visits,
        measure: 'C8',
        rows: visits.rows.filter((row) => (counts[events[row] ?? 0] ?? 0) >= SERIES_PARTICIPATIONS),
        dimensions: [{ id: 'event', members, of: (row) => events[row] ?? 0 }],
        sets: [['event']],
        sums: {
          participations: () => 1,
          'kt-participations': (row) => (tariffs[row] === 0 ? 1 : 0),
          'new-participations': (row) => (isNew(row) ? 1 : 0),
        },
      },
    ]
  },
}

/** C11: of those who first came in a season, who came again within twelve months. */
const returns: TruthMeasure = {
  periods: ['SEASON'],
  afterDays: RETURN_DAYS,
  crossings: ({ period }, books) => {
    const pairs = pairsOf(period, books)
    const { participations } = books
    const [days, holders, organizers] = [
      participations.column('day'),
      participations.column('holder'),
      participations.column('organizer'),
    ]
    const returned = new Set<number>()
    for (const row of checkedIn(participations, period.firstDay, period.lastDay + RETURN_DAYS)) {
      const pair = pairs.find(organizers[row] ?? 0, holders[row] ?? 0)
      const first = pairs.firstDay(pair)
      const day = days[row] ?? 0
      if (pair >= 0 && day > first && day <= yearAfter(first)) returned.add(pair)
    }
    const rows = pairs.rows.filter((pair) => pairs.stateOf(pair) === STATES.indexOf('NEW'))
    const dimensions = [yesNo('returned', (pair) => returned.has(pair))]
    const base = { places: ['ORGANIZER'], organizer: pairs.organizer, people: pairs.holder } as const
    return [{ ...base, measure: 'C11', rows, dimensions, sets: [[], ['returned']] }]
  },
}

/** A14: which organizers have a public, and which of them reach hardly anybody with the social tariff. */
const unreached: TruthMeasure = {
  periods: YEARS,
  crossings: ({ period }, books) => {
    const { participations, places, world } = books
    const tariffs = participations.column('tariff')
    const all = new Uint32Array(places.organizers.length)
    const social = new Uint32Array(places.organizers.length)
    const { rows, organizer } = visitsOf(period, books)
    for (const row of rows) {
      all[organizer(row)] = (all[organizer(row)] ?? 0) + 1
      if (tariffs[row] === 0) social[organizer(row)] = (social[organizer(row)] ?? 0) + 1
    }
    const large = [...all.keys()].filter((index) => (all[index] ?? 0) >= LARGE_PARTICIPATIONS)
    const isBelow = (index: number) => (social[index] ?? 0) * 100 < LITTLE_PERCENT * (all[index] ?? 0)
    const municipality = (index: number) => world.hosts[index]?.place ?? 0
    const sums = { organizers: () => 1, 'organizers-below': (index: number) => (isBelow(index) ? 1 : 0) }
    return [{ measure: 'A14', rows: large, places: ['ALL', 'REGION', 'MUNICIPALITY'], municipality, sums }]
  },
}

export const ORGANIZER_MEASURES: readonly TruthMeasure[] = [audience, relations, series, returns, unreached]

/** Participations by check-in, by organizer. */
function visitsOf({ firstDay, lastDay }: ReportingPeriod, { participations }: Books) {
  const [organizers, holders] = [participations.column('organizer'), participations.column('holder')]
  return {
    rows: checkedIn(participations, firstDay, lastDay),
    places: ['ORGANIZER'],
    organizer: (row: number) => organizers[row] ?? 0,
    people: (row: number) => holders[row] ?? 0,
    sums: { participations: () => 1 },
  } as const satisfies Partial<Crossing>
}

/** Holders with an organizer where they took part in the period, as numbers from 0. */
function pairsOf(period: ReportingPeriod, books: Books) {
  const { participations, firstVisits } = books
  const [sector, tariffs] = [participations.column('sector'), participations.column('tariff')]
  const { rows, organizer: organizerOf, people: holderOf } = visitsOf(period, books)
  const numbers = new CounterTable()
  const keys: number[] = []
  const found = (key: number) => numbers.get(key) - 1
  const [visits, sectors, tariff]: [number[], number[], number[]] = [[], [], []]
  for (const row of rows) {
    const key = pairKey(organizerOf(row), holderOf(row))
    let pair = found(key)
    if (pair < 0) {
      pair = keys.length
      keys.push(key)
      numbers.set(key, pair + 1)
    }
    visits[pair] = (visits[pair] ?? 0) + 1
    sectors[pair] = (sectors[pair] ?? 0) | (1 << (sector[row] ?? 0))
    tariff[pair] = Math.min(tariff[pair] ?? 1, tariffs[row] ?? 1)
  }
  const recent = recentKeys(period, books)
  const firstDay = (pair: number) => firstVisits.get(keys[pair] ?? 0)
  const isNewKey = (key: number) => firstVisits.get(key) >= period.firstDay
  return {
    rows: Uint32Array.from(keys.keys()),
    organizer: (pair: number) => Math.floor((keys[pair] ?? 0) / HOLDERS_MAX),
    holder: (pair: number) => (keys[pair] ?? 0) % HOLDERS_MAX,
    visits,
    sectors,
    /** Index into TARIFFS; the social tariff at one of the participations. */
    tariff,
    firstDay,
    /** -1: they did not meet in the period. */
    find: (organizer: number, holder: number) => found(pairKey(organizer, holder)),
    isNew: (organizer: number, holder: number) => isNewKey(pairKey(organizer, holder)),
    stateOf: (pair: number) => {
      const key = keys[pair] ?? 0
      if (isNewKey(key)) return STATES.indexOf('NEW')
      return STATES.indexOf(recent.has(key) ? 'RETURNING' : 'REACTIVATED')
    },
  }
}

/** The same day of the next year; 28 February for a leap day. */
function yearAfter(day: number): number {
  const [year = 0, month = 1, date = 1] = formatDay(day).split('-').map(Number)
  const isLeapDay = month === 2 && date === 29
  return Date.UTC(year + 1, month - 1, isLeapDay ? 28 : date) / 86_400_000
}

/** Organizers and holders who met in the 18 months before a period. */
function recentKeys({ firstDay }: ReportingPeriod, { participations }: Books): CounterTable {
  const first = monthNumber(firstDay) - MEMORY_MONTHS
  const from = Date.UTC(Math.floor(first / 12), first % 12, 1) / 86_400_000
  const [organizers, holders] = [participations.column('organizer'), participations.column('holder')]
  const keys = new CounterTable()
  for (const row of checkedIn(participations, from, firstDay - 1)) keys.set(pairKey(organizers[row] ?? 0, holders[row] ?? 0), 1)
  return keys
}
