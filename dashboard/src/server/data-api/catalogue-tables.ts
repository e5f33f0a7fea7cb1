import { CUBES, type Cube, DIMENSIONS, RELEASE_ATTACKS, type Release, type ReleaseAudit } from '@zuil/warehouse'
import type { Language } from '../../lib/language.ts'
import type { AnswerColumn, AnswerTable } from '../formats/answer-table.ts'
import type { NamedPlace } from '../scope/place-book.ts'
import { columnsOf } from './cells-query.ts'

const text = (id: string, description: string): AnswerColumn => ({ id, kind: 'text', description })
const number = (id: string, description: string): AnswerColumn => ({ id, kind: 'number', description })

/** Every set of cells that releases have, one row for each crossing of its dimensions. */
export function cubesTable(language: Language): AnswerTable {
  return {
    name: 'zuil-cubes',
    columns: [
      text('cube', 'Name to ask for'),
      text('name', 'What it is about'),
      text('counted', 'Who or what is counted'),
      text('dimensions', 'Dimensions that are crossed, with commas between them; empty for the total'),
      text('columns', 'What is counted, with commas between'),
      text('places', 'Kinds of place'),
      text('periods', 'Kinds of period'),
    ],
    rows: Object.values(CUBES).flatMap((cube: Cube) =>
      cube.lattice.map((dimensions) => [
        cube.id,
        cube.names[language],
        cube.population[language],
        dimensions.join(),
        columnsOf(cube).join(),
        cube.places.join(),
        cube.periods.join(),
      ]),
    ),
    facts: {},
  }
}

/** Dimensions with their members; those whose members come from the data have one row without a member. */
export function dimensionsTable(language: Language): AnswerTable {
  return {
    name: 'zuil-dimensions',
    columns: [
      text('dimension', 'Name to ask for'),
      text('name', 'What it is'),
      text('member', 'One of its members; empty where they come from the data'),
      text('member_name', 'Name of the member'),
    ],
    rows: Object.values(DIMENSIONS).flatMap(({ id, names, members, memberNames }) =>
      (members === 'FROM_DATA' ? [''] : members).map((member) => [
        id,
        names[language],
        member,
        memberNames[member]?.[language] ?? member,
      ]),
    ),
    facts: {},
  }
}

/** The places that somebody reads, as the registry names them. Says nothing of where there are figures. */
export function placesTable(places: readonly NamedPlace[]): AnswerTable {
  return {
    name: 'zuil-places',
    columns: [text('place', 'Name to ask for'), text('name', 'Name of the place; empty for all together')],
    rows: places.map(({ place, name }) => [place, name]),
    facts: {},
  }
}

/** What was published, oldest first; the same for everybody. */
export function releasesTable(releases: readonly Release[]): AnswerTable {
  return {
    name: 'zuil-releases',
    columns: [
      number('release', 'Its number; the last one of a period is valid'),
      text('published', 'When, ISO 8601 in UTC'),
      text('period_kind', 'MONTH, QUARTER, YEAR or SEASON'),
      text('period', 'The period, as one asks for it'),
      { id: 'provisional', kind: 'yes-no', description: 'Whether the period was not over' },
      number('threshold', 'What fewer people make up is not shown'),
      text('cubes', 'Sets of cells in it, with commas between'),
      number('published_cells', 'How many cells it shows'),
      text('content', 'Hash of its content'),
    ],
    rows: releases.map((release) => [
      release.release,
      new Date(release.publishedAt).toISOString(),
      release.periodKind,
      release.period,
      release.provisional,
      release.threshold,
      release.cubes.join(),
      release.cells,
      release.contentHash,
    ]),
    facts: {},
  }
}

/** What the audit of a release found, an attack a row. */
export function auditTable(audit: ReleaseAudit, language: Language): AnswerTable {
  const { release, at, state, periodKind, period, threshold, recovered, withheldPercent } = audit
  return {
    name: `zuil-audit-${release}`,
    columns: [
      number('attack', 'Its number in docs/publication.md'),
      text('name', 'What was tried'),
      number('recovered', 'How many figures of too few people it worked out; a release with any is not published'),
    ],
    rows: Object.entries(RELEASE_ATTACKS).map(([attack, names]) => [
      Number(attack),
      names[language],
      new Map(Object.entries(recovered)).get(attack) ?? 0,
    ]),
    facts: {
      release: String(release),
      audited: new Date(at).toISOString(),
      state,
      period_kind: periodKind,
      period,
      threshold: String(threshold),
      withheld_percent: String(withheldPercent),
    },
  }
}
