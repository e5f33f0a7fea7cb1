import type { Language } from '../../lib/language.ts'

/** What files of the data API say about themselves. Names of columns are the same in every language. */
export interface AnswerWords {
  readonly sheets: { readonly figures: string; readonly explanation: string }
  readonly licence: string
  /** What is withheld and how the rest is rounded. */
  readonly protection: (threshold: number) => string
  /** One sentence for each column. */
  readonly columns: Readonly<Record<AnswerColumnId, string>>
  /** What a column of a dimension holds, by the name of the dimension. */
  readonly dimension: (name: string) => string
  readonly dimensionName: (name: string) => string
  readonly provisional: string
  /** One sentence for each column that only the benchmark has. */
  readonly benchmarkColumns: Readonly<
    Record<'organizers' | 'lower_quartile' | 'median' | 'upper_quartile' | 'own_quarter', string>
  >
  /** One sentence for each column that only figures of measures have. */
  readonly figureColumns: Readonly<
    Record<'measure' | 'figure' | 'figure_name' | 'unit' | 'low' | 'high' | 'clear' | 'annotations', string>
  >
}

export const ANSWER_COLUMN_IDS = [
  'release',
  'cube',
  'period',
  'place',
  'place_name',
  'column',
  'value',
  'status',
  'cells',
  'rounding_error',
] as const
export type AnswerColumnId = (typeof ANSWER_COLUMN_IDS)[number]

const nl: AnswerWords = {
  sheets: { figures: 'Cijfers', explanation: 'Toelichting' },
  licence: 'Vrij te gebruiken met bronvermelding: UiTPAS, via Zuil.',
  protection: (threshold) =>
    `Wat over minder dan ${threshold} personen gaat, wordt niet getoond; soms ook een ander getal, dat het zou verraden. De rest is afgerond: personen op 5, deelnames en punten op 10, geld op € 50. Totalen zijn apart afgerond en wijken daarom enkele eenheden af van de som van hun delen.`,
  columns: {
    release: 'Nummer van de publicatie. Een publicatie verandert nooit.',
    cube: 'Verzameling waaruit het getal komt.',
    period: 'Periode: maand (2026-11), kwartaal (2026-Q4), jaar (2026) of seizoen (2026-2027).',
    place:
      'Plaats: all, region:<kaartsysteem>, municipality:<NIS-code> of organizer:<id>; met + ertussen als plaatsen opgeteld zijn.',
    place_name: 'Naam van de plaats.',
    column: 'Wat er geteld is: people voor personen, anders deelnames, punten, bedragen in cent …',
    value: 'Het gepubliceerde getal. Leeg (in Arrow en Parquet: 0) als het niet getoond wordt; kijk altijd naar status.',
    status:
      'ok: gepubliceerd. withheld: niet getoond, of er niemand was of te weinig. structural_zero: kan niet voorkomen. na: niet van toepassing. at_least: een som waarin delen niet getoond zijn; het zijn er minstens ongeveer zoveel.',
    cells: 'Aantal gepubliceerde getallen in deze som; 1 voor een getal zoals het gepubliceerd is.',
    rounding_error: 'Standaardfout door het afronden, in dezelfde eenheid als value.',
  },
  dimension: (name) => `Opdeling naar ${name}: code.`,
  dimensionName: (name) => `Opdeling naar ${name}: naam.`,
  provisional: 'Voorlopig: de periode loopt nog.',
  benchmarkColumns: {
    organizers: 'Hoeveel organisatoren van de groep dit cijfer hebben, de eigen meegeteld; leeg: te weinig om te vergelijken.',
    lower_quartile: 'Een kwart van de groep ligt hieronder. Afgerond.',
    median: 'De helft van de groep ligt hieronder. Afgerond.',
    upper_quartile: 'Drie kwart van de groep ligt hieronder. Afgerond.',
    own_quarter: 'In welk kwart het eigen cijfer ligt: 1 is het laagste, 4 het hoogste.',
  },
  figureColumns: {
    measure: 'Id van de maat, zoals in het woordenboek.',
    figure: 'Welk cijfer van de maat.',
    figure_name: 'Naam van het cijfer.',
    unit: 'Eenheid: COUNT, PERCENT, PERCENTAGE_POINTS, EURO …',
    low: 'Laagste waarde die met de afronding te rijmen is.',
    high: 'Hoogste waarde die met de afronding te rijmen is; leeg: geen grens.',
    annotations: 'Wat mensen over de plaats noteerden en wat de periode raakt: soort, eerste en laatste dag, tekst.',
    clear: 'Bij verschillen: yes als het verschil groter is dan toeval en afronding maken, anders no.',
  },
}

const fr: AnswerWords = {
  sheets: { figures: 'Chiffres', explanation: 'Explication' },
  licence: 'Libre d’utilisation avec mention de la source : UiTPAS, via Zuil.',
  protection: (threshold) =>
    `Ce qui concerne moins de ${threshold} personnes n’est pas montré ; parfois aussi un autre nombre qui le trahirait. Le reste est arrondi : les personnes à 5, les participations et les points à 10, l’argent à 50 €. Les totaux sont arrondis à part et diffèrent donc de quelques unités de la somme de leurs parties.`,
  columns: {
    release: 'Numéro de la publication. Une publication ne change jamais.',
    cube: 'Ensemble d’où vient le nombre.',
    period: 'Période : mois (2026-11), trimestre (2026-Q4), année (2026) ou saison (2026-2027).',
    place:
      'Lieu : all, region:<système de cartes>, municipality:<code INS> ou organizer:<id> ; avec + entre eux s’ils sont additionnés.',
    place_name: 'Nom du lieu.',
    column: 'Ce qui est compté : people pour les personnes, sinon participations, points, montants en centimes …',
    value: 'Le nombre publié. Vide (0 en Arrow et Parquet) s’il n’est pas montré ; regardez toujours status.',
    status:
      'ok : publié. withheld : pas montré, qu’il n’y ait eu personne ou trop peu. structural_zero : impossible. na : sans objet. at_least : une somme dont des parties ne sont pas montrées ; au moins environ autant.',
    cells: 'Nombre de valeurs publiées dans cette somme ; 1 pour une valeur telle que publiée.',
    rounding_error: 'Erreur type due à l’arrondi, dans l’unité de value.',
  },
  dimension: (name) => `Répartition par ${name} : code.`,
  dimensionName: (name) => `Répartition par ${name} : nom.`,
  provisional: 'Provisoire : la période court encore.',
  benchmarkColumns: {
    organizers: 'Combien d’organisateurs du groupe ont ce chiffre, soi-même compris ; vide : trop peu pour comparer.',
    lower_quartile: 'Un quart du groupe est en dessous. Arrondi.',
    median: 'La moitié du groupe est en dessous. Arrondi.',
    upper_quartile: 'Trois quarts du groupe sont en dessous. Arrondi.',
    own_quarter: 'Dans quel quart se trouve le chiffre propre : 1 est le plus bas, 4 le plus haut.',
  },
  figureColumns: {
    measure: 'Identifiant de la mesure, comme dans le dictionnaire.',
    figure: 'Quel chiffre de la mesure.',
    figure_name: 'Nom du chiffre.',
    unit: 'Unité : COUNT, PERCENT, PERCENTAGE_POINTS, EURO …',
    low: 'Plus petite valeur compatible avec l’arrondi.',
    high: 'Plus grande valeur compatible avec l’arrondi ; vide : sans borne.',
    annotations: 'Ce qui a été noté sur le lieu et touche la période : genre, premier et dernier jour, texte.',
    clear: 'Pour les différences : yes si elle dépasse ce que font le hasard et l’arrondi, sinon no.',
  },
}

const en: AnswerWords = {
  sheets: { figures: 'Figures', explanation: 'Explanation' },
  licence: 'Free to use with the source: UiTPAS, through Zuil.',
  protection: (threshold) =>
    `What is about fewer than ${threshold} people is not shown; nor, at times, another number that would give it away. The rest is rounded: people to 5, participations and points to 10, money to € 50. Totals are rounded by themselves and so differ by a few units from the sum of their parts.`,
  columns: {
    release: 'Number of the release. A release never changes.',
    cube: 'The set of cells that the number comes from.',
    period: 'Period: month (2026-11), quarter (2026-Q4), year (2026) or season (2026-2027).',
    place:
      'Place: all, region:<card system>, municipality:<NIS code> or organizer:<id>; with + between them where they are added up.',
    place_name: 'Name of the place.',
    column: 'What is counted: people, or participations, points, amounts in cents …',
    value: 'The published number. Empty (0 in Arrow and Parquet) where it is not shown: always look at status.',
    status:
      'ok: published. withheld: not shown, whether there was nobody or too few. structural_zero: cannot occur. na: not applicable. at_least: a sum of which parts are not shown; at least about so many.',
    cells: 'How many published numbers are in this sum; 1 for a number as it was published.',
    rounding_error: 'Standard error of the rounding, in the unit of value.',
  },
  dimension: (name) => `Broken down by ${name}: code.`,
  dimensionName: (name) => `Broken down by ${name}: name.`,
  provisional: 'Provisional: the period is not over.',
  benchmarkColumns: {
    organizers: 'How many organizers of the group have this figure, the own one included; empty: too few to compare.',
    lower_quartile: 'A quarter of the group lies below. Rounded.',
    median: 'Half of the group lies below. Rounded.',
    upper_quartile: 'Three quarters of the group lie below. Rounded.',
    own_quarter: 'The quarter that the own figure lies in: 1 is the lowest, 4 the highest.',
  },
  figureColumns: {
    measure: 'Id of the measure, as in the dictionary.',
    figure: 'Which figure of the measure.',
    figure_name: 'Name of the figure.',
    unit: 'Unit: COUNT, PERCENT, PERCENTAGE_POINTS, EURO …',
    low: 'Lowest value that the rounding allows.',
    high: 'Highest value that the rounding allows; empty: no bound.',
    annotations: 'What people noted about the place that touches the period: kind, first and last day, text.',
    clear: 'Of differences: yes where it is more than chance and rounding make, else no.',
  },
}

const WORDS: Readonly<Record<Language, AnswerWords>> = { nl, fr, en }

export function answerWordsOf(language: Language): AnswerWords {
  return WORDS[language]
}
