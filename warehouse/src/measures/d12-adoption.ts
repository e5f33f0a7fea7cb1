import { MERGED_SQL, municipalityNow, SCHOOL_TYPE } from '../figures/facts/participations.ts'
import { COVERAGE } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import type { Query } from './query.ts'

const ADOPTION: Query = {
  id: 'adoption',
  names: { nl: 'wie actief is', fr: 'qui est actif', en: 'who is active' },
  dimensions: [],
  columns: ['active-holders', 'holders', 'active-organizers', 'organizers', 'active-municipalities'],
  sql: `WITH ${MERGED_SQL}, (SELECT groupArrayArray(card_systems) FROM programmes_now) AS others
SELECT 'all' AS place, seen.1 AS "active-holders", seen.2 AS "active-organizers", seen.3 AS "active-municipalities",
    (
        SELECT countIf(is_valid)
        FROM (
            SELECT holder, argMax(
                pass_type = 'INDIVIDUAL' AND arrayExists((system, status) -> status = 'ACTIVE' AND NOT has(others, system), membership_card_systems, membership_statuses),
                (recorded_at, sequence)
            ) AS is_valid
            FROM holders FINAL
            WHERE toDate(recorded_at, 'Europe/Brussels') <= {lastDay:Date}
            GROUP BY holder
        )
    ) AS holders,
    (SELECT uniqExact(organizer) FROM organizers FINAL WHERE toDate(recorded_at, 'Europe/Brussels') <= {lastDay:Date}) AS organizers
FROM (
    SELECT (uniqExact(holder), uniqExact(organizer), uniqExactIf(venue, venue != 0)) AS seen
    FROM (
        SELECT holder, organizer, ${municipalityNow('venue_nis')} AS venue
        FROM transactions FINAL
        PREWHERE occurred_on BETWEEN {lastDay:Date} - 27 AND {lastDay:Date}
        WHERE kind = 'CHECKIN' AND empty(flags) AND programme = 'uitpas' AND event_type != '${SCHOOL_TYPE}'
            AND holder NOT IN (SELECT holder FROM group_passes)
    )
)`,
}

export const d12Adoption: Measure = {
  id: 'D12',
  slug: 'adoption',
  perspective: 'OPERATOR',
  names: { nl: 'Verspreiding', fr: 'Diffusion', en: 'Adoption' },
  definition: {
    nl: 'Gemeenten, organisatoren en pashouders die in de laatste 28 dagen van de periode actief waren, op al wie ingeschreven is.',
    fr: 'Communes, organisateurs et titulaires actifs pendant les 28 derniers jours de la période, sur tous ceux inscrits.',
    en: 'Municipalities, organizers and passholders that were active in the last 28 days of the period, of all that are registered.',
  },
  population: {
    nl: 'Heel Vlaanderen en Brussel samen. Zonder groepspassen en schoolgebruik.',
    fr: "Toute la Flandre et Bruxelles ensemble. Sans les pass de groupe ni l'usage scolaire.",
    en: 'All Flanders and Brussels together. Without group passes and school use.',
  },
  coverage: COVERAGE.checkins,
  unit: 'PERCENT',
  places: ['ALL'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: TOTAL,
  disclosure: 'OPERATIONS',
  figures: [
    {
      id: 'active-holders',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'actieve pashouders', fr: 'titulaires actifs', en: 'active passholders' },
      share: { part: queried('adoption', 'active-holders'), whole: queried('adoption', 'holders') },
    },
    {
      id: 'active-organizers',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'actieve organisatoren', fr: 'organisateurs actifs', en: 'active organizers' },
      share: { part: queried('adoption', 'active-organizers'), whole: queried('adoption', 'organizers') },
    },
    {
      id: 'active-municipalities',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'gemeenten met check-ins', fr: 'communes avec check-ins', en: 'municipalities with check-ins' },
      of: queried('adoption', 'active-municipalities'),
    },
    {
      id: 'holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'pashouders', fr: 'titulaires', en: 'passholders' },
      of: queried('adoption', 'holders'),
    },
    {
      id: 'organizers',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'organisatoren', fr: 'organisateurs', en: 'organizers' },
      of: queried('adoption', 'organizers'),
    },
  ],
  queries: [ADOPTION],
}
