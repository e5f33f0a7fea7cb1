import { parseReportingPeriod } from '@zuil/core'
import { expect, test } from 'vitest'
import { CHANGE_FIGURES } from '../../../src/server/change/change-figures.ts'
import type { ChangeCells } from '../../../src/server/change/change-reading.ts'
import { seriesOf } from '../../../src/server/change/change-series.ts'
import { changeTable } from '../../../src/server/change/change-table.ts'
import { narrowed } from '../../../src/server/figures/figure-reading.ts'
import { value, WITHHELD, WRITING } from '../figures/hand-made-figure.ts'

test('a table by age has a row for everybody whose file has one, also of those whose age is not known', () => {
  const described = CHANGE_FIGURES.predecessor.find(({ by }) => by === 'age')
  const [before, after] = [parseReportingPeriod('2023'), parseReportingPeriod('2025')]
  if (!described || !before || !after) throw new RangeError('There is a figure by age, and these are years')
  const place = 'municipality:44043'
  const cells: ChangeCells = {
    described,
    measure: narrowed(described.measure, [described.figure]),
    window: { before: [before], after: [after], shown: [before, after], pairs: [{ before, after }] },
    members: ['0-5', 'UNKNOWN'],
    place,
    releases: new Map(),
    missing: [],
    cells: new Map([
      [`${place}\n2023\n0-5`, { estimate: value(40) }],
      [`${place}\n2025\n0-5`, { estimate: value(60) }],
      [`${place}\n2023\nUNKNOWN`, { estimate: WITHHELD }],
    ]),
  }
  const table = changeTable(cells, { writing: WRITING, series: seriesOf(cells, WRITING, ''), caption: '' })
  expect(table.rows.map(({ cells: [label] }) => label)).toEqual(['0–5 jaar', 'Onbekend'])
})
