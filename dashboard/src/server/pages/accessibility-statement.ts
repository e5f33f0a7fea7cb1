import type { Language } from '../../lib/language.ts'

/** What the law asks a public body to say of its pages (Bestuursdecreet art. II.16; EN 301 549): how accessible they are and what is not. */
export interface AccessibilityStatement {
  readonly title: string
  readonly lead: string
  readonly sections: readonly { readonly title: string; readonly paragraphs: readonly string[] }[]
}

const STATEMENTS: Readonly<Record<Language, AccessibilityStatement>> = {
  nl: {
    title: 'Toegankelijkheid',
    lead: 'Deze pagina’s willen voor iedereen bruikbaar zijn: met en zonder zicht, muis, JavaScript of ervaring met cijfers.',
    sections: [
      {
        title: 'Waaraan we ons houden',
        paragraphs: [
          'De norm is EN 301 549, met WCAG 2.1 niveau AA. Ons eigen doel is WCAG 2.2 niveau AA.',
          'We beoordelen zelf dat de pagina’s daaraan grotendeels voldoen. Niemand van buiten heeft dat al nagekeken.',
        ],
      },
      {
        title: 'Hoe het is nagekeken',
        paragraphs: [
          'Elke pagina wordt bij elke wijziging en in elke taal in Chromium nagekeken met axe, licht of donker, smal of breed.',
          'Daarbij wordt ook gelezen wat Chromium aan een schermlezer geeft: titels in volgorde, elke tekening als één zin, woorden waar een cijfer niet getoond is.',
          'Ook getest: bediening met het toetsenbord, vergroting tot 200 %, minder beweging, en werken zonder JavaScript.',
          'Achter elke grafiek staat een tabel met dezelfde cijfers. Nergens draagt kleur alleen een betekenis.',
        ],
      },
      {
        title: 'Wat nog niet goed is',
        paragraphs: [
          'De pagina’s zijn nog niet getest met mensen die een schermlezer of vergroting gebruiken.',
          'Brede tabellen schuiven op een smal scherm zijwaarts. Met het toetsenbord lukt dat ook.',
          'Bestanden (Excel, Parquet, Arrow) zijn gegevens zonder opmaak; hun toegankelijkheid hangt af van het programma.',
        ],
      },
      {
        title: 'Iets gemerkt?',
        paragraphs: [
          'Meld het aan wie Zuil bij u beheert, met het adres van de pagina en wat u wilde doen. Die antwoordt u.',
          'Komt er geen goed antwoord, dan kunt u terecht bij de Vlaamse Ombudsdienst.',
        ],
      },
    ],
  },
  fr: {
    title: 'Accessibilité',
    lead: 'Ces pages veulent servir à tout le monde : avec ou sans la vue, une souris, JavaScript ou l’habitude des chiffres.',
    sections: [
      {
        title: 'Ce que nous suivons',
        paragraphs: [
          'La norme est EN 301 549, avec WCAG 2.1 niveau AA. Notre propre but est WCAG 2.2 niveau AA.',
          'Nous estimons nous-mêmes que les pages y répondent en grande partie. Personne de l’extérieur ne l’a encore vérifié.',
        ],
      },
      {
        title: 'Comment c’est vérifié',
        paragraphs: [
          'À chaque changement, chaque page est vérifiée dans chaque langue, dans Chromium avec axe, en clair ou en sombre, étroite ou large.',
          'On y lit aussi ce que Chromium donne à un lecteur d’écran : les titres dans l’ordre, chaque dessin comme une phrase, des mots là où un chiffre n’est pas montré.',
          'Sont testés aussi : l’usage au clavier, l’agrandissement à 200 %, moins de mouvement, et le travail sans JavaScript.',
          'Derrière chaque graphique se trouve un tableau des mêmes chiffres. Nulle part la couleur seule ne porte un sens.',
        ],
      },
      {
        title: 'Ce qui n’est pas encore bon',
        paragraphs: [
          'Les pages n’ont pas encore été testées avec des personnes qui utilisent un lecteur d’écran ou un agrandissement.',
          'Sur un écran étroit, les tableaux larges défilent de côté. Au clavier, cela marche aussi.',
          'Les fichiers (Excel, Parquet, Arrow) sont des données sans mise en forme ; leur accessibilité dépend du programme.',
        ],
      },
      {
        title: 'Un problème ?',
        paragraphs: [
          'Signalez-le à qui gère Zuil chez vous, avec l’adresse de la page et ce que vous vouliez faire. Vous recevrez une réponse.',
          'Sans réponse satisfaisante, vous pouvez vous adresser au service de médiation flamand (Vlaamse Ombudsdienst).',
        ],
      },
    ],
  },
  en: {
    title: 'Accessibility',
    lead: 'These pages are meant for everybody: with or without sight, a mouse, JavaScript or practice with figures.',
    sections: [
      {
        title: 'What we follow',
        paragraphs: [
          'The norm is EN 301 549, with WCAG 2.1 level AA. Our own aim is WCAG 2.2 level AA.',
          'By our own judgement the pages conform for the most part. Nobody from outside has checked that yet.',
        ],
      },
      {
        title: 'How it is checked',
        paragraphs: [
          'With every change each page is checked in each language in Chromium with axe, light or dark, narrow or wide.',
          'What Chromium hands to a screen reader is read as well: titles in their order, each drawing as one sentence, words where a number is not shown.',
          'Tested as well: use by keyboard, 200 % zoom, less motion, and working without JavaScript.',
          'Behind every chart there is a table with the same figures. Nowhere does colour alone carry a meaning.',
        ],
      },
      {
        title: 'What is not good yet',
        paragraphs: [
          'The pages were not yet tried by people who use a screen reader or magnification.',
          'On a narrow screen wide tables move sideways. By keyboard that works, too.',
          'Files (Excel, Parquet, Arrow) are data without layout; how accessible they are depends on the program.',
        ],
      },
      {
        title: 'Did you find something?',
        paragraphs: [
          'Tell whoever runs Zuil at your organisation, with the address of the page and what you wanted to do. They will answer.',
          'Without a good answer you can turn to the Flemish Ombudsman (Vlaamse Ombudsdienst).',
        ],
      },
    ],
  },
}

export function accessibilityStatement(language: Language): AccessibilityStatement {
  return STATEMENTS[language]
}
