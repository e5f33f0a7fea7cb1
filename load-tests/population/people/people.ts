import { DAY_MS } from '@zuil/core'
import { Dice, indexAbove } from '../dice.ts'
import type { Neighbours } from '../place/neighbours.ts'
import { type Geography, type Place, PREDECESSOR } from '../place/place.ts'

/** What is true of a holder for good; bits of {@link People.traits}. */
export const TRAIT = {
  group: 1,
  /** Had the card that was there before the pass. */
  predecessor: 2,
  /** Works for an organizer and got the pass for free. */
  ambassador: 4,
  /** Exchanges points when there are enough. */
  redeemer: 8,
  digitalCard: 16,
  /** Had the social tariff when it registered. */
  socialTariff: 32,
} as const

/** Partners who lead people in poverty to a pass; 0 is nobody. */
export const REFERRAL_PARTNERS = ['', 'OCMW', 'CAW', 'De Klus', 'Storzo', 'Welzijnsschakels'] as const

/** No day of a history. */
export const NEVER = 0x7fff_ffff

/**
 * Passholders and group passes in the order in which they registered, one column per property: half a million take some
 * 20 MB. The holder of index i has the dense number i + 1. Days count from 1 January 1970.
 */
export interface People {
  readonly count: number
  /** Index of the place of the first home. */
  readonly place: Uint16Array
  readonly joinedOn: Int32Array
  readonly birthYear: Uint16Array
  readonly traits: Uint8Array
  /** Visits in a year in which nothing holds anybody back; 0 for passes that are never used. */
  readonly visitsPerYear: Float32Array
  /** Day on which the interest is lost. */
  readonly lapsedOn: Int32Array
  readonly movedOn: Int32Array
  readonly movedTo: Uint16Array
  /** Day on which the card was replaced (lost, or another because of the social tariff). */
  readonly replacedOn: Int32Array
  /** Index into {@link REFERRAL_PARTNERS}. */
  readonly referral: Uint8Array
  /** Registrations of all Flanders that one registration here stands for: above 1 when the population is a sample. */
  readonly standsFor: number
}

export interface PeopleOptions {
  readonly seed: number
  /** Registered until `until`, group passes included. */
  readonly holders: number
  /** First day that is not simulated any more. */
  readonly until: number
  /** Where people move to. */
  readonly neighbours: readonly Neighbours[]
}

const STEP_DAYS = 30
const YEAR_DAYS = 365.25
const SUBJECT = 101

/** First a wave when a place joins, then a steady stream. Assumptions, fitted to the published totals. */
const WAVE_SIZE = 1.6
const WAVE_YEARS = 0.6
const GROUP_SHARE = 1 / 300
const USED_SHARE = 0.54
const VISITS_MEDIAN = 9.6
const VISITS_SPREAD = 0.95
const LAPSE_YEARS = 5
const MOVES_PER_YEAR = 0.02
const REPLACED_PER_YEAR = 0.03

/** Bands of the age at registration and their shares; children first, students least (calibration: age_mix). */
const AGES: readonly { readonly from: number; readonly until: number; readonly share: number; readonly zeal: number }[] = [
  { from: 1, until: 3, share: 0.02, zeal: 0.3 },
  { from: 3, until: 6, share: 0.08, zeal: 0.9 },
  { from: 6, until: 12, share: 0.17, zeal: 1.1 },
  { from: 12, until: 18, share: 0.09, zeal: 0.85 },
  { from: 18, until: 26, share: 0.06, zeal: 0.6 },
  { from: 26, until: 40, share: 0.18, zeal: 0.9 },
  { from: 40, until: 55, share: 0.17, zeal: 0.95 },
  { from: 55, until: 65, share: 0.1, zeal: 1.1 },
  { from: 65, until: 90, share: 0.13, zeal: 1.5 },
]

/** Factor on registrations: counters were closed, then quiet. */
export function registrationMood(day: number): number {
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10)
  if (text >= '2020-03-14' && text < '2020-06-08') return 0.1
  return text >= '2020-06-08' && text < '2021-06-09' ? 0.55 : 1
}

function firstRegistration({ cardSystem, since }: Place): number {
  return cardSystem === PREDECESSOR.replacedBy ? Math.min(since, PREDECESSOR.since) : since
}

/** Registrations of a place in each step of time, on the scale of Flanders. */
function expectedRegistrations(place: Place, first: number, steps: number): Float64Array {
  const expected = new Float64Array(steps)
  const isAfterPredecessor = place.cardSystem === PREDECESSOR.replacedBy
  for (let step = 0; step < steps; step++) {
    const day = first + step * STEP_DAYS
    const years = (day - place.since) / YEAR_DAYS
    const perStep = (place.inhabitants * place.registrationsPerYear * STEP_DAYS) / YEAR_DAYS
    if (years >= 0) expected[step] = perStep * (1 + WAVE_SIZE * Math.exp(-years / WAVE_YEARS)) * registrationMood(day)
    else if (isAfterPredecessor && day >= PREDECESSOR.since) expected[step] = perStep * 0.5 * registrationMood(day)
  }
  return expected
}

/** @throws {RangeError} when nobody can register, because every place joins later. */
export function makePeople({ places }: Geography, { seed, holders, until, neighbours }: PeopleOptions): People {
  const first = Math.min(...places.map(firstRegistration), until)
  const steps = Math.ceil((until - first) / STEP_DAYS)
  const cumulative = new Float64Array(places.length * steps)
  let sum = 0
  for (const [index, place] of places.entries()) {
    for (const [step, expected] of expectedRegistrations(place, first, steps).entries()) {
      sum += expected
      cumulative[index * steps + step] = sum
    }
  }
  if (sum === 0) throw new RangeError('No municipality takes part before the end of the chosen years')
  const dice = new Dice(seed, SUBJECT)
  const people = emptyPeople(holders, sum / holders)
  const registrations = drawRegistrations({ dice, cumulative, sum, steps, first, until, count: holders, places })
  for (let i = 0; i < holders; i++) {
    const registration = registrations[i] ?? 0
    people.place[i] = registration % PLACES_MAX
    people.joinedOn[i] = Math.floor(registration / PLACES_MAX)
    drawPerson(people, i, { dice, places, until, neighbours })
  }
  return people
}

/** A registration as one number: the day, then the place, so that sorting is sorting by day. */
const PLACES_MAX = 1_024

interface RegistrationDraw {
  readonly dice: Dice
  readonly cumulative: Float64Array
  readonly sum: number
  readonly steps: number
  readonly first: number
  readonly until: number
  readonly count: number
  readonly places: readonly Place[]
}

function drawRegistrations(options: RegistrationDraw): Float64Array {
  const { dice, cumulative, sum, steps, first, until, count, places } = options
  const registrations = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const cell = indexAbove(cumulative, dice.share() * sum)
    const place = Math.floor(cell / steps)
    const since = places[place]?.since ?? 0
    let day = first + (cell % steps) * STEP_DAYS + dice.below(STEP_DAYS)
    // a step may begin before the place joined
    if (day < since && day + STEP_DAYS > since) day = since + dice.below(5)
    registrations[i] = Math.min(day, until - 1) * PLACES_MAX + place
  }
  return registrations.sort()
}

function emptyPeople(count: number, standsFor: number): People {
  return {
    count,
    place: new Uint16Array(count),
    joinedOn: new Int32Array(count),
    birthYear: new Uint16Array(count),
    traits: new Uint8Array(count),
    visitsPerYear: new Float32Array(count),
    lapsedOn: new Int32Array(count).fill(NEVER),
    movedOn: new Int32Array(count).fill(NEVER),
    movedTo: new Uint16Array(count),
    replacedOn: new Int32Array(count).fill(NEVER),
    referral: new Uint8Array(count),
    standsFor,
  }
}

interface PersonDraw {
  readonly dice: Dice
  readonly places: readonly Place[]
  readonly until: number
  readonly neighbours: readonly Neighbours[]
}

function drawPerson(people: People, i: number, { dice, places, until, neighbours }: PersonDraw): void {
  const joinedOn = people.joinedOn[i] ?? 0
  const place = places[people.place[i] ?? 0]
  if (!place) return
  if (dice.chance(GROUP_SHARE)) {
    people.traits[i] = TRAIT.group
    people.visitsPerYear[i] = 6
    return
  }
  const hadPredecessor = place.cardSystem === PREDECESSOR.replacedBy && joinedOn < place.since
  const age = drawAge(dice, hadPredecessor)
  const year = 1970 + Math.floor(joinedOn / YEAR_DAYS)
  people.birthYear[i] = year - age.years
  const isSocial = dice.chance(place.socialTariff)
  const isAmbassador = !isSocial && age.years >= 20 && dice.chance(0.012)
  people.traits[i] =
    (hadPredecessor ? TRAIT.predecessor : 0) |
    (isAmbassador ? TRAIT.ambassador : 0) |
    (dice.chance(0.5) ? TRAIT.redeemer : 0) |
    (dice.chance(0.1) ? TRAIT.digitalCard : 0) |
    (isSocial ? TRAIT.socialTariff : 0)
  people.referral[i] = isSocial && dice.chance(0.12) ? 1 + dice.below(REFERRAL_PARTNERS.length - 1) : 0
  const isUsed = isAmbassador || dice.chance(USED_SHARE * place.use)
  const visits = VISITS_MEDIAN * place.use ** 2 * Math.exp(VISITS_SPREAD * dice.normal()) * age.zeal
  people.visitsPerYear[i] = isUsed ? Math.min(150, visits * (isAmbassador ? 2 : 1)) : 0
  people.lapsedOn[i] = joinedOn + Math.ceil(daysUntil(dice, 1 / LAPSE_YEARS))
  const [moves, replaced] = [joinedOn + 30 + daysUntil(dice, MOVES_PER_YEAR), joinedOn + 30 + daysUntil(dice, REPLACED_PER_YEAR)]
  if (replaced < until) people.replacedOn[i] = Math.floor(replaced)
  const around = neighbours[people.place[i] ?? 0]
  if (moves < until && around && around.places.length > 0) {
    const target = around.places[indexAbove(around.cumulative, dice.share() * (around.cumulative.at(-1) ?? 0))] ?? 0
    // who moves to where the pass is not known leaves the history, which has no such places
    if ((places[target]?.since ?? NEVER) > moves) return
    people.movedOn[i] = Math.floor(moves)
    people.movedTo[i] = target
  }
}

function drawAge(dice: Dice, isChild: boolean): { readonly years: number; readonly zeal: number } {
  if (isChild) return { years: 4 + dice.below(PREDECESSOR.ageMax - 4), zeal: 1 }
  let rest = dice.share()
  for (const { from, until, share, zeal } of AGES) {
    rest -= share
    if (rest < 0) return { years: from + dice.below(until - from), zeal }
  }
  return { years: 65, zeal: 1 }
}

/** Days until something that happens `perYear` times a year at any moment. */
function daysUntil(dice: Dice, perYear: number): number {
  return (-Math.log(1 - dice.share()) / perYear) * YEAR_DAYS
}
