import type { SettlementMessages } from './settlement-messages.ts'

export const nl: SettlementMessages = {
  choice: 'Welke afrekening?',
  region: 'Regio',
  period: 'Periode',
  nextPeriods: 'Nog af te sluiten',
  closedPeriods: 'Afgesloten',
  show: 'Toon',
  back: 'Naar de hele regio',
  closed: (period) => `${period} is afgesloten. Wat nog verandert, wordt een correctie van de volgende periode.`,
  faults: {
    NOT_CONFIRMED: () => 'Er is niets afgesloten: typ de periode precies over om te bevestigen.',
    UNKNOWN_REGION: () => 'Het register kent deze regio niet.',
    UNKNOWN_PERIOD: () => 'Zo’n periode bestaat niet.',
    NOT_AN_OFFICER: () => 'Dit account rekent deze regio niet af.',
    NO_MEMBERS: () => 'Van deze regio zijn geen gemeenten met inwoners bekend. Laat ze in het register zetten.',
    NO_AGREEMENT: (day) =>
      day === ''
        ? 'Deze regio heeft nog geen afspraak over de afrekening. Laat ze in het register zetten.'
        : `De afspraak van deze regio begint pas op ${day}. Kies een latere periode, of laat de afspraak aanvullen.`,
    AGREEMENT_CHANGES: (day) =>
      `De afspraak verandert op ${day}, midden in deze periode. Reken de maanden ervoor en die vanaf dan apart af.`,
    NOT_OVER: () => 'De periode loopt nog: sluit haar daarna af.',
    NOT_LOADED: () => 'Nog niet alle verkopen van deze periode zijn verwerkt. Probeer het straks opnieuw.',
    NOT_NEXT: (day) => `De periodes volgen op elkaar: de volgende begint op ${day}.`,
    ALREADY_CLOSED: () => 'Deze periode was al afgesloten. Wat sindsdien veranderde, komt in de volgende.',
    UNKNOWN_KEY: (keys) =>
      `Van verdeelsleutel ${keys} weet niemand bij welke regio ze hoort. Laat ze opnieuw in het register zetten.`,
    TICKETS_MISSING: (count) =>
      `${count} afgerekende tickets zijn niet in het magazijn van cijfers. De beheerder moet het opnieuw opbouwen.`,
    FINDINGS: () => 'Er is niets afgesloten: bekijk wat opviel en vink aan dat het klopt.',
    CHANGED: () => 'Er is niets afgesloten: de afrekening is veranderd sinds u ze bekeek. Bekijk ze opnieuw.',
  },
  findings: {
    region: ({ borne, tickets, one, transfers }) =>
      `De gemeenten dragen samen ${borne} voor ${tickets} ${one ? 'ticket' : 'tickets'}; ${transfers === 0 ? 'niemand moet een ander iets' : `${transfers} ${transfers === 1 ? 'betaling brengt' : 'betalingen brengen'} alles in evenwicht`}.`,
    nothing: 'In deze periode zijn er geen tickets af te rekenen.',
    gets: ({ name, amount }) => `${name} krijgt ${amount}.`,
    owes: ({ name, amount }) => `${name} betaalt ${amount}.`,
    even: (name) => `${name} krijgt niets en betaalt niets.`,
    note: ({ name, amount, tickets, one }) => `${name} mag ${amount} aanrekenen voor ${tickets} ${one ? 'ticket' : 'tickets'}.`,
  },
  keyFigures: {
    label: 'Kerncijfers',
    tickets: 'Tickets',
    ticketsNote: 'met correcties',
    local: 'Lokale besturen',
    localNote: (share) => `${share} van de basisprijs`,
    moved: 'Onderling te betalen',
    movedNote: (transfers) => `in ${transfers} ${transfers === 1 ? 'betaling' : 'betalingen'}`,
    corrections: 'Correcties',
    correctionsNote: (tickets) => `${tickets} tickets van afgesloten periodes`,
  },
  notes: {
    amounts: 'In euro, correcties van vroegere periodes inbegrepen.',
    paid: 'Tickets van inwoners van deze gemeente, per organisator.',
    received: 'Tickets van inwoners van andere gemeenten bij organisatoren in deze gemeente.',
    due: 'Wat de organisator aan elke overheid mag vragen.',
    municipalities:
      'Wat elke gemeente voor haar inwoners betaalt, wat anderen bij haar organisatoren betalen, en wat zij volgens de afspraak draagt.',
    transfers: 'Deze betalingen brengen alle saldo’s op nul.',
    organizers: 'Wat elke organisator mag aanrekenen. De naam leidt naar de onkostennota.',
    corrections:
      'Verkocht in een periode die al afgesloten was, en sindsdien binnengekomen of ongedaan gemaakt. Ze zitten in de bedragen hierboven.',
    findings: 'Bekijk dit voor u afsluit.',
  },
  none: {
    transfers: 'Niemand moet een ander iets betalen.',
    corrections: 'Er zijn geen correcties van vroegere periodes.',
    findings: 'Er viel niets op.',
    other: 'Geen.',
  },
  whatIf: {
    title: 'Wat als?',
    note: 'Met andere percentages, op de tickets die in deze periode verkocht zijn. Er wordt niets van bewaard.',
    fields: {
      use: 'Te dragen naar gebruik (%)',
      participant: 'Deelnemer betaalt (%)',
      local: 'Lokaal bestuur betaalt (%)',
      flemish: 'Vlaamse overheid betaalt (%)',
    },
    paidBy: 'Wie betaalt de organisator?',
    asAgreed: 'Zoals afgesproken',
    home: 'De gemeente van de pashouder',
    host: 'De gemeente van de organisator',
    show: 'Bereken',
    wrong:
      'Geef percentages van 0 tot 100. Andere delen van de prijs noemen deelnemer en lokaal bestuur, en zijn samen hoogstens 100; de organisator draagt de rest.',
    payers: 'Wie wat van de prijs zou dragen',
    payersNote: 'Alle tickets samen.',
    municipalities: 'Wat elke gemeente zou dragen',
    municipalitiesNote: 'Een positief saldo krijgt de gemeente, een negatief betaalt zij.',
    payerNames: {
      participant: 'Deelnemers',
      organizerShare: 'Organisatoren',
      localGovernment: 'Lokale besturen',
      flemishGovernment: 'Vlaamse overheid',
      regularPrice: 'Basisprijs',
    },
    heads: {
      who: 'Wie',
      agreed: 'Draagt nu',
      supposed: 'Zou dragen',
      difference: 'Verschil',
      agreedBalance: 'Saldo nu',
      supposedBalance: 'Saldo dan',
    },
  },
  closing: {
    title: 'De periode afsluiten',
    note: 'Afsluiten kan niet ongedaan gemaakt worden. De bedragen hierboven liggen dan vast; wat later verandert, wordt een correctie van de volgende periode. Uw account staat in de afsluiting.',
    notOver: (day) => `De periode loopt tot en met ${day}. Daarna kan zij afgesloten worden.`,
    confirm: (period) => `Typ ${period} om te bevestigen`,
    accept: (findings) =>
      findings === 1 ? 'Ik heb bekeken wat opviel, en het klopt.' : `Ik heb de ${findings} bevindingen bekeken, en ze kloppen.`,
    close: (period) => `Sluit ${period} voorgoed af`,
  },
}
