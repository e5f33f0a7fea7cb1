import {
  CARDS_PER_PACKAGE,
  DEVICE_BUSY_MAX,
  DEVICES_PER_SPARE,
  ORDER_WEEKS,
  REPLACED_A_YEAR,
  SAFETY_WEEKS,
  USE_UNCERTAINTY,
} from '@zuil/core'
import type { Language } from '../../lib/language.ts'
import type { PlanningFieldId, PlanningSection } from '../../lib/planning-view.ts'
import type { PlanningSectionId } from './planning-page.ts'

/** Words of the page "Ramingen"; used on the server only. */
export interface PlanningWords {
  readonly title: string
  readonly intro: string
  readonly reckon: string
  readonly missing: string
  readonly assumptions: string
  readonly candidate: string
  readonly noCandidate: string
  readonly published: string
  /** Of the municipality that was chosen. */
  readonly openData: string
  readonly usual: string
  readonly typed: string
  readonly unknown: string
  readonly wrong: (bounds: { least: string; most: string }) => string
  readonly fields: Readonly<Record<PlanningFieldId, string>>
  readonly sections: Readonly<Record<PlanningSectionId, Pick<PlanningSection, 'title' | 'intro' | 'formula' | 'assumptions'>>>
  readonly results: {
    readonly range: (low: string, high: string) => string
    readonly due: string
    readonly notDue: string
  } & Readonly<
    Record<
      | 'cost'
      | 'organizers'
      | 'tickets'
      | 'targetHolders'
      | 'holders'
      | 'devices'
      | 'spare'
      | 'together'
      | 'order'
      | 'cardsAWeek'
      | 'weeksLeft',
      string
    >
  >
}

const BUSY = `${DEVICE_BUSY_MAX * 100}`
const REPLACED = `${REPLACED_A_YEAR * 100}`
const UNSURE = `${USE_UNCERTAINTY * 100}`

const nl: PlanningWords = {
  title: 'Ramingen',
  intro:
    'Om mee te rekenen voor u beslist. Vooraf ingevuld met wat van uw regio gepubliceerd is; alles kan anders. Niets wordt bewaard: wat u invult, staat in het adres.',
  reckon: 'Reken',
  missing: 'Vul elk getal in; dan staat de raming hier.',
  assumptions: 'Wat is aangenomen',
  candidate: 'Welke gemeente? Haar inwoners worden dan ingevuld.',
  noCandidate: 'geen in het bijzonder',
  published: 'gepubliceerd van uw regio',
  openData: 'open cijfers van de gemeente',
  usual: 'gebruikelijk',
  typed: 'door u ingevuld',
  unknown: 'nog in te vullen',
  wrong: ({ least, most }) => `Geef een getal van ${least} tot ${most}, met hoogstens twee decimalen.`,
  fields: {
    inhabitants: 'Inwoners van de gemeente',
    increasedReimbursement: 'Inwoners met verhoogde tegemoetkoming',
    reach: 'Inwoners die een pas nemen (%)',
    coverage: 'Met kansentarief, per 100 met verhoogde tegemoetkoming',
    ticketsPerHolder: 'Tickets per pashouder met kansentarief en jaar',
    regularPrice: 'Gewone prijs van een ticket (€)',
    participant: 'De deelnemer betaalt (%)',
    localGovernment: 'De gemeente betaalt (%)',
    peak: 'Check-ins in de drukste minuut, aan één ingang',
    seconds: 'Seconden per check-in',
    stock: 'Kaarten in voorraad',
    newHolders: 'Nieuwe pashouders per jaar',
    holders: 'Pashouders',
    deliveryWeeks: 'Levertijd in weken',
  },
  sections: {
    member: {
      title: 'Een gemeente die toetreedt',
      intro: 'Wat het kansentarief haar in een jaar zou kosten.',
      formula:
        'Kost van de gemeente = inwoners met verhoogde tegemoetkoming × dekking × tickets per pashouder × deel van de gemeente in de gewone prijs van een ticket, op de cent. Pashouders = inwoners × bereik.',
      assumptions: [
        'De nieuwe gemeente doet als de regio nu: bereik, dekking, tickets en prijs zijn die van haar gepubliceerde periode.',
        `Het gebruik kan een kwart (${UNSURE}%) minder of meer zijn: een oordeel, geen meting.`,
        'De sleutel 20/40/40 is de gebruikelijke van de UiTPAS; deelnemer en gemeente betalen samen hoogstens 100%, de rest van de prijs draagt de organisator. Elk ticket wordt op de cent verdeeld.',
        'Kaarten, zuilen en werkuren zitten er niet in. Verhoogde tegemoetkoming is een benadering van wie recht heeft.',
      ],
    },
    devices: {
      title: 'Zuilen en lezers aan een ingang',
      intro: 'Hoeveel er nodig zijn in de drukste minuut. Tel die aan de deur: van één plaats publiceert Zuil geen minuten.',
      formula: `Toestellen = check-ins in de drukste minuut × seconden per check-in ÷ (60 seconden × ${BUSY}%), naar boven afgerond.`,
      assumptions: [
        `Een toestel mag ${BUSY}% van die minuut bezet zijn; daarboven groeit de rij. Een oordeel, geen meting.`,
        `Per begonnen ${DEVICES_PER_SPARE} toestellen staat er één klaar voor als er een uitvalt.`,
        'Zes seconden per check-in is een oordeel; meet het aan uw eigen deur.',
      ],
    },
    cards: {
      title: 'Kaarten bestellen',
      intro: 'Wanneer de voorraad op is, en hoeveel te bestellen voor een jaar.',
      formula: `Kaarten per week = (nieuwe pashouders + ${REPLACED}% van de pashouders) ÷ 52. Bestelling = kaarten per week × (levertijd + ${SAFETY_WEEKS} + ${ORDER_WEEKS} weken) − voorraad, in hele pakken.`,
      assumptions: [
        `Kaarten komen in pakken van ${CARDS_PER_PACKAGE}.`,
        `Van de pashouders verliest of breekt ${REPLACED}% per jaar een kaart: een oordeel, geen meting.`,
        `Er ligt voor ${SAFETY_WEEKS} weken extra klaar, voor een campagne of een late levering. De weken zijn even druk verondersteld.`,
      ],
    },
  },
  results: {
    cost: 'Kost voor de gemeente per jaar',
    organizers: 'Deel van de organisatoren',
    tickets: 'Tickets aan kansentarief',
    targetHolders: 'Pashouders met kansentarief',
    holders: 'Pashouders',
    range: (low, high) => `van ${low} tot ${high}`,
    devices: 'Toestellen op de piek',
    spare: 'In reserve',
    together: 'Samen',
    order: 'Te bestellen kaarten',
    due: 'bestel nu',
    notDue: 'nog niet dringend',
    cardsAWeek: 'Kaarten per week',
    weeksLeft: 'Weken tot de voorraad op is',
  },
}

const fr: PlanningWords = {
  title: 'Estimations',
  intro:
    'Pour calculer avant de décider. Rempli avec ce qui est publié de votre région ; tout peut être changé. Rien n’est conservé : ce que vous tapez est dans l’adresse.',
  reckon: 'Calculer',
  missing: 'Donnez chaque nombre ; l’estimation sera ici.',
  assumptions: 'Ce qui est supposé',
  candidate: 'Quelle commune ? Ses habitants sont alors remplis.',
  noCandidate: 'aucune en particulier',
  published: 'publié de votre région',
  openData: 'chiffres ouverts de la commune',
  usual: 'habituel',
  typed: 'donné par vous',
  unknown: 'à donner',
  wrong: ({ least, most }) => `Donnez un nombre de ${least} à ${most}, avec deux décimales au plus.`,
  fields: {
    inhabitants: 'Habitants de la commune',
    increasedReimbursement: 'Habitants avec intervention majorée',
    reach: 'Habitants qui prennent une carte (%)',
    coverage: 'Au tarif réduit, pour 100 avec intervention majorée',
    ticketsPerHolder: 'Billets par titulaire au tarif réduit et par an',
    regularPrice: 'Prix ordinaire d’un billet (€)',
    participant: 'Le participant paie (%)',
    localGovernment: 'La commune paie (%)',
    peak: 'Check-ins de la minute la plus forte, à une entrée',
    seconds: 'Secondes par check-in',
    stock: 'Cartes en stock',
    newHolders: 'Nouveaux titulaires par an',
    holders: 'Titulaires',
    deliveryWeeks: 'Livraison en semaines',
  },
  sections: {
    member: {
      title: 'Une commune qui adhère',
      intro: 'Ce que le tarif réduit lui coûterait en un an.',
      formula:
        'Coût de la commune = habitants avec intervention majorée × couverture × billets par titulaire × part de la commune dans le prix ordinaire d’un billet, au centime. Titulaires = habitants × portée.',
      assumptions: [
        'La nouvelle commune fait comme la région : portée, couverture, billets et prix sont ceux de sa période publiée.',
        `L’usage peut être d’un quart (${UNSURE} %) moindre ou plus grand : un jugement, pas une mesure.`,
        'La clé 20/40/40 est l’habituelle de l’UiTPAS ; participant et commune paient ensemble 100 % au plus, le reste du prix est à l’organisateur. Chaque billet est réparti au centime.',
        'Cartes, bornes et heures de travail n’y sont pas. L’intervention majorée est une approximation des ayants droit.',
      ],
    },
    devices: {
      title: 'Bornes et lecteurs à une entrée',
      intro: 'Combien il en faut à la minute la plus forte. Comptez-la à la porte : Zuil ne publie pas de minutes d’un lieu.',
      formula: `Appareils = check-ins de la minute la plus forte × secondes par check-in ÷ (60 secondes × ${BUSY} %), arrondi vers le haut.`,
      assumptions: [
        `Un appareil peut être pris ${BUSY} % de cette minute ; au-delà la file grandit. Un jugement, pas une mesure.`,
        `Par ${DEVICES_PER_SPARE} appareils entamés, un est prêt si l’un tombe en panne.`,
        'Six secondes par check-in est un jugement ; mesurez à votre porte.',
      ],
    },
    cards: {
      title: 'Commander des cartes',
      intro: 'Quand le stock est épuisé, et combien commander pour un an.',
      formula: `Cartes par semaine = (nouveaux titulaires + ${REPLACED} % des titulaires) ÷ 52. Commande = cartes par semaine × (livraison + ${SAFETY_WEEKS} + ${ORDER_WEEKS} semaines) − stock, en paquets entiers.`,
      assumptions: [
        `Les cartes viennent par paquets de ${CARDS_PER_PACKAGE}.`,
        `${REPLACED} % des titulaires perdent ou cassent une carte par an : un jugement, pas une mesure.`,
        `Une réserve de ${SAFETY_WEEKS} semaines est prête, pour une campagne ou une livraison tardive. Les semaines sont supposées égales.`,
      ],
    },
  },
  results: {
    cost: 'Coût pour la commune par an',
    organizers: 'Part des organisateurs',
    tickets: 'Billets au tarif réduit',
    targetHolders: 'Titulaires au tarif réduit',
    holders: 'Titulaires',
    range: (low, high) => `de ${low} à ${high}`,
    devices: 'Appareils à la pointe',
    spare: 'En réserve',
    together: 'Ensemble',
    order: 'Cartes à commander',
    due: 'commandez maintenant',
    notDue: 'pas encore urgent',
    cardsAWeek: 'Cartes par semaine',
    weeksLeft: 'Semaines avant épuisement',
  },
}

const en: PlanningWords = {
  title: 'Estimates',
  intro:
    'To reckon with before you decide. Filled in with what is published of your region; everything can be changed. Nothing is kept: what you type stands in the address.',
  reckon: 'Reckon',
  missing: 'Give every number; then the estimate stands here.',
  assumptions: 'What is assumed',
  candidate: 'Which municipality? Its inhabitants are filled in then.',
  noCandidate: 'none in particular',
  published: 'published of your region',
  openData: 'open data of the municipality',
  usual: 'usual',
  typed: 'typed by you',
  unknown: 'to be filled in',
  wrong: ({ least, most }) => `Give a number from ${least} to ${most}, with at most two decimals.`,
  fields: {
    inhabitants: 'Inhabitants of the municipality',
    increasedReimbursement: 'Inhabitants with increased reimbursement',
    reach: 'Inhabitants who take a pass (%)',
    coverage: 'With the social tariff, per 100 with increased reimbursement',
    ticketsPerHolder: 'Tickets per passholder with the social tariff and year',
    regularPrice: 'Regular price of a ticket (€)',
    participant: 'The participant pays (%)',
    localGovernment: 'The municipality pays (%)',
    peak: 'Check-ins in the busiest minute, at one door',
    seconds: 'Seconds a check-in',
    stock: 'Cards in stock',
    newHolders: 'New passholders a year',
    holders: 'Passholders',
    deliveryWeeks: 'Delivery in weeks',
  },
  sections: {
    member: {
      title: 'A municipality that joins',
      intro: 'What the social tariff would cost it in a year.',
      formula:
        'Cost of the municipality = inhabitants with increased reimbursement × coverage × tickets per passholder × share of the municipality in the regular price of a ticket, to the cent. Passholders = inhabitants × reach.',
      assumptions: [
        'The new municipality does as the region does now: reach, coverage, tickets and price are those of its published period.',
        `Use may be a quarter (${UNSURE}%) less or more: a judgement, not a measurement.`,
        'The key 20/40/40 is the usual one of the UiTPAS; participant and municipality together pay at most 100%, the rest of the price is the organizer’s. Every ticket is shared to the cent.',
        'Cards, kiosks and hours of work are not in it. Increased reimbursement approximates who is entitled.',
      ],
    },
    devices: {
      title: 'Kiosks and readers at a door',
      intro: 'How many are needed in the busiest minute. Count it at the door: Zuil publishes no minutes of one place.',
      formula: `Devices = check-ins in the busiest minute × seconds a check-in ÷ (60 seconds × ${BUSY}%), rounded up.`,
      assumptions: [
        `A device may be taken ${BUSY}% of that minute; above it the queue grows. A judgement, not a measurement.`,
        `For each started ${DEVICES_PER_SPARE} devices one stands by, should one fail.`,
        'Six seconds a check-in is a judgement; measure it at your own door.',
      ],
    },
    cards: {
      title: 'Ordering cards',
      intro: 'When the stock is used up, and how many to order for a year.',
      formula: `Cards a week = (new passholders + ${REPLACED}% of the passholders) ÷ 52. Order = cards a week × (delivery + ${SAFETY_WEEKS} + ${ORDER_WEEKS} weeks) − stock, in whole packages.`,
      assumptions: [
        `Cards come in packages of ${CARDS_PER_PACKAGE}.`,
        `${REPLACED}% of the passholders lose or break a card within a year: a judgement, not a measurement.`,
        `There is enough for ${SAFETY_WEEKS} weeks more, for a campaign or a late delivery. All weeks are taken as equally busy.`,
      ],
    },
  },
  results: {
    cost: 'Cost for the municipality a year',
    organizers: 'Share of the organizers',
    tickets: 'Tickets at the social tariff',
    targetHolders: 'Passholders with the social tariff',
    holders: 'Passholders',
    range: (low, high) => `from ${low} to ${high}`,
    devices: 'Devices at the peak',
    spare: 'In reserve',
    together: 'Together',
    order: 'Cards to order',
    due: 'order now',
    notDue: 'not urgent yet',
    cardsAWeek: 'Cards a week',
    weeksLeft: 'Weeks until the stock is used up',
  },
}

const WORDS: Readonly<Record<Language, PlanningWords>> = { nl, fr, en }

export function planningWords(language: Language): PlanningWords {
  return WORDS[language]
}
