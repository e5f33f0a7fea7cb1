import type { ReportMessages } from './report-messages.ts'

export const fr: ReportMessages = {
  words: {
    contents: 'Table des matières',
    foreword: 'Avant-propos',
    comment: 'Commentaire',
    page: 'page',
    table: 'Tableau',
    colophon: 'Fait avec Zuil à partir de chiffres publiés. Libre d’utilisation avec mention de la source : UiTPAS, par Zuil.',
  },
  page: {
    title: 'Rapport',
    description: 'Le rapport annuel d’une région, d’une commune ou d’un organisateur, prêt à imprimer.',
    chapters: 'Chapitres',
    choose: 'Choisir les chapitres',
    show: 'Afficher',
    write: 'Écrire un avant-propos et des commentaires',
    writeAdvice:
      'Ce que vous écrivez ici figurera dans ce rapport, pour tous ceux qui le lisent. N’écrivez rien sur une personne en particulier.',
    keep: 'Conserver',
    kept: 'Conservé.',
    download: 'En fichier',
    print: 'PDF',
  },
  title: ({ place, isYear }) => `${isYear ? 'Rapport annuel' : 'Rapport'} ${place}`,
  source: ({ release, published, threshold }) =>
    `Publication ${release} du ${published}. Ce qui concerne moins de ${threshold} personnes n’est pas montré ; le reste est arrondi.`,
  provisional: 'Provisoire : la période est en cours.',
  chapters: {
    summary: 'Résumé',
    reach: 'Portée',
    gap: 'L’écart de participation',
    frequency: 'Fréquence et diversité',
    flows: 'Au-delà des limites communales',
    points: 'Points et avantages',
    welcome: 'Avantages de bienvenue',
    costs: 'Tarif réduit et coûts',
    municipalities: 'Les communes côte à côte',
    organizers: 'Offre et organisateurs',
    public: 'Le public',
    change: 'Changement',
    agreements: 'Accords et objectifs',
    annotations: 'Annotations',
    coverage: 'Ce qui est compté',
    withheld: 'Ce qui n’est pas montré',
  },
  empty: 'Rien n’est publié à ce sujet pour ce lieu et cette période.',
  noPdf: ({ machine, package: name }) =>
    `Pas de PDF ici : le programme qui compose les pages n’est pas installé pour ${machine}. Qui gère Zuil exécute « npm install --no-save ${name} » et redémarre Zuil ; d’ici là il y a XLSX.`,
  organizersApart:
    'Les chiffres d’un organisateur sont pour lui : chacun a son propre rapport, à côté de celui de pairs sans nom.',
  change: {
    none: "Dans cette période et l'année d'avant, aucun jour d'adhésion ou de campagne n'est connu autour duquel assez est publié.",
    intro:
      "Avant et après un jour où quelque chose a changé, dans cette période ou l'année d'avant, à côté d'un lieu où rien n'a changé alors.",
  },
  agreements: {
    none: 'La région n’a pas fixé d’objectifs ; les chiffres clés sont à côté de ceux de la période précédente.',
    intro:
      'La région a fixé ces objectifs elle-même ; ils figurent ici tels qu’ils étaient conservés quand ce rapport a été fait. Pour l’écart, l’objectif est le plus grand qui soit permis.',
    caption: 'Ce que la région a convenu, et ce qu’il en est',
    columns: {
      number: 'Accord',
      value: 'Cette période',
      beside: 'À côté de la précédente',
      target: 'Objectif',
      year: 'Pour fin',
      standing: 'État',
    },
  },
  annotations: {
    none: 'Aucune annotation n’a été faite pour cette période.',
    intro: 'Ce qui s’est passé pendant cette période, selon qui l’a noté. Ce qui arrive ensemble n’est pas pour autant la cause.',
    caption: 'Annotations pour cette période',
    columns: { when: 'Quand', place: 'Lieu', kind: 'Genre', text: 'Texte' },
    days: ({ first, last }) => `du ${first} au ${last}`,
    left: ({ shown, of }) => `Ce sont les ${shown} dernières sur ${of}.`,
  },
  coverage: [
    'Tous les chiffres viennent d’enregistrements avec l’UiTPAS. Qui participe sans carte n’est pas visible, ni qui ne la montre pas.',
    'Une participation est un titulaire à une activité un jour donné. Le groupe cible est qui avait le tarif réduit pendant la période.',
  ],
  withheld: {
    rules: (threshold) => [
      `Ce qui concerne moins de ${threshold} personnes n’est pas montré. Parfois un autre nombre ne l’est pas non plus, parce qu’il trahirait celui-là.`,
      'Le reste est arrondi : personnes à 5, participations et points à 10, argent à 50 €. Les totaux sont arrondis à part et s’écartent donc de quelques unités de la somme de leurs parties.',
      'Des différences plus petites que l’arrondi s’appellent ici « pas de différence nette ».',
    ],
    nothing: 'Dans les figures de ce rapport, rien n’a dû être omis.',
    figure: ({ count, of }) => `${count} des ${of} chiffres non montrés`,
    total: ({ count, of }) => `Dans ce rapport, ${count} des ${of} chiffres ne sont pas montrés.`,
  },
  counts: 'Est compté :',
  unseen: 'Non visible :',
}
