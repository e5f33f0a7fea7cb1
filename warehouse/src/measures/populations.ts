import type { Texts } from '../texts.ts'

/** Who is counted: the base definitions that several measures share, in the words of the glossary. */
export const POPULATIONS = {
  validAtEnd: {
    nl: 'Pashouders met een actief lidmaatschap op de laatste dag van de periode, in de gemeente waar ze dan wonen. Wie in meer kaartsystemen lid is, telt één keer. Zonder groepspassen.',
    fr: "Titulaires d'un pass dont l'affiliation est active le dernier jour de la période, dans la commune où ils habitent alors. Qui est affilié à plusieurs systèmes de cartes compte une fois. Sans les pass de groupe.",
    en: 'Passholders with an active membership on the last day of the period, in the municipality where they live then. Whoever is a member of several card systems counts once. Without group passes.',
  },
  valid: {
    nl: 'Pashouders met minstens één dag actief lidmaatschap in de periode, in de gemeente waar ze op de laatste dag wonen. Zonder groepspassen.',
    fr: "Titulaires d'un pass affiliés au moins un jour de la période, dans la commune où ils habitent le dernier jour. Sans les pass de groupe.",
    en: 'Passholders with at least one day of active membership in the period, in the municipality where they live on its last day. Without group passes.',
  },
  exposed: {
    nl: 'Pashouders met minstens 90 dagen actief lidmaatschap in de periode, zodat iedereen de kans had om deel te nemen. Zonder groepspassen.',
    fr: "Titulaires d'un pass affiliés au moins 90 jours de la période, pour que chacun ait eu l'occasion de participer. Sans les pass de groupe.",
    en: 'Passholders with at least 90 days of active membership in the period, so that everybody had the chance to take part. Without group passes.',
  },
  active: {
    nl: 'Pashouders met minstens één deelname in de periode. Zonder groepspassen en schoolgebruik.',
    fr: "Titulaires d'un pass avec au moins une participation durant la période. Sans les pass de groupe ni l'usage scolaire.",
    en: 'Passholders with at least one participation in the period. Without group passes and school use.',
  },
  newcomers: {
    nl: 'Pashouders met hun eerste deelname in dit kwartaal of een van de acht kwartalen ervoor, in de gemeente waar ze op de laatste dag wonen.',
    fr: 'Titulaires dont la première participation date de ce trimestre ou des huit précédents, dans la commune où ils habitent le dernier jour.',
    en: 'Passholders whose first participation was in this quarter or in one of the eight before, in the municipality where they live on its last day.',
  },
  participations: {
    nl: 'Deelnames: één pashouder, één activiteit, één dag in Brussel, na annulaties. Zonder groepspassen en schoolgebruik.',
    fr: "Participations : un titulaire, une activité, un jour à Bruxelles, après annulations. Sans les pass de groupe ni l'usage scolaire.",
    en: 'Participations: one passholder, one event, one day in Brussels, after voids. Without group passes and school use.',
  },
  socialTariffTickets: {
    nl: 'Tickets aan kansentarief die niet ongedaan gemaakt zijn, met de bedragen van het ticket zelf. Zonder groepspassen, behalve in de afrekening.',
    fr: "Tickets au tarif réduit qui n'ont pas été annulés, avec les montants du ticket même. Sans les pass de groupe, sauf dans le règlement.",
    en: 'Tickets at the social tariff that were not voided, with the amounts of the ticket itself. Without group passes, except in the settlement.',
  },
  checkins: {
    nl: 'Check-ins die niet ongedaan gemaakt zijn, van alle pashouders samen. Geen cijfers over personen.',
    fr: "Check-ins qui n'ont pas été annulés, de tous les titulaires ensemble. Aucun chiffre sur des personnes.",
    en: 'Check-ins that were not voided, of all passholders together. No figures about persons.',
  },
  ownPublic: {
    nl: 'Pashouders met minstens één deelname bij deze organisator in de periode. Zonder groepspassen en schoolgebruik.',
    fr: "Titulaires d'un pass avec au moins une participation chez cet organisateur durant la période. Sans les pass de groupe ni l'usage scolaire.",
    en: 'Passholders with at least one participation with this organizer in the period. Without group passes and school use.',
  },
} as const satisfies Record<string, Texts>
