import { draw, drawOne, drawShare } from '../../population/draw.ts'
import { chipNumber, inszNumber, uitpasNumber, uuid } from '../../population/identifiers.ts'
import { CARD_SYSTEMS, HOMES, type Home } from './municipality.ts'
import { type Population, SUBJECT } from './population.ts'

const FIRST_NAMES = [
  'Emma',
  'Noah',
  'Amina',
  'Lucas',
  'Marie',
  'Jan',
  'Fatima',
  'Pieter',
  'Olivia',
  'Mohamed',
  'An',
  'Luc',
] as const
const LAST_NAMES = [
  'Peeters',
  'Janssens',
  'Maes',
  'Jacobs',
  'Mertens',
  'Willems',
  'El Idrissi',
  'Claes',
  'Goossens',
  'Yilmaz',
] as const
const STREETS = ['Kerkstraat', 'Stationsstraat', 'Molenstraat', 'Nieuwstraat', 'Schoolstraat', 'Dorpsstraat'] as const

/** Birthdays fall on the days of these years; a fixed range, so that the population does not depend on the date. */
const BIRTH_YEAR_FIRST = 1937
const BIRTH_DAYS = 86 * 365
/** Coprime to {@link BIRTH_DAYS}: neighbours in the numbering are born on days far apart. */
const BIRTH_DAY_STEP = 12_347
/** National numbers have 998 serials a day, two for each holder born that day. */
const BORN_PER_DAY_MAX = 499
const PASSHOLDERS_MAX = BIRTH_DAYS * BORN_PER_DAY_MAX

const SOCIAL_TARIFF_SHARE = 0.25
const SECOND_MEMBERSHIP_SHARE = 0.08
const REPLACED_CARD_SHARE = 0.05
const INSZ_SHARE = 0.9
const DIGITAL_CARD_SHARE = 0.1
const SERIES_CURRENT = '091'
const SERIES_SECOND = '093'
const SERIES_REPLACED = '090'
/** Chips of second and replaced cards are numbered far behind those of the current ones. */
const CHIP_OFFSET = PASSHOLDERS_MAX

/** Number of the card that passholder `index` uses. Active, and so is the membership it belongs to. */
export function currentNumber(population: Population, index: number): string {
  return uitpasNumber(SERIES_CURRENT, index, hasSocialTariff(population, index))
}

/** Passholder number `index` in the official shape, as `PUT /registry/passholders` takes it. */
export function passholder(population: Population, index: number): Record<string, unknown> {
  const { seed } = population
  const home = homeOf(seed, index)
  const postalCode = drawOne(home.postalCodes, draw(seed, index, SUBJECT.postalCode))
  const isMale = draw(seed, index, SUBJECT.gender) % 2 === 0
  const birthDay = birthDayOf(index)
  const name = drawOne(LAST_NAMES, draw(seed, index, SUBJECT.lastName))
  const uitpas = currentNumber(population, index)
  return {
    id: uuid(seed, index, SUBJECT.passholderId),
    name,
    firstName: drawOne(FIRST_NAMES, draw(seed, index, SUBJECT.firstName)),
    dateOfBirth: birthDay,
    gender: isMale ? 'MALE' : 'FEMALE',
    ...(drawShare(seed, index, SUBJECT.insz) < INSZ_SHARE ? { inszNumber: inszNumber(birthDay, inszSerial(index, isMale)) } : {}),
    postalCode,
    address: { street: streetOf(seed, index), postalCode, city: home.name },
    uitpasNumber: uitpas,
    cardSystemMemberships: memberships(population, index, { home, uitpas }),
    ...replacedCards(population, index, home),
  }
}

/** Whether passholder `index` has a right to the social tariff, in the card system of the first membership. */
export function hasSocialTariff(population: Population, index: number): boolean {
  return drawShare(population.seed, index, SUBJECT.socialTariff) < SOCIAL_TARIFF_SHARE
}

/** Id of the card system of the first membership, which is that of the passholder's municipality. */
export function cardSystemOf(population: Population, index: number): number {
  return homeOf(population.seed, index).cardSystem
}

/** Municipalities of one card system are drawn by their number in the list, not by their size: enough for a load. */
function homeOf(seed: number, index: number): Home {
  return drawOne(HOMES, draw(seed, index, SUBJECT.home))
}

function streetOf(seed: number, index: number): string {
  const drawn = draw(seed, index, SUBJECT.street)
  return `${drawOne(STREETS, drawn)} ${1 + ((drawn >>> 8) % 200)}`
}

function birthDayOf(index: number): string {
  const day = (index * BIRTH_DAY_STEP) % BIRTH_DAYS
  return new Date(Date.UTC(BIRTH_YEAR_FIRST, 0, 1 + day)).toISOString().slice(0, 10)
}

/** Holders who share a birthday get the next serial of that day, odd for men, so no two national numbers are alike. */
function inszSerial(index: number, isMale: boolean): number {
  return Math.floor(index / BIRTH_DAYS) * 2 + (isMale ? 1 : 2)
}

function memberships(population: Population, index: number, first: { home: Home; uitpas: string }): Record<string, unknown>[] {
  const { seed } = population
  const isDigital = drawShare(seed, index, SUBJECT.digitalCard) < DIGITAL_CARD_SHARE
  const list = [membership(first.home.cardSystem, { uitpas: first.uitpas, isDigital, chip: index })]
  if (hasSocialTariff(population, index)) {
    list[0] = { ...list[0], socialTariff: { status: 'ACTIVE', endDate: '2030-04-30T21:59:59+00:00', inGracePeriod: false } }
  }
  const other = drawOne(CARD_SYSTEMS, draw(seed, index, SUBJECT.secondMembership) >>> 8)
  if (drawShare(seed, index, SUBJECT.secondMembership) < SECOND_MEMBERSHIP_SHARE && other.id !== first.home.cardSystem) {
    const uitpas = uitpasNumber(SERIES_SECOND, index, false)
    list.push(membership(other.id, { uitpas, isDigital: false, chip: CHIP_OFFSET + index }))
  }
  return list
}

function membership(cardSystem: number, card: { uitpas: string; isDigital: boolean; chip: number }): Record<string, unknown> {
  return {
    cardSystem: { id: cardSystem, name: CARD_SYSTEMS.find((known) => known.id === cardSystem)?.name },
    uitpasNumber: card.uitpas,
    status: 'ACTIVE',
    currentCard: {
      uitpasNumber: card.uitpas,
      cardType: card.isDigital ? 'DIGITAL' : 'NFC_CARD',
      status: 'ACTIVE',
      ...(card.isDigital ? {} : { chipNumber: chipNumber(card.chip) }),
    },
  }
}

/** Some holders had a card before, which was lost: still known, no longer usable. */
function replacedCards(population: Population, index: number, home: Home): Record<string, unknown> {
  if (drawShare(population.seed, index, SUBJECT.replacedCard) >= REPLACED_CARD_SHARE) return {}
  const card = {
    uitpasNumber: uitpasNumber(SERIES_REPLACED, index, false),
    chipNumber: chipNumber(2 * CHIP_OFFSET + index),
    status: 'BLOCKED',
    cardSystem: { id: home.cardSystem },
  }
  return { cards: [card] }
}
