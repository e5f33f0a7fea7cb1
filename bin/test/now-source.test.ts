import type { Warehouse } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { nowSource } from '../hub/now-source.ts'
import { BUSY_ROWS_PER_SECOND } from '../hub/standing-back.ts'
import { IDLE_LANE } from './idle-lane.ts'

function sourceWith({ rowsPerSecond = 0, ages = [0] }: { rowsPerSecond?: number; ages?: readonly number[] }) {
  const lanes = ages.map((oldestUnloadedAgeMs) => ({ ...IDLE_LANE, journalLength: 7, oldestUnloadedAgeMs }))
  // nothing here reads the warehouse
  const warehouse = {} as Warehouse
  return nowSource({ warehouse, status: () => ({ freshUntil: 5, lanes, loadRowsPerSecond: rowsPerSecond }), clock: () => 0 })
}

test('the figures are complete until all lanes are, and what waits is the sum of them', () => {
  expect(sourceWith({ ages: [0, 0] }).status()).toEqual({ completeUntil: 5, waiting: 14 })
})

test.each([
  ['nothing comes', {}, false],
  ['some check-ins come, and are loaded within a second', { rowsPerSecond: BUSY_ROWS_PER_SECOND - 1, ages: [900, 0] }, false],
  ['they come by the thousand a second', { rowsPerSecond: BUSY_ROWS_PER_SECOND }, true],
  ['those of one lane wait for longer', { ages: [0, 2_001] }, true],
])('when %s check-ins need the machine or not', (_name, seen, isBusy) => {
  expect(sourceWith(seen).isBusy()).toBe(isBusy)
})
