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
