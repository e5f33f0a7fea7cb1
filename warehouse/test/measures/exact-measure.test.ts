import { parseReportingPeriod } from '@zuil/core'
import { exactMeasure, measureOf } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { freshEmbedded } from '../fresh-warehouse.ts'

test('what was withheld is counted over the releases of the period, those that failed apart (D15)', async () => {
  await using fresh = await freshEmbedded()
  const release = (number: number, state: string, period: string, cells: number, withheld: number) => {
    const row = [number, '2026-01-05 08:00:00.000', state, 0, 'YEAR', period, 10, ['holders'], cells, withheld, '{}', cells, '0']
    return row
  }
  await fresh.warehouse.append('releases', [
    release(1, 'FAILED', '2025', 0, 0),
    release(2, 'PUBLISHED', '2025', 900, 100),
    release(3, 'PUBLISHED', '2024', 10, 90),
  ])

  const measure = measureOf('D15')
  const period = parseReportingPeriod('2025')
  if (!measure || !period) throw new Error('There is D15, and 2025')
  const rows = await exactMeasure(fresh.warehouse, measure, { dimensions: [], places: ['all'], period, now: 0 })
  expect(rows.map(({ figure, value }) => [figure, value])).toEqual([
    ['withheld', 10],
    ['cells', 1_000],
    ['failed', 1],
  ])
})
