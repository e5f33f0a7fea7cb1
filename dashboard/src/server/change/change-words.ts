import type { ChangeKind } from '../../lib/change-view.ts'
import type { Language } from '../../lib/language.ts'
import { capital } from '../figures/figure-writing.ts'
import type { ChangeFigure, ChangeFigureId } from './change-figures.ts'

type Around = ChangeFigure['around']
interface Bounds {
  readonly value: string
  readonly low: string
  readonly high: string
}

/** Words of the page "Verandering"; used on the server only. */
export interface ChangeWords {
  readonly title: string
  readonly intro: string
  readonly placeLabel: string
  readonly kindLabel: string
  readonly kinds: Readonly<Record<ChangeKind, string>>
  readonly dayLabel: string
  readonly dayNote: string
  readonly dayWrong: string
  readonly besideLabel: string
  readonly nobody: string
  readonly others: string
  readonly show: string
  readonly moments: {
    readonly title: string
    readonly none: string
    readonly joined: (facts: { place: string; date: string }) => string
  }
  readonly noDay: string
  readonly nothing: string
  readonly caveatsTitle: string
  readonly caveats: readonly string[]
  readonly pandemic: string
  readonly merger: string
  readonly ofKind: Readonly<Record<ChangeKind, string>>
  /** The change in a drawing: `7 september 2020: toetreding`. */
  readonly mark: (facts: { kind: string; date: string }) => string
  readonly series: {
    readonly before: string
    readonly yearEarlier: (place: string) => string
    readonly bounds: string
    readonly moment: string
  }
  readonly moment: Readonly<Record<'before' | 'during' | 'after', string>>
  readonly subjects: Readonly<Record<ChangeFigureId, string>>
  readonly findings: {
    readonly rise: (facts: { subject: string; by: string; before: string; after: string; than: string }) => string
    readonly fall: (facts: { subject: string; by: string; before: string; after: string; than: string }) => string
    readonly alike: (facts: { subject: string; before: string; after: string; than: string }) => string
    readonly few: (facts: { subject: string }) => string
    readonly members: (facts: { subject: string; up: string; down: string }) => string
  }
  /** After a finding: how the place beside did. */
  readonly besides: Readonly<Record<'more' | 'less' | 'alike', (place: string) => string>>
  readonly than: Readonly<Record<Around, string>>
  readonly bounds: {
    readonly own: (facts: Bounds & { pairs: number }) => string
    readonly beside: (facts: Bounds & { place: string }) => string
    readonly beyond: (facts: Bounds) => string
  }
  readonly span: (first: string, last: string) => string
  readonly periods: (facts: { before: string; after: string; during: string }) => string
  readonly paired: Readonly<Record<Around, string>>
  readonly missing: (periods: string) => string
  readonly alone: string
}

const nl: ChangeWords = {
  title: 'Verandering',
  intro:
    'Voor en na een dag waarop er iets veranderde, uit gepubliceerde cijfers. Kies wat er veranderde en wanneer, en wie ernaast staat: een plaats waar toen niets veranderde.',
  placeLabel: 'Plaats',
  kindLabel: 'Wat veranderde er',
  kinds: {
    joined: 'Toetreding tot een regio',
    campaign: 'Campagne',
    universal: 'Van een pas voor de kansengroep naar een pas voor iedereen',
    predecessor: 'Van een oudere kaart naar de pas',
  },
  dayLabel: 'Op welke dag',
  dayNote: 'Eerste dag van de verandering.',
  dayWrong: 'Dat is geen dag tussen 2010 en vandaag.',
  besideLabel: 'Daarnaast',
  nobody: 'Niemand',
  others: 'De andere gemeenten van de regio samen',
  show: 'Toon',
  moments: {
    title: 'Bekende dagen',
    none: 'Het register noemt geen dag van toetreding, en bij deze plaats staat geen aantekening.',
    joined: ({ place, date }) => `${place} trad toe op ${date}`,
  },
  noDay: 'Kies een dag: dan staan de cijfers van voor en na hier.',
  nothing:
    'Rond deze dag is voor deze plaats niets gepubliceerd. publiq kan een periode van vroeger alsnog publiceren (zuil publish).',
  caveatsTitle: 'Wat dit niet bewijst',
  caveats: [
    'Samenloop is geen bewijs: wat in dezelfde tijd nog veranderde, zit in het verschil.',
    'Vakanties vallen niet elk jaar in hetzelfde kwartaal of dezelfde maand, en een activiteit kan verschuiven.',
    '"Geen duidelijk verschil" wil zeggen dat de afronding van gepubliceerde cijfers en het toeval samen zo groot zijn als het verschil. Dat er niets veranderde, staat er niet.',
    'Alleen wie zijn pas gebruikt, wordt gezien. Meer organisatoren die registreren, geven meer deelnames zonder dat iemand vaker komt.',
  ],
  pandemic:
    'Een deel van deze tijd ligt tussen maart 2020 en februari 2022, toen veel huizen dicht of halfopen waren. Voor en na zijn daardoor moeilijk te vergelijken; kijk vooral naar de plaats ernaast.',
  merger: 'Deze gemeente is een fusie. Alle cijfers zijn die van de gemeente van vandaag, ook van voor de fusie.',
  ofKind: {
    joined:
      'Voor de toetreding had bijna niemand in de gemeente een pas. Wat toen niet getoond wordt, is dat omdat het om minder dan tien personen gaat.',
    campaign: 'Een campagne haalt soms mensen naar voren die later ook gekomen waren: kijk ook naar de maanden erna.',
    universal:
      'Wie het kansentarief pas na de verandering kreeg, telt ervoor als zonder. Een hoger deel zonder kansentarief zegt voor wie de pas is, niet of de kansengroep meer of minder deelneemt.',
    predecessor:
      'Van de oudere kaart zelf zijn hier geen deelnames geteld: dat was een ander programma. De oudere kaart wordt alleen herkend aan hetzelfde nummer in het register of aan punten die meegingen.',
  },
  mark: ({ kind, date }) => `${kind}, ${date}`,
  series: {
    before: 'Een jaar eerder',
    yearEarlier: (place) => `${place}, een jaar eerder`,
    bounds: 'met de afronding',
    moment: 'Moment',
  },
  moment: { before: 'ervoor', during: 'de verandering zelf', after: 'erna' },
  subjects: {
    'change-participations': 'Het aantal deelnames per 1.000 pashouders',
    'change-newcomers': 'Het aantal nieuwe pashouders per 1.000 inwoners',
    'change-cross-border': 'Het deel van de deelnames met kansentarief in een andere gemeente van de regio',
    'change-newcomers-by-month': 'Het aantal nieuwe pashouders per 1.000 inwoners',
    'change-newcomers-social-tariff': 'Het aantal nieuwe pashouders met kansentarief',
    'change-open': 'Het deel van de deelnemers zonder kansentarief',
    'change-open-by-sector': 'Het deel van de deelnemers zonder kansentarief',
    'change-newcomers-by-age': 'Het aantal nieuwe pashouders',
    'change-predecessor': 'Het aantal nieuwe pashouders met een oudere kaart',
  },
  findings: {
    rise: ({ subject, by, before, after, than }) => `${subject} steeg met ${by}, van gemiddeld ${before} naar ${after} (${than})`,
    fall: ({ subject, by, before, after, than }) =>
      `${subject} daalde met ${by}, van gemiddeld ${before} naar ${after} (${than})`,
    alike: ({ subject, before, after, than }) =>
      `${subject}: geen duidelijk verschil, van gemiddeld ${before} naar ${after} (${than})`,
    few: ({ subject }) => `${subject}: te weinig gepubliceerd om voor en na te vergelijken`,
    members: ({ subject, up, down }) => {
      if (up === '' && down === '') return `${subject}: in geen enkele groep een duidelijk verschil`
      const said = [...(up === '' ? [] : [`steeg bij ${up}`]), ...(down === '' ? [] : [`daalde bij ${down}`])]
      return `${subject} ${said.join(' en ')}`
    },
  },
  besides: {
    more: (place) => `; duidelijk meer dan in ${place}`,
    less: (place) => `; duidelijk minder dan in ${place}`,
    alike: (place) => `; geen duidelijk verschil met ${place}`,
  },
  than: {
    quarters: 'dezelfde kwartalen van het jaar ervoor en erna',
    months: 'dezelfde maanden, een jaar eerder en nu',
    years: 'het jaar ervoor en het jaar erna',
  },
  bounds: {
    own: ({ value, low, high, pairs }) =>
      `Verschil over ${pairs} paren: ${value}; met afronding en toeval ligt het tussen ${low} en ${high}.`,
    beside: ({ place, value, low, high }) => `In ${place}: ${value}, tussen ${low} en ${high}.`,
    beyond: ({ value, low, high }) => `Verschil tussen die twee verschillen: ${value}, tussen ${low} en ${high}.`,
  },
  span: (first, last) => `${first} tot en met ${last}`,
  periods: ({ before, after, during }) =>
    `Ervoor: ${before}. Erna: ${after}.${during === '' ? '' : ` ${capital(during)}, waarin het veranderde, telt bij geen van beide.`}`,
  paired: {
    quarters: 'Elk kwartaal staat naast het kwartaal van hetzelfde seizoen, zodat het seizoen geen verschil maakt.',
    months: 'Elke maand staat naast dezelfde maand een jaar eerder.',
    years: 'Twee kalenderjaren, elk in zijn geheel voor of na de verandering.',
  },
  missing: (periods) => `Niet gepubliceerd: ${periods}.`,
  alone: 'Hier staat niets naast: iemand kan in meer van die gemeenten tellen. Kies één gemeente om ernaast te zetten.',
}

const fr: ChangeWords = {
  title: 'Changement',
  intro:
    "Avant et après un jour où quelque chose a changé, à partir de chiffres publiés. Choisissez ce qui a changé et quand, et qui se trouve à côté : un lieu où rien n'a changé alors.",
  placeLabel: 'Lieu',
  kindLabel: "Qu'est-ce qui a changé",
  kinds: {
    joined: 'Adhésion à une région',
    campaign: 'Campagne',
    universal: "D'un pass pour le groupe cible à un pass pour tous",
    predecessor: "D'une carte plus ancienne au pass",
  },
  dayLabel: 'Quel jour',
  dayNote: 'Premier jour du changement.',
  dayWrong: "Ce n'est pas un jour entre 2010 et aujourd'hui.",
  besideLabel: 'À côté',
  nobody: 'Personne',
  others: 'Les autres communes de la région ensemble',
  show: 'Montrer',
  moments: {
    title: 'Jours connus',
    none: "Le registre ne cite aucun jour d'adhésion, et ce lieu n'a pas d'annotation.",
    joined: ({ place, date }) => `${place} a adhéré le ${date}`,
  },
  noDay: "Choisissez un jour : les chiffres d'avant et d'après seront ici.",
  nothing: "Autour de ce jour, rien n'est publié pour ce lieu. publiq peut encore publier une période passée (zuil publish).",
  caveatsTitle: 'Ce que cela ne prouve pas',
  caveats: [
    'Une coïncidence ne prouve rien : tout ce qui a changé en même temps est dans la différence.',
    'Les vacances ne tombent pas chaque année dans le même trimestre ou le même mois, et une activité peut se déplacer.',
    "« Pas de différence nette » veut dire que l'arrondi des chiffres publiés et le hasard sont ensemble aussi grands que la différence. Cela ne dit pas que rien n'a changé.",
    "Seul qui utilise son pass est vu. Davantage d'organisateurs qui enregistrent donnent plus de participations sans que personne ne vienne plus souvent.",
  ],
  pandemic:
    "Une partie de cette période se situe entre mars 2020 et février 2022, quand beaucoup de maisons étaient fermées ou à moitié ouvertes. L'avant et l'après se comparent donc mal ; regardez surtout le lieu à côté.",
  merger: "Cette commune est une fusion. Tous les chiffres sont ceux de la commune d'aujourd'hui, aussi d'avant la fusion.",
  ofKind: {
    joined:
      "Avant l'adhésion, presque personne dans la commune n'avait de pass. Ce qui n'est pas montré alors concerne moins de dix personnes.",
    campaign:
      'Une campagne fait parfois venir plus tôt des gens qui seraient venus de toute façon : regardez aussi les mois suivants.',
    universal:
      "Qui n'a reçu le tarif réduit qu'après le changement compte avant comme sans. Une part plus haute sans tarif réduit dit pour qui est le pass, pas si le groupe cible participe plus ou moins.",
    predecessor:
      "Les participations avec la carte plus ancienne ne sont pas comptées ici : c'était un autre programme. La carte n'est reconnue qu'au même numéro dans le registre ou aux points qui ont suivi.",
  },
  mark: ({ kind, date }) => `${kind}, ${date}`,
  series: {
    before: 'Un an plus tôt',
    yearEarlier: (place) => `${place}, un an plus tôt`,
    bounds: "avec l'arrondi",
    moment: 'Moment',
  },
  moment: { before: 'avant', during: 'le changement même', after: 'après' },
  subjects: {
    'change-participations': 'Le nombre de participations par 1 000 titulaires',
    'change-newcomers': 'Le nombre de nouveaux titulaires par 1 000 habitants',
    'change-cross-border': 'La part des participations au tarif réduit dans une autre commune de la région',
    'change-newcomers-by-month': 'Le nombre de nouveaux titulaires par 1 000 habitants',
    'change-newcomers-social-tariff': 'Le nombre de nouveaux titulaires au tarif réduit',
    'change-open': 'La part des participants sans tarif réduit',
    'change-open-by-sector': 'La part des participants sans tarif réduit',
    'change-newcomers-by-age': 'Le nombre de nouveaux titulaires',
    'change-predecessor': 'Le nombre de nouveaux titulaires avec une carte plus ancienne',
  },
  findings: {
    rise: ({ subject, by, before, after, than }) =>
      `${subject} a augmenté de ${by}, de ${before} à ${after} en moyenne (${than})`,
    fall: ({ subject, by, before, after, than }) => `${subject} a baissé de ${by}, de ${before} à ${after} en moyenne (${than})`,
    alike: ({ subject, before, after, than }) =>
      `${subject} : pas de différence nette, de ${before} à ${after} en moyenne (${than})`,
    few: ({ subject }) => `${subject} : trop peu de publié pour comparer avant et après`,
    members: ({ subject, up, down }) => {
      if (up === '' && down === '') return `${subject} : dans aucun groupe une différence nette`
      const said = [...(up === '' ? [] : [`a augmenté pour ${up}`]), ...(down === '' ? [] : [`a baissé pour ${down}`])]
      return `${subject} ${said.join(' et ')}`
    },
  },
  besides: {
    more: (place) => ` ; nettement plus que ${place}`,
    less: (place) => ` ; nettement moins que ${place}`,
    alike: (place) => ` ; pas de différence nette avec ${place}`,
  },
  than: {
    quarters: "les mêmes trimestres de l'année avant et après",
    months: 'les mêmes mois, un an plus tôt et maintenant',
    years: "l'année avant et l'année après",
  },
  bounds: {
    own: ({ value, low, high, pairs }) =>
      `Différence sur ${pairs} paires : ${value} ; avec l'arrondi et le hasard, elle se situe entre ${low} et ${high}.`,
    beside: ({ place, value, low, high }) => `${place} : ${value}, entre ${low} et ${high}.`,
    beyond: ({ value, low, high }) => `Différence entre ces deux différences : ${value}, entre ${low} et ${high}.`,
  },
  span: (first, last) => `${first} à ${last}`,
  periods: ({ before, after, during }) =>
    `Avant : ${before}. Après : ${after}.${during === '' ? '' : ` ${capital(during)}, où cela a changé, ne compte ni avant ni après.`}`,
  paired: {
    quarters: 'Chaque trimestre est à côté de celui de la même saison, pour que la saison ne fasse pas de différence.',
    months: 'Chaque mois est à côté du même mois un an plus tôt.',
    years: 'Deux années civiles, chacune en entier avant ou après le changement.',
  },
  missing: (periods) => `Non publié : ${periods}.`,
  alone:
    "Rien n'est à côté ici : quelqu'un peut compter dans plusieurs de ces communes. Choisissez une seule commune à mettre à côté.",
}

const en: ChangeWords = {
  title: 'Change',
  intro:
    'Before and after a day on which something changed, from published figures. Choose what changed and when, and who stands beside it: a place where nothing changed then.',
  placeLabel: 'Place',
  kindLabel: 'What changed',
  kinds: {
    joined: 'Joining a region',
    campaign: 'Campaign',
    universal: 'From a pass for the target group to a pass for everybody',
    predecessor: 'From an older card to the pass',
  },
  dayLabel: 'On which day',
  dayNote: 'First day of the change.',
  dayWrong: 'That is no day between 2010 and today.',
  besideLabel: 'Beside it',
  nobody: 'Nobody',
  others: 'The other municipalities of the region together',
  show: 'Show',
  moments: {
    title: 'Days that are known',
    none: 'The registry names no day of joining, and this place has no annotation.',
    joined: ({ place, date }) => `${place} joined on ${date}`,
  },
  noDay: 'Choose a day: the figures of before and after will stand here.',
  nothing: 'Around this day nothing is published for this place. publiq can still publish a period of the past (zuil publish).',
  caveatsTitle: 'What this does not prove',
  caveats: [
    'Coincidence is no proof: whatever else changed at the same time is in the difference.',
    'Holidays do not fall in the same quarter or month every year, and an event may move.',
    '"No clear difference" means that the rounding of published figures and chance are together as large as the difference. It does not say that nothing changed.',
    'Only those who use their pass are seen. More organizers that register make more participations without anybody coming more often.',
  ],
  pandemic:
    'A part of this time lies between March 2020 and February 2022, when many houses were closed or half open. Before and after are therefore hard to compare; look at the place beside it above all.',
  merger: 'This municipality is a merger. All figures are those of the municipality of today, also of before the merger.',
  ofKind: {
    joined:
      'Before it joined hardly anybody in the municipality had a pass. What is not shown of that time is so because it is about fewer than ten persons.',
    campaign: 'A campaign sometimes brings forward people who would have come later: look at the months after it as well.',
    universal:
      'Whoever got the social tariff only after the change counts as without before it. A higher share without the social tariff says whose the pass is, not whether the target group takes part more or less.',
    predecessor:
      'Participations with the older card are not counted here: that was another programme. The older card is known only by the same number in the registry, or by points that came along.',
  },
  mark: ({ kind, date }) => `${kind}, ${date}`,
  series: {
    before: 'A year earlier',
    yearEarlier: (place) => `${place}, a year earlier`,
    bounds: 'with the rounding',
    moment: 'Moment',
  },
  moment: { before: 'before', during: 'the change itself', after: 'after' },
  subjects: {
    'change-participations': 'The number of participations per 1,000 passholders',
    'change-newcomers': 'The number of new passholders per 1,000 inhabitants',
    'change-cross-border': 'The share of participations with the social tariff in another municipality of the region',
    'change-newcomers-by-month': 'The number of new passholders per 1,000 inhabitants',
    'change-newcomers-social-tariff': 'The number of new passholders with the social tariff',
    'change-open': 'The share of those taking part without the social tariff',
    'change-open-by-sector': 'The share of those taking part without the social tariff',
    'change-newcomers-by-age': 'The number of new passholders',
    'change-predecessor': 'The number of new passholders with an older card',
  },
  findings: {
    rise: ({ subject, by, before, after, than }) => `${subject} rose by ${by}, from ${before} to ${after} on average (${than})`,
    fall: ({ subject, by, before, after, than }) => `${subject} fell by ${by}, from ${before} to ${after} on average (${than})`,
    alike: ({ subject, before, after, than }) =>
      `${subject}: no clear difference, from ${before} to ${after} on average (${than})`,
    few: ({ subject }) => `${subject}: too little is published to compare before and after`,
    members: ({ subject, up, down }) => {
      if (up === '' && down === '') return `${subject}: no clear difference in any group`
      const said = [...(up === '' ? [] : [`rose for ${up}`]), ...(down === '' ? [] : [`fell for ${down}`])]
      return `${subject} ${said.join(' and ')}`
    },
  },
  besides: {
    more: (place) => `; clearly more than ${place}`,
    less: (place) => `; clearly less than ${place}`,
    alike: (place) => `; no clear difference from ${place}`,
  },
  than: {
    quarters: 'the same quarters of the year before and after',
    months: 'the same months, a year earlier and now',
    years: 'the year before and the year after',
  },
  bounds: {
    own: ({ value, low, high, pairs }) =>
      `Difference over ${pairs} pairs: ${value}; with rounding and chance it lies between ${low} and ${high}.`,
    beside: ({ place, value, low, high }) => `${place}: ${value}, between ${low} and ${high}.`,
    beyond: ({ value, low, high }) => `Difference between those two differences: ${value}, between ${low} and ${high}.`,
  },
  span: (first, last) => `${first} to ${last}`,
  periods: ({ before, after, during }) =>
    `Before: ${before}. After: ${after}.${during === '' ? '' : ` ${capital(during)}, in which it changed, counts in neither.`}`,
  paired: {
    quarters: 'Each quarter stands beside the one of the same season, so that the season makes no difference.',
    months: 'Each month stands beside the same month a year earlier.',
    years: 'Two calendar years, each before or after the change as a whole.',
  },
  missing: (periods) => `Not published: ${periods}.`,
  alone:
    'Nothing stands beside it here: somebody may count in several of those municipalities. Choose one municipality to put beside it.',
}

const WORDS: Readonly<Record<Language, ChangeWords>> = { nl, fr, en }

export function changeWords(language: Language): ChangeWords {
  return WORDS[language]
}
