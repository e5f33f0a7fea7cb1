import type { Language } from '../../lib/language.ts'
import type { PaperFaultCode, PaperKind, ScheduleFault, ScheduleKind, SchedulesView } from '../../lib/schedules-view.ts'
import { figureMessagesOf } from '../../messages/figures/figure-languages.ts'
import { uncapital } from '../figures/figure-writing.ts'

interface Label {
  readonly paper: PaperKind
  readonly place: string
}

/** Words of the page "Gepland", and of the message about a paper; used on the server only. */
export interface SchedulesWords {
  readonly title: string
  readonly intro: string
  readonly form: Pick<SchedulesView['form'], 'title' | 'labels'> & {
    readonly note: (days: number) => string
    readonly languages: Readonly<Record<Language, string>>
  }
  readonly list: Omit<SchedulesView['list'], 'rows'>
  readonly kinds: Readonly<Record<ScheduleKind, string>>
  readonly formats: Readonly<Record<'pdf' | 'xlsx', string>>
  readonly label: (facts: Label) => string
  readonly note: (facts: { kind: string; format: string; language: string; told: boolean }) => string
  readonly waits: (facts: { paper: PaperKind; period: string }) => string
  readonly waiting: string
  readonly started: string
  readonly made: (facts: { moment: string; release: number; until: string; kilobytes: string; paper: PaperKind }) => string
  readonly gone: (moment: string) => string
  readonly failed: (facts: { reason: string; moment: string; again: boolean }) => string
  readonly reasons: Readonly<Record<PaperFaultCode, string>>
  readonly faults: Readonly<Record<ScheduleFault, string>>
  /** Why whoever asked for a message about a paper got none. */
  readonly untold: Readonly<Record<'FAILED' | 'NO_ADDRESS', string>>
  readonly message: (facts: Label & { period: string; until: string; address: string }) => {
    readonly subject: string
    readonly text: string
  }
}

const nl: SchedulesWords = {
  title: 'Geplande verslagen',
  intro:
    'Wat u hier plant, wordt vanzelf gemaakt zodra een periode gesloten is: een verslag na de publicatie van haar cijfers, een afrekening na haar afsluiting.',
  form: {
    title: 'Plan een verslag',
    note: (days) => `Het eerste gaat over de laatste periode die voorbij is. Elk bestand blijft ${days} dagen staan.`,
    labels: {
      subject: 'Wat',
      every: 'Hoe vaak',
      format: 'Bestand',
      language: 'Taal van het stuk',
      mail: 'Stuur mij een bericht wanneer er een klaar is',
      keep: 'Plan',
    },
    languages: { nl: 'Nederlands', fr: 'Frans', en: 'Engels' },
  },
  list: {
    title: 'Gepland',
    none: 'Er is nog niets gepland van uw plaatsen.',
    remove: 'Verwijder met bestanden',
    again: 'Maak opnieuw',
    download: 'Download',
  },
  kinds: { MONTH: 'elke maand', QUARTER: 'elk kwartaal', YEAR: 'elk jaar' },
  formats: { pdf: 'PDF', xlsx: 'Excel (XLSX)' },
  label: ({ paper, place }) => (paper === 'report' ? `Verslag van ${place}` : `Afrekening van ${place}, exacte bedragen`),
  note: ({ kind, format, language, told }) => `${kind}, ${format}, ${language}${told ? ', met bericht' : ''}`,
  waits: ({ paper, period }) =>
    paper === 'report' ? `Wacht op de publicatie van ${period}.` : `Wacht op de afsluiting van ${period}.`,
  waiting: 'Wacht op zijn beurt',
  started: 'Wordt gemaakt',
  made: ({ moment, release, until, kilobytes, paper }) =>
    `Gemaakt ${moment} van ${paper === 'report' ? 'uitgave' : 'afsluiting'} ${release}, ${kilobytes} kB, tot ${until}`,
  gone: (moment) => `Verlopen ${moment}; het kan opnieuw gemaakt worden`,
  failed: ({ reason, moment, again }) => `Niet gemaakt (${moment}): ${reason}${again ? ' We proberen het zelf nog eens.' : ''}`,
  reasons: {
    COMPILER_MISSING: 'op deze machine ontbreekt het programma dat PDF’s zet. Plan het als XLSX, of vraag het wie Zuil beheert.',
    BUSY: 'er werden te veel andere stukken gemaakt.',
    NOT_SET: 'de PDF kon niet gezet worden.',
    TOO_LARGE: 'het bestand is te groot.',
    NOT_THERE: 'van deze plaats en periode is er niets gepubliceerd of afgesloten.',
    INTERRUPTED: 'Zuil stopte terwijl het bezig was.',
    OTHER: 'er ging iets mis; het staat in het logboek van Zuil.',
  },
  faults: {
    subject: 'Niet gepland: uw rol leest deze plaats niet.',
    every: 'Niet gepland: kies hoe vaak.',
    format: 'Niet gepland: kies een bestand en een taal.',
    full: 'Niet gepland: van deze plaats is er al zoveel gepland als kan; verwijder er eerst een.',
    mail: 'Niet gepland: van uw account kennen we geen e-mailadres. Plan het zonder bericht.',
    paper: 'Dit stuk is er niet meer, of wordt al gemaakt.',
  },
  untold: {
    FAILED: 'Het bericht erover kon niet verstuurd worden.',
    NO_ADDRESS: 'Er ging geen bericht over weg: uw account heeft geen e-mailadres meer.',
  },
  message: ({ paper, place, period, until, address }) => ({
    subject: `${paper === 'report' ? 'Verslag' : 'Afrekening'} van ${place}, ${period}`,
    text: `Het stuk dat u plande, is klaar. Meld u aan en download het tot ${until}:\n\n${address}\n\nU krijgt dit bericht omdat u het op die pagina vroeg; daar kunt u het ook stoppen.\n`,
  }),
}

const fr: SchedulesWords = {
  title: 'Rapports planifiés',
  intro:
    'Ce que vous planifiez ici se fait de soi-même dès qu’une période est close : un rapport après la publication de ses chiffres, un décompte après sa clôture.',
  form: {
    title: 'Planifier un rapport',
    note: (days) => `Le premier porte sur la dernière période écoulée. Chaque fichier reste ${days} jours.`,
    labels: {
      subject: 'Quoi',
      every: 'À quel rythme',
      format: 'Fichier',
      language: 'Langue du document',
      mail: 'M’envoyer un message quand un document est prêt',
      keep: 'Planifier',
    },
    languages: { nl: 'néerlandais', fr: 'français', en: 'anglais' },
  },
  list: {
    title: 'Planifié',
    none: 'Rien n’est encore planifié pour vos lieux.',
    remove: 'Supprimer avec les fichiers',
    again: 'Refaire',
    download: 'Télécharger',
  },
  kinds: { MONTH: 'chaque mois', QUARTER: 'chaque trimestre', YEAR: 'chaque année' },
  formats: { pdf: 'PDF', xlsx: 'Excel (XLSX)' },
  label: ({ paper, place }) => (paper === 'report' ? `Rapport de ${place}` : `Décompte de ${place}, montants exacts`),
  note: ({ kind, format, language, told }) => `${kind}, ${format}, ${language}${told ? ', avec message' : ''}`,
  waits: ({ paper, period }) => (paper === 'report' ? `Attend la publication de ${period}.` : `Attend la clôture de ${period}.`),
  waiting: 'Attend son tour',
  started: 'En préparation',
  made: ({ moment, release, until, kilobytes, paper }) =>
    `Fait ${moment} de ${paper === 'report' ? 'l’édition' : 'la clôture'} ${release}, ${kilobytes} ko, jusqu’au ${until}`,
  gone: (moment) => `Expiré ${moment} ; il peut être refait`,
  failed: ({ reason, moment, again }) => `Non fait (${moment}) : ${reason}${again ? ' Nous réessayons nous-mêmes.' : ''}`,
  reasons: {
    COMPILER_MISSING:
      'il manque sur cette machine le programme qui compose les PDF. Planifiez-le en XLSX, ou demandez à qui gère Zuil.',
    BUSY: 'trop d’autres documents étaient en cours.',
    NOT_SET: 'le PDF n’a pas pu être composé.',
    TOO_LARGE: 'le fichier est trop grand.',
    NOT_THERE: 'rien n’est publié ou clos pour ce lieu et cette période.',
    INTERRUPTED: 'Zuil s’est arrêté pendant le travail.',
    OTHER: 'quelque chose a échoué ; le journal de Zuil le dit.',
  },
  faults: {
    subject: 'Non planifié : votre rôle ne lit pas ce lieu.',
    every: 'Non planifié : choisissez le rythme.',
    format: 'Non planifié : choisissez un fichier et une langue.',
    full: 'Non planifié : ce lieu en a déjà autant que possible ; supprimez-en d’abord un.',
    mail: 'Non planifié : nous ne connaissons pas d’adresse e-mail de votre compte. Planifiez sans message.',
    paper: 'Ce document n’existe plus, ou est déjà en préparation.',
  },
  untold: {
    FAILED: 'Le message à son sujet n’a pas pu être envoyé.',
    NO_ADDRESS: 'Aucun message n’est parti à son sujet : votre compte n’a plus d’adresse e-mail.',
  },
  message: ({ paper, place, period, until, address }) => ({
    subject: `${paper === 'report' ? 'Rapport' : 'Décompte'} de ${place}, ${period}`,
    text: `Le document que vous avez planifié est prêt. Connectez-vous et téléchargez-le jusqu’au ${until} :\n\n${address}\n\nVous recevez ce message parce que vous l’avez demandé sur cette page ; vous pouvez l’y arrêter.\n`,
  }),
}

const en: SchedulesWords = {
  title: 'Scheduled reports',
  intro:
    'What you schedule here is made by itself once a period is closed: a report when its figures are published, a settlement when it is closed.',
  form: {
    title: 'Schedule a report',
    note: (days) => `The first is about the last period that is over. Each file stays for ${days} days.`,
    labels: {
      subject: 'What',
      every: 'How often',
      format: 'File',
      language: 'Language of the paper',
      mail: 'Send me a message when one is ready',
      keep: 'Schedule',
    },
    languages: { nl: 'Dutch', fr: 'French', en: 'English' },
  },
  list: {
    title: 'Scheduled',
    none: 'Nothing is scheduled of your places yet.',
    remove: 'Remove with its files',
    again: 'Make again',
    download: 'Download',
  },
  kinds: { MONTH: 'every month', QUARTER: 'every quarter', YEAR: 'every year' },
  formats: { pdf: 'PDF', xlsx: 'Excel (XLSX)' },
  label: ({ paper, place }) => (paper === 'report' ? `Report of ${place}` : `Settlement of ${place}, exact amounts`),
  note: ({ kind, format, language, told }) => `${kind}, ${format}, ${language}${told ? ', with a message' : ''}`,
  waits: ({ paper, period }) =>
    paper === 'report' ? `Waits for ${period} to be published.` : `Waits for ${period} to be closed.`,
  waiting: 'Waits for its turn',
  started: 'Is being made',
  made: ({ moment, release, until, kilobytes, paper }) =>
    `Made ${moment} of ${paper === 'report' ? 'release' : 'closing'} ${release}, ${kilobytes} kB, until ${until}`,
  gone: (moment) => `Expired ${moment}; it can be made again`,
  failed: ({ reason, moment, again }) => `Not made (${moment}): ${reason}${again ? ' It is tried again by itself.' : ''}`,
  reasons: {
    COMPILER_MISSING: 'this machine lacks the program that sets PDFs. Schedule it as XLSX, or ask whoever runs Zuil.',
    BUSY: 'too many other papers were being made.',
    NOT_SET: 'the PDF could not be set.',
    TOO_LARGE: 'the file is too large.',
    NOT_THERE: 'nothing is published or closed of this place and period.',
    INTERRUPTED: 'Zuil stopped in the middle of it.',
    OTHER: 'something failed; the log of Zuil says what.',
  },
  faults: {
    subject: 'Not scheduled: your role does not read this place.',
    every: 'Not scheduled: choose how often.',
    format: 'Not scheduled: choose a file and a language.',
    full: 'Not scheduled: as much as there can be is scheduled of this place already; remove one first.',
    mail: 'Not scheduled: we know no e-mail address of your account. Schedule it without a message.',
    paper: 'This paper is not there any more, or is being made already.',
  },
  untold: {
    FAILED: 'The message about it could not be sent.',
    NO_ADDRESS: 'No message about it was sent: your account has no e-mail address any more.',
  },
  message: ({ paper, place, period, until, address }) => ({
    subject: `${paper === 'report' ? 'Report' : 'Settlement'} of ${place}, ${period}`,
    text: `The paper that you scheduled is ready. Sign in and download it until ${until}:\n\n${address}\n\nYou get this message because you asked for it on that page, where you can stop it as well.\n`,
  }),
}

const WORDS: Readonly<Record<Language, SchedulesWords>> = { nl, fr, en }

export function schedulesWords(language: Language): SchedulesWords {
  return WORDS[language]
}

/** Names a place as it stands within a sentence. */
export function placeWithin(language: Language, name: (place: string) => string): (place: string) => string {
  return (place) => (place === 'all' ? uncapital(figureMessagesOf(language).allPlaces) : name(place))
}
