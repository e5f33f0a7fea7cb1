import type { ReportingPeriodKind } from '@zuil/core'
import type { PlaceKind } from '@zuil/warehouse'
import type { Language } from '../../lib/language.ts'

type Unit =
  | 'COUNT'
  | 'PERCENT'
  | 'PERCENTAGE_POINTS'
  | 'RATIO'
  | 'MEAN'
  | 'MEDIAN'
  | 'INDEX'
  | 'EURO'
  | 'POINTS'
  | 'PER_1000'
  | 'PER_HOUR'
  | 'PER_SECOND'
  | 'PER_MINUTE'
  | 'MINUTES'
type Disclosure = 'PEOPLE' | 'ORGANIZERS' | 'BENCHMARK' | 'SETTLEMENT' | 'OPERATIONS'
export type Perspective = 'MUNICIPALITY' | 'REGION' | 'ORGANIZER' | 'OPERATOR'

/** Words of the data dictionary that do not stand in the measures themselves. */
export interface DictionaryWords {
  readonly units: Readonly<Record<Unit, string>>
  readonly disclosures: Readonly<Record<Disclosure, string>>
  readonly perspectives: Readonly<Record<Perspective, string>>
  readonly places: Readonly<Record<PlaceKind, string>>
  readonly periods: Readonly<Record<ReportingPeriodKind, string>>
  readonly references: Readonly<Record<'inhabitants' | 'increased-reimbursement', string>>
  readonly people: string
  readonly everywhere: string
  readonly total: string
  readonly now: string
  readonly notPublished: string
  readonly madeOf: {
    readonly perWeek: (part: string) => string
    readonly median: (part: string) => string
    readonly standardised: (gap: string, by: string) => string
    readonly placesBelow: (whole: string, wholeMin: number, below: string) => string
    readonly in: (column: string, cube: string) => string
  }
}

const nl: DictionaryWords = {
  units: {
    COUNT: 'aantal',
    PERCENT: 'procent',
    PERCENTAGE_POINTS: 'procentpunt',
    RATIO: 'verhouding',
    MEAN: 'gemiddelde',
    MEDIAN: 'mediaan',
    INDEX: 'index (100 is gelijk)',
    EURO: 'euro',
    POINTS: 'punten',
    PER_1000: 'per 1.000',
    PER_HOUR: 'per uur',
    PER_SECOND: 'per seconde',
    PER_MINUTE: 'per minuut',
    MINUTES: 'minuten',
  },
  disclosures: {
    PEOPLE: 'Gepubliceerd: vanaf 10 personen, afgerond',
    ORGANIZERS: 'Gepubliceerd: vanaf 10 personen en 3 organisatoren, afgerond',
    BENCHMARK: 'Alleen kwartielen van minstens vijf naamloze gelijken',
    SETTLEMENT: 'Exact, alleen voor wie afrekent',
    OPERATIONS: 'Exact, alleen voor de uitbater; geen personen',
  },
  perspectives: {
    MUNICIPALITY: 'Vragen van lokale besturen',
    REGION: 'Vragen van regio’s',
    ORGANIZER: 'Vragen van organisatoren',
    OPERATOR: 'Vragen van publiq',
  },
  places: { ALL: 'alle plaatsen samen', REGION: 'regio', MUNICIPALITY: 'gemeente', ORGANIZER: 'organisator' },
  periods: { MONTH: 'maand', QUARTER: 'kwartaal', YEAR: 'jaar', SEASON: 'seizoen' },
  references: { inhabitants: 'inwoners', 'increased-reimbursement': 'personen met verhoogde tegemoetkoming' },
  people: 'personen',
  everywhere: 'overal',
  total: 'geen opdeling',
  now: 'nu, of een eigen tijdvak',
  notPublished: 'Dit wordt niet uit uitgaven geteld; de toelichting zegt waar het te vinden is.',
  madeOf: {
    perWeek: (part) => `${part}, per week`,
    median: (part) => `de middelste van ${part}`,
    standardised: (gap, by) => `${gap}, alsof beide groepen naar ${by} verdeeld zijn zoals iedereen`,
    placesBelow: (whole, wholeMin, below) => `plaatsen met minstens ${wholeMin} ${whole}${below}`,
    in: (column, cube) => `${column} (${cube})`,
  },
}

const fr: DictionaryWords = {
  units: {
    COUNT: 'nombre',
    PERCENT: 'pour cent',
    PERCENTAGE_POINTS: 'points de pourcentage',
    RATIO: 'rapport',
    MEAN: 'moyenne',
    MEDIAN: 'médiane',
    INDEX: 'indice (100 : égal)',
    EURO: 'euros',
    POINTS: 'points',
    PER_1000: 'pour 1 000',
    PER_HOUR: 'par heure',
    PER_SECOND: 'par seconde',
    PER_MINUTE: 'par minute',
    MINUTES: 'minutes',
  },
  disclosures: {
    PEOPLE: 'Publié : à partir de 10 personnes, arrondi',
    ORGANIZERS: 'Publié : à partir de 10 personnes et 3 organisateurs, arrondi',
    BENCHMARK: 'Seuls les quartiles d’au moins cinq pairs anonymes',
    SETTLEMENT: 'Exact, seulement pour le décompte',
    OPERATIONS: 'Exact, seulement pour l’exploitant ; aucune personne',
  },
  perspectives: {
    MUNICIPALITY: 'Questions des pouvoirs locaux',
    REGION: 'Questions des régions',
    ORGANIZER: 'Questions des organisateurs',
    OPERATOR: 'Questions de publiq',
  },
  places: { ALL: 'tous les lieux ensemble', REGION: 'région', MUNICIPALITY: 'commune', ORGANIZER: 'organisateur' },
  periods: { MONTH: 'mois', QUARTER: 'trimestre', YEAR: 'année', SEASON: 'saison' },
  references: { inhabitants: 'habitants', 'increased-reimbursement': 'personnes avec intervention majorée' },
  people: 'personnes',
  everywhere: 'partout',
  total: 'sans répartition',
  now: 'maintenant, ou une fenêtre propre',
  notPublished: 'Ceci n’est pas compté à partir des éditions ; l’explication dit où le trouver.',
  madeOf: {
    perWeek: (part) => `${part}, par semaine`,
    median: (part) => `le milieu de ${part}`,
    standardised: (gap, by) => `${gap}, comme si les deux groupes étaient répartis par ${by} comme tout le monde`,
    placesBelow: (whole, wholeMin, below) => `lieux avec au moins ${wholeMin} ${whole}${below}`,
    in: (column, cube) => `${column} (${cube})`,
  },
}

const en: DictionaryWords = {
  units: {
    COUNT: 'number',
    PERCENT: 'per cent',
    PERCENTAGE_POINTS: 'percentage points',
    RATIO: 'ratio',
    MEAN: 'mean',
    MEDIAN: 'median',
    INDEX: 'index (100 is equal)',
    EURO: 'euro',
    POINTS: 'points',
    PER_1000: 'per 1,000',
    PER_HOUR: 'per hour',
    PER_SECOND: 'per second',
    PER_MINUTE: 'per minute',
    MINUTES: 'minutes',
  },
  disclosures: {
    PEOPLE: 'Published: from 10 people on, rounded',
    ORGANIZERS: 'Published: from 10 people and 3 organizers on, rounded',
    BENCHMARK: 'Only quartiles of at least five anonymous peers',
    SETTLEMENT: 'Exact, for those who settle only',
    OPERATIONS: 'Exact, for the operator only; no persons',
  },
  perspectives: {
    MUNICIPALITY: 'Questions of local governments',
    REGION: 'Questions of regions',
    ORGANIZER: 'Questions of organizers',
    OPERATOR: 'Questions of publiq',
  },
  places: { ALL: 'all places together', REGION: 'region', MUNICIPALITY: 'municipality', ORGANIZER: 'organizer' },
  periods: { MONTH: 'month', QUARTER: 'quarter', YEAR: 'year', SEASON: 'season' },
  references: { inhabitants: 'inhabitants', 'increased-reimbursement': 'people with increased reimbursement' },
  people: 'people',
  everywhere: 'everywhere',
  total: 'not broken down',
  now: 'now, or a window of its own',
  notPublished: 'This is not counted from releases; the explanation says where to find it.',
  madeOf: {
    perWeek: (part) => `${part}, per week`,
    median: (part) => `the middle one of ${part}`,
    standardised: (gap, by) => `${gap}, as if both groups were spread over ${by} like everybody`,
    placesBelow: (whole, wholeMin, below) => `places with at least ${wholeMin} ${whole}${below}`,
    in: (column, cube) => `${column} (${cube})`,
  },
}

const WORDS: Readonly<Record<Language, DictionaryWords>> = { nl, fr, en }

export function dictionaryWordsOf(language: Language): DictionaryWords {
  return WORDS[language]
}
