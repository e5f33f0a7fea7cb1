import type { Texts } from '../texts.ts'

/** What figures leave out or cannot know: the notes that several measures share. */
export const COVERAGE = {
  registry: {
    nl: 'Volgt het register: een verhuis of een gestopt lidmaatschap telt vanaf de dag dat het gemeld is.',
    fr: 'Suit le registre : un déménagement ou une affiliation arrêtée compte à partir du jour où il est signalé.',
    en: 'Follows the registry: a move or an ended membership counts from the day it was reported.',
  },
  checkins: {
    nl: 'Alleen wie zijn pas gebruikt, wordt gezien. Een bezoek zonder check-in telt niet mee; niet elke organisator registreert elke activiteit.',
    fr: "Seul qui utilise son pass est vu. Une visite sans check-in ne compte pas ; tous les organisateurs n'enregistrent pas chaque activité.",
    en: 'Only those who use their pass are seen. A visit without a check-in does not count; not every organizer registers every event.',
  },
  tariffRound: {
    nl: 'Het kansentarief wordt jaarlijks vernieuwd: vlak na de vernieuwingsdatum is het aantal lager. De respijtperiode telt mee.',
    fr: 'Le tarif réduit est renouvelé chaque année : juste après la date de renouvellement, le nombre est plus bas. La période de grâce compte.',
    en: 'The social tariff is renewed each year: just after the renewal date the number is lower. The grace period counts.',
  },
  freeOffer: {
    nl: "Een vrij aanbod zoals de bib telt in sommige regio's hoogstens één keer per week.",
    fr: 'Une offre libre comme la bibliothèque compte dans certaines régions au plus une fois par semaine.',
    en: 'A free offer such as the library counts at most once a week in some regions.',
  },
  sectors: {
    nl: 'De sector volgt uit het type en het thema van de activiteit in UiTdatabank, volgens één vaste tabel.',
    fr: "Le secteur découle du type et du thème de l'activité dans UiTdatabank, selon une seule table fixe.",
    en: "The sector follows from the event's type and theme in UiTdatabank, by one fixed table.",
  },
  tariffRegion: {
    nl: 'Het kansentarief geldt alleen in het eigen kaartsysteem, punten sparen kan overal. De kansengroep en de anderen zijn daarom alleen te vergelijken op check-ins.',
    fr: "Le tarif réduit ne vaut que dans son propre système de cartes, les points s'épargnent partout. Les deux groupes ne se comparent donc que sur les check-ins.",
    en: 'The social tariff holds within the own card system only, points can be saved everywhere. The two groups can therefore be compared on check-ins only.',
  },
  amounts: {
    nl: 'Gerekend met de bedragen op elk ticket, nooit met een veronderstelde verdeelsleutel.',
    fr: 'Calculé avec les montants de chaque ticket, jamais avec une clé de répartition supposée.',
    en: 'Computed from the amounts on each ticket, never from an assumed distribution key.',
  },
  history: {
    nl: '"Nieuw" is nieuw in deze gegevens: deelnames van voor het begin ervan zijn niet bekend.',
    fr: '« Nouveau » veut dire nouveau dans ces données : les participations antérieures à leur début sont inconnues.',
    en: '"New" is new in these data: participations before they begin are not known.',
  },
  technical: {
    nl: 'Telt wat deze installatie zelf verwerkt heeft.',
    fr: 'Compte ce que cette installation a elle-même traité.',
    en: 'Counts what this installation handled itself.',
  },
} as const satisfies Record<string, Texts>

/** Several notes as one text. */
export function notes(...texts: readonly Texts[]): Texts {
  const joined = (language: keyof Texts) => texts.map((text) => text[language]).join(' ')
  return { nl: joined('nl'), fr: joined('fr'), en: joined('en') }
}
