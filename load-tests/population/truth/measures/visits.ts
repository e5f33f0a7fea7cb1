import type { Books } from '../books.ts'
import { EVIDENCE } from '../books.ts'
import { allSetsOf, type CrossDimension } from '../cross-table.ts'
import { checkedIn, type Residents } from '../residents.ts'
import type { TruthPlaces } from '../truth-places.ts'
import { yearOf } from './holders.ts'
import { ALL_PERIODS, coarseAge, HOME_PLACES, sectorColumn, type TruthMeasure, tariffColumn, YEARS } from './truth-measure.ts'

const AREAS = ['HOME', 'REGION', 'ELSEWHERE', 'UNKNOWN'] as const

/** A7, B14: what residents choose, by home and tariff at the moment. */
const choices: TruthMeasure = {
  periods: ALL_PERIODS,
  crossings: (residents, books) => {
    const base = residentsVisits(residents, books)
    const { participations } = books
    const age = coarseAge(participations.column('birthYear'), yearOf(residents.period))
    const dimensions = [base.tariff, age, sectorColumn(participations.column('sector'))]
    return [
      { ...base.crossing, measure: 'A7', dimensions, sets: allSetsOf('tariff', 'age-coarse', 'sector') },
      { ...base.crossing, measure: 'B14', dimensions, sets: allSetsOf('tariff', 'sector') },
    ]
  },
}

/** A8, B2, B3: where residents go. */
const destinations: TruthMeasure = {
  periods: ALL_PERIODS,
  crossings: (residents, books) => {
    const base = residentsVisits(residents, books)
    const destination = municipalityColumn('destination', books.participations.column('venue'), books.places)
    const dimensions = [base.tariff, areaOf(books), destination]
    const areas = { ...base.crossing, measure: 'A8', dimensions, sets: [['area'], ['tariff', 'area']] }
    return [areas, { ...base.crossing, measure: 'B2', dimensions, sets: [['destination'], ['tariff', 'destination']] }]
  },
}

/** A5 on all evidence: tickets tell of people who never checked in; and the visits of schools, which are in nothing else. */
const evidence: TruthMeasure = {
  periods: YEARS,
  crossings: (residents, books) => {
    const { participations } = books
    const { firstDay, lastDay } = residents.period
    const [isSchool, kinds] = [participations.column('isSchool'), participations.column('evidence')]
    const all = participations.between(firstDay, lastDay)
    const { crossing, tariff } = residentsVisits(residents, books)
    const dimensions: CrossDimension[] = [tariff, { id: 'evidence', members: EVIDENCE, of: (row) => kinds[row] ?? 0 }]
    const one = () => 1
    const { people: _people, ...uncounted } = crossing
    return [
      {
        ...uncounted,
        measure: 'A5',
        rows: all.filter((row) => isSchool[row] === 0),
        dimensions,
        sets: [[], ['tariff'], ['evidence']],
        sums: { 'participations-on-all-evidence': one },
      },
      {
        ...uncounted,
        measure: 'A5',
        rows: all.filter((row) => isSchool[row] === 1 && kinds[row] !== 1),
        sums: { 'participations-of-schools': one },
      },
    ]
  },
}

/** B6: what residents ask for, beside what there is (the events). */
const demand: TruthMeasure = {
  periods: YEARS,
  crossings: (residents, books) => {
    const { people: _people, ...uncounted } = residentsVisits(residents, books).crossing
    const dimensions = [sectorColumn(books.participations.column('sector'))]
    return [{ ...uncounted, measure: 'B6', dimensions, sets: [['sector']] }]
  },
}

export const VISIT_MEASURES: readonly TruthMeasure[] = [choices, destinations, evidence, demand]

/** Participations of residents by check-in; home, tariff and people of them. */
function residentsVisits({ period }: Residents, { participations }: Books) {
  const [holders, homes, tariffs] = [
    participations.column('holder'),
    participations.column('home'),
    participations.column('tariff'),
  ]
  const crossing = {
    rows: checkedIn(participations, period.firstDay, period.lastDay),
    places: HOME_PLACES,
    municipality: (row: number) => homes[row] ?? 0,
    people: (row: number) => holders[row] ?? 0,
    sums: { participations: () => 1 },
  }
  return { crossing, tariff: tariffColumn(tariffs) }
}

/** In how near a municipality somebody took part. */
function areaOf({ participations, places }: Books): CrossDimension {
  const [homes, venues] = [participations.column('home'), participations.column('venue')]
  return {
    id: 'area',
    members: AREAS,
    of: (row) => {
      const [home = 0, venue = 0] = [homes[row], venues[row]]
      if (places.isNowhere(home) || places.isNowhere(venue)) return AREAS.indexOf('UNKNOWN')
      if (home === venue) return AREAS.indexOf('HOME')
      const region = places.regionOf(home)
      return AREAS.indexOf(region >= 0 && region === places.regionOf(venue) ? 'REGION' : 'ELSEWHERE')
    },
  }
}

/** The municipality that a column names by its index; 0 for those that are not known. */
export function municipalityColumn(id: string, column: ArrayLike<number>, places: TruthPlaces): CrossDimension {
  const members = [...places.municipalities, '0']
  return { id, members, of: (row) => Math.min(column[row] ?? 0, members.length - 1) }
}
