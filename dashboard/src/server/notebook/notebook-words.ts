import type { AnnotationFault } from '../../lib/annotation.ts'
import type { Language } from '../../lib/language.ts'
import type { AnnotationsView, ViewsView } from '../../lib/notebook-view.ts'
import type { ViewFault } from '../../lib/saved-view.ts'
import type { TargetFault } from '../../lib/target.ts'

/** Words of the pages on which people keep things; used on the server only. */
export interface NotebookWords {
  readonly annotations: {
    readonly title: string
    readonly intro: string
    readonly form: { readonly title: string; readonly labels: AnnotationsView['form']['labels'] }
    readonly list: Pick<AnnotationsView['list'], 'title' | 'columns' | 'none'>
    readonly faults: Readonly<Record<AnnotationFault, string>>
  }
  readonly views: Pick<ViewsView, 'title' | 'intro'> & {
    readonly views: { readonly title: string; readonly note: string; readonly none: string }
    readonly links: { readonly title: string; readonly note: string; readonly none: string }
    readonly until: (day: string) => string
    readonly faults: Readonly<Record<ViewFault, string>>
  }
  readonly targets: Pick<NonNullable<AnnotationsView['targets']>, 'title' | 'note' | 'labels'> & {
    readonly faults: Readonly<Record<TargetFault, string>>
    readonly line: (facts: { region: string; number: string; value: string; year: number }) => string
  }
  readonly remove: string
  readonly locked: (facts: { place: string; release: number; until: string }) => string
}

const nl: NotebookWords = {
  annotations: {
    title: 'Aantekeningen',
    intro:
      'Wat gebeurde er in een plaats dat een lezer van de cijfers moet weten? Het staat bij elke figuur waarvan de tijd het raakt, en in haar bestanden.',
    form: {
      title: 'Nieuwe aantekening',
      labels: {
        place: 'Plaats',
        kind: 'Soort',
        first: 'Van',
        last: 'Tot en met (leeg: één dag)',
        text: 'Tekst, hoogstens 140 tekens',
        keep: 'Bewaar',
      },
    },
    list: {
      title: 'Bewaarde aantekeningen',
      columns: ['Plaats', 'Soort', 'Van', 'Tot en met', 'Tekst'],
      none: 'Er zijn nog geen aantekeningen bij uw plaatsen.',
    },
    faults: {
      place: 'Niet bewaard: over deze plaats mag uw rol niet schrijven.',
      kind: 'Niet bewaard: kies een soort.',
      day: 'Niet bewaard: geef een bestaande dag als jjjj-mm-dd.',
      order: 'Niet bewaard: de laatste dag valt voor de eerste.',
      text: 'Niet bewaard: de tekst is langer dan 140 tekens, heeft tekens die niet kunnen, of ontbreekt bij “aantekening”.',
      full: 'Niet bewaard: deze plaats heeft al 200 aantekeningen; verwijder er eerst een.',
    },
  },
  views: {
    title: 'Weergaven en links',
    intro: 'Onderaan elke pagina met cijfers kunt u bewaren wat u ziet, of er een vaste link van maken.',
    views: {
      title: 'Bewaarde weergaven',
      note: 'Elk heeft een eigen adres. Wie het opent, ziet wat de eigen rol mag zien.',
      none: 'U hebt nog geen weergave bewaard.',
    },
    links: {
      title: 'Vaste links',
      note: 'Wie zo’n link heeft, ziet die ene pagina zonder account. Verwijderen trekt de link in.',
      none: 'U hebt nog geen vaste link gemaakt.',
    },
    until: (day) => `geldig tot ${day}`,
    faults: {
      name: 'Niet bewaard: geef een naam van hoogstens 60 tekens, met minstens één letter of cijfer.',
      taken: 'Niet bewaard: iemand anders gebruikt deze naam al. Kies een andere.',
      address: 'Niet bewaard: dit is geen pagina die u kunt bewaren.',
      months: 'Niet bewaard: kies hoe lang de link geldt.',
      full: 'Niet bewaard: u hebt er al vijftig; verwijder er eerst een.',
      nothing: 'Niet bewaard: op die pagina is nog niets gepubliceerd.',
    },
  },
  targets: {
    title: 'Afspraken van de regio',
    note: 'Wat een regio wil halen, staat op Regio bij het cijfer, met wat er nog ontbreekt. Van de kloof is het de grootste die mag.',
    labels: { place: 'Regio', number: 'Cijfer', value: 'Streefwaarde', year: 'Tegen eind', keep: 'Bewaar' },
    faults: {
      region: 'Niet bewaard: uw rol legt voor deze regio geen afspraken vast.',
      number: 'Niet bewaard: kies een cijfer.',
      value: 'Niet bewaard: geef een getal als 25 of 25,5.',
      year: 'Niet bewaard: geef een jaar als 2030.',
    },
    line: ({ region, number, value, year }) => `${region}: ${number} ${value} tegen eind ${year}`,
  },
  remove: 'Verwijder',
  locked: ({ place, release, until }) =>
    `Vaste weergave van ${place}, zoals gepubliceerd tot en met uitgave ${release}. Deze link geldt tot ${until}.`,
}

const fr: NotebookWords = {
  annotations: {
    title: 'Annotations',
    intro:
      'Que s’est-il passé dans un lieu que le lecteur des chiffres doit savoir ? Cela figure sous chaque figure dont la période le touche, et dans ses fichiers.',
    form: {
      title: 'Nouvelle annotation',
      labels: {
        place: 'Lieu',
        kind: 'Genre',
        first: 'Du',
        last: 'Au (vide : un jour)',
        text: 'Texte, 140 signes au plus',
        keep: 'Conserver',
      },
    },
    list: {
      title: 'Annotations conservées',
      columns: ['Lieu', 'Genre', 'Du', 'Au', 'Texte'],
      none: 'Il n’y a pas encore d’annotations pour vos lieux.',
    },
    faults: {
      place: 'Non conservée : votre rôle ne peut pas écrire sur ce lieu.',
      kind: 'Non conservée : choisissez un genre.',
      day: 'Non conservée : donnez un jour qui existe, comme aaaa-mm-jj.',
      order: 'Non conservée : le dernier jour précède le premier.',
      text: 'Non conservée : le texte dépasse 140 signes, contient des signes impossibles, ou manque pour « annotation ».',
      full: 'Non conservée : ce lieu a déjà 200 annotations ; supprimez-en d’abord une.',
    },
  },
  views: {
    title: 'Vues et liens',
    intro: 'Au bas de chaque page de chiffres, vous pouvez conserver ce que vous voyez, ou en faire un lien fixe.',
    views: {
      title: 'Vues conservées',
      note: 'Chacune a sa propre adresse. Qui l’ouvre voit ce que son propre rôle permet.',
      none: 'Vous n’avez pas encore conservé de vue.',
    },
    links: {
      title: 'Liens fixes',
      note: 'Qui a un tel lien voit cette seule page sans compte. Supprimer retire le lien.',
      none: 'Vous n’avez pas encore créé de lien fixe.',
    },
    until: (day) => `valable jusqu’au ${day}`,
    faults: {
      name: 'Non conservée : donnez un nom de 60 signes au plus, avec au moins une lettre ou un chiffre.',
      taken: 'Non conservée : quelqu’un d’autre utilise déjà ce nom. Choisissez-en un autre.',
      address: 'Non conservée : ce n’est pas une page que vous pouvez conserver.',
      months: 'Non conservée : choisissez la durée du lien.',
      full: 'Non conservée : vous en avez déjà cinquante ; supprimez-en d’abord une.',
      nothing: 'Non conservée : rien n’est encore publié sur cette page.',
    },
  },
  targets: {
    title: 'Accords de la région',
    note: 'Ce qu’une région veut atteindre figure sur Région près du chiffre, avec ce qui manque encore. De l’écart, c’est le plus grand permis.',
    labels: { place: 'Région', number: 'Chiffre', value: 'Objectif', year: 'Pour fin', keep: 'Conserver' },
    faults: {
      region: 'Non conservé : votre rôle ne fixe pas d’accords pour cette région.',
      number: 'Non conservé : choisissez un chiffre.',
      value: 'Non conservé : donnez un nombre comme 25 ou 25,5.',
      year: 'Non conservé : donnez une année comme 2030.',
    },
    line: ({ region, number, value, year }) => `${region} : ${number} ${value} pour fin ${year}`,
  },
  remove: 'Supprimer',
  locked: ({ place, release, until }) =>
    `Vue fixe de ${place}, comme publiée jusqu’à l’édition ${release}. Ce lien est valable jusqu’au ${until}.`,
}

const en: NotebookWords = {
  annotations: {
    title: 'Annotations',
    intro:
      'What happened in a place that a reader of its figures should know? It stands at each figure whose time it touches, and in its files.',
    form: {
      title: 'New annotation',
      labels: {
        place: 'Place',
        kind: 'Kind',
        first: 'From',
        last: 'Until (empty: one day)',
        text: 'Text, at most 140 characters',
        keep: 'Keep',
      },
    },
    list: {
      title: 'Annotations that were kept',
      columns: ['Place', 'Kind', 'From', 'Until', 'Text'],
      none: 'There are no annotations of your places yet.',
    },
    faults: {
      place: 'Not kept: your role may not write about this place.',
      kind: 'Not kept: choose a kind.',
      day: 'Not kept: give a day that exists, as yyyy-mm-dd.',
      order: 'Not kept: the last day is before the first.',
      text: 'Not kept: the text is longer than 140 characters, has characters that cannot be, or is missing for “annotation”.',
      full: 'Not kept: this place has 200 annotations already; remove one first.',
    },
  },
  views: {
    title: 'Views and links',
    intro: 'At the foot of each page of figures you can keep what you see, or make a locked link of it.',
    views: {
      title: 'Saved views',
      note: 'Each has an address of its own. Who opens it sees what their own role may see.',
      none: 'You have not kept a view yet.',
    },
    links: {
      title: 'Locked links',
      note: 'Who has such a link sees that one page without an account. Removing it withdraws the link.',
      none: 'You have not made a locked link yet.',
    },
    until: (day) => `holds until ${day}`,
    faults: {
      name: 'Not kept: give a name of at most 60 characters, with at least one letter or digit.',
      taken: 'Not kept: somebody else has this name already. Choose another.',
      address: 'Not kept: this is no page that you can keep.',
      months: 'Not kept: choose how long the link holds.',
      full: 'Not kept: you have fifty already; remove one first.',
      nothing: 'Not kept: nothing is published on that page yet.',
    },
  },
  targets: {
    title: 'Agreements of the region',
    note: 'What a region wants to reach stands on Region beside the number, with what is still missing. Of the gap it is the largest that may be.',
    labels: { place: 'Region', number: 'Number', value: 'Target', year: 'By the end of', keep: 'Keep' },
    faults: {
      region: 'Not kept: your role makes no agreements for this region.',
      number: 'Not kept: choose a number.',
      value: 'Not kept: give a number like 25 or 25.5.',
      year: 'Not kept: give a year like 2030.',
    },
    line: ({ region, number, value, year }) => `${region}: ${number} ${value} by the end of ${year}`,
  },
  remove: 'Remove',
  locked: ({ place, release, until }) =>
    `Locked view of ${place}, as published until release ${release}. This link holds until ${until}.`,
}

const WORDS: Readonly<Record<Language, NotebookWords>> = { nl, fr, en }

export function notebookWords(language: Language): NotebookWords {
  return WORDS[language]
}
