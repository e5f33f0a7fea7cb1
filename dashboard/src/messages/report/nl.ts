import type { ReportMessages } from './report-messages.ts'

export const nl: ReportMessages = {
  words: {
    contents: 'Inhoud',
    foreword: 'Woord vooraf',
    comment: 'Toelichting',
    page: 'bladzijde',
    table: 'Tabel',
    colophon: 'Gemaakt met Zuil uit gepubliceerde cijfers. Vrij te gebruiken met bronvermelding: UiTPAS, via Zuil.',
  },
  page: {
    title: 'Verslag',
    description: 'Het jaarverslag van een regio, gemeente of organisator, klaar om af te drukken.',
    chapters: 'Hoofdstukken',
    choose: 'Kies hoofdstukken',
    show: 'Toon',
    write: 'Schrijf een woord vooraf en toelichtingen',
    writeAdvice:
      'Wat u hier schrijft, staat voortaan in dit verslag, voor iedereen die het leest. Schrijf niets over één persoon.',
    keep: 'Bewaar',
    kept: 'Bewaard.',
    download: 'Als bestand',
    print: 'PDF',
  },
  title: ({ place, isYear }) => `${isYear ? 'Jaarverslag' : 'Verslag'} ${place}`,
  source: ({ release, published, threshold }) =>
    `Uitgave ${release} van ${published}. Wat over minder dan ${threshold} personen gaat, wordt niet getoond; de rest is afgerond.`,
  provisional: 'Voorlopig: de periode loopt nog.',
  chapters: {
    summary: 'Samenvatting',
    reach: 'Bereik',
    gap: 'De deelnamekloof',
    frequency: 'Hoe vaak en hoe breed',
    flows: 'Over de gemeentegrens',
    points: 'Punten en ruilvoordelen',
    welcome: 'Welkomstvoordelen',
    costs: 'Kansentarief en kosten',
    municipalities: 'De gemeenten naast elkaar',
    organizers: 'Aanbod en organisatoren',
    public: 'Het publiek',
    change: 'Verandering',
    agreements: 'Afspraken en streefcijfers',
    annotations: 'Aantekeningen',
    coverage: 'Wat telt mee',
    withheld: 'Wat niet getoond wordt',
  },
  empty: 'Hierover is voor deze plaats en periode niets gepubliceerd.',
  noPdf: ({ machine, package: name }) =>
    `PDF kan hier niet gemaakt worden: het programma dat bladzijden zet, is niet geïnstalleerd voor ${machine}. Wie Zuil beheert, voert “npm install --no-save ${name}” uit en start Zuil opnieuw; tot dan is er XLSX.`,
  organizersApart:
    'Cijfers van één organisator zijn voor die organisator: elk heeft een eigen verslag, naast dat van naamloze gelijken.',
  change: {
    none: 'In deze periode en het jaar ervoor is geen dag van toetreding of campagne bekend waarrond genoeg gepubliceerd is.',
    intro:
      'Voor en na een dag waarop iets veranderde, in deze periode of het jaar ervoor, met ernaast een plaats waar toen niets veranderde.',
  },
  agreements: {
    none: 'De regio legde geen streefcijfers vast; de kerncijfers staan naast die van de vorige periode.',
    intro:
      'De streefcijfers legde de regio zelf vast; ze staan hier zoals ze bewaard waren toen dit verslag gemaakt werd. Van de kloof is het streefcijfer de grootste die mag.',
    caption: 'Wat de regio afsprak, en wat het werd',
    columns: {
      number: 'Afspraak',
      value: 'Deze periode',
      beside: 'Naast de vorige',
      target: 'Streefcijfer',
      year: 'Tegen eind',
      standing: 'Stand',
    },
  },
  annotations: {
    none: 'Bij deze periode zijn geen aantekeningen gemaakt.',
    intro: 'Wat er in deze periode gebeurde, volgens wie het opschreef. Wat samen gebeurt, is daarom nog niet de oorzaak.',
    caption: 'Aantekeningen bij deze periode',
    columns: { when: 'Wanneer', place: 'Plaats', kind: 'Soort', text: 'Tekst' },
    days: ({ first, last }) => `${first} tot en met ${last}`,
    left: ({ shown, of }) => `Dit zijn de laatste ${shown} van ${of}.`,
  },
  coverage: [
    'Alle cijfers komen uit registraties met de UiTPAS. Wie zonder pas deelneemt, is niet te zien, en wie de pas niet toont ook niet.',
    'Een deelname is één pashouder bij één activiteit op één dag. De kansengroep is wie in de periode kansentarief had.',
  ],
  withheld: {
    rules: (threshold) => [
      `Wat over minder dan ${threshold} personen gaat, wordt niet getoond. Soms wordt ook een ander getal niet getoond, omdat het zo’n getal zou verraden.`,
      'De rest is afgerond: personen op 5, deelnames en punten op 10, geld op € 50. Totalen zijn apart afgerond en wijken daarom enkele eenheden af van de som van hun delen.',
      'Verschillen die kleiner zijn dan de afronding, heten hier “geen duidelijk verschil”.',
    ],
    nothing: 'In de figuren van dit verslag hoefde niets weggelaten te worden.',
    figure: ({ count, of }) => `${count} van de ${of} cijfers niet getoond`,
    total: ({ count, of }) => `In dit verslag zijn ${count} van de ${of} cijfers niet getoond.`,
  },
  counts: 'Telt mee:',
  unseen: 'Niet te zien:',
}
