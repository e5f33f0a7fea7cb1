import type { ReportingPeriod } from '@zuil/core'
import { CATEGORIES } from '../../offer/category.ts'
import type { World } from '../../world.ts'
import type { Books } from '../books.ts'
import { checkedIn } from '../residents.ts'
import { SCHOOL_TYPE, SECTORS, sectorOf } from '../sectors.ts'
import { HOME_PLACES, type TruthMeasure, YEARS } from './truth-measure.ts'

/** Days before the end of a period in which a kiosk or somebody counts as active. */
const ACTIVE_DAYS = 28

/** B6: the events that there were; C13: of an organizer's events, those with a check-in. */
const events: TruthMeasure = {
  periods: YEARS,
  crossings: ({ period }, books) => {
    const { world } = books
    const { offers, hosts } = world
    const categoryOf = (offer: number) => CATEGORIES[offers.category[offer] ?? 0]
    const themeOf = (offer: number) => categoryOf(offer)?.themes[offers.theme[offer] ?? 0] ?? ''
    const rows = offersIn(world, period)
    const sector = {
      id: 'sector',
      members: SECTORS,
      of: (offer: number) => sectorOf(categoryOf(offer)?.type ?? '', themeOf(offer)),
    }
    const visited = new Set<number>()
    const { participations } = books
    const [event, evidence] = [participations.column('event'), participations.column('evidence')]
    for (const row of participations.between(period.firstDay, period.lastDay))
      if (evidence[row] !== 1) visited.add((event[row] ?? 0) - 1)
    const one = () => 1
    const host = (offer: number) => offers.host[offer] ?? 0
    return [
      {
        measure: 'B6',
        rows: rows.filter((offer) => categoryOf(offer)?.type !== SCHOOL_TYPE),
        places: HOME_PLACES,
        municipality: (offer) => hosts[host(offer)]?.place ?? 0,
        dimensions: [sector],
        sets: [['sector']],
        sums: { events: one },
      },
      {
        measure: 'C13',
        rows,
        places: ['ORGANIZER'],
        organizer: host,
        sums: { events: one, 'events-with-checkin': (offer) => (visited.has(offer) ? 1 : 0) },
      },
    ]
  },
}

/** UiTPAS offers that are open on a day of the period, by their calendar. */
function offersIn({ offers }: World, { firstDay, lastDay }: ReportingPeriod): Uint32Array {
  const isIn = (offer: number) => {
    const [first = 0, last = 0] = [offers.firstDay[offer], offers.lastDay[offer]]
    if (offers.ofPredecessor[offer] === 1 || first > lastDay || last < firstDay) return false
    const isWeekly = CATEGORIES[offers.category[offer] ?? 0]?.pattern === 'weekly'
    return !isWeekly || first + 7 * Math.max(0, Math.ceil((firstDay - first) / 7)) <= lastDay
  }
  return Uint32Array.from({ length: offers.count }, (_, offer) => offer).filter(isIn)
}

/** B9, D6: which kiosks are used. */
const kiosks: TruthMeasure = {
  periods: ['MONTH', 'QUARTER'],
  crossings: ({ period }, books) => {
    const { checkins, world } = books
    const [devices, days] = [checkins.column('device'), checkins.column('day')]
    const used = new Map<number, Set<number>>()
    for (const row of checkins.between(period.lastDay - ACTIVE_DAYS + 1, period.lastDay)) {
      const host = (devices[row] ?? 0) - 1
      if (host < 0) continue
      const known = used.get(host) ?? new Set()
      used.set(host, known.add(days[row] ?? 0))
    }
    const rows = [...world.hosts.keys()].filter((index) => {
      const { kiosk = '', onboardedOn = 0 } = world.hosts[index] ?? {}
      return kiosk !== '' && onboardedOn <= period.lastDay
    })
    const members = Array.from({ length: ACTIVE_DAYS + 1 }, (_, count) => String(count))
    const daysUsed = { id: 'days-used', members, of: (host: number) => used.get(host)?.size ?? 0 }
    const municipality = (host: number) => world.hosts[host]?.place ?? 0
    const isUsed = (host: number) => (used.has(host) ? 1 : 0)
    const places = ['ALL', 'REGION'] as const
    return [
      { measure: 'B9', rows, places, municipality, sums: { 'kiosks-installed': () => 1, 'kiosks-used': isUsed } },
      { measure: 'D6', rows, places, municipality, dimensions: [daysUsed], sets: [['days-used']], sums: { kiosks: () => 1 } },
    ]
  },
}

/** C7: when it is busy. */
const hours: TruthMeasure = {
  periods: ['QUARTER', 'YEAR'],
  crossings: ({ period }, { checkins }) => {
    const value = checkins.reader.bind(checkins)
    const numbers = (count: number, first: number) => Array.from({ length: count }, (_, index) => String(first + index))
    const weekday = value('weekday')
    return [
      {
        measure: 'C7',
        rows: checkins.between(period.firstDay, period.lastDay),
        places: [...HOME_PLACES, 'ORGANIZER'],
        municipality: value('venue'),
        organizer: value('organizer'),
        dimensions: [
          { id: 'weekday', members: numbers(7, 1), of: (row) => weekday(row) - 1 },
          { id: 'hour', members: numbers(24, 0), of: value('hour') },
        ],
        sets: [['weekday', 'hour']],
        sums: { checkins: () => 1 },
      },
    ]
  },
}

/** D12: who and what was active lately, beside all that is registered. */
const adoption: TruthMeasure = {
  periods: ['MONTH'],
  crossings: (residents, books) => {
    const { period } = residents
    const rows = activeIn(books, period)
    const all = (column: string, count: number) => ({
      measure: 'D12',
      rows: [0],
      places: ['ALL'] as const,
      sums: { [column]: () => count },
    })
    const { hosts, geography } = books.world
    const registered = residents.all.filter((holder) => residents.isValid[holder] === 1)
    return [
      all('active-holders', rows.holders.size),
      all('active-organizers', rows.organizers.size),
      all('active-municipalities', rows.venues.size),
      all('registered-holders', registered.length),
      all('registered-organizers', hosts.filter(({ onboardedOn }) => onboardedOn <= period.lastDay).length),
      all('registered-municipalities', geography.places.filter(({ since }) => since <= period.lastDay).length),
    ]
  },
}

function activeIn({ participations }: Books, { lastDay }: ReportingPeriod) {
  const seen = { holders: new Set<number>(), organizers: new Set<number>(), venues: new Set<number>() }
  const [holders, organizers, venues] = [
    participations.column('holder'),
    participations.column('organizer'),
    participations.column('venue'),
  ]
  for (const row of checkedIn(participations, lastDay - ACTIVE_DAYS + 1, lastDay)) {
    seen.holders.add(holders[row] ?? 0)
    seen.organizers.add(organizers[row] ?? 0)
    seen.venues.add(venues[row] ?? 0)
  }
  return seen
}

export const OFFER_MEASURES: readonly TruthMeasure[] = [events, kiosks, hours, adoption]
