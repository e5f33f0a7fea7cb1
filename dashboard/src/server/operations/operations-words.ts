import type { Language } from '../../lib/language.ts'
import type { AccessKind } from '../access-log/access-log.ts'

/** Words of the page "Beheer", as functions of their facts: they are used on the server only. */
export interface OperationsWords {
  readonly title: string
  /** Of the link to the page of roles. */
  readonly roles: string
  readonly keyFigures: string
  readonly finding: { readonly calm: (time: string) => string; readonly problems: (codes: string) => string }
  readonly lag: { readonly label: string; readonly note: string }
  readonly waiting: { readonly label: string; readonly note: (perSecond: string) => string }
  readonly deadLetters: { readonly label: string; readonly none: string; readonly some: string }
  readonly freeSpace: { readonly label: string; readonly note: string; readonly unknown: string }
  readonly queues: {
    readonly calm: string
    readonly failed: (count: string) => string
    readonly note: string
    readonly caption: string
    readonly columns: readonly [string, string, string, string, string]
    /** By the queue's own name; one that is not here keeps it. */
    readonly names: Readonly<Record<string, string>>
  }
  readonly peaks: {
    readonly title: (facts: { peak: string; moment: string }) => string
    readonly none: string
    readonly note: string
    readonly caption: string
    readonly columns: readonly [string, string, string, string]
  }
  readonly refusals: {
    readonly title: (facts: { count: string; reason: string }) => string
    readonly none: string
    readonly note: string
    readonly caption: string
    readonly columns: readonly [string, string]
  }
  readonly kiosks: {
    readonly title: (count: number) => string
    readonly note: string
    readonly caption: string
    readonly columns: readonly [string, string, string]
  }
  readonly releases: {
    readonly title: (facts: { published: number; failed: number }) => string
    readonly none: string
    readonly note: string
    readonly caption: string
    readonly columns: readonly [string, string, string, string, string, string, string]
    readonly states: { readonly published: string; readonly provisional: string; readonly failed: string }
    readonly share: (withheld: string, share: string) => string
  }
  readonly audits: {
    readonly calm: (facts: { releases: string; attacks: string }) => string
    readonly found: (count: string) => string
    readonly note: string
    readonly caption: string
    readonly release: string
  }
  readonly access: {
    readonly title: (facts: { signIns: number; exports: number }) => string
    readonly note: string
    readonly caption: string
    readonly columns: readonly [string, string, string, string]
    readonly kinds: Readonly<Record<AccessKind, string>>
  }
}

const nl: OperationsWords = {
  title: 'Beheer',
  roles: 'Rollen geven en afnemen',
  keyFigures: 'Stand van de verwerking',
  finding: {
    calm: (time) => `Alles loopt: wat tot ${time} aanvaard is, staat in de cijfers.`,
    problems: (codes) => `Er hapert iets: ${codes}.`,
  },
  lag: { label: 'Achterstand', note: 'tussen aanvaarden en tonen' },
  waiting: {
    label: 'Wachtende records',
    note: (perSecond) => `${perSecond} ${perSecond === '1' ? 'rij' : 'rijen'} per seconde geladen`,
  },
  deadLetters: {
    label: 'Niet geladen',
    none: 'geen enkel record ligt apart',
    some: 'records liggen apart; zie runbook dead-letters',
  },
  freeSpace: { label: 'Vrije ruimte', note: 'op de schijf van de gegevens', unknown: 'kon niet gelezen worden' },
  queues: {
    calm: 'Geen enkele taak is mislukt',
    failed: (count) =>
      count === '1' ? 'Eén taak is mislukt en wacht op nazicht' : `${count} taken zijn mislukt en wachten op nazicht`,
    note: 'Taken van de verwerking, zoals ze nu in de wachtrij staan.',
    caption: 'Wachtrijen en hun taken',
    columns: ['Wachtrij', 'Wachtend', 'Bezig', 'Later', 'Mislukt'],
    names: { load: 'Laden', maintain: 'Onderhoud', publish: 'Publiceren', papers: 'Geplande verslagen' },
  },
  peaks: {
    title: ({ peak, moment }) => `De drukste minuut telde ${peak} check-ins, op ${moment}`,
    none: 'Er zijn geen check-ins in de laatste vier weken',
    note: 'Per dag de drukste minuut van de laatste vier weken. Check-ins die later binnenkwamen, tellen op hun eigen moment.',
    caption: 'Drukste minuut per dag, laatste 28 dagen',
    columns: ['Dag', 'Check-ins', 'Drukste minuut', 'Om'],
  },
  refusals: {
    title: ({ count, reason }) => `Vaakst geweigerd: “${reason}”, ${count} keer`,
    none: 'In de laatste vier weken is niets geweigerd',
    note: 'Pogingen waarop neen volgde, naar reden, in de laatste 28 dagen.',
    caption: 'Weigeringen naar reden, laatste 28 dagen',
    columns: ['Reden', 'Weigeringen'],
  },
  kiosks: {
    title: (count) => (count === 0 ? 'Geen enkele zuil is stil' : `${count} ${count === 1 ? 'zuil is' : 'zuilen zijn'} stil`),
    note: 'Zuilen die in de laatste 28 dagen check-ins gaven, maar niet in de laatste 24 uur. Zie runbook silent-kiosks.',
    caption: 'Stille zuilen, de langste stilte eerst',
    columns: ['Zuil', 'Regio', 'Laatste check-in'],
  },
  releases: {
    title: ({ published, failed }) =>
      failed === 0
        ? `Elke uitgave doorstond haar controle: ${published} gepubliceerd`
        : `${failed} ${failed === 1 ? 'uitgave doorstond' : 'uitgaven doorstonden'} de controle niet en ${failed === 1 ? 'is' : 'zijn'} niet te lezen`,
    none: 'Er is nog niets gepubliceerd',
    note: 'Elke uitgave wordt voor ze verschijnt aangevallen met alles wat erin staat. “zuil audit” doet dat opnieuw. De inhoudscode bewijst dat er niets veranderd is.',
    caption: 'Uitgaven, de nieuwste eerst',
    columns: ['Uitgave', 'Periode', 'Stand', 'Gemaakt op', 'Cellen', 'Achtergehouden', 'Inhoudscode'],
    states: { published: 'gepubliceerd', provisional: 'voorlopig', failed: 'geweigerd door de controle' },
    share: (withheld, share) => `${withheld} (${share})`,
  },
  audits: {
    calm: ({ releases, attacks }) => `${attacks} aanvallen op ${releases} uitgaven haalden niets terug`,
    found: (count) => `Aanvallen haalden ${count} waarden terug; die uitgaven zijn niet te lezen`,
    note: 'Elke uitgave wordt met alles wat erin staat aangevallen voor ze te lezen is. Een getal zegt hoeveel verborgen waarden een aanval terugvond: bij een gepubliceerde uitgave nul.',
    caption: 'Teruggevonden waarden per uitgave en aanval',
    release: 'Uitgave',
  },
  access: {
    title: ({ signIns, exports }) => `${signIns} aanmeldingen en ${exports} exports in dit logboek`,
    note: 'De laatste honderd. Accounts staan er met hun nummer, nooit met een naam; een logboek wordt dertien maanden bewaard.',
    caption: 'Aanmeldingen, exports en rollen, de nieuwste eerst',
    columns: ['Moment', 'Wat', 'Account', 'Gegevens'],
    kinds: {
      'sign-in': 'aangemeld',
      'sign-out': 'afgemeld',
      export: 'export',
      'role-given': 'gaf een rol',
      'role-taken': 'nam een rol af',
    },
  },
}

const fr: OperationsWords = {
  title: 'Gestion',
  roles: 'Donner et retirer des rôles',
  keyFigures: 'État du traitement',
  finding: {
    calm: (time) => `Tout fonctionne : ce qui a été accepté jusqu’à ${time} est dans les chiffres.`,
    problems: (codes) => `Quelque chose coince : ${codes}.`,
  },
  lag: { label: 'Retard', note: 'entre accepter et montrer' },
  waiting: {
    label: 'Enregistrements en attente',
    note: (perSecond) => `${perSecond} ${perSecond === '1' ? 'ligne chargée' : 'lignes chargées'} par seconde`,
  },
  deadLetters: {
    label: 'Non chargés',
    none: 'aucun enregistrement n’est mis de côté',
    some: 'enregistrements mis de côté ; voir le runbook dead-letters',
  },
  freeSpace: { label: 'Espace libre', note: 'sur le disque des données', unknown: 'n’a pas pu être lu' },
  queues: {
    calm: 'Aucune tâche n’a échoué',
    failed: (count) =>
      count === '1' ? 'Une tâche a échoué et attend un examen' : `${count} tâches ont échoué et attendent un examen`,
    note: 'Les tâches du traitement, telles qu’elles attendent maintenant.',
    caption: 'Files d’attente et leurs tâches',
    columns: ['File', 'En attente', 'En cours', 'Plus tard', 'Échouées'],
    names: { load: 'Chargement', maintain: 'Entretien', publish: 'Publication', papers: 'Rapports planifiés' },
  },
  peaks: {
    title: ({ peak, moment }) => `La minute la plus chargée compte ${peak} check-ins, le ${moment}`,
    none: 'Aucun check-in ces quatre dernières semaines',
    note: 'La minute la plus chargée de chaque jour des quatre dernières semaines. Un check-in arrivé plus tard compte à son propre moment.',
    caption: 'Minute la plus chargée par jour, 28 derniers jours',
    columns: ['Jour', 'Check-ins par jour', 'Minute la plus chargée', 'À'],
  },
  refusals: {
    title: ({ count, reason }) => `Le plus souvent refusé : « ${reason} », ${count} fois`,
    none: 'Rien n’a été refusé ces quatre dernières semaines',
    note: 'Les tentatives refusées, par raison, des 28 derniers jours.',
    caption: 'Refus par raison, 28 derniers jours',
    columns: ['Raison', 'Refus'],
  },
  kiosks: {
    title: (count) =>
      count === 0 ? 'Aucune borne n’est muette' : `${count} ${count === 1 ? 'borne est muette' : 'bornes sont muettes'}`,
    note: 'Les bornes qui ont donné des check-ins ces 28 derniers jours, mais pas ces dernières 24 heures. Voir le runbook silent-kiosks.',
    caption: 'Bornes muettes, le plus long silence d’abord',
    columns: ['Borne', 'Région', 'Dernier check-in'],
  },
  releases: {
    title: ({ published, failed }) =>
      failed === 0
        ? `Chaque édition a passé son contrôle : ${published} publiées`
        : `${failed} ${failed === 1 ? 'édition n’a' : 'éditions n’ont'} pas passé le contrôle et ne se ${failed === 1 ? 'lit' : 'lisent'} pas`,
    none: 'Rien n’est encore publié',
    note: 'Avant de paraître, chaque édition est attaquée avec tout ce qu’elle contient. « zuil audit » le refait. Le code du contenu prouve que rien n’a changé.',
    caption: 'Éditions, la plus récente d’abord',
    columns: ['Édition', 'Période', 'État', 'Faite le', 'Cellules', 'Retenues', 'Code du contenu'],
    states: { published: 'publiée', provisional: 'provisoire', failed: 'refusée par le contrôle' },
    share: (withheld, share) => `${withheld} (${share})`,
  },
  audits: {
    calm: ({ releases, attacks }) => `${attacks} attaques sur ${releases} éditions n’ont rien retrouvé`,
    found: (count) => `Des attaques ont retrouvé ${count} valeurs ; ces éditions ne se lisent pas`,
    note: 'Chaque édition est attaquée avec tout ce qu’elle contient avant de pouvoir être lue. Un nombre dit combien de valeurs cachées une attaque a retrouvées : zéro pour une édition publiée.',
    caption: 'Valeurs retrouvées par édition et par attaque',
    release: 'Édition',
  },
  access: {
    title: ({ signIns, exports }) => `${signIns} connexions et ${exports} exports dans ce journal`,
    note: 'Les cent derniers. Les comptes y figurent par leur numéro, jamais par un nom ; un journal est gardé treize mois.',
    caption: 'Connexions, exports et rôles, les plus récents d’abord',
    columns: ['Moment', 'Quoi', 'Compte', 'Données'],
    kinds: {
      'sign-in': 'connecté',
      'sign-out': 'déconnecté',
      export: 'export',
      'role-given': 'a donné un rôle',
      'role-taken': 'a retiré un rôle',
    },
  },
}

const en: OperationsWords = {
  title: 'Operations',
  roles: 'Give and take roles',
  keyFigures: 'State of the processing',
  finding: {
    calm: (time) => `Everything runs: what was accepted until ${time} is in the figures.`,
    problems: (codes) => `Something is stuck: ${codes}.`,
  },
  lag: { label: 'Lag', note: 'between accepting and showing' },
  waiting: {
    label: 'Records waiting',
    note: (perSecond) => `${perSecond} ${perSecond === '1' ? 'row' : 'rows'} loaded per second`,
  },
  deadLetters: { label: 'Not loaded', none: 'no record was put aside', some: 'records were put aside; see runbook dead-letters' },
  freeSpace: { label: 'Free space', note: 'on the disk with the data', unknown: 'could not be read' },
  queues: {
    calm: 'No job failed',
    failed: (count) =>
      count === '1' ? 'One job failed and waits for somebody to look' : `${count} jobs failed and wait for somebody to look`,
    note: 'Jobs of the pipeline, as they stand in their queues now.',
    caption: 'Queues and their jobs',
    columns: ['Queue', 'Waiting', 'Active', 'Later', 'Failed'],
    names: { load: 'Loading', maintain: 'Maintenance', publish: 'Publishing', papers: 'Scheduled reports' },
  },
  peaks: {
    title: ({ peak, moment }) => `The busiest minute had ${peak} check-ins, on ${moment}`,
    none: 'There were no check-ins in the last four weeks',
    note: 'The busiest minute of each day of the last four weeks. A check-in that came in later counts at its own moment.',
    caption: 'Busiest minute of each day, last 28 days',
    columns: ['Day', 'Check-ins', 'Busiest minute', 'At'],
  },
  refusals: {
    title: ({ count, reason }) => `Most often refused: “${reason}”, ${count} times`,
    none: 'Nothing was refused in the last four weeks',
    note: 'Attempts that were answered with no, by reason, in the last 28 days.',
    caption: 'Refusals by reason, last 28 days',
    columns: ['Reason', 'Refusals'],
  },
  kiosks: {
    title: (count) => (count === 0 ? 'No kiosk is silent' : `${count} ${count === 1 ? 'kiosk is' : 'kiosks are'} silent`),
    note: 'Kiosks with check-ins in the last 28 days, but none in the last 24 hours. See runbook silent-kiosks.',
    caption: 'Silent kiosks, the longest silence first',
    columns: ['Kiosk', 'Region', 'Last check-in'],
  },
  releases: {
    title: ({ published, failed }) =>
      failed === 0
        ? `Every release passed its audit: ${published} published`
        : `${failed} ${failed === 1 ? 'release' : 'releases'} failed the audit and cannot be read`,
    none: 'Nothing is published yet',
    note: 'Before it appears, each release is attacked with everything that stands in it. “zuil audit” does it again. The content code proves that nothing changed.',
    caption: 'Releases, newest first',
    columns: ['Release', 'Period', 'State', 'Made on', 'Cells', 'Withheld', 'Content code'],
    states: { published: 'published', provisional: 'provisional', failed: 'refused by the audit' },
    share: (withheld, share) => `${withheld} (${share})`,
  },
  audits: {
    calm: ({ releases, attacks }) => `${attacks} attacks on ${releases} releases recovered nothing`,
    found: (count) => `Attacks recovered ${count} values; those releases cannot be read`,
    note: 'Each release is attacked with everything that stands in it before it can be read. A number says how many hidden values an attack recovered: of a published release none.',
    caption: 'Values recovered, by release and attack',
    release: 'Release',
  },
  access: {
    title: ({ signIns, exports }) => `${signIns} sign-ins and ${exports} exports in this log`,
    note: 'The last hundred. Accounts stand there by their id, never by a name; a log is kept for thirteen months.',
    caption: 'Sign-ins, exports and roles, newest first',
    columns: ['Moment', 'What', 'Account', 'Data'],
    kinds: {
      'sign-in': 'signed in',
      'sign-out': 'signed out',
      export: 'export',
      'role-given': 'gave a role',
      'role-taken': 'took a role',
    },
  },
}

const WORDS: Readonly<Record<Language, OperationsWords>> = { nl, fr, en }

export function operationsWords(language: Language): OperationsWords {
  return WORDS[language]
}
