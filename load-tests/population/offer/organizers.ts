import type { Organizer } from '@zuil/core'
import { Dice } from '../dice.ts'
import { drawShare } from '../draw.ts'
import { uuid } from '../identifiers.ts'
import type { Geography, Place } from '../place/place.ts'
import { categoryIndex } from './category.ts'

export const ORGANIZER_KINDS = ['municipal', 'association', 'school', 'commercial'] as const
export type OrganizerKind = (typeof ORGANIZER_KINDS)[number]

/** An organizer, what it offers and since when. */
export interface Host {
  readonly organizer: Organizer
  readonly kind: OrganizerKind
  /** People with the social tariff hardly find the way. */
  readonly isAloof: boolean
  /** Index of the place. */
  readonly place: number
  readonly onboardedOn: number
  /** Id of the UiTdatabank place where its offers are. */
  readonly location: string
  readonly locationName: string
  /** Id of the API client of its counter. */
  readonly client: string
  /** Id of the kiosk at its door; empty without one. */
  readonly kiosk: string
  /** Indexes of categories. */
  readonly categories: readonly number[]
  /** Dated offers of one category in a year, on the scale of Flanders. */
  readonly offersPerYear: number
}

const SUBJECT = 102
const ID_SUBJECT = { organizer: 201, location: 202, client: 203, kiosk: 204, aloof: 205 } as const

/** With these a place had about as many organizers as was published (3,000 in all in 2022, over 40 in Maasmechelen). */
const BASE_COUNT = 8
const INHABITANTS_PER_ORGANIZER = 1_200
const POOL_INHABITANTS_MIN = 12_000
const MUSEUM_INHABITANTS_MIN = 28_000
const CINEMA_INHABITANTS_MIN = 45_000
/** The municipal offer is there first, associations and others follow in these years. */
const STAGED_YEARS = 6
/** Of the associations, but for sports clubs, and the commercial organizers; an assumption (README). */
const ALOOF_SHARE = 0.2

/** A sample of people needs fewer organizers, but not in proportion: each place keeps its library. */
export function makeHosts(
  { places }: Geography,
  { seed, scale }: { readonly seed: number; readonly scale: number },
): readonly Host[] {
  const dice = new Dice(seed, SUBJECT)
  const hosts: Host[] = []
  const add = (host: HostDraft) => hosts.push(hostOf(host, places, { seed, number: hosts.length }))
  for (const [index, place] of places.entries()) {
    for (const draft of municipalHosts(place, index)) add(draft)
    const published = BASE_COUNT + place.inhabitants / INHABITANTS_PER_ORGANIZER
    const others = Math.max(1, Math.round(published * Math.min(1, scale ** 0.6)) - 4)
    for (let i = 0; i < others; i++) add(otherHost(place, index, dice))
  }
  return hosts
}

type HostDraft = Pick<Host, 'kind' | 'place' | 'onboardedOn' | 'categories' | 'offersPerYear'> & { readonly name: string }

function municipalHosts(place: Place, index: number): HostDraft[] {
  const host = (name: string, offersPerYear: number, ...categories: string[]): HostDraft => ({
    kind: 'municipal',
    place: index,
    onboardedOn: place.since,
    name: `${name} ${place.name}`,
    offersPerYear,
    categories: categories.map(categoryIndex),
  })
  const sport = place.inhabitants >= POOL_INHABITANTS_MIN ? ['pool', 'sport'] : ['sport']
  const culture = place.inhabitants >= MUSEUM_INHABITANTS_MIN ? ['stage', 'concert', 'museum'] : ['stage', 'concert']
  return [
    host('Bibliotheek', 4, 'library', 'lecture'),
    host('Sportdienst', 10, ...sport),
    host('Cultuurcentrum', 26, ...culture),
    host('Jeugddienst', 14, 'camp', 'course', 'market'),
  ]
}

const ASSOCIATIONS = [
  { name: 'Sportclub', categories: ['sport'] },
  { name: 'Muziekvereniging', categories: ['concert', 'course'] },
  { name: 'Toneelkring', categories: ['stage'] },
  { name: 'Speelplein', categories: ['camp'] },
  { name: 'Atelier', categories: ['course'] },
  { name: 'Heemkring', categories: ['lecture', 'market'] },
] as const

function otherHost(place: Place, index: number, dice: Dice): HostDraft {
  const onboardedOn = place.since + 60 + Math.floor(dice.share() ** 1.5 * STAGED_YEARS * 365)
  const common = { place: index, onboardedOn }
  const drawn = dice.share()
  if (drawn < 0.1) {
    const categories = [categoryIndex('school')]
    return { ...common, kind: 'school', name: `Basisschool ${place.name}`, categories, offersPerYear: 8 }
  }
  if (drawn < 0.18) {
    const hasCinema = place.inhabitants >= CINEMA_INHABITANTS_MIN && dice.chance(0.4)
    const categories = [categoryIndex(hasCinema ? 'film' : 'course')]
    return {
      ...common,
      kind: 'commercial',
      name: `${hasCinema ? 'Cinema' : 'Studio'} ${place.name}`,
      categories,
      offersPerYear: 5,
    }
  }
  const association = ASSOCIATIONS[dice.below(ASSOCIATIONS.length)] ?? ASSOCIATIONS[0]
  const categories = association.categories.map(categoryIndex)
  return { ...common, kind: 'association', name: `${association.name} ${place.name}`, categories, offersPerYear: 4 }
}

function hostOf(draft: HostDraft, places: readonly Place[], { seed, number }: { seed: number; number: number }): Host {
  const place = places[draft.place]
  if (!place) throw new RangeError(`There is no place ${draft.place}`)
  const id = uuid(seed, number, ID_SUBJECT.organizer)
  const location = uuid(seed, number, ID_SUBJECT.location)
  const { name: ofPlace, ...rest } = draft
  // a town has one library, and several sports clubs
  const name = draft.kind === 'municipal' ? ofPlace : `${ofPlace} ${number}`
  const [postalCode = ''] = place.postalCodes
  return {
    ...rest,
    isAloof: mayBeAloof(draft) && drawShare(seed, number, ID_SUBJECT.aloof) < ALOOF_SHARE,
    organizer: {
      id,
      name,
      street: 'Kerkplein 1',
      postalCode,
      city: place.name,
      nis: place.nis,
      cardSystems: [place.cardSystem],
      linkedLocation: location,
      ...(draft.kind === 'commercial' && { passholderTicketLimit: { volume: 12, period: 'MONTH' } }),
    },
    location,
    locationName: name,
    client: uuid(seed, number, ID_SUBJECT.client),
    kiosk: draft.kind === 'municipal' ? uuid(seed, number, ID_SUBJECT.kiosk) : '',
  }
}

/** Not the sports clubs: two thirds of what Kortrijk refunded was for sport. */
function mayBeAloof({ kind, categories }: HostDraft): boolean {
  return (kind === 'association' || kind === 'commercial') && !categories.includes(categoryIndex('sport'))
}
