import { parseDay } from '@zuil/core'
import { expect, test } from 'vitest'
import { type ChangeWindow, monthsAround, quartersAround, yearsAround } from '../../../src/server/change/change-window.ts'

const day = (text: string) => parseDay(text) ?? 0
const pairsOf = ({ pairs }: ChangeWindow) => pairs.map(({ before, after }) => [before.key, after.key])

test('four quarters stand on each side of the one of the change, each beside the one of its season', () => {
  const window = quartersAround(day('2020-09-07'))
  expect(window.shown.map(({ key }) => key)).toEqual([
    ...['2019-Q3', '2019-Q4', '2020-Q1', '2020-Q2'],
    '2020-Q3',
    ...['2020-Q4', '2021-Q1', '2021-Q2', '2021-Q3'],
  ])
  expect(window.during?.key).toBe('2020-Q3')
  expect(pairsOf(window)).toEqual([
    ['2019-Q4', '2020-Q4'],
    ['2020-Q1', '2021-Q1'],
    ['2020-Q2', '2021-Q2'],
    ['2019-Q3', '2021-Q3'],
  ])
})

test('three months from that of a campaign on stand beside those of a year before', () => {
  const window = monthsAround(day('2026-01-31'))
  expect(window.shown.map(({ key }) => key)).toEqual(['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03'])
  expect(pairsOf(window)).toEqual([
    ['2025-01', '2026-01'],
    ['2025-02', '2026-02'],
    ['2025-03', '2026-03'],
  ])
})

test('a year counts as after a change only when all of it is', () => {
  expect(pairsOf(yearsAround(day('2024-03-01')))).toEqual([['2023', '2025']])
  expect(pairsOf(yearsAround(day('2024-01-01')))).toEqual([['2023', '2024']])
})
