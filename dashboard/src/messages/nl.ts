import type { Messages } from './messages.ts'

export const nl: Messages = {
  site: {
    name: 'Zuil',
    tagline: 'Deelname met de vrijetijdspas',
    skip: 'Naar de inhoud',
    pages: 'Pagina’s',
    now: 'Nu',
    language: 'Taal',
    theme: 'Weergave',
    themes: { system: 'Zoals het toestel', light: 'Licht', dark: 'Donker' },
    source: 'Bron: het journaal van Zuil. Getoond worden aantallen check-ins, nooit personen.',
    dataLinks: 'Dezelfde cijfers als gegevens:',
    timeZone: 'Alle tijden zijn Belgische tijd.',
  },
  now: {
    title: 'Nu',
    description: 'Check-ins van vandaag, live: per minuut, kanaal en gemeente, en wat geweigerd werd.',
    keyFigures: 'Kerncijfers van vandaag',
    pause: 'Pauzeer',
    resume: 'Ga verder',
    paused: (time) => `Gepauzeerd. De cijfers hieronder blijven die van ${time}.`,
    offline: (time) => `De verbinding is weg. U ziet de cijfers van ${time}; we proberen opnieuw.`,
    connecting: 'Verbinding maken …',
    noScript: 'De cijfers op deze pagina bewegen niet mee, omdat JavaScript uit staat.',
    reload: 'Herlaad de pagina voor de nieuwste cijfers',
    table: 'Toon als tabel',
    unavailableTitle: 'De cijfers zijn er nu even niet',
    unavailableAdvice:
      'Inchecken met de pas gaat gewoon door en elke check-in wordt bewaard. Zodra de cijfers er weer zijn, verschijnen ze hier vanzelf.',
    readingTitle: 'Hoe lezen?',
    reading: [
      'Een check-in is één keer een pas aanbieden bij een activiteit. Wie twee keer langskomt, telt twee keer: dit zijn geen personen.',
      'Een geannuleerde check-in telt niet meer mee, ook niet achteraf.',
      'Minuten na het tijdstip “bijgewerkt tot” zijn voorlopig. Ze hebben een lichte staaf met een streepjesrand en kunnen nog stijgen.',
      'Een weigering is een poging waarop neen volgde. Dezelfde pas kan meerdere keren geweigerd worden.',
    ],
  },
  freshness: {
    sentence: (time) => `Bijgewerkt tot ${time}`,
    none: 'Nog geen cijfers',
    remark: (state, { lag, waiting, waitingText }) => {
      switch (state) {
        case 'live':
          return 'Elke aanvaarde check-in tot dan is meegeteld.'
        case 'behind':
          return waiting > 0
            ? `De verwerking loopt ${lag} achter; ${waitingText} ${waiting === 1 ? 'record wacht' : 'records wachten'}.`
            : `De verwerking loopt ${lag} achter.`
        case 'stale':
          return `Al ${lag} komen er geen nieuwe cijfers bij. Inchecken gaat gewoon door; de cijfers volgen later.`
        case 'unavailable':
          return 'Inchecken gaat gewoon door; de cijfers volgen later.'
      }
    },
  },
  finding: {
    some: ({ checkins, one, lastMinute, time }) =>
      `Vandaag ${one ? 'is er' : 'zijn er'} al ${checkins} ${one ? 'check-in' : 'check-ins'}; in de minuut van ${time} waren het er ${lastMinute}.`,
    none: 'Vandaag zijn er nog geen check-ins.',
  },
  keyFigure: {
    checkins: 'Check-ins vandaag',
    checkinsNote: 'sinds middernacht',
    lastMinute: 'Laatste volle minuut',
    lastMinuteNote: (time) => `check-ins om ${time}`,
    points: 'Punten gespaard',
    pointsNote: 'vandaag, met check-ins',
    refusals: 'Geweigerd',
    refusalsNote: (share) => `${share} van de pogingen vandaag`,
    refusalsNone: 'nog geen pogingen vandaag',
  },
  minutes: {
    some: ({ mean, peak, peakTime }) => `Gemiddeld ${mean} check-ins per minuut, met een piek van ${peak} om ${peakTime}`,
    none: 'Geen check-ins in het laatste uur',
    measure: 'Aantal check-ins per minuut, laatste 60 minuten',
    note: 'Lichte staven zijn voorlopig.',
    caption: (from, to) => `Aantal check-ins per minuut, van ${from} tot ${to}`,
    minute: 'Minuut',
    checkins: 'Check-ins',
    state: 'Stand',
    complete: 'volledig',
    provisional: 'voorlopig',
  },
  channels: {
    some: ({ channel, share }) => `Het vaakst: ${channel}, ${share} van de check-ins`,
    none: 'Nog geen check-ins vandaag',
    empty: 'De eerste check-in van vandaag verschijnt hier vanzelf.',
    measure: 'Aantal check-ins per kanaal, vandaag',
    caption: (day) => `Aantal check-ins per kanaal, ${day}`,
    channel: 'Kanaal',
    names: { KIOSK: 'Zuil', COUNTER: 'Balie', SELF: 'Eigen toestel', BATCH: 'Achteraf doorgestuurd' },
    unknown: (code) => `Ander kanaal (${code})`,
  },
  venues: {
    some: ({ name, share, count }) => `${name} telt de meeste check-ins: ${count}, of ${share}`,
    none: 'Nog geen check-ins vandaag',
    empty: 'De eerste check-in van vandaag verschijnt hier vanzelf.',
    measure: 'Aantal check-ins naar gemeente van de activiteit, vandaag',
    caption: (day) => `Aantal check-ins naar gemeente van de activiteit, ${day}`,
    venue: 'Gemeente',
    unknown: 'Gemeente onbekend',
    unnamed: (nis) => `NIS-code ${nis}`,
    others: (count) => `Andere gemeenten (${count})`,
  },
  refusals: {
    some: ({ reason, count }) => `Vaakst geweigerd: “${reason}”, ${count} keer`,
    none: 'Nog niets geweigerd vandaag',
    empty: 'Zodra er iets geweigerd wordt, staat hier waarom.',
    measure: 'Aantal weigeringen naar reden, vandaag',
    caption: (day) => `Aantal weigeringen naar reden, ${day}`,
    reason: 'Reden',
    times: 'Weigeringen',
    reasons: {
      'maximum-reached': 'Al gespaard, maximum bereikt',
      'checkin-not-allowed': 'Buiten de uren of niet toegelaten',
      'invalid-card': 'Kaart past niet bij deze actie',
      'invalid-card-status': 'Kaart niet actief',
      'card-blocked': 'Kaart geblokkeerd',
      'passholder-blocked': 'Pas geblokkeerd',
      'passholder-not-found': 'Pashouder niet gevonden',
      'pass-not-found': 'Pas niet gevonden',
      'passholder-no-active-cardsystems': 'Pas vervallen of niet geldig hier',
      'invalid-uitpas-number': 'Ongeldig pasnummer',
      'invalid-uitpasnumber': 'Ongeldig pasnummer',
      'event-not-found': 'Activiteit niet gevonden',
      'event-not-acceptable': 'Activiteit niet bruikbaar',
      'checkin-code-invalid': 'Ongeldige check-incode',
      'checkin-code-expired': 'Check-incode vervallen',
      'social-tariff-expired': 'Kansentarief vervallen',
      'social-tariff-suspended': 'Kansentarief geschorst',
      'kiosk-not-found': 'Zuil niet bekend',
      'rate-limited': 'Te veel pogingen na elkaar',
      forbidden: 'Geen recht op deze activiteit',
      unauthorized: 'Niet aangemeld',
      'invalid-data': 'Onvolledige of foute gegevens',
      'invalid-syntax': 'Onleesbare gegevens',
      missing: 'Lege aanvraag',
    },
    unknown: (slug) => `Andere reden (${slug})`,
    others: (count) => `Andere redenen (${count})`,
  },
  columns: { checkins: 'Check-ins', share: 'Aandeel' },
  error: {
    notFoundTitle: 'Deze pagina bestaat niet',
    notFound: 'Het adres klopt niet of de pagina is verhuisd.',
    brokenTitle: 'Deze pagina kon niet getoond worden',
    broken:
      'Inchecken gaat gewoon door. Probeer het zo dadelijk opnieuw. Blijft het fout gaan, geef dan het nummer hieronder door.',
    reference: (reference) => `Nummer van deze fout: ${reference}`,
    back: 'Naar de cijfers van nu',
  },
}
