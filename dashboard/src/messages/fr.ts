import type { Messages } from './messages.ts'

export const fr: Messages = {
  site: {
    name: 'Zuil',
    tagline: 'La participation avec le pass de loisirs',
    skip: 'Aller au contenu',
    pages: 'Pages',
    now: 'Maintenant',
    language: 'Langue',
    theme: 'Affichage',
    themes: { system: 'Comme l’appareil', light: 'Clair', dark: 'Sombre' },
    source: 'Source : le journal de Zuil. On montre des nombres de check-ins, jamais des personnes.',
    dataLinks: 'Les mêmes chiffres comme données :',
    timeZone: 'Toutes les heures sont à l’heure belge.',
  },
  now: {
    title: 'Maintenant',
    description: 'Les check-ins du jour, en direct : par minute, canal et commune, et ce qui a été refusé.',
    keyFigures: 'Chiffres clés du jour',
    pause: 'Mettre en pause',
    resume: 'Reprendre',
    paused: (time) => `En pause. Les chiffres ci-dessous restent ceux de ${time}.`,
    offline: (time) => `La connexion est perdue. Vous voyez les chiffres de ${time} ; nous réessayons.`,
    connecting: 'Connexion en cours …',
    noScript: 'Les chiffres de cette page ne bougent pas, car JavaScript est désactivé.',
    reload: 'Rechargez la page pour les derniers chiffres',
    table: 'Afficher en tableau',
    unavailableTitle: 'Les chiffres ne sont pas disponibles pour le moment',
    unavailableAdvice:
      'Les check-ins avec le pass continuent et chacun est conservé. Dès que les chiffres reviennent, ils s’affichent ici.',
    readingTitle: 'Comment lire ?',
    reading: [
      'Un check-in, c’est présenter une fois un pass à une activité. Qui vient deux fois compte deux fois : ce ne sont pas des personnes.',
      'Un check-in annulé ne compte plus, même après coup.',
      'Les minutes après l’heure « à jour jusqu’à » sont provisoires. Leur barre est claire, à bord en tirets, et peut encore monter.',
      'Un refus est une tentative qui a reçu un non. Le même pass peut être refusé plusieurs fois.',
    ],
  },
  freshness: {
    sentence: (time) => `À jour jusqu’à ${time}`,
    none: 'Pas encore de chiffres',
    remark: (state, { lag, waiting, waitingText }) => {
      switch (state) {
        case 'live':
          return 'Chaque check-in accepté jusque-là est compté.'
        case 'behind':
          return waiting > 0
            ? `Le traitement a ${lag} de retard ; ${waitingText} ${waiting === 1 ? 'enregistrement attend' : 'enregistrements attendent'}.`
            : `Le traitement a ${lag} de retard.`
        case 'stale':
          return `Depuis ${lag}, aucun nouveau chiffre. Les check-ins continuent ; les chiffres suivront.`
        case 'unavailable':
          return 'Les check-ins continuent ; les chiffres suivront.'
      }
    },
  },
  finding: {
    some: ({ checkins, one, lastMinute, time }) =>
      `Aujourd’hui, il y a déjà ${checkins} ${one ? 'check-in' : 'check-ins'} ; pendant la minute de ${time}, il y en a eu ${lastMinute}.`,
    none: 'Aujourd’hui, il n’y a pas encore de check-ins.',
  },
  keyFigure: {
    checkins: 'Check-ins aujourd’hui',
    checkinsNote: 'depuis minuit',
    lastMinute: 'Dernière minute complète',
    lastMinuteNote: (time) => `check-ins à ${time}`,
    points: 'Points épargnés',
    pointsNote: 'aujourd’hui, par check-in',
    refusals: 'Refus',
    refusalsNote: (share) => `${share} des tentatives du jour`,
    refusalsNone: 'pas encore de tentatives',
  },
  minutes: {
    some: ({ mean, peak, peakTime }) => `En moyenne ${mean} check-ins par minute, avec un pic de ${peak} à ${peakTime}`,
    none: 'Pas de check-ins durant la dernière heure',
    measure: 'Nombre de check-ins par minute, 60 dernières minutes',
    note: 'Les barres claires sont provisoires.',
    caption: (from, to) => `Nombre de check-ins par minute, de ${from} à ${to}`,
    minute: 'Minute',
    checkins: 'Check-ins',
    state: 'État',
    complete: 'complet',
    provisional: 'provisoire',
  },
  channels: {
    some: ({ channel, share }) => `Le plus souvent : ${channel}, ${share} des check-ins`,
    none: 'Pas encore de check-ins aujourd’hui',
    empty: 'Le premier check-in du jour apparaîtra ici.',
    measure: 'Nombre de check-ins par canal, aujourd’hui',
    caption: (day) => `Nombre de check-ins par canal, ${day}`,
    channel: 'Canal',
    names: { KIOSK: 'Borne', COUNTER: 'Guichet', SELF: 'Appareil personnel', BATCH: 'Envoyé après coup' },
    unknown: (code) => `Autre canal (${code})`,
  },
  venues: {
    some: ({ name, share, count }) => `${name} compte le plus de check-ins : ${count}, soit ${share}`,
    none: 'Pas encore de check-ins aujourd’hui',
    empty: 'Le premier check-in du jour apparaîtra ici.',
    measure: 'Nombre de check-ins par commune de l’activité, aujourd’hui',
    caption: (day) => `Nombre de check-ins par commune de l’activité, ${day}`,
    venue: 'Commune',
    unknown: 'Commune inconnue',
    unnamed: (nis) => `Code INS ${nis}`,
    others: (count) => `Autres communes (${count})`,
  },
  refusals: {
    some: ({ reason, count }) => `Refus le plus fréquent : « ${reason} », ${count} fois`,
    none: 'Rien de refusé aujourd’hui',
    empty: 'Dès qu’il y a un refus, la raison s’affiche ici.',
    measure: 'Nombre de refus par raison, aujourd’hui',
    caption: (day) => `Nombre de refus par raison, ${day}`,
    reason: 'Raison',
    times: 'Refus',
    reasons: {
      'maximum-reached': 'Déjà épargné, maximum atteint',
      'checkin-not-allowed': 'Hors des heures ou non autorisé',
      'invalid-card': 'Carte inadaptée à cette action',
      'invalid-card-status': 'Carte non active',
      'card-blocked': 'Carte bloquée',
      'passholder-blocked': 'Pass bloqué',
      'passholder-not-found': 'Titulaire introuvable',
      'pass-not-found': 'Pass introuvable',
      'passholder-no-active-cardsystems': 'Pass expiré ou non valable ici',
      'invalid-uitpas-number': 'Numéro de pass non valable',
      'invalid-uitpasnumber': 'Numéro de pass non valable',
      'event-not-found': 'Activité introuvable',
      'event-not-acceptable': 'Activité inutilisable',
      'checkin-code-invalid': 'Code de check-in non valable',
      'checkin-code-expired': 'Code de check-in expiré',
      'social-tariff-expired': 'Tarif social expiré',
      'social-tariff-suspended': 'Tarif social suspendu',
      'kiosk-not-found': 'Borne inconnue',
      'rate-limited': 'Trop de tentatives de suite',
      forbidden: 'Pas de droit sur cette activité',
      unauthorized: 'Non identifié',
      'invalid-data': 'Données incomplètes ou fautives',
      'invalid-syntax': 'Données illisibles',
      missing: 'Demande vide',
    },
    unknown: (slug) => `Autre raison (${slug})`,
    others: (count) => `Autres raisons (${count})`,
  },
  columns: { checkins: 'Check-ins', share: 'Part' },
  error: {
    notFoundTitle: 'Cette page n’existe pas',
    notFound: 'L’adresse est fausse ou la page a déménagé.',
    brokenTitle: 'Cette page n’a pas pu être affichée',
    broken: 'Les check-ins continuent. Réessayez dans un instant. Si l’erreur persiste, transmettez le numéro ci-dessous.',
    reference: (reference) => `Numéro de cette erreur : ${reference}`,
    back: 'Vers les chiffres du moment',
  },
}
