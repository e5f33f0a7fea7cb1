import { previousPeriod, type ReportingPeriod } from '@zuil/core'
import { CounterTable } from '../../history/counter-table.ts'
import { monthNumber } from '../activity-book.ts'
import { type Books, HOLDERS_MAX } from '../books.ts'
import { allSetsOf, type CrossDimension, type Crossing } from '../cross-table.ts'
import { checkedIn, type Residents } from '../residents.ts'
import { SECTORS } from '../sectors.ts'
import {
  ALL_PERIODS,
  ageColumn,
  bandDimension,
  byHome,
  FREQUENCIES,
  type TruthMeasure,
  tariffColumn,
  YEARS,
  yesNo,
} from './truth-measure.ts'

/** TRG Arts found many patrons to come back between the thirteenth and the eighteenth month. */
export const MEMORY_MONTHS = 18
/** Months in which a sector was not seen before it counts as new. */
const TASTE_MONTHS = 24
const RETENTION_QUARTERS = 8
/** Rarefaction looks at so many participations of each holder. */
const RAREFIED = 3
const THOUSANDTHS = 1_000

export const STATES = ['NEW', 'RETURNING', 'REACTIVATED', 'INACTIVE'] as const

/** A5: how often those took part who did. */
const frequency: TruthMeasure = {
  periods: ALL_PERIODS,
  crossings: (residents) => {
    const { participations: counts } = residents
    const rows = active(residents)
    const count = (holder: number) => counts[holder] ?? 0
    const dimensions = [tariffColumn(residents.tariff), ageColumn(residents.age), bandDimension('frequency', FREQUENCIES, count)]
    const sets = [...allSetsOf('tariff', 'age'), ['frequency'], ['tariff', 'frequency']]
    return [{ ...byHome(residents), measure: 'A5', rows, dimensions, sets, sums: { participations: count } }]
  },
}

/** A6: in how many sectors, how many there would be with three participations, and which are new. */
const breadth: TruthMeasure = {
  periods: YEARS,
  crossings: (residents, books) => {
    const rows = active(residents)
    const tariff = tariffColumn(residents.tariff)
    const breadths = [
      { member: '1', from: 0 },
      { member: '2', from: 2 },
      { member: '3+', from: 3 },
    ]
    const sectors = bandDimension('breadth', breadths, (holder) => bitCount(residents.sectors[holder] ?? 0))
    const often = rows.filter((holder) => (residents.participations[holder] ?? 0) >= RAREFIED)
    const base = { ...byHome(residents), measure: 'A6' }
    return [
      { ...base, rows, dimensions: [tariff, sectors], sets: [['breadth'], ['tariff', 'breadth']] },
      {
        ...base,
        rows: often,
        dimensions: [tariff],
        sets: allSetsOf('tariff'),
        peopleAs: 'people-of-three',
        sums: expectedSectors(residents, books),
      },
      ...widening(residents, books),
    ]
  },
}

/** A9: who is new, returns, comes back after long or has stayed away; and of those who came before, who does not any more. */
const states: TruthMeasure = {
  periods: ALL_PERIODS,
  crossings: (residents, { activity }) => {
    const { period } = residents
    const [first, last] = [monthNumber(period.firstDay), monthNumber(period.lastDay)]
    const rows = residents.all.filter((holder) => residents.isValid[holder] === 1 || residents.participations[holder])
    const state = {
      id: 'state',
      members: STATES,
      of: (holder: number) => {
        if (!residents.participations[holder]) return STATES.indexOf('INACTIVE')
        if ((activity.firstDay[holder] ?? 0) >= period.firstDay) return STATES.indexOf('NEW')
        return STATES.indexOf(activity.wasActive(holder, first - MEMORY_MONTHS, first - 1) ? 'RETURNING' : 'REACTIVATED')
      },
    }
    const window = last - MEMORY_MONTHS + 1
    const before = residents.all.filter((holder) => activity.wasActive(holder, window - MEMORY_MONTHS, window - 1))
    const lapsed = yesNo('lapsed', (holder) => !activity.wasActive(holder, window, last))
    const lastTariff = tariffColumn(activity.lastTariff)
    return [
      {
        ...byHome(residents),
        measure: 'A9',
        rows,
        dimensions: [tariffColumn(residents.tariff), state],
        sets: [['state'], ['tariff', 'state']],
      },
      {
        ...byHome(residents),
        measure: 'A9',
        rows: before,
        dimensions: [lastTariff, lapsed],
        sets: [['lapsed'], ['tariff', 'lapsed']],
      },
    ]
  },
}

/** A10: of those who took part first in this quarter or one of the eight before, who takes part in this one. */
const retention: TruthMeasure = {
  periods: ['QUARTER'],
  crossings: (residents, { activity }) => {
    const quarter = Math.floor(monthNumber(residents.period.lastDay) / 3)
    const since = (holder: number) => {
      const firstDay = activity.firstDay[holder] ?? 0
      return firstDay > residents.period.lastDay ? -1 : quarter - Math.floor(monthNumber(firstDay) / 3)
    }
    const rows = residents.all.filter((holder) => since(holder) >= 0 && since(holder) <= RETENTION_QUARTERS)
    const members = Array.from({ length: RETENTION_QUARTERS + 1 }, (_, quarters) => String(quarters))
    const dimensions: CrossDimension[] = [
      { id: 'quarters-since', members, of: since },
      { id: 'activity', members: ['ACTIVE', 'INACTIVE'], of: (holder) => (residents.participations[holder] ? 0 : 1) },
    ]
    const sets = [['quarters-since'], ['quarters-since', 'activity']]
    return [{ ...byHome(residents), measure: 'A10', rows, dimensions, sets }]
  },
}

/** B11: in how many municipalities of their own region. */
const visited: TruthMeasure = {
  periods: YEARS,
  crossings: (residents, books) => {
    const { participations, places } = books
    const seen = new CounterTable()
    const counts = new Uint8Array(residents.place.length)
    const [holders, venues] = [participations.column('holder'), participations.column('venue')]
    for (const row of checkedIn(participations, residents.period.firstDay, residents.period.lastDay)) {
      const [holder = 0, venue = 0] = [holders[row], venues[row]]
      const region = places.regionOf(venue)
      const isOwn = region >= 0 && region === places.regionOf(residents.place[holder] ?? 0)
      if (!isOwn || seen.increment(venue * HOLDERS_MAX + holder) > 1) continue
      counts[holder] = (counts[holder] ?? 0) + 1
    }
    const bands = ['0', '1', '2', '3+'].map((member, from) => ({ member, from }))
    const dimensions = [tariffColumn(residents.tariff), bandDimension('visited', bands, (holder) => counts[holder] ?? 0)]
    const sets = [['visited'], ['tariff', 'visited']]
    return [{ ...byHome(residents), measure: 'B11', places: ['ALL', 'REGION'], rows: active(residents), dimensions, sets }]
  },
}

export const LOYALTY_MEASURES: readonly TruthMeasure[] = [frequency, breadth, states, retention, visited]

function active({ all, participations }: Residents): Uint32Array {
  return all.filter((holder) => (participations[holder] ?? 0) > 0)
}

/** For each holder the thousandths of sectors to expect in three of the participations, drawn without putting them back. */
function expectedSectors({ period, place }: Residents, { participations }: Books) {
  const counts = new Uint16Array(place.length * SECTORS.length)
  const [holders, sectors] = [participations.column('holder'), participations.column('sector')]
  for (const row of checkedIn(participations, period.firstDay, period.lastDay)) {
    const index = (holders[row] ?? 0) * SECTORS.length + (sectors[row] ?? 0)
    counts[index] = (counts[index] ?? 0) + 1
  }
  const expected = (holder: number) => {
    const own = counts.subarray(holder * SECTORS.length, (holder + 1) * SECTORS.length)
    const all = own.reduce((sum, count) => sum + count, 0)
    const sectors = own.reduce((sum, count) => sum + 1 - triples(all - count) / triples(all), 0)
    return Math.round(THOUSANDTHS * sectors)
  }
  return { 'expected-sectors': expected }
}

function triples(n: number): number {
  return (n * (n - 1) * (n - 2)) / 6
}

/** Those who took part in the period before as well: whether in a sector that is new to them, and from which ones they came. */
function widening(residents: Residents, books: Books): Crossing[] {
  const before = sectorsIn(books, previousPeriod(residents.period))
  const earlier = sectorsIn(books, monthsBefore(residents.period.firstDay, TASTE_MONTHS))
  const added = (holder: number) => (residents.sectors[holder] ?? 0) & ~(earlier[holder] ?? 0)
  const rows = active(residents).filter((holder) => before[holder])
  const pairs: number[] = []
  for (const holder of rows) {
    for (const from of SECTORS.keys()) {
      for (const to of SECTORS.keys()) {
        const isPair = ((earlier[holder] ?? 0) >> from) & (added(holder) >> to) & 1
        if (isPair === 1) pairs.push((holder * SECTORS.length + from) * SECTORS.length + to)
      }
    }
  }
  const holderOf = (pair: number) => Math.floor(pair / SECTORS.length ** 2)
  const base = { ...byHome(residents), measure: 'A6' }
  return [
    {
      ...base,
      rows,
      dimensions: [tariffColumn(residents.tariff), yesNo('widened', (holder) => added(holder) !== 0)],
      sets: [['widened'], ['tariff', 'widened']],
    },
    {
      ...base,
      places: ['ALL', 'REGION'],
      rows: pairs,
      municipality: (pair) => base.municipality(holderOf(pair)),
      people: holderOf,
      dimensions: [
        { id: 'sector-before', members: SECTORS, of: (pair) => Math.floor(pair / SECTORS.length) % SECTORS.length },
        { id: 'sector', members: SECTORS, of: (pair) => pair % SECTORS.length },
      ],
      sets: [['sector-before', 'sector']],
    },
  ]
}

function monthsBefore(firstDay: number, months: number): Pick<ReportingPeriod, 'firstDay' | 'lastDay'> {
  const first = monthNumber(firstDay) - months
  return { firstDay: Date.UTC(Math.floor(first / 12), first % 12, 1) / 86_400_000, lastDay: firstDay - 1 }
}

/** For each holder a bit for each sector. */
function sectorsIn(
  { participations, registry }: Books,
  { firstDay, lastDay }: Pick<ReportingPeriod, 'firstDay' | 'lastDay'>,
): Uint8Array {
  const masks = new Uint8Array(registry.place.length)
  const [holders, sectors] = [participations.column('holder'), participations.column('sector')]
  for (const row of checkedIn(participations, firstDay, lastDay)) {
    const holder = holders[row] ?? 0
    masks[holder] = (masks[holder] ?? 0) | (1 << (sectors[row] ?? 0))
  }
  return masks
}

function bitCount(mask: number): number {
  let count = 0
  for (let rest = mask; rest > 0; rest >>= 1) count += rest & 1
  return count
}
