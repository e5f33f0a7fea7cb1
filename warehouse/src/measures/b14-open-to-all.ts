import { COVERAGE, notes } from './coverage.ts'
import type { Measure } from './measure.ts'
import { people, shareWith, sum } from './part.ts'

export const b14OpenToAll: Measure = {
  id: 'B14',
  slug: 'open-to-all',
  perspective: 'REGION',
  names: { nl: 'Een pas voor iedereen', fr: 'Un pass pour tous', en: 'A pass for everybody' },
  definition: {
    nl: 'Van de pashouders die deelnamen, per soort activiteit: hoeveel deelnamen zonder kansentarief. Naarmate een pas van de kansengroep er een van iedereen wordt, stijgt dat aandeel.',
    fr: "Parmi les titulaires qui ont participé, par type d'activité : combien sans tarif réduit. À mesure qu'un pass du groupe cible devient celui de tous, cette part augmente.",
    en: 'Of the passholders who took part, by kind of activity: how many did so without the social tariff. As a pass of the target group becomes one of everybody, that share rises.',
  },
  population: {
    nl: 'Pashouders met minstens één deelname in de periode, in de gemeente waar ze toen woonden. Zonder groepspassen en schoolgebruik.',
    fr: "Titulaires avec au moins une participation durant la période, dans la commune où ils habitaient alors. Sans les pass de groupe ni l'usage scolaire.",
    en: 'Passholders with at least one participation in the period, in the municipality where they lived then. Without group passes and school use.',
  },
  coverage: notes(COVERAGE.checkins, COVERAGE.sectors, {
    nl: 'Wie in de periode met en zonder kansentarief deelnam, telt bij beide. Een lager aandeel is niet slechter: het zegt voor wie de pas is, niet hoe goed hij werkt.',
    fr: "Qui a participé avec et sans tarif réduit durant la période compte dans les deux. Une part plus basse n'est pas moins bonne : elle dit pour qui est le pass, pas comment il fonctionne.",
    en: 'Whoever took part with and without the social tariff in the period counts in both. A lower share is no worse: it says whose the pass is, not how well it works.',
  }),
  unit: 'PERCENT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [[], ['sector']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'without-social-tariff',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'zonder kansentarief', fr: 'sans tarif réduit', en: 'without the social tariff' },
      share: shareWith('sectors', { tariff: ['OTHER'] }),
    },
    {
      id: 'participations-without',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: {
        nl: 'van de deelnames zonder kansentarief',
        fr: 'des participations sans tarif réduit',
        en: 'of the participations without the social tariff',
      },
      share: {
        part: sum('sectors', 'participations', { tariff: ['OTHER'] }),
        whole: sum('sectors', 'participations'),
      },
    },
    {
      id: 'holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'pashouders die deelnamen', fr: 'titulaires qui ont participé', en: 'passholders who took part' },
      of: people('sectors'),
    },
  ],
}
