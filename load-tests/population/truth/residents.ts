import { AGE_BANDS, ageBand, formatDay, type ReportingPeriod } from '@zuil/core'
import type { Books } from './books.ts'

/** The members of the dimension age; the last one: unknown. */
export const AGES: readonly string[] = [...AGE_BANDS.map(({ band }) => band), 'UNKNOWN']
const UNKNOWN_AGE = AGES.length - 1

/** What is true of each holder in a period: home and rights at its end or during it, and what they did in it. By holder number. */
export interface Residents {
  readonly period: ReportingPeriod
  /** Numbers of the individuals that the registry knew at the end of the period. */
  readonly all: Uint32Array
  /** Index of the municipality at the end of the period. */
  readonly place: Uint16Array
  /** Index into AGES, on 31 December of the year in which the period ends. */
  readonly age: Uint8Array
  /** 0: the social tariff on a day of the period at least; 1: not. Index into TARIFFS. */
  readonly tariff: Uint8Array
  readonly tariffAtEnd: Uint8Array
  /** 1: a valid membership at the end of the period, which also says that it was valid in it. */
  readonly isValid: Uint8Array
  /** Days of the period with a valid membership. */
  readonly validDays: Uint16Array
  /** By check-in, without schools. */
  readonly participations: Uint16Array
  /** Bit s: a participation in sector s. */
  readonly sectors: Uint8Array
}

/** The books have to stand at the end of the period. */
export function residentsOf(books: Books, period: ReportingPeriod): Residents {
  const { registry } = books
  const length = registry.place.length
  const arrays = {
    place: registry.place.slice(),
    age: new Uint8Array(length),
    tariff: new Uint8Array(length),
    tariffAtEnd: new Uint8Array(length),
    isValid: new Uint8Array(length),
    validDays: new Uint16Array(length),
    ...attendance(books, period),
  }
  const year = Number(formatDay(period.lastDay).slice(0, 4))
  const all: number[] = []
  for (let holder = 1; holder < length; holder++) {
    if (registry.place[holder] === NOBODY || registry.isGroup[holder] === 1) continue
    all.push(holder)
    arrays.age[holder] = ageIndex(registry.birthYear[holder] ?? 0, year)
    arrays.tariffAtEnd[holder] = registry.hasTariff[holder] === 1 ? 0 : 1
    const hadTariff = registry.hasTariff[holder] === 1 || (registry.lastTariffDay[holder] ?? 0) >= period.firstDay
    arrays.tariff[holder] = hadTariff ? 0 : 1
    const since = registry.validSince[holder] ?? 0
    if (since === 0) continue
    arrays.isValid[holder] = 1
    arrays.validDays[holder] = period.lastDay - Math.max(period.firstDay, since) + 1
  }
  return { period, all: Uint32Array.from(all), ...arrays }
}

const NOBODY = 0xffff

function attendance({ participations, registry }: Books, { firstDay, lastDay }: ReportingPeriod) {
  const counts = new Uint16Array(registry.place.length)
  const sectors = new Uint8Array(registry.place.length)
  const [holders, sector] = [participations.column('holder'), participations.column('sector')]
  for (const row of checkedIn(participations, firstDay, lastDay)) {
    const holder = holders[row] ?? 0
    counts[holder] = (counts[holder] ?? 0) + 1
    sectors[holder] = (sectors[holder] ?? 0) | (1 << (sector[row] ?? 0))
  }
  return { participations: counts, sectors }
}

/** Participations by check-in, without those of schools. */
export function checkedIn(participations: Books['participations'], firstDay: number, lastDay: number): Uint32Array {
  const [evidence, isSchool] = [participations.column('evidence'), participations.column('isSchool')]
  return participations.between(firstDay, lastDay).filter((row) => evidence[row] !== 1 && isSchool[row] === 0)
}

function ageIndex(birthYear: number, year: number): number {
  const index = AGES.indexOf(ageBand(birthYear, year))
  return index < 0 ? UNKNOWN_AGE : index
}
