import { formatDay, type Programme, type ProgrammeBook, UITPAS } from '@zuil/core'
import { readTable } from '../facts/table.ts'
import { PREDECESSOR } from './place.ts'

/** The card for children: points for culture and sport, no rewards and no social tariff of its own. */
export const PREDECESSOR_PROGRAMME: Programme = {
  id: PREDECESSOR.programme,
  names: { nl: 'Beleefpas', fr: 'Beleefpas', en: 'Beleefpas' },
  cardSystems: [PREDECESSOR.cardSystem],
  passNumbers: 'NONE',
  hasPoints: true,
  hasRewards: false,
  hasTariffs: false,
  checkinPoints: 1,
  ages: { to: PREDECESSOR.ageMax + 1 },
  runs: { from: formatDay(PREDECESSOR.since), until: lastDay() },
}

/** The programmes of the simulated world. */
export const PROGRAMMES: ProgrammeBook = {
  programme: (id) => [UITPAS, PREDECESSOR_PROGRAMME].find((known) => known.id === id),
  programmeOf: (cardSystem) => (cardSystem === PREDECESSOR.cardSystem ? PREDECESSOR.programme : UITPAS.id),
}

/** The day on which the pass comes is the last one on which the old card is good. */
function lastDay(): string {
  const days = readTable('card-systems').filter((row) => Number(row.card_system) === PREDECESSOR.replacedBy)
  return days[0]?.since ?? ''
}
