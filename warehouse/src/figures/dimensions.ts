import { AGE_BANDS } from '@zuil/core'
import type { Texts } from '../texts.ts'

/** What cells are told apart by. */
export interface Dimension {
  readonly id: DimensionId
  readonly names: Texts
  /** All members there can be, in their order; FROM_DATA: those that occur, e.g. municipalities. */
  readonly members: readonly string[] | 'FROM_DATA'
  /** Whether the order of the members means something: then charts keep it. */
  readonly ordered: boolean
  /** Names of the members, where the member does not speak for itself; of FROM_DATA the registry knows them. */
  readonly memberNames: Readonly<Record<string, Texts>>
}

export const DIMENSION_IDS = [
  'tariff',
  'age',
  'age-coarse',
  'postal-code',
  'activity',
  'frequency',
  'evidence',
  'breadth',
  'widened',
  'sector',
  'sector-before',
  'destination',
  'area',
  'visited',
  'state',
  'lapsed',
  'quarters-since',
  'renewed',
  'redeemed',
  'days-to-first',
  'origin',
  'in-region',
  'elsewhere',
  'returned',
  'weekday',
  'hour',
  'event',
  'reward',
  'flow',
  'predecessor',
] as const
export type DimensionId = (typeof DIMENSION_IDS)[number]

const YES_NO: Readonly<Record<string, Texts>> = {
  YES: { nl: 'ja', fr: 'oui', en: 'yes' },
  NO: { nl: 'nee', fr: 'non', en: 'no' },
}
const YES_OR_NO = ['YES', 'NO'] as const

/** Sectors of an activity, from UiTdatabank's type and theme by the table `event_sectors`. The order is that of their bits. */
export const SECTORS = ['CULTURE', 'YOUTH', 'SPORT', 'LIBRARY', 'LEARNING', 'OTHER'] as const
export type Sector = (typeof SECTORS)[number]

const SECTOR_NAMES: Readonly<Record<Sector, Texts>> = {
  CULTURE: { nl: 'cultuur', fr: 'culture', en: 'culture' },
  YOUTH: { nl: 'jeugd', fr: 'jeunesse', en: 'youth' },
  SPORT: { nl: 'sport', fr: 'sport', en: 'sport' },
  LIBRARY: { nl: 'bibliotheek', fr: 'bibliothèque', en: 'library' },
  LEARNING: { nl: 'vorming', fr: 'formation', en: 'learning' },
  OTHER: { nl: 'overig', fr: 'autres', en: 'other' },
}

export const COARSE_AGE_BANDS = ['0-11', '12-17', '18-29', '30-64', '65+'] as const
export const FREQUENCY_BANDS = ['1', '2-3', '4-6', '7-12', '13+'] as const

const WEEKDAYS: Readonly<Record<string, Texts>> = {
  '1': { nl: 'maandag', fr: 'lundi', en: 'Monday' },
  '2': { nl: 'dinsdag', fr: 'mardi', en: 'Tuesday' },
  '3': { nl: 'woensdag', fr: 'mercredi', en: 'Wednesday' },
  '4': { nl: 'donderdag', fr: 'jeudi', en: 'Thursday' },
  '5': { nl: 'vrijdag', fr: 'vendredi', en: 'Friday' },
  '6': { nl: 'zaterdag', fr: 'samedi', en: 'Saturday' },
  '7': { nl: 'zondag', fr: 'dimanche', en: 'Sunday' },
}

type Declaration = Omit<Dimension, 'id' | 'memberNames'> & Partial<Pick<Dimension, 'memberNames'>>

const DECLARATIONS: Readonly<Record<DimensionId, Declaration>> = {
  tariff: {
    names: { nl: 'kansentarief', fr: 'tarif réduit', en: 'social tariff' },
    members: ['KT', 'OTHER'],
    ordered: false,
    memberNames: {
      KT: { nl: 'met kansentarief', fr: 'avec tarif réduit', en: 'with social tariff' },
      OTHER: { nl: 'zonder kansentarief', fr: 'sans tarif réduit', en: 'without social tariff' },
    },
  },
  age: {
    names: { nl: 'leeftijd', fr: 'âge', en: 'age' },
    members: [...AGE_BANDS.map(({ band }) => band), 'UNKNOWN'],
    ordered: true,
    memberNames: { UNKNOWN: { nl: 'onbekend', fr: 'inconnu', en: 'unknown' } },
  },
  'age-coarse': {
    names: { nl: 'leeftijd', fr: 'âge', en: 'age' },
    members: [...COARSE_AGE_BANDS, 'UNKNOWN'],
    ordered: true,
    memberNames: { UNKNOWN: { nl: 'onbekend', fr: 'inconnu', en: 'unknown' } },
  },
  'postal-code': { names: { nl: 'postcode', fr: 'code postal', en: 'postal code' }, members: 'FROM_DATA', ordered: false },
  activity: {
    names: { nl: 'deelname', fr: 'participation', en: 'participation' },
    members: ['ACTIVE', 'INACTIVE'],
    ordered: false,
    memberNames: {
      ACTIVE: { nl: 'nam deel', fr: 'a participé', en: 'took part' },
      INACTIVE: { nl: 'nam niet deel', fr: "n'a pas participé", en: 'did not take part' },
    },
  },
  frequency: {
    names: { nl: 'aantal deelnames', fr: 'nombre de participations', en: 'number of participations' },
    members: FREQUENCY_BANDS,
    ordered: true,
  },
  evidence: {
    names: { nl: 'bewijs', fr: 'preuve', en: 'evidence' },
    members: ['CHECKIN', 'TICKET', 'BOTH'],
    ordered: false,
    memberNames: {
      CHECKIN: { nl: 'check-in', fr: 'check-in', en: 'check-in' },
      TICKET: { nl: 'ticket aan kansentarief', fr: 'ticket au tarif réduit', en: 'ticket at the social tariff' },
      BOTH: { nl: 'check-in en ticket', fr: 'check-in et ticket', en: 'check-in and ticket' },
    },
  },
  breadth: {
    names: { nl: 'aantal sectoren', fr: 'nombre de secteurs', en: 'number of sectors' },
    members: ['1', '2', '3+'],
    ordered: true,
  },
  widened: {
    names: { nl: 'smaak verbreed', fr: 'goût élargi', en: 'taste widened' },
    members: YES_OR_NO,
    ordered: false,
    memberNames: YES_NO,
  },
  sector: {
    names: { nl: 'sector', fr: 'secteur', en: 'sector' },
    members: SECTORS,
    ordered: false,
    memberNames: SECTOR_NAMES,
  },
  'sector-before': {
    names: { nl: 'eerdere sector', fr: 'secteur antérieur', en: 'earlier sector' },
    members: SECTORS,
    ordered: false,
    memberNames: SECTOR_NAMES,
  },
  destination: {
    names: { nl: 'gemeente van de activiteit', fr: "commune de l'activité", en: 'municipality of the activity' },
    members: 'FROM_DATA',
    ordered: false,
  },
  area: {
    names: { nl: 'gebied', fr: 'zone', en: 'area' },
    members: ['HOME', 'REGION', 'ELSEWHERE', 'UNKNOWN'],
    ordered: true,
    memberNames: {
      HOME: { nl: 'eigen gemeente', fr: 'propre commune', en: 'own municipality' },
      REGION: { nl: 'andere gemeente van de regio', fr: 'autre commune de la région', en: 'other municipality of the region' },
      ELSEWHERE: { nl: 'elders', fr: 'ailleurs', en: 'elsewhere' },
      UNKNOWN: { nl: 'onbekend', fr: 'inconnu', en: 'unknown' },
    },
  },
  visited: {
    names: {
      nl: 'bezochte gemeenten van de regio',
      fr: 'communes visitées de la région',
      en: 'municipalities of the region visited',
    },
    members: ['0', '1', '2', '3+'],
    ordered: true,
  },
  state: {
    names: { nl: 'verloop', fr: 'évolution', en: 'state' },
    members: ['NEW', 'RETURNING', 'REACTIVATED', 'INACTIVE'],
    ordered: true,
    memberNames: {
      NEW: { nl: 'nieuw', fr: 'nouveau', en: 'new' },
      RETURNING: { nl: 'terugkerend', fr: 'récurrent', en: 'returning' },
      REACTIVATED: { nl: 'opnieuw actief', fr: 'réactivé', en: 'reactivated' },
      INACTIVE: { nl: 'niet actief', fr: 'inactif', en: 'inactive' },
    },
  },
  lapsed: {
    names: { nl: 'afgehaakt', fr: 'décroché', en: 'lapsed' },
    members: YES_OR_NO,
    ordered: false,
    memberNames: YES_NO,
  },
  'quarters-since': {
    names: {
      nl: 'kwartalen sinds de eerste deelname',
      fr: 'trimestres depuis la première participation',
      en: 'quarters since the first participation',
    },
    members: ['0', '1', '2', '3', '4', '5', '6', '7', '8'],
    ordered: true,
  },
  renewed: {
    names: { nl: 'kansentarief verlengd', fr: 'tarif réduit prolongé', en: 'social tariff renewed' },
    members: YES_OR_NO,
    ordered: false,
    memberNames: YES_NO,
  },
  redeemed: {
    names: { nl: 'welkomstvoordeel opgenomen', fr: 'avantage de bienvenue utilisé', en: 'welcome benefit used' },
    members: YES_OR_NO,
    ordered: false,
    memberNames: YES_NO,
  },
  'days-to-first': {
    names: { nl: 'dagen tot het eerste gebruik', fr: "jours jusqu'à la première utilisation", en: 'days to first use' },
    members: ['0-6', '7-13', '14-27', '28-55', '56-90', 'NEVER'],
    ordered: true,
    memberNames: { NEVER: { nl: 'niet binnen 90 dagen', fr: 'pas dans les 90 jours', en: 'not within 90 days' } },
  },
  origin: { names: { nl: 'woonplaats', fr: 'domicile', en: 'home' }, members: 'FROM_DATA', ordered: false },
  'in-region': {
    names: { nl: 'uit de regio', fr: 'de la région', en: 'from the region' },
    members: YES_OR_NO,
    ordered: false,
    memberNames: YES_NO,
  },
  elsewhere: {
    names: { nl: 'ook in andere sectoren', fr: "aussi dans d'autres secteurs", en: 'in other sectors too' },
    members: YES_OR_NO,
    ordered: false,
    memberNames: YES_NO,
  },
  returned: {
    names: { nl: 'teruggekeerd binnen 12 maanden', fr: 'revenu dans les 12 mois', en: 'returned within 12 months' },
    members: YES_OR_NO,
    ordered: false,
    memberNames: YES_NO,
  },
  weekday: {
    names: { nl: 'weekdag', fr: 'jour de la semaine', en: 'weekday' },
    members: Object.keys(WEEKDAYS),
    ordered: true,
    memberNames: WEEKDAYS,
  },
  hour: {
    names: { nl: 'uur', fr: 'heure', en: 'hour' },
    members: Array.from({ length: 24 }, (_, hour) => String(hour)),
    ordered: true,
  },
  event: { names: { nl: 'activiteit', fr: 'activité', en: 'event' }, members: 'FROM_DATA', ordered: false },
  reward: { names: { nl: 'voordeel', fr: 'avantage', en: 'reward' }, members: 'FROM_DATA', ordered: false },
  flow: {
    names: { nl: 'beweging', fr: 'mouvement', en: 'flow' },
    members: ['SAVED', 'GIVEN', 'REDEEMED'],
    ordered: true,
    memberNames: {
      SAVED: { nl: 'gespaard', fr: 'épargné', en: 'saved' },
      GIVEN: { nl: 'toegekend', fr: 'accordé', en: 'given' },
      REDEEMED: { nl: 'geruild', fr: 'échangé', en: 'redeemed' },
    },
  },
  predecessor: {
    names: { nl: 'oudere kaart', fr: 'carte plus ancienne', en: 'older card' },
    members: YES_OR_NO,
    ordered: false,
    memberNames: YES_NO,
  },
}

/** All dimensions by their id. */
export const DIMENSIONS: Readonly<Record<DimensionId, Dimension>> = Object.fromEntries(
  DIMENSION_IDS.map((id) => [id, { memberNames: {}, ...DECLARATIONS[id], id }]),
) as Record<DimensionId, Dimension> // one for each id
