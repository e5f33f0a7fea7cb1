import type { SettlementMessages } from './settlement-messages.ts'

export const fr: SettlementMessages = {
  choice: 'Quel décompte ?',
  region: 'Région',
  period: 'Période',
  nextPeriods: 'À clôturer',
  closedPeriods: 'Clôturées',
  show: 'Afficher',
  back: 'Vers toute la région',
  closed: (period) => `${period} est clôturé. Ce qui change encore devient une correction de la période suivante.`,
  faults: {
    NOT_CONFIRMED: () => 'Rien n’a été clôturé : recopiez exactement la période pour confirmer.',
    UNKNOWN_REGION: () => 'Le registre ne connaît pas cette région.',
    UNKNOWN_PERIOD: () => 'Cette période n’existe pas.',
    NOT_AN_OFFICER: () => 'Ce compte n’est pas chargé du décompte de cette région.',
    NO_MEMBERS: () => 'Aucune commune de cette région n’a d’habitants connus. Faites-les ajouter au registre.',
    NO_AGREEMENT: (day) =>
      day === ''
        ? 'Cette région n’a pas encore d’accord sur le décompte. Faites-le ajouter au registre.'
        : `L’accord de cette région ne commence que le ${day}. Choisissez une période ultérieure, ou faites compléter l’accord.`,
    AGREEMENT_CHANGES: (day) =>
      `L’accord change le ${day}, au milieu de cette période. Faites le décompte des mois d’avant et d’après séparément.`,
    NOT_OVER: () => 'La période est en cours : clôturez-la ensuite.',
    NOT_LOADED: () => 'Toutes les ventes de cette période ne sont pas encore traitées. Réessayez plus tard.',
    NOT_NEXT: (day) => `Les périodes se suivent : la suivante commence le ${day}.`,
    ALREADY_CLOSED: () => 'Cette période était déjà clôturée. Ce qui a changé depuis va dans la suivante.',
    UNKNOWN_KEY: (keys) => `Personne ne sait à quelle région appartient la clé ${keys}. Faites-la remettre dans le registre.`,
    TICKETS_MISSING: (count) =>
      `${count} tickets décomptés ne sont pas dans l’entrepôt de chiffres. L’administrateur doit le reconstruire.`,
    FINDINGS: () => 'Rien n’a été clôturé : examinez ce qui a été remarqué et cochez que c’est correct.',
    CHANGED: () => 'Rien n’a été clôturé : le décompte a changé depuis que vous l’avez vu. Regardez-le à nouveau.',
  },
  findings: {
    region: ({ borne, tickets, one, transfers }) =>
      `Les communes supportent ensemble ${borne} pour ${tickets} ${one ? 'ticket' : 'tickets'} ; ${transfers === 0 ? 'personne ne doit rien' : `${transfers} ${transfers === 1 ? 'paiement équilibre' : 'paiements équilibrent'} tout`}.`,
    nothing: 'Il n’y a pas de tickets à décompter dans cette période.',
    gets: ({ name, amount }) => `${name} reçoit ${amount}.`,
    owes: ({ name, amount }) => `${name} paie ${amount}.`,
    even: (name) => `${name} ne reçoit et ne paie rien.`,
    note: ({ name, amount, tickets, one }) => `${name} peut facturer ${amount} pour ${tickets} ${one ? 'ticket' : 'tickets'}.`,
  },
  keyFigures: {
    label: 'Chiffres clés',
    tickets: 'Tickets',
    ticketsNote: 'avec les corrections',
    local: 'Communes',
    localNote: (share) => `${share} du prix de base`,
    moved: 'À payer entre communes',
    movedNote: (transfers) => `en ${transfers} ${transfers === 1 ? 'paiement' : 'paiements'}`,
    corrections: 'Corrections',
    correctionsNote: (tickets) => `${tickets} tickets de périodes clôturées`,
  },
  notes: {
    amounts: 'En euros, corrections des périodes précédentes comprises.',
    paid: 'Tickets d’habitants de cette commune, par organisateur.',
    received: 'Tickets d’habitants d’autres communes chez des organisateurs de cette commune.',
    due: 'Ce que l’organisateur peut demander à chaque pouvoir public.',
    municipalities:
      'Ce que chaque commune paie pour ses habitants, ce que d’autres paient chez ses organisateurs, et ce qu’elle supporte selon l’accord.',
    transfers: 'Ces paiements mettent tous les soldes à zéro.',
    organizers: 'Ce que chaque organisateur peut facturer. Le nom mène à la note de frais.',
    corrections:
      'Vendus dans une période déjà clôturée, et arrivés ou annulés depuis. Ils sont compris dans les montants ci-dessus.',
    findings: 'À examiner avant de clôturer.',
  },
  none: {
    transfers: 'Personne ne doit payer quoi que ce soit.',
    corrections: 'Il n’y a pas de corrections de périodes précédentes.',
    findings: 'Rien à remarquer.',
    other: 'Aucun.',
  },
  whatIf: {
    title: 'Et si ?',
    note: 'Avec d’autres pourcentages, sur les tickets vendus dans cette période. Rien n’en est gardé.',
    fields: {
      use: 'À supporter selon l’usage (%)',
      participant: 'Le participant paie (%)',
      local: 'La commune paie (%)',
      flemish: 'Le gouvernement flamand paie (%)',
    },
    paidBy: 'Qui paie l’organisateur ?',
    asAgreed: 'Comme convenu',
    home: 'La commune du détenteur',
    host: 'La commune de l’organisateur',
    show: 'Calculer',
    wrong:
      'Donnez des pourcentages de 0 à 100. D’autres parts du prix nomment le participant et la commune, et font ensemble 100 au plus ; l’organisateur supporte le reste.',
    payers: 'Qui supporterait quoi du prix',
    payersNote: 'Tous les tickets ensemble.',
    municipalities: 'Ce que chaque commune supporterait',
    municipalitiesNote: 'Un solde positif est reçu par la commune, un solde négatif est payé par elle.',
    payerNames: {
      participant: 'Participants',
      organizerShare: 'Organisateurs',
      localGovernment: 'Communes',
      flemishGovernment: 'Gouvernement flamand',
      regularPrice: 'Prix de base',
    },
    heads: {
      who: 'Qui',
      agreed: 'Supporte',
      supposed: 'Supporterait',
      difference: 'Différence',
      agreedBalance: 'Solde actuel',
      supposedBalance: 'Solde supposé',
    },
  },
  closing: {
    title: 'Clôturer la période',
    note: 'Une clôture ne peut pas être défaite. Les montants ci-dessus sont alors fixés ; ce qui change plus tard devient une correction de la période suivante. Votre compte figure dans la clôture.',
    notOver: (day) => `La période court jusqu’au ${day} inclus. Elle peut être clôturée ensuite.`,
    confirm: (period) => `Tapez ${period} pour confirmer`,
    accept: (findings) =>
      findings === 1
        ? 'J’ai examiné ce qui a été remarqué, et c’est correct.'
        : `J’ai examiné les ${findings} constats, et ils sont corrects.`,
    close: (period) => `Clôturer ${period} définitivement`,
  },
}
