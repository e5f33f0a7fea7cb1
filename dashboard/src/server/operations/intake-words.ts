import type { AnswerGroup, RefusedCause } from '@zuil/core/contracts/intake'
import type { Language } from '../../lib/language.ts'

/** Words for what comes in: how quickly it is answered, and how far the journal runs ahead. */
export interface IntakeWords {
  readonly away: string
  readonly answers: {
    readonly title: (facts: { group: string; half: string; most: string }) => string
    readonly none: string
    readonly note: (target: string) => string
    readonly caption: string
    readonly columns: (target: string) => readonly [string, string, string, string, string, string]
    readonly above: (bound: string) => string
    readonly groups: Readonly<Record<AnswerGroup, string>>
  }
  readonly journal: {
    readonly calm: string
    readonly importsRefused: string
    readonly liveRefused: string
    readonly note: string
    readonly caption: string
    readonly columns: readonly [string, string, string, string, string]
    readonly bounds: Readonly<Record<RefusedCause, string>>
    readonly unbounded: string
    readonly refused: (facts: { live: string; imports: string }) => string
  }
}

const nl: IntakeWords = {
  away: 'Redis antwoordt nu niet; hier staat weer iets zodra het er is.',
  answers: {
    title: ({ group, half, most }) => `${group}: de helft binnen ${half}, 99 op 100 binnen ${most}`,
    none: 'In de laatste 24 uur is niets gevraagd',
    note: (target) =>
      `Hoelang de UiTPAS API over een antwoord deed, van het begin van de vraag tot de laatste byte, in de laatste 24 uur. Geteld in klassen: een tijd is het einde van haar klasse. Wie op een scherm wacht, merkt niets van minder dan ${target}.`,
    caption: 'Antwoordtijden per ingang, laatste 24 uur',
    columns: (target) => ['Ingang', 'Antwoorden', 'Helft binnen', '95 op 100 binnen', '99 op 100 binnen', `Binnen ${target}`],
    above: (bound) => `meer dan ${bound}`,
    groups: {
      checkins: 'Check-ins aan de balie',
      'kiosk-checkins': 'Check-ins aan zuilen',
      'self-checkins': 'Check-ins met een code',
      tariffs: 'Tarieven',
      'ticket-sales': 'Ticketverkoop',
      redemptions: 'Omgeruilde voordelen',
      batches: 'Pakketten van toestellen',
      reads: 'Opvragingen',
      registry: 'Register',
      others: 'Andere vragen',
    },
  },
  journal: {
    calm: 'Het journaal is ver van zijn grenzen: niets wordt geweigerd',
    importsRefused: 'Pakketten van toestellen worden nu geweigerd: het journaal loopt voor op het warehouse',
    liveRefused: 'Nieuw werk wordt nu geweigerd: het journaal loopt te ver voor op het warehouse',
    note: 'Wat aanvaard is en nog niet in het warehouse staat. Boven een grens antwoordt de API met 503 en “later opnieuw”; pakketten van toestellen kunnen wachten en worden eerder geweigerd dan mensen aan een deur.',
    caption: 'Grenzen van het journaal, en wat daarom geweigerd werd in de laatste 24 uur',
    columns: ['Wat', 'Nu', 'Grens voor pakketten', 'Grens voor check-ins', 'Geweigerd, laatste 24 uur'],
    bounds: {
      records: 'Wachtende records',
      bytes: 'Plaats in Redis',
      age: 'Oudste record wacht',
      memory: 'Geheugen van Redis in gebruik',
      registry: 'Register niet bijgewerkt',
      ledger: 'Redis neemt geen werk aan',
    },
    unbounded: 'geen',
    refused: ({ live, imports }) =>
      `${live} ${live === '1' ? 'check-in' : 'check-ins'}, ${imports} ${imports === '1' ? 'pakket' : 'pakketten'}`,
  },
}

const fr: IntakeWords = {
  away: 'Redis ne répond pas pour l’instant ; ceci revient dès qu’il est là.',
  answers: {
    title: ({ group, half, most }) => `${group} : la moitié en ${half}, 99 sur 100 en ${most}`,
    none: 'Rien n’a été demandé ces dernières 24 heures',
    note: (target) =>
      `Le temps que l’API UiTPAS a mis pour répondre, du début de la demande au dernier octet, ces dernières 24 heures. Compté par classes : un temps est la fin de sa classe. Devant un écran, on ne sent rien de moins de ${target}.`,
    caption: 'Temps de réponse par point d’accès, dernières 24 heures',
    columns: (target) => ['Point d’accès', 'Réponses', 'La moitié en', '95 sur 100 en', '99 sur 100 en', `En ${target}`],
    above: (bound) => `plus de ${bound}`,
    groups: {
      checkins: 'Check-ins au guichet',
      'kiosk-checkins': 'Check-ins aux bornes',
      'self-checkins': 'Check-ins avec un code',
      tariffs: 'Tarifs',
      'ticket-sales': 'Vente de tickets',
      redemptions: 'Avantages échangés',
      batches: 'Lots des appareils',
      reads: 'Consultations',
      registry: 'Registre',
      others: 'Autres demandes',
    },
  },
  journal: {
    calm: 'Le journal est loin de ses limites : rien n’est refusé',
    importsRefused: 'Les lots des appareils sont refusés : le journal est en avance sur l’entrepôt',
    liveRefused: 'Tout nouveau travail est refusé : le journal est trop en avance sur l’entrepôt',
    note: 'Ce qui est accepté et pas encore dans l’entrepôt. Au-dessus d’une limite, l’API répond 503 et « plus tard » ; les lots des appareils peuvent attendre et sont refusés plus tôt que les gens à une porte.',
    caption: 'Limites du journal, et ce qui a été refusé pour cela ces dernières 24 heures',
    columns: ['Quoi', 'Maintenant', 'Limite pour les lots', 'Limite pour les check-ins', 'Refusé, dernières 24 heures'],
    bounds: {
      records: 'Enregistrements en attente',
      bytes: 'Place dans Redis',
      age: 'Le plus ancien attend depuis',
      memory: 'Mémoire de Redis utilisée',
      registry: 'Registre pas à jour',
      ledger: 'Redis ne prend pas de travail',
    },
    unbounded: 'aucune',
    refused: ({ live, imports }) =>
      `${live} ${live === '1' ? 'check-in' : 'check-ins'}, ${imports} ${imports === '1' ? 'lot' : 'lots'}`,
  },
}

const en: IntakeWords = {
  away: 'Redis does not answer now; this comes back when it is there.',
  answers: {
    title: ({ group, half, most }) => `${group}: half within ${half}, 99 of 100 within ${most}`,
    none: 'Nothing was asked in the last 24 hours',
    note: (target) =>
      `How long the UiTPAS API took to answer, from the beginning of the request to the last byte, in the last 24 hours. Counted in classes: a time is the end of its class. Nobody who waits before a screen feels less than ${target}.`,
    caption: 'Answer times by endpoint, last 24 hours',
    columns: (target) => ['Endpoint', 'Answers', 'Half within', '95 of 100 within', '99 of 100 within', `Within ${target}`],
    above: (bound) => `more than ${bound}`,
    groups: {
      checkins: 'Check-ins at the counter',
      'kiosk-checkins': 'Check-ins at kiosks',
      'self-checkins': 'Check-ins with a code',
      tariffs: 'Tariffs',
      'ticket-sales': 'Ticket sales',
      redemptions: 'Rewards redeemed',
      batches: 'Batches of devices',
      reads: 'Reads',
      registry: 'Registry',
      others: 'Other requests',
    },
  },
  journal: {
    calm: 'The journal is far from its bounds: nothing is refused',
    importsRefused: 'Batches of devices are refused now: the journal runs ahead of the warehouse',
    liveRefused: 'New work is refused now: the journal runs too far ahead of the warehouse',
    note: 'What was accepted and is not in the warehouse yet. Above a bound the API answers 503 and “come back”; batches of devices can wait and are refused sooner than people at a door.',
    caption: 'Bounds of the journal, and what was refused for them in the last 24 hours',
    columns: ['What', 'Now', 'Bound for batches', 'Bound for check-ins', 'Refused, last 24 hours'],
    bounds: {
      records: 'Records waiting',
      bytes: 'Room in Redis',
      age: 'The oldest has waited',
      memory: 'Memory of Redis in use',
      registry: 'Registry not up to date',
      ledger: 'Redis takes no work',
    },
    unbounded: 'none',
    refused: ({ live, imports }) =>
      `${live} ${live === '1' ? 'check-in' : 'check-ins'}, ${imports} ${imports === '1' ? 'batch' : 'batches'}`,
  },
}

const WORDS: Readonly<Record<Language, IntakeWords>> = { nl, fr, en }

export function intakeWords(language: Language): IntakeWords {
  return WORDS[language]
}
