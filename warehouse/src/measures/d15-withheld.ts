import { COVERAGE } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import type { Query } from './query.ts'

const RELEASES: Query = {
  id: 'releases',
  names: { nl: 'publicaties', fr: 'publications', en: 'releases' },
  dimensions: [],
  columns: ['cells', 'withheld', 'failed'],
  sql: `SELECT 'all' AS place, sum(shown + hidden) AS cells, sum(hidden) AS withheld, sum(is_failed) AS failed
FROM (
    SELECT if(state = 'PUBLISHED', cells, 0) AS shown, if(state = 'PUBLISHED', withheld, 0) AS hidden, state = 'FAILED' AS is_failed
    FROM releases FINAL
    WHERE period = {period:String}
)
HAVING count() > 0`,
}

export const d15Withheld: Measure = {
  id: 'D15',
  slug: 'withheld',
  perspective: 'OPERATOR',
  names: { nl: 'Wat niet getoond werd', fr: "Ce qui n'a pas été montré", en: 'What was withheld' },
  definition: {
    nl: 'Cellen met mensen die in een publicatie niet getoond zijn, op alle cellen met mensen erin; en het aantal mislukte controles, dat nul is bij alles wat gepubliceerd werd.',
    fr: 'Cellules non montrées dans une publication, sur toutes celles qui comptent des personnes ; et le nombre de contrôles échoués, nul pour tout ce qui est publié.',
    en: 'Cells with people that were not shown in a release, of all cells with people; and the number of failed audits, which is zero for all that was published.',
  },
  population: {
    nl: 'Alle publicaties van de periode.',
    fr: 'Toutes les publications de la période.',
    en: 'All releases of the period.',
  },
  coverage: COVERAGE.technical,
  unit: 'PERCENT',
  places: ['ALL'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: TOTAL,
  disclosure: 'OPERATIONS',
  figures: [
    {
      id: 'withheld',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'niet getoond', fr: 'non montrées', en: 'withheld' },
      share: { part: queried('releases', 'withheld'), whole: queried('releases', 'cells') },
    },
    {
      id: 'cells',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'cellen', fr: 'cellules', en: 'cells' },
      of: queried('releases', 'cells'),
    },
    {
      id: 'failed',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'mislukte controles', fr: 'contrôles échoués', en: 'failed audits' },
      of: queried('releases', 'failed'),
    },
  ],
  queries: [RELEASES],
}
